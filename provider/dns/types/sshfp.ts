/** SSHFP (RFC 4255, RFC 6594, RFC 7479). */
import { Invalid } from "../dnsErrors";
import type { RecordType } from "../recordType";

export interface Sshfp {
    /** 1 RSA, 2 DSA, 3 ECDSA, 4 Ed25519, 6 Ed448. */
    readonly algorithm: number;
    /** 1 SHA-1, 2 SHA-256. */
    readonly fingerprintType: number;
    /** Hexadecimal, lower case. */
    readonly fingerprint: string;
}

/** Octets of a fingerprint, by its type; other types have any length. */
const LENGTHS: Readonly<Record<number, number>> = { 1: 20, 2: 32 };

export const SSHFP: RecordType<Sshfp> = {
    example: '"4 2 123456789abcdef67890123456789abcdef67890123456789abcdef1234567890"',
    parse(fields) {
        const algorithm = fields.integer("the algorithm", 255);
        const offset = fields.offset;
        const fingerprintType = fields.integer("the fingerprint type", 255);
        const fingerprint = fields.hex("the fingerprint");
        const length = LENGTHS[fingerprintType];
        if (length !== undefined && fingerprint.length !== length) {
            const reason = `the fingerprint has ${fingerprint.length} octets: type ${fingerprintType} has ${length}`;
            throw new Invalid(reason, offset);
        }
        return { algorithm, fingerprintType, fingerprint: fingerprint.toString("hex") };
    },
    print: ({ algorithm, fingerprintType, fingerprint }) => `${algorithm} ${fingerprintType} ${fingerprint}`,
};
