/** CAA (RFC 8659). */
import { octetsOf, quote } from "../characterString";
import { Invalid, shown } from "../dnsErrors";
import type { RecordType } from "../fields";

export const CAA: RecordType = {
    example: '"0 issue \\"letsencrypt.org\\""',
    normal(fields) {
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
        // Tags are compared without regard to case (RFC 8659, section 4.1), values by the issuers themselves.
        return `${flags} ${tag.toLowerCase()} ${quote(value)}`;
    },
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
