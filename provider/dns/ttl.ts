import { Invalid, shown } from "./dnsErrors";

/** RFC 2181, section 8. */
const MAX = 2 ** 31 - 1;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** Seconds, or BIND's units: `5400`, `1h30m`. Throws `Invalid`. */
export function parseTtl(text: string, offset = 0): number {
    if (text.length > 100 || !/^(?:\d+|(?:\d+[smhdw])+)$/i.test(text))
        throw new Invalid(`${shown(text)} is no time: write seconds, or 1h30m`, offset);
    let seconds = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
        seconds += Number(amount) * (SECONDS[unit!.toLowerCase()] ?? 1);
    }
    if (seconds > MAX) throw new Invalid(`${shown(text)} is longer than a TTL can be: ${MAX} seconds`, offset);
    return seconds;
}
