/** A private key that is about to be published. The messages never repeat any of it. */

export const PRIVATE_KEY = "this is a private key, and DNS is public: publish the public key, and replace this one";

const ARMOR = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|^Private-key-format:/;

/** The version, then the algorithm's SEQUENCE or the first number: how a PKCS #8 or a PKCS #1 private key begins. */
const DER = /^30(?:[0-7].|81..|82....)0201(?:00|01)(?:30|02|04)/;

/** True for PEM and OpenPGP armour, BIND's private key format, and the DER of an RSA, EC or PKCS #8 private key. */
export function holdsPrivateKey(octets: Buffer): boolean {
    return ARMOR.test(octets.toString("latin1")) || DER.test(octets.toString("hex", 0, 16));
}

/** True where the first OpenPGP packet (RFC 9580, sections 4.2 and 5) is a secret key or a secret subkey: tags 5 and 7. */
export function isOpenPgpSecretKey(octets: Buffer): boolean {
    const first = octets[0] ?? 0;
    const tag = first & 0x40 ? first & 0x3f : (first & 0x3c) >> 2;
    return (first & 0x80) !== 0 && (tag === 5 || tag === 7);
}
