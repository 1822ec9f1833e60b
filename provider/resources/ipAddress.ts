import { isIP, SocketAddress } from "node:net";
import { messageOf } from "../core/failures";
import { shown } from "../dns/dnsErrors";

/**
 * The canonical form of an address: IPv6 as of RFC 5952. The API answers IPv6 in full length.
 * @throws Error for anything but one IPv4 or IPv6 address
 */
export function canonicalAddress(text: string): string {
    if (isIP(text.split("/")[0]!) !== 0 && text.includes("/")) {
        throw new Error(`${shown(text)} is a network: give one address`);
    }
    const family = isIP(text);
    if (family === 0) {
        throw new Error(`${shown(text)} is no IPv4 or IPv6 address`);
    }
    if (text.includes("%")) {
        throw new Error(`${shown(text)} has a zone index, which only means something on one machine`);
    }
    return new SocketAddress({ address: text, family: family === 6 ? "ipv6" : "ipv4" }).address;
}

/** What is wrong with an address that is to be declared; undefined for a good one. */
export function addressProblem(text: string): string | undefined {
    try {
        // RFC 4291 section 2.5.5.2: a form for programs, never an address on the wire.
        const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonicalAddress(text)) ?? [];
        return mapped && `${shown(text)} is an IPv4 address inside IPv6: write "${mapped}"`;
    } catch (error) {
        return messageOf(error);
    }
}
