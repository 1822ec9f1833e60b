/**
 * The types that are numbers and a digest: SSHFP (RFC 4255, RFC 6594, RFC 7479), TLSA (RFC 6698, RFC 7671), DS (RFC 4034,
 * section 5) and CDS (RFC 7344), with its request to delete (RFC 8078, section 4).
 */
import { Invalid } from "../dnsErrors";
import type { Fields, RecordType } from "../fields";
import { ALGORITHMS, DIGEST_LENGTHS, DIGESTS } from "./dnssec";

/** Octets of a fingerprint, by its type: SHA-1, SHA-256; other types have any length. */
const FINGERPRINT_LENGTHS: Readonly<Record<number, number>> = { 1: 20, 2: 32 };
/** Octets of the data, by matching type: SHA-256, SHA-512; 0 is the data itself. */
const MATCH_LENGTHS: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

/** Hexadecimal digits of as many octets as there must be; of undefined as many as there are. */
function digestOf(fields: Fields, name: string, type: string, length: number | undefined, offset: number): string {
    const digest = fields.hex(`the ${name}`);
    if (length !== undefined && digest.length !== length) {
        throw new Invalid(`the ${name} has ${digest.length} octets: ${type} has ${length}`, offset);
    }
    return digest.toString("hex");
}

export const SSHFP: RecordType = {
    example: '"4 2 123456789abcdef67890123456789abcdef67890123456789abcdef1234567890"',
    normal(fields) {
        const algorithm = fields.integer("the algorithm", 255);
        const offset = fields.offset;
        const type = fields.integer("the fingerprint type", 255);
        const length = FINGERPRINT_LENGTHS[type];
        return `${algorithm} ${type} ${digestOf(fields, "fingerprint", `type ${type}`, length, offset)}`;
    },
};

export const TLSA: RecordType = {
    example: '"3 1 1 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"',
    normal(fields) {
        const usage = fields.integer("the usage", 255);
        const selector = fields.integer("the selector", 255);
        const matchingType = fields.integer("the matching type", 255);
        const data = fields.hex("the certificate data");
        const length = MATCH_LENGTHS[matchingType];
        if (length !== undefined && data.length !== length) {
            fields.suspect(`the data has ${data.length} octets: a hash of matching type ${matchingType} has ${length}`);
        }
        if (usage > 3 && usage < 255) fields.suspect(`usage ${usage} is not assigned: 0 to 3 are`);
        if (selector > 1 && selector < 255) fields.suspect(`selector ${selector} is not assigned: 0 and 1 are`);
        return `${usage} ${selector} ${matchingType} ${data.toString("hex")}`;
    },
};

export const DS: RecordType = {
    example: '"60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"',
    normal(fields) {
        const keyTag = fields.integer("the key tag", 65535);
        const algorithm = fields.code("the algorithm", 255, ALGORITHMS);
        const offset = fields.offset;
        const type = fields.code("the digest type", 255, DIGESTS);
        if (type === 0 && fields.left === 1 && fields.peek()?.text === "0") {
            throw new Invalid(
                'the request to delete is written "0 0 0 00" (RFC 8078, section 4, as corrected)',
                offset,
            );
        }
        const digest = digestOf(fields, "digest", `digest type ${type}`, DIGEST_LENGTHS[type], offset);
        return `${keyTag} ${algorithm} ${type} ${digest}`;
    },
};

export const CDS = DS;
