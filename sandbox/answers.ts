import { createHash } from "node:crypto";
import type { ApiError } from "./errors";

/** Headers that recordings of 2020 show on every answer. */
const COMMON_HEADERS = {
    "cache-control": "max-age=0, must-revalidate, no-cache, no-store",
    pragma: "no-cache",
    server: "nginx",
};

const GATEWAY_HEADERS = {
    ...COMMON_HEADERS,
    "strict-transport-security": "max-age=15768000;",
    vary: "Accept-Encoding, Accept-Language",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-xss-protection": "1; mode=block",
};

type Headers = Record<string, string>;

function etag(body: string): string {
    const hash = createHash("sha1").update(body).digest("base64").slice(0, 27);
    return `W/"${Buffer.byteLength(body).toString(16)}-${hash}"`;
}

/** An answer of the gateway: compact JSON. */
export function json(body: unknown, status = 200, headers: Headers = {}): Response {
    const text = JSON.stringify(body);
    return new Response(text, {
        status,
        headers: {
            ...GATEWAY_HEADERS,
            "content-type": "application/json; charset=utf-8",
            etag: etag(text),
            ...headers,
        },
    });
}

/** `{"message": …}`, with a Location where the answer names what was made. */
export function message(text: string, status: 200 | 201 | 202, location?: string): Response {
    return json({ message: text }, status, location === undefined ? {} : { location });
}

/** A 202 or 204 without a body. */
export function empty(status: 202 | 204): Response {
    return new Response(null, { status, headers: GATEWAY_HEADERS });
}

export function text(body: string, contentType: "text/plain" | "text/csv" = "text/plain"): Response {
    return new Response(body, {
        status: 200,
        headers: { ...GATEWAY_HEADERS, "content-type": `${contentType}; charset=utf-8`, etag: etag(body) },
    });
}

/** @param accept the request's Accept header, if it has one. */
export function errorAnswer(error: ApiError, accept?: string): Response {
    if (error.source === "gateway") {
        return json(error.body, error.status);
    }
    // Guess: the recordings of 2020, whose requests accept `application/json`, have a charset here; a client that sends no
    // Accept, go-gandi, takes nothing but the bare type for JSON.
    const withCharset = error.source === "livedns" && accept !== undefined;
    return new Response(spacedJson(error.body), {
        status: error.status,
        headers: {
            ...COMMON_HEADERS,
            "content-type": withCharset ? "application/json; charset=UTF-8" : "application/json",
        },
    });
}

/** What the gateway answers for a path or a method that it does not route. */
export function unrouted(method: string, path: string): Response {
    const shown = path.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
    const body = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        "<title>Error</title>",
        "</head>",
        "<body>",
        `<pre>Cannot ${method} ${shown}</pre>`,
        "</body>",
        "</html>",
        "",
    ].join("\n");
    return new Response(body, {
        status: 404,
        headers: { ...GATEWAY_HEADERS, "content-type": "text/html; charset=utf-8" },
    });
}

/** JSON as the backend prints it: a space after `:` and `,`, and nothing but ASCII. */
function spacedJson(value: unknown): string {
    if (Array.isArray(value)) {
        return `[${value.map(spacedJson).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
        const members = Object.entries(value).map(([key, member]) => `${asciiString(key)}: ${spacedJson(member)}`);
        return `{${members.join(", ")}}`;
    }
    return typeof value === "string" ? asciiString(value) : JSON.stringify(value);
}

function asciiString(value: string): string {
    return JSON.stringify(value).replace(
        /[\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
