import { isOwn, labelOf, type Place } from "./place";

/** Members of answers whose texts are somebody's, by what a report shows in their place. */
const PRIVATE_MEMBERS: Record<string, string[]> = {
    "<name>": ["given", "family", "firstname", "lastname", "orgname", "owner", "orga_owner", "domain_owner"],
    "<address>": ["streetaddr", "city", "zip"],
    "<phone>": ["phone", "mobile", "fax"],
    "<e-mail>": ["email"],
    "<id>": ["id", "sharing_id", "key_name", "siren", "vat_number", "brand_number"],
    "<secret>": ["authinfo", "secret", "public_key", "password"],
};
const WORD_OF = new Map(Object.entries(PRIVATE_MEMBERS).flatMap(([word, keys]) => keys.map((key) => [key, word])));
const DOMAIN_MEMBERS = ["fqdn", "fqdn_unicode", "fqdn_alabel", "fqdn_ulabel"];
/** Shorter texts are no secret, and stand in any word. */
const SHORTEST = 3;

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const E_MAIL = /[^\s"'<>()@,:]+@[\p{L}\p{N}.-]+\.[\p{L}\p{N}-]{2,}/gu;
const IPV4 = /\b\d{1,3}(\.\d{1,3}){3}\b/g;
const IPV6 = /(?<![\w:])([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const PHONE = /\+\d[\d.]{5,}\d/g;
/** Base64 and the like, but no path of the API. */
const KEY_MATERIAL = /(?<![\w+/-])(?!\/?v5\/)[\w+/-]{24,}={0,2}/g;
const DOMAIN_NAME =
    /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}](?![\p{L}\p{N}])/gu;
/** Gandi's own, and those that RFC 2606 keeps for documents. */
const NOBODYS = /(^|\.)(gandi\.net|example|example\.(com|net|org)|invalid)$/i;

/** What a report may show of answers: the table's own words and the API's, and of nothing private more than what it is. */
export class Mask {
    private readonly domains = new Map<string, string>();
    private readonly private = new Map<string, string>();
    private readonly counts = new Map<string, number>();

    /**
     * @param token of the account
     * @param place its domain is masked; the names that the run makes up are nobody's
     * @param table the texts of all facts: what they say is no secret
     */
    constructor(
        token: string,
        private readonly place: Place,
        private readonly table: string,
    ) {
        this.addPrivate(token, "<token>");
        if (place.domain !== undefined) {
            this.addDomain(place.domain);
        }
    }

    /** Remembers what is private in an answer, wherever it stands from then on. */
    learn(value: unknown, key = ""): void {
        if (typeof value === "object" && value !== null) {
            if ("name" in value && ("orgname" in value || key === "sharing_space")) {
                this.addPrivate(String(value.name), "<name>");
            }
            for (const [name, member] of Object.entries(value)) {
                this.learn(member, Array.isArray(value) ? key : name);
            }
        } else if (typeof value === "string" && value.length >= SHORTEST) {
            const word = WORD_OF.get(key);
            if (DOMAIN_MEMBERS.includes(key)) {
                this.addDomain(value);
            } else if (word !== undefined) {
                this.addPrivate(value, word);
            }
        }
    }

    /** In each spelling in which an answer, or what a report says of it, may have it. */
    private addPrivate(text: string, word: string): void {
        const quoted = JSON.stringify(text).slice(1, -1);
        const inAscii = quoted.replace(
            /[^\x00-\x7f]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
        // By way of a Buffer, as half a surrogate pair can't be encoded.
        const inUrl = encodeURIComponent(Buffer.from(text).toString());
        for (const spelling of [text, quoted, inAscii, inUrl]) {
            this.private.set(spelling, word);
        }
    }

    mask(text: string): string {
        let masked = text;
        // A name may be a part of a domain, and a domain one of an address.
        for (const [known, word] of [...this.private, ...this.domains].sort(
            ([one], [other]) => other.length - one.length,
        )) {
            masked = masked.replace(whole(known), () => this.counted(word));
        }
        const patterns: [RegExp, string][] = [
            [E_MAIL, "<e-mail>"],
            [UUID, "<id>"],
            [IPV4, "<IP>"],
            [IPV6, "<IP>"],
            [PHONE, "<phone>"],
            [KEY_MATERIAL, "<secret>"],
        ];
        for (const [pattern, word] of patterns) {
            masked = masked.replace(pattern, (found) => this.unlessKnown(found, word));
        }
        return masked.replace(DOMAIN_NAME, (found) => this.domainName(found));
    }

    /** `2 × <e-mail>, 1 × <token>`: what has been masked so far. */
    said(): string {
        return (
            [...this.counts]
                .sort()
                .map(([word, count]) => `${count} × ${word}`)
                .join(", ") || "nothing had to be"
        );
    }

    private addDomain(fqdn: string): void {
        const name = fqdn.toLowerCase().replace(/\.$/, "");
        if (!isOwn(name, this.place) && !this.domains.has(name)) {
            this.domains.set(name, `example-${this.domains.size + 1}.tld`);
        }
    }

    private counted(word: string): string {
        this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
        return word;
    }

    private unlessKnown(found: string, word: string): string {
        return this.isSaid(found) ? found : this.counted(word);
    }

    /** Whether the table says a word itself, or the run has made it up. */
    private isSaid(word: string): boolean {
        return whole(word).test(this.table) || word.includes(labelOf(this.place));
    }

    private domainName(found: string): string {
        const isOurs = isOwn(found.split(".").slice(-2).join("."), this.place) || /example-\d+\.tld$/.test(found);
        if (isOurs || NOBODYS.test(found) || this.isSaid(found)) {
            return found;
        }
        this.addDomain(found);
        return this.counted(this.domains.get(found.toLowerCase())!);
    }
}

/** A text where it is no part of a longer word, in any case. */
function whole(text: string): RegExp {
    const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
}
