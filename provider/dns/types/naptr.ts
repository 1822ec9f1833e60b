/** NAPTR (RFC 3403, section 4). */
import { quote } from "../characterString";
import type { Fields, RecordType } from "../fields";

/** Flags and services are compared without regard to case (RFC 3402, section 2; RFC 6116). */
const fold = (octets: Buffer) =>
    Buffer.from(octets.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet)));

function flags(fields: Fields): Buffer {
    const octets = fold(fields.characterString("the flags field"));
    if (!/^[a-z\d]*$/.test(octets.toString("latin1"))) {
        fields.suspect("the flags field has more than letters and digits: quotes are written without backslashes");
    }
    return octets;
}

export const NAPTR: RecordType = {
    example: String.raw`"100 10 \"u\" \"e2u+sip\" \"!^.*$!sip:info@example.com!\" ."`,
    normal: (fields) =>
        [
            fields.integer("the order", 65535),
            fields.integer("the preference", 65535),
            quote(flags(fields)),
            quote(fold(fields.characterString("the services field"))),
            // Verbatim: what it matches may depend on case.
            quote(fields.characterString("the regexp")),
            fields.name("the replacement"),
        ].join(" "),
};
