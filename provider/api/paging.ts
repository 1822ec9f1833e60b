import type { IncomingHttpHeaders } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { type ZodType, z } from "zod";
import type { Client, ListOptions } from "./client";
import type { Params, Query, Route } from "./route";

/** What we ask for; the server may give fewer. It is in production use, and the documents name no maximum. */
const PER_PAGE = 500;
/** How often a list that changes while it is read is read again. */
const ATTEMPTS = 3;

export interface ListRequest<R extends Route, T> extends ListOptions {
    route: R;
    params: Params<R>;
    /** Filters and order, without the page. */
    query?: Query;
    /** Of one item. */
    item: ZodType<T>;
}

/**
 * All the pages of a list: until as many items came as `total-count` says, or an empty page. A list whose
 * `total-count` changes between two pages is read again, as an item may have slipped over the page's edge.
 */
export function listAll<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<T[]> {
    const { route, params, query = {}, signal } = request;
    if (request.shared !== true) return readPages(client, request, signal);
    return client.share(route, params, query, () => readPages(client, request, undefined));
}

/** A list without pages. */
export async function listOnce<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<T[]> {
    const { route, params, query = {}, item, signal } = request;
    const load = async (signal?: AbortSignal) =>
        (await client.request({ route, params, query, schema: z.array(item), signal })).data;
    return request.shared === true ? client.share(route, params, query, () => load()) : load(signal);
}

async function readPages<R extends Route, T>(
    client: Client,
    request: ListRequest<R, T>,
    signal: AbortSignal | undefined,
): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
        const { items, steady } = await readOnce(client, request, signal);
        if (steady || attempt === ATTEMPTS) return items;
    }
}

async function readOnce<R extends Route, T>(
    client: Client,
    { route, params, query, item }: ListRequest<R, T>,
    signal: AbortSignal | undefined,
): Promise<{ items: T[]; steady: boolean }> {
    const items: T[] = [];
    const totals = new Set<number>();
    let before: T[] | undefined;
    for (let page = 1; ; page++) {
        const { headers, data } = await client.request({
            route,
            params,
            query: { ...query, page, per_page: PER_PAGE },
            schema: z.array(item),
            signal,
        });
        // A server that knows no pages gives the same again, for ever.
        const again = before !== undefined && isDeepStrictEqual(data, before);
        if (!again) items.push(...data);
        const total = totalOf(headers);
        if (total !== undefined) totals.add(total);
        const complete = total !== undefined && items.length >= total;
        if (complete || again || data.length === 0) return { items, steady: totals.size <= 1 };
        before = data;
    }
}

/** A filtered list counts its matches apart; `total-count` is then of the whole list. */
function totalOf(headers: IncomingHttpHeaders): number | undefined {
    const text = headers["filtered-count"] ?? headers["total-count"];
    return typeof text === "string" && /^\d+$/.test(text) ? Number(text) : undefined;
}
