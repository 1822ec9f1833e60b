import type { Expected } from "./expected";

/**
 * What a fact does to the account that it is tried with:
 * - `read`: nothing, it asks with GET alone
 * - `write`: it writes below a random label of one domain, which is cleaned up
 * - `money`: it orders domains, and changes what stands at the registry; tried on domains of its own, where orders cost nothing
 * - `limit`: it asks until it is refused; tried where nobody else waits for the answers
 */
export const NEEDS = ["read", "write", "money", "limit"] as const;
export type Needs = (typeof NEEDS)[number];

/**
 * What comes before the request of a fact:
 * - a request, which must succeed
 * - one that is asked until it is answered so
 * - one that must be answered so at once, as the fact says nothing `otherwise`
 * - one of whose answer, or of the first in its list, a member is kept: `{id}` stands for it from then on
 * - one that is sent so often, or until it is a 429
 */
export type Step =
    | [line: string, body?: unknown]
    | { until: string; status?: number; answer?: Expected }
    | { provided: string; answer?: Expected; otherwise: string }
    | { keep: string; of: string }
    | { burst: string; most: number };

/**
 * After `given`, `request` is answered so. Bodies are compared as subsets: a row names the members that it is about. In all
 * its texts these stand for what differs from run to run:
 * - `{domain}`, `{DOMAIN}`: a domain of the account that is on LiveDNS
 * - `{here}`, `{HERE}`: a name of that domain, and a source of its forwards, for this fact alone
 * - `{own}`: a domain of the account on which every change is free
 * - `{new}`: a name that nobody has, for this fact alone
 */
export interface Claim {
    /** A sentence. */
    fact: string;
    given?: Step[];
    request: string;
    /** Sent as it is if a string, as JSON otherwise. */
    body?: unknown;
    /** Null sends no Authorization. Default: the account's own. */
    token?: string | null;
    headers?: Record<string, string>;
    status: number;
    answer?: Expected;
    /** The exact text of the body, where its spelling is recorded. */
    text?: string | RegExp;
    /** Of a text that differs a report shows the first line, as the rest may be a zone; this one can be shown whole. */
    wholeText?: true;
    /** With undefined for a header that must be absent. */
    answerHeaders?: Record<string, string | RegExp | undefined>;
}

interface Entry {
    /** Who says so: one of the words below, or `Guess:` and how the comment in the sandbox goes on. */
    source: string;
    needs: Needs;
}

/** A claim that can be tried at any address. */
export interface Trial extends Claim, Entry {
    /** The request is meant to meet an operation that is under way; others wait until it has ended. */
    meetsPending?: true;
}

/** One that no request settles. */
export interface Untried extends Entry {
    fact: string;
    /** Why not. */
    untried: string;
}

export type Fact = Trial | Untried;

export const DOCUMENT = "the document";
export const RECORDED = "a recording";
/** A body or a behaviour of the real API that somebody quotes. */
export const QUOTED = "quoted";
export const CLIENTS = "public clients";
export const ONE_REPORT = "one report";

/** @param words as the comment begins that marks it in the sandbox. */
export function guess(words: string): string {
    return `Guess: ${words}`;
}

/** Gives each row the same source and needs, where it has none of its own. */
export function facts(common: Entry, rows: (Claim & Partial<Trial>)[]): Trial[] {
    return rows.map((row) => ({ ...common, ...row }));
}

export const ZONE = "/v5/livedns/domains/{domain}";
export const RECORDS = `${ZONE}/records`;
export const DOMAIN = "/v5/domain/domains/{domain}";
export const OWN = "/v5/domain/domains/{own}";
export const OWN_ZONE = "/v5/livedns/domains/{own}";
export const GATEWAY = { "content-type": "application/json; charset=utf-8" };
export const LIVEDNS_BACKEND = { "content-type": "application/json; charset=UTF-8" };
export const A = { rrset_values: ["192.0.2.1"] };

/** A contact that is nobody. */
export const CONTACT = {
    city: "Paris",
    given: "Alice",
    family: "Doe",
    zip: "75001",
    country: "FR",
    streetaddr: "5 rue neuve",
    phone: "+33.123456789",
    state: "FR-IDF",
    type: "individual",
    email: "alice@example.org",
};
