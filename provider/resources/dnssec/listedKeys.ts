/** How a DNSSEC key is known in a registry's list of keys, and what stands in for it until it is listed. */
import { createHash } from "node:crypto";
import type { DnsKey } from "../../api/dnskeys";
import { dsDigest, keyTag } from "./dsDigest";

/** A key as a program declares it, in normal form. */
interface Key {
    domain: string;
    algorithm: number;
    type: "ksk" | "zsk" | "none";
    publicKey: string;
}

/** Where a key is looked for. The registry's own id of it comes from ours: a key that was removed and added again has another. */
export type Sought = Partial<Key> & Pick<Key, "domain"> & { keyId?: string };

/**
 * A key as the list is expected to show it. Its id there is not known, so it has one made of the public key. Guess: that a
 * registry takes `none` for a key-signing key, and makes digests of SHA-256.
 */
export function unlisted({ domain, algorithm, type, publicKey }: Key): DnsKey {
    const rdata = { flags: type === "zsk" ? 256 : 257, algorithm, publicKey } as const;
    const hash = createHash("sha256").update(`${algorithm} ${type} ${publicKey.replace(/=+$/, "")}`);
    return {
        id: `unlisted-${hash.digest("hex").slice(0, 32)}`,
        algorithm,
        type,
        public_key: publicKey,
        keytag: keyTag(rdata),
        digest: dsDigest(domain, rdata, SHA256)!,
        digest_type: SHA256,
    };
}

/** Of the digest types of DS records, RFC 4509. */
const SHA256 = 2;

/**
 * The key of a state: itself, or else what became of it under the registry's id, where algorithm or type are others. Without
 * a public key, as for `get`, the one with this id.
 */
export function find(keys: readonly DnsKey[], sought: Sought): DnsKey | undefined {
    const { domain, publicKey, keyId } = sought;
    return (
        findExactly(keys, sought) ??
        keys.find((key) => key.id === keyId && (publicKey === undefined || isKey(key, domain, publicKey)))
    );
}

export function findExactly(
    keys: readonly DnsKey[],
    { domain, algorithm, type, publicKey }: Sought,
): DnsKey | undefined {
    return keys.find(
        (key) =>
            publicKey !== undefined &&
            key.algorithm === algorithm &&
            key.type === type &&
            isKey(key, domain, publicKey),
    );
}

/** Whether a key of the list holds this public key: by itself, or by its DS record where the list leaves it out. */
export function isKey(key: DnsKey, domain: string, publicKey: string): boolean {
    if (key.public_key !== undefined) {
        return keyText(key.public_key) === publicKey;
    }
    // What flags a registry takes for the type `none` is not documented.
    return ([257, 256] as const).some((flags) => {
        const rdata = { flags, algorithm: key.algorithm, publicKey };
        const digest = dsDigest(domain, rdata, key.digest_type);
        return digest === undefined ? keyTag(rdata) === key.keytag : digest === key.digest.toLowerCase();
    });
}

/** Base64 in one piece, with its padding: white space and padding do not tell two keys apart. */
export function keyText(publicKey: string): string {
    const digits = publicKey.replace(/\s+/g, "").replace(/=+$/, "");
    return digits.padEnd(Math.ceil(digits.length / 4) * 4, "=");
}
