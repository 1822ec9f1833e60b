/** CAA (RFC 8659). */
import { octetsOf, quote } from "../characterString";
import { Invalid, shown } from "../dnsErrors";
import type { RecordType } from "../recordType";

export interface Caa {
    /** 0 to 255; 128 is "critical", the other bits are reserved. */
    readonly flags: number;
    /** Lower case: tags are compared without regard to case (RFC 8659, section 4.1). */
    readonly tag: string;
    /** Verbatim: issuers compare it themselves. */
    readonly value: Buffer;
}

export const CAA: RecordType<Caa> = {
    example: '"0 issue \\"letsencrypt.org\\""',
    parse(fields) {
        const flags = fields.integer("the flags field", 255);
        if ((flags & 0x7f) !== 0)
            fields.suspect(`the flags field is ${flags}: only 0 and 128 (critical) mean anything`);
        const offset = fields.offset;
        const tag = fields.word("the tag");
        if (!/^[a-z\d]{1,255}$/i.test(tag))
            throw new Invalid(`the tag is ${shown(tag)}: it has letters and digits only`, offset);
        if (fields.left === 0) {
            throw new Invalid(
                `the value is missing: write it like ${CAA.example}, and nobody as ";" in quotes`,
                offset,
            );
        }
        const token = fields.token("the value");
        const value = octetsOf(token.text, token.offset);
        suspectValue(tag.toLowerCase(), value.toString("latin1"), (suspicion) => fields.suspect(suspicion));
        return { flags, tag: tag.toLowerCase(), value };
    },
    print: ({ flags, tag, value }) => `${flags} ${tag} ${quote(value)}`,
};

function suspectValue(tag: string, value: string, suspect: (suspicion: string) => void): void {
    const [, inQuotes] = /^["'](.*)["']$/.exec(value) ?? [];
    if (/^(?:issue\w*|iodef)$/.test(tag) && inQuotes !== undefined) {
        suspect(`the value of ${tag} holds quotes of its own, as of another tool: write "${inQuotes}"`);
    }
    const url = /^\w+:\/\/([^/;\s]+)/.exec(value);
    if ((tag === "issue" || tag === "issuewild") && url) {
        suspect(`the value of ${tag} is a URL: write the authority's domain, ${shown(url[1]!)}`);
    }
    if (tag === "iodef" && /^[^\s:@]+@[^\s:@]+$/.test(value)) {
        suspect(`the value of iodef is a URL: write ${shown(`mailto:${value}`)}`);
    }
}
