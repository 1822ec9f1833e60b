import { json } from "./answers";
import type { ErrorSource } from "./errors";
import { Fields } from "./validation/fields";

const DEFAULT_PAGE = 100;
/** Guess: clients use `per_page=500` in production; the documents give no maximum. */
const LARGEST_PAGE = 500;

/**
 * One page of a list of the Mailbox API, which tells how many there are after filtering in a header of its own.
 *
 * Guess: that there is no `Link`, as its reference of these lists names none.
 */
export function pagedPlainly(url: URL, items: unknown[]): Response {
    const { shown } = pageOf(url, items, "email");
    return json(shown, 200, { "x-total-count": String(items.length) });
}

/**
 * One page of a list, with `total-count`, and a `Link` to the next and the last page where there are more.
 *
 * @param url the request's own, with `page` and `per_page`.
 */
export function paged(url: URL, items: unknown[], source: ErrorSource, headers: Record<string, string> = {}): Response {
    const { shown, page, perPage } = pageOf(url, items, source);
    const last = Math.max(1, Math.ceil(items.length / perPage));
    const extra: Record<string, string> = { "total-count": String(items.length), ...headers };
    if (page < last) {
        extra.link = [
            `<${withPage(url, page + 1, perPage)}>; rel="next"`,
            `<${withPage(url, last, perPage)}>; rel="last"`,
        ].join(", ");
    }
    return json(shown, 200, extra);
}

function withPage(url: URL, page: number, perPage: number): string {
    const other = new URL(url);
    other.searchParams.set("page", String(page));
    other.searchParams.set("per_page", String(perPage));
    return other.href;
}

function pageOf(url: URL, items: unknown[], source: ErrorSource) {
    const fields = new Fields(Object.fromEntries(url.searchParams), "querystring");
    const page = fields.integer("page", { min: 1 }) ?? 1;
    const perPage = Math.min(fields.integer("per_page", { min: 1 }) ?? DEFAULT_PAGE, LARGEST_PAGE);
    fields.done(source);
    return { shown: items.slice((page - 1) * perPage, page * perPage), page, perPage };
}
