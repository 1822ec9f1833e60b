/** A mechanism or modifier of SPF (RFC 7208, section 4.6.1) that a sender's documentation may ask for. */
const MECHANISM = /^[+?~-]?(include:\S+|ip4:[\d./]+|ip6:[\da-f:./]+|a(:\S+)?(\/\S+)?|mx(:\S+)?(\/\S+)?|exists:\S+)$/i;
/** What costs a receiver a look into DNS, of which RFC 7208, section 4.6.4, allows ten. */
const LOOKS_UP = /^[+?~-]?(include:|a($|[:/])|mx($|[:/])|exists:)/i;
const MOST_LOOKUPS = 10;

/** Whether a TXT value is an SPF record, in plain text or with its quotes. */
export function isSpf(value: string): boolean {
    return /^"?v=spf1(\s|"|$)/i.test(value.trim());
}

/** What is wrong with the mechanism of another sender. */
export function senderProblem(mechanism: string): string | undefined {
    if (MECHANISM.test(mechanism)) {
        return undefined;
    }
    return isSpf(mechanism)
        ? `"${mechanism}" is a whole SPF record: give the mechanisms in it, such as "include:_spf.example.net"`
        : `"${mechanism}" is no mechanism of SPF, such as "include:_spf.example.net" or "ip4:192.0.2.1"`;
}

/** The SPF record of all who send for a domain. @throws Error where receivers would give up reading it */
export function spfRecord(mechanisms: readonly string[], all: string): string {
    const lookups = mechanisms.filter((mechanism) => LOOKS_UP.test(mechanism)).length;
    if (lookups > MOST_LOOKUPS) {
        throw new Error(`SPF would need ${lookups} look-ups, and receivers make ${MOST_LOOKUPS} at most (RFC 7208)`);
    }
    return ["v=spf1", ...new Set(mechanisms), all].join(" ");
}
