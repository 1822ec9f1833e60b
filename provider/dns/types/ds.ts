/** DS (RFC 4034, section 5) and CDS (RFC 7344), with its request to delete (RFC 8078, section 4). */

import { Invalid } from "../dnsErrors";
import type { Fields } from "../fields";
import type { RecordType } from "../recordType";
import { ALGORITHMS, DIGEST_LENGTHS, DIGESTS } from "./dnssec";

export interface Ds {
    readonly keyTag: number;
    readonly algorithm: number;
    readonly digestType: number;
    /** Hexadecimal, lower case. */
    readonly digest: string;
}

function parse(fields: Fields): Ds {
    const keyTag = fields.integer("the key tag", 65535);
    const algorithm = fields.code("the algorithm", 255, ALGORITHMS);
    const offset = fields.offset;
    const digestType = fields.code("the digest type", 255, DIGESTS);
    if (digestType === 0 && fields.left === 1 && fields.peek()?.text === "0") {
        throw new Invalid('the request to delete is written "0 0 0 00" (RFC 8078, section 4, as corrected)', offset);
    }
    const digest = fields.hex("the digest");
    const length = DIGEST_LENGTHS[digestType];
    if (length !== undefined && digest.length !== length) {
        throw new Invalid(`the digest has ${digest.length} octets: digest type ${digestType} has ${length}`, offset);
    }
    return { keyTag, algorithm, digestType, digest: digest.toString("hex") };
}

const print = ({ keyTag, algorithm, digestType, digest }: Ds) => `${keyTag} ${algorithm} ${digestType} ${digest}`;

export const DS: RecordType<Ds> = {
    example: '"60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"',
    parse,
    print,
};

export const CDS: RecordType<Ds> = { example: DS.example, parse, print };
