import { Invalid, shown } from "./dnsErrors";
import { Fields } from "./fields";
import type { Line } from "./lexer";

/** The start of authority, which LiveDNS keeps itself. Times in seconds. */
export interface Soa {
    /** Seconds, 0 to 2147483647. */
    readonly ttl: number;
    /** Absolute, with final dot. */
    readonly primary: string;
    /** A mail address with a dot for its `@`, with final dot. */
    readonly mailbox: string;
    /** 0 to 4294967295. */
    readonly serial: number;
    /** Seconds. */
    readonly refresh: number;
    /** Seconds. */
    readonly retry: number;
    /** Seconds. */
    readonly expire: number;
    /** Seconds; the TTL of negative answers (RFC 2308). */
    readonly minimum: number;
}

const MAX_SERIAL = 2 ** 32 - 1;

/** Reads the value of an SOA (RFC 1035, section 3.3.13). Throws `Invalid`. */
export function readSoa(rdata: Line, origin: string, ttl: number): Soa {
    const fields = new Fields(rdata, origin, "ns1.gandi.net. hostmaster.gandi.net. 1 10800 3600 604800 10800");
    const time = (what: string) => parseTtl(fields.word(what), fields.offset);
    const soa = {
        ttl,
        primary: fields.name("the primary server"),
        mailbox: fields.name("the mailbox"),
        serial: fields.integer("the serial", MAX_SERIAL),
        refresh: time("the refresh time"),
        retry: time("the retry time"),
        expire: time("the expire time"),
        minimum: time("the minimum time"),
    };
    fields.end();
    return soa;
}

/** RFC 2181, section 8. */
const MAX_TIME = 2 ** 31 - 1;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** Seconds, or BIND's units: `5400`, `1h30m`. Throws `Invalid`. */
export function parseTtl(text: string, offset = 0): number {
    if (text.length > 100 || !/^(?:\d+|(?:\d+[smhdw])+)$/i.test(text))
        throw new Invalid(`${shown(text)} is no time: write seconds, or 1h30m`, offset);
    let seconds = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
        seconds += Number(amount) * (SECONDS[unit!.toLowerCase()] ?? 1);
    }
    if (seconds > MAX_TIME)
        throw new Invalid(`${shown(text)} is longer than a TTL can be: ${MAX_TIME} seconds`, offset);
    return seconds;
}
