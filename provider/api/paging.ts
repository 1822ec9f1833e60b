import type { IncomingHttpHeaders } from "node:http";
import type { ZodType } from "zod";
import { MOST_PAGES } from "./bounds";
import type { Client, ListOptions } from "./client";
import { GandiError } from "./errors";
import { fillRoute, type Params, type Query, type Route } from "./route";
import { listOf } from "./wire";

/** What we ask for; the server may give fewer. It is in production use, and the documents name no maximum. */
const PER_PAGE = 500;
/**
 * The pages of a server that gives fewer than it is asked for hold a multiple of this. Inferred: the documents name neither
 * its default nor its maximum.
 */
const ROUND = 50;
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
 * All the pages of a list. One that changes between two pages is read again, as an item may have slipped over the page's
 * edge.
 * @throws GandiError `tooLarge` for a list of more than 1,000 pages, `unexpected` for one that should have more and whose
 * pages bring nothing new
 */
export function listAll<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<T[]> {
    if (request.shared !== true) return readSteady(client, request);
    const { route, params, query = {} } = request;
    return client.share(route, params, query, (sharing) => readSteady(sharing, request));
}

/** A list without pages. */
export async function listOnce<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<T[]> {
    const { route, params, query = {}, item, shared } = request;
    const load = async (asking: Client) => (await asking.request({ route, params, query, schema: listOf(item) })).data;
    return shared === true ? client.share(route, params, query, load) : load(client);
}

async function readSteady<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
        const reading = await readPages(client, request);
        if (reading.isSteady) return reading.items;
        if (attempt < ATTEMPTS) continue;
        if (reading.isStuck)
            throw listError(
                client,
                request,
                "unexpected",
                "the list should have more, but its pages bring nothing new",
            );
        return reading.items;
    }
}

/** One reading of a list, from its first page to its last. */
class Reading<T> {
    readonly items: T[] = [];
    /** It ended in a page that brings nothing new, though there should be more. */
    isStuck = false;
    readonly #isFiltered: boolean;
    readonly #seen = new Set<string>();
    readonly #totals = new Set<number>();
    #overlaps = false;
    #hadNext = false;
    #lengthBefore: number | undefined;

    constructor(isFiltered: boolean) {
        this.#isFiltered = isFiltered;
    }

    /** No item can have slipped from one page to another while they were read. */
    get isSteady(): boolean {
        return this.#totals.size <= 1 && !this.#overlaps && !this.isStuck;
    }

    /**
     * Takes a page in; answers whether it is the last.
     *
     * Neither header is trusted alone. Whether `Filtered-Count` is of all that match or of the page depends on whom one
     * asks, so it never ends a list; `Total-Count` of a filtered list may be of the whole. A list ends with an empty page,
     * or where nothing speaks of more and two of three say that this was all: no `Link` to a next page after one that had
     * it, as many items as `Total-Count` says, a page that is not full.
     *
     * A `Link` counts for its being there. It is not followed: wherever it points, the token goes to the origin that we were
     * given.
     */
    take(page: readonly T[], headers: IncomingHttpHeaders): boolean {
        const isNews = this.#add(page);
        if (page.length === 0) return true;

        // The Mailbox API has its own name for it.
        const total = countOf(headers["total-count"] ?? headers["x-total-count"]);
        if (total !== undefined) this.#totals.add(total);
        const count = this.#isFiltered ? countOf(headers["filtered-count"]) : total;
        const hasNext = hasNextPage(headers.link);
        const speaksOfMore = hasNext || (count ?? 0) > this.items.length;
        const isFull =
            page.length >= PER_PAGE || page.length % ROUND === 0 || page.length >= (this.#lengthBefore ?? Infinity);
        const witnesses = [this.#hadNext && !hasNext, total === this.items.length, !isFull];
        this.#hadNext ||= hasNext;
        this.#lengthBefore = page.length;
        if (!isNews) {
            // A server that knows no pages gives the same again, for ever.
            this.isStuck = speaksOfMore;
            return true;
        }
        return !speaksOfMore && witnesses.filter(Boolean).length >= 2;
    }

    /** Adds what no page before had. */
    #add(page: readonly T[]): boolean {
        const keys = page.map((item) => JSON.stringify(item));
        const news = page.filter((_, index) => !this.#seen.has(keys[index]!));
        this.#overlaps ||= news.length > 0 && news.length < page.length;
        this.items.push(...news);
        for (const key of keys) this.#seen.add(key);
        return news.length > 0;
    }
}

async function readPages<R extends Route, T>(client: Client, request: ListRequest<R, T>): Promise<Reading<T>> {
    const { route, params, query = {}, item } = request;
    const reading = new Reading<T>(Object.values(query).some((value) => value !== undefined));
    for (let page = 1; page <= MOST_PAGES; page++) {
        const { headers, data } = await client.request({
            route,
            params,
            query: { ...query, page, per_page: PER_PAGE },
            schema: listOf(item),
        });
        if (reading.take(data, headers)) return reading;
    }
    throw listError(client, request, "tooLarge", `the list has more than ${MOST_PAGES} pages, and was not read on`);
}

function listError<R extends Route>(
    client: Client,
    { route, params }: { route: R; params: Params<R> },
    kind: "tooLarge" | "unexpected",
    what: string,
): GandiError {
    const { method, path } = fillRoute(route, params);
    const { domain, fqdn = domain } = params as { domain?: string; fqdn?: string };
    return new GandiError(`${fqdn ?? new URL(client.origin).host}: ${what} (${method} ${path}).`, {
        kind,
        method,
        path,
    });
}

function countOf(header: string | string[] | undefined): number | undefined {
    return typeof header === "string" && /^\d+$/.test(header) ? Number(header) : undefined;
}

/** Whether a `Link` (RFC 8288) has `rel="next"`. */
function hasNextPage(header: string | string[] | undefined): boolean {
    const links = [header ?? []].flat().flatMap((line) => line.split(/,\s*(?=<)/));
    return links.some((link) => {
        const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(link.replace(/^\s*<[^>]*>/, "")) ?? [];
        return (quoted ?? bare ?? "").toLowerCase().split(/\s+/).includes("next");
    });
}
