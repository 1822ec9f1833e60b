import { shown } from "../../dns/dnsErrors";

function parsed(text: string): URL | undefined {
    return URL.canParse(text) ? new URL(text) : undefined;
}

/** What is wrong with the target of a redirection. */
export function urlProblem(text: string): string | undefined {
    const url = parsed(text);
    if (url === undefined || /\s/.test(text)) {
        return `${shown(text)} is no URL: write the whole of it, like "https://www.example.org/"`;
    }
    if (url.protocol !== "http:" && url.protocol !== "https:") {
        return `${shown(text)} is an URL of ${shown(url.protocol.slice(0, -1))}: a redirection leads to http or https`;
    }
    return /^https?:\/\/[^/]/i.test(text)
        ? undefined
        : `${shown(text)} lacks the two slashes after the colon, or its host`;
}

/** Whether two are one for a browser: `https://example.org` and `https://EXAMPLE.org/`. */
export function sameUrl(one: string, other: string): boolean {
    return (parsed(one)?.href ?? one) === (parsed(other)?.href ?? other);
}

/** Whether it leads to this host again, whatever the path: all of its paths are redirected. */
export function leadsBack(text: string, host: string): boolean {
    const url = parsed(text);
    return url !== undefined && url.port === "" && url.hostname.replace(/\.$/, "") === host;
}
