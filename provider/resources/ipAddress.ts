import { isIP, SocketAddress } from "node:net";

/**
 * The canonical form of an address: IPv6 as of RFC 5952. The API answers IPv6 in full length.
 *
 * @throws Error for anything but one IPv4 or IPv6 address
 */
export function canonicalAddress(text: string): string {
    if (text.includes("/")) {
        throw new Error(`"${text}" is a network: give one address`);
    }
    if (text.includes("%")) {
        throw new Error(`"${text}" has a zone index, which only means something on one machine`);
    }
    const family = isIP(text);
    if (family === 0) {
        throw new Error(`"${text}" is no IPv4 or IPv6 address`);
    }
    return new SocketAddress({ address: text, family: family === 6 ? "ipv6" : "ipv4" }).address;
}
