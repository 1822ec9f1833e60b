/** The DS record that a registry makes of a DNSKEY: how a key is known where the registry does not repeat it. */
import { createHash } from "node:crypto";

/** What of a DNSKEY goes into its DS record. */
export interface DnsKeyRdata {
    /** 257 with the SEP bit, 256 without (RFC 4034 section 2.1.1). */
    flags: 256 | 257;
    /** IANA's DNS Security Algorithm Numbers. */
    algorithm: number;
    /** Base64. */
    publicKey: string;
}

/** Hashes by IANA's digest types; 3 (GOST) has no implementation in Node, and no registry uses it. */
const HASHES: Readonly<Record<number, string>> = { 1: "sha1", 2: "sha256", 4: "sha384" };

/** RFC 4034 appendix B. */
export function keyTag(key: DnsKeyRdata): number {
    const sum = rdata(key).reduce((total, octet, index) => total + (index % 2 === 0 ? octet << 8 : octet), 0);
    return (sum + (sum >> 16)) & 0xffff;
}

/**
 * RFC 4034 section 5.1.4, in lower case; undefined for a digest type that is not known.
 * @param domain in A-labels
 */
export function dsDigest(domain: string, key: DnsKeyRdata, digestType: number): string | undefined {
    const hash = HASHES[digestType];
    return hash && createHash(hash).update(wireName(domain)).update(rdata(key)).digest("hex");
}

/** RFC 4034 section 2.1; the protocol is always 3. */
function rdata({ flags, algorithm, publicKey }: DnsKeyRdata): Buffer {
    return Buffer.concat([Buffer.from([flags >> 8, flags & 0xff, 3, algorithm]), Buffer.from(publicKey, "base64")]);
}

function wireName(domain: string): Buffer {
    const labels = domain.split(".");
    return Buffer.concat([...labels, ""].map((label) => Buffer.from([label.length, ...Buffer.from(label)])));
}
