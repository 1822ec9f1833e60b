import { GandiError } from "../../provider/api/errors";
import { closeServers, json, serve } from "./server";

afterEach(closeServers);

const DOMAIN = "/v5/domain/domains/{domain}";
const HOST = `${DOMAIN}/hosts/{name}` as const;
const RECORD = "/v5/livedns/domains/{fqdn}/records/{name}/{type}";
const PARAMS: Record<string, string> = { domain: "example.com", fqdn: "example.com", name: "ns1", type: "A" };

async function kindOf(route: string, status: number, body: unknown): Promise<string> {
    const server = await serve(json(status, body));
    const params = Object.fromEntries([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, PARAMS[name!]]));
    const asked = server.client().request({ route: route as `PUT /v5/${string}`, params: params as never });
    const error = await asked.catch((reason: unknown) => reason);
    if (!GandiError.is(error)) throw new Error(`expected a GandiError, got ${error}`);
    return error.kind;
}

function described(code: number, message: string, object: string, cause: string) {
    return { code, message, object, cause };
}

/** Recorded, tried or quoted, as far as a line does not say that it is inferred. */
test.each<[string, string, string, number, unknown]>([
    [
        "a registry that is busy",
        "busy",
        `PUT ${HOST}`,
        400,
        described(400, "There is a pending operation on this domain, try later", "HTTPBadRequest", "Bad Request"),
    ],
    ["one that is busy, without a code", "busy", `PUT ${DOMAIN}/nameservers`, 400, { message: "pending operation" }],
    [
        "one that is busy, by its cause's words",
        "busy",
        `PUT ${DOMAIN}/nameservers`,
        409,
        described(409, "Conflict", "HTTPConflict", "An operation is in progress on this domain"),
    ],
    [
        "one that is busy, as an entry of errors",
        "busy",
        `PUT ${DOMAIN}/nameservers`,
        400,
        { status: "error", errors: [{ location: "body", name: "", description: "There is a pending operation." }] },
    ],
    [
        "one that is busy, by its cause (inferred)",
        "busy",
        `PUT ${HOST}`,
        400,
        described(400, "Not now", "OBJECT_OPERATION", "CAUSE_RUNNING"),
    ],
    [
        "one that is busy, by its other cause (inferred)",
        "busy",
        `DELETE ${HOST}`,
        400,
        described(400, "Not now", "OBJECT_DOMAIN", "CAUSE_PENDING"),
    ],
    [
        "one that is busy, as a conflict (inferred)",
        "busy",
        `PUT ${HOST}`,
        409,
        described(409, "Another operation is already in progress on example.com", "HTTPConflict", "Conflict"),
    ],
    [
        "an RRset that is not there",
        "recordMissing",
        `GET ${RECORD}`,
        404,
        described(404, "Can't find the DNS record www/A in the zone", "dns-record", "Not Found"),
    ],
    [
        "a domain that is unknown, or not visible",
        "invisible",
        `GET ${DOMAIN}`,
        404,
        described(404, "The resource could not be found.", "HTTPNotFound", "Not Found"),
    ],
    [
        "a domain that is not on LiveDNS",
        "invisible",
        "GET /v5/livedns/domains/{fqdn}",
        404,
        described(404, "Unknown domain", "LocalizedHTTPNotFound", "Not Found"),
    ],
    [
        "a domain of another organisation",
        "invisible",
        `GET ${RECORD}`,
        404,
        described(404, "The resource does not exist", "HTTPNotFound", "Unknown"),
    ],
    [
        "a glue record that is not there",
        "hostMissing",
        `GET ${HOST}`,
        400,
        described(400, "Host 'ns1.example.com' doesn't exist", "HTTPBadRequest", "CAUSE_NOTFOUND"),
    ],
    [
        "a domain that its backend does not find (inferred)",
        "invisible",
        `GET ${DOMAIN}`,
        400,
        described(400, "Domain 'example.com' doesn't exist", "OBJECT_DOMAIN", "CAUSE_NOTFOUND"),
    ],
    [
        "a key that its backend does not find (inferred)",
        "notFound",
        `DELETE ${DOMAIN}/dnskeys/{name}`,
        400,
        described(400, "Key not found", "OBJECT_DNSSEC", "CAUSE_NOTFOUND"),
    ],
    [
        "a right that is missing, in the backend's words (inferred)",
        "forbidden",
        `PUT ${HOST}`,
        400,
        described(400, "No right", "OBJECT_DOMAIN", "CAUSE_NORIGHT"),
    ],
    [
        "what exists already, in the backend's words (inferred)",
        "conflict",
        `PUT ${HOST}`,
        400,
        described(400, "Host exists", "OBJECT_HOST", "CAUSE_EXIST"),
    ],
    [
        "an RRset with other values",
        "conflict",
        `PUT ${RECORD}`,
        409,
        described(409, "This record already exists", "dns-record", "Conflict"),
    ],
    [
        "bad rdata",
        "rejected",
        `PUT ${RECORD}`,
        400,
        {
            status: "error",
            errors: [{ location: "body", name: "items", description: "'toto': must be an IP address" }],
        },
    ],
    [
        "rdata that speaks of a pending operation",
        "rejected",
        `PUT ${RECORD}`,
        400,
        { status: "error", errors: [{ location: "body", name: "items", description: "'pending operation': invalid" }] },
    ],
    [
        "auto-renewal off where it never was on",
        "renewalMissing",
        `PUT ${DOMAIN}/autorenew`,
        400,
        described(400, "This product has no autorenew record", "HTTPBadRequest", "Bad Request"),
    ],
    [
        "the weekly limit of changes, or the rate limit, of which the answer does not tell (inferred)",
        "quota",
        "POST /v5/email/forwards/{domain}",
        429,
        described(429, "Too many requests", "HTTPTooManyRequests", "Too Many Requests"),
    ],
    [
        "the rate limit on a read of what has a weekly limit",
        "rateLimited",
        "GET /v5/email/forwards/{domain}",
        429,
        described(429, "Too many requests", "HTTPTooManyRequests", "Too Many Requests"),
    ],
    ["no token", "unauthorized", `GET ${DOMAIN}`, 401, { message: "You must provide an access token or an API Key." }],
    [
        "an expired token",
        "unauthorized",
        `GET ${DOMAIN}`,
        401,
        described(401, "The server could not verify that you authorized", "HTTPUnauthorized", "Unauthorized"),
    ],
    [
        "an unknown token",
        "forbidden",
        `GET ${DOMAIN}`,
        403,
        described(403, "Access was denied to this resource.", "HTTPForbidden", "Forbidden"),
    ],
])("%s is %s", async (_, kind, route, status, body) => {
    expect(await kindOf(route, status, body)).toBe(kind);
});
