import { Fields } from "./fields";
import type { Line } from "./lexer";
import { parseTtl } from "./ttl";

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
