export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A route as the API documents write it: `GET /v5/domain/domains/{domain}`. */
export type Route = `${Method} /v5/${string}`;

/** The names between braces in a route. */
type ParamName<R extends string> = R extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamName<Rest> : never;

export type Params<R extends string> = Record<ParamName<R>, string>;

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/**
 * One segment of a path. Beyond what encodeURIComponent encodes, RFC 3986 section 2.2 reserves `!'()*`: the wildcard
 * name `*` goes as `%2A`, the apex `@` as `%40`.
 * @throws Error on an empty segment or a dot segment: `DELETE …/records/` with an empty name would be another route,
 * one that empties the zone.
 */
function encodeSegment(name: string, value: string): string {
    if (value === "" || value === "." || value === "..") {
        throw new Error(`"${value}" is no ${name}: a request to the Gandi API needs one.`);
    }
    return encodeURIComponent(value).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

/** The method and the encoded path of a route. */
export function fillRoute(route: Route, params: Record<string, string>): { method: Method; path: string } {
    const [method, template] = route.split(" ") as [Method, string];
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(name, params[name] ?? ""));
    return { method, path };
}

/** `?a=1&b=2`, or nothing. A list repeats its key (`processes=create&processes=renew`); undefined is left out. */
export function queryString(query: Query): string {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
        for (const item of Array.isArray(value) ? value : [value]) {
            if (item !== undefined) search.append(key, String(item));
        }
    }
    return search.size === 0 ? "" : `?${search}`;
}
