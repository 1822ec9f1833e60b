/**
 * What the documents and the recordings say, one fact a row: after the requests of `given`, `request` is answered so.
 * Bodies are compared as subsets: a row names the members that it is about.
 */
export interface Fact {
    fact: string;
    given?: [line: string, body?: unknown][];
    request: string;
    body?: unknown;
    token?: string | null;
    headers?: Record<string, string>;
    status: number;
    answer?: unknown;
    /** The exact text of the body, where its spelling is recorded. */
    text?: string;
    answerHeaders?: Record<string, string | RegExp | undefined>;
}

export const ZONE = "/v5/livedns/domains/example.com";
export const RECORDS = `${ZONE}/records`;
export const DOMAIN = "/v5/domain/domains/example.com";
export const GATEWAY = { "content-type": "application/json; charset=utf-8" };
export const LIVEDNS_BACKEND = { "content-type": "application/json; charset=UTF-8" };
export const A = { rrset_values: ["192.0.2.1"] };
