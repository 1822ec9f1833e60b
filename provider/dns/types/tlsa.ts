/** TLSA (RFC 6698, RFC 7671). */
import type { RecordType } from "../recordType";

export interface Tlsa {
    /** 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE. */
    readonly usage: number;
    /** 0 the whole certificate, 1 its public key. */
    readonly selector: number;
    /** 0 the data itself, 1 SHA-256, 2 SHA-512. */
    readonly matchingType: number;
    /** Hexadecimal, lower case. */
    readonly data: string;
}

/** Octets of the data, by matching type. */
const LENGTHS: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

export const TLSA: RecordType<Tlsa> = {
    example: '"3 1 1 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"',
    parse(fields) {
        const usage = fields.integer("the usage", 255);
        const selector = fields.integer("the selector", 255);
        const matchingType = fields.integer("the matching type", 255);
        const data = fields.hex("the certificate data");
        const length = LENGTHS[matchingType];
        if (length !== undefined && data.length !== length) {
            fields.suspect(`the data has ${data.length} octets: a hash of matching type ${matchingType} has ${length}`);
        }
        if (usage > 3 && usage < 255) fields.suspect(`usage ${usage} is not assigned: 0 to 3 are`);
        if (selector > 1 && selector < 255) fields.suspect(`selector ${selector} is not assigned: 0 and 1 are`);
        return { usage, selector, matchingType, data: data.toString("hex") };
    },
    print: ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
};
