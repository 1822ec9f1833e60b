/** KEY (RFC 2535, section 3, for SIG(0) of RFC 2931; RFC 3445) and OPENPGPKEY (RFC 7929). */

import type { RecordType } from "../fields";
import { holdsPrivateKey, isOpenPgpSecretKey, PRIVATE_KEY } from "../privateKey";
import { ALGORITHMS } from "./dnssec";

/** RFC 2535, section 3.1.3. */
const PROTOCOLS: Readonly<Record<string, number>> = { NONE: 0, TLS: 1, EMAIL: 2, DNSSEC: 3, IPSEC: 4, ALL: 255 };

/** Both type bits set: no key (RFC 2535, section 3.1.2). */
const NO_KEY = 0xc000;

export const KEY: RecordType = {
    example: '"256 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=="',
    normal(fields) {
        const flags = fields.integer("the flags field", 65535);
        const protocol = fields.code("the protocol", 255, PROTOCOLS);
        const algorithm = fields.code("the algorithm", 255, ALGORITHMS);
        if ((flags & NO_KEY) === NO_KEY && fields.left === 0) return `${flags} ${protocol} ${algorithm}`;
        const octets = fields.base64("the public key");
        if (holdsPrivateKey(octets)) fields.suspect(PRIVATE_KEY);
        return `${flags} ${protocol} ${algorithm} ${octets.toString("base64")}`;
    },
};

export const OPENPGPKEY: RecordType = {
    example: '"mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB3gmzlC/Ub7O1u10="',
    normal(fields) {
        const octets = fields.base64("the key");
        if (holdsPrivateKey(octets) || isOpenPgpSecretKey(octets)) fields.suspect(PRIVATE_KEY);
        return octets.toString("base64");
    },
};
