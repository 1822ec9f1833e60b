/** NAPTR (RFC 3403, section 4). */
import { quote } from "../characterString";
import type { Fields } from "../fields";
import type { RecordType } from "../recordType";

export interface Naptr {
    /** 0 to 65535. */
    readonly order: number;
    /** 0 to 65535. */
    readonly preference: number;
    /** Folded to lower case, as `services` is: both are compared without regard to case (RFC 3402, section 2; RFC 6116). */
    readonly flags: Buffer;
    readonly services: Buffer;
    /** Verbatim: what it matches may depend on case. */
    readonly regexp: Buffer;
    readonly replacement: string;
}

const fold = (octets: Buffer) =>
    Buffer.from(octets.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet)));

function flags(fields: Fields): Buffer {
    const octets = fold(fields.characterString("the flags field"));
    if (!/^[a-z\d]*$/.test(octets.toString("latin1"))) {
        fields.suspect("the flags field has more than letters and digits: quotes are written without backslashes");
    }
    return octets;
}

export const NAPTR: RecordType<Naptr> = {
    example: String.raw`"100 10 \"u\" \"e2u+sip\" \"!^.*$!sip:info@example.com!\" ."`,
    parse: (fields) => ({
        order: fields.integer("the order", 65535),
        preference: fields.integer("the preference", 65535),
        flags: flags(fields),
        services: fold(fields.characterString("the services field")),
        regexp: fields.characterString("the regexp"),
        replacement: fields.name("the replacement"),
    }),
    print: ({ order, preference, flags, services, regexp, replacement }) =>
        `${order} ${preference} ${quote(flags)} ${quote(services)} ${quote(regexp)} ${replacement}`,
};
