/** Where the API answers unless `gandi:url` says otherwise. */
export const DEFAULT_URL = "https://api.gandi.net";

/** Hosts of this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a host, as `URL.hostname` writes it, is this machine. */
export function isLoopback(hostname: string): boolean {
    return LOOPBACK.test(hostname);
}

/**
 * The API's address as configured, without the final slash and without `/v5` (each route brings its own).
 * Errors begin with the name of what holds it, and never repeat the text when it may hold a password.
 * @throws Error when the text is no URL, holds a user, a query or a fragment, or is `http:` to another machine,
 * which would send the token in clear.
 */
export function parseBaseUrl(text: string, name = "gandi:url"): { origin: string; prefix: string } {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
    if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
        const hint = text.includes("@") ? "" : `: "${text}"`;
        throw new Error(`${name} is not an http(s) URL${hint}. Use for example ${DEFAULT_URL}.`);
    }
    if (url.username !== "" || url.password !== "") {
        throw new Error(`${name} holds a user name or a password: the token does not belong there.`);
    }
    if (url.search !== "" || url.hash !== "") {
        throw new Error(`${name} ends in a query or a fragment: give ${url.origin}${url.pathname} alone.`);
    }
    if (url.protocol === "http:" && !isLoopback(url.hostname)) {
        throw new Error(
            `${name} ${url.origin} would send the token in clear: use https: (http: is only for this machine, 127.0.0.1 or localhost).`,
        );
    }
    const prefix = url.pathname.replace(/\/+$/, "").replace(/\/v5$/, "").replace(/\/+$/, "");
    return { origin: url.origin, prefix };
}
