/** A (RFC 1035, section 3.4.1) and AAAA (RFC 3596; text of RFC 5952). */
import { isIPv4, isIPv6, SocketAddress } from "node:net";
import { Invalid, shown } from "../dnsErrors";
import type { RecordType } from "../fields";

/** The address as four decimal octets. Throws `Invalid`. */
export function parseIPv4(text: string, offset = 0): string {
    if (isIPv4(text)) return text;
    if (isIPv6(text)) throw new Invalid(`${text} is an IPv6 address: use type AAAA`, offset);
    if (/^\d+(?:\.\d+){3}$/.test(text) && /(?:^|\.)0\d/.test(text)) {
        const decimal = text.split(".").map(Number).join(".");
        throw new Invalid(`leading zeros in an IPv4 address: write ${shown(decimal)}`, offset);
    }
    throw new Invalid(`${shown(text)} is not an IPv4 address`, offset);
}

/** The address in the form of RFC 5952. Throws `Invalid`. */
export function parseIPv6(text: string, offset = 0): string {
    if (isIPv4(text)) throw new Invalid(`${text} is an IPv4 address: use type A`, offset);
    if (text.includes("%")) throw new Invalid(`${shown(text)} has a zone index: no record can hold one`, offset);
    if (!isIPv6(text)) throw new Invalid(`${shown(text)} is not an IPv6 address`, offset);
    return new SocketAddress({ address: text, family: "ipv6" }).address;
}

export const A: RecordType = {
    example: `"192.0.2.1"`,
    normal: (fields) => parseIPv4(fields.word("the address"), fields.offset),
};

export const AAAA: RecordType = {
    example: "2001:db8::1",
    normal(fields) {
        const address = parseIPv6(fields.word("the address"), fields.offset);
        // RFC 4291 section 2.5.5.2: a form for programs, never an address on the wire.
        const [, mapped] = /^::ffff:(\d+\.[\d.]+)$/.exec(address) ?? [];
        if (mapped !== undefined)
            fields.suspect(`${address} is an IPv4 address inside IPv6: write ${mapped} with type A`);
        return address;
    },
};
