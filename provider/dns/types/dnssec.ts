/** Mnemonics of DNSSEC algorithms (IANA "DNS Security Algorithm Numbers"), by the names that zone files use. */
export const ALGORITHMS: Readonly<Record<string, number>> = {
    RSAMD5: 1,
    DH: 2,
    DSA: 3,
    ECC: 4,
    RSASHA1: 5,
    "DSA-NSEC3-SHA1": 6,
    NSEC3DSA: 6,
    DSANSEC3SHA1: 6,
    "RSASHA1-NSEC3-SHA1": 7,
    NSEC3RSASHA1: 7,
    RSASHA1NSEC3SHA1: 7,
    RSASHA256: 8,
    RSASHA512: 10,
    ECCGOST: 12,
    "ECC-GOST": 12,
    ECDSAP256SHA256: 13,
    ECDSAP384SHA384: 14,
    ED25519: 15,
    ED448: 16,
    INDIRECT: 252,
    PRIVATEDNS: 253,
    PRIVATEOID: 254,
};

/** Mnemonics of digest types (IANA "Delegation Signer Digest Algorithms"). */
export const DIGESTS: Readonly<Record<string, number>> = {
    SHA1: 1,
    "SHA-1": 1,
    SHA256: 2,
    "SHA-256": 2,
    GOST: 3,
    SHA384: 4,
    "SHA-384": 4,
};

/** Octets of a digest, by digest type; other types have any length. */
export const DIGEST_LENGTHS: Readonly<Record<number, number>> = { 1: 20, 2: 32, 3: 32, 4: 48 };
