import { GandiError } from "../../provider/api/errors";
import { transportError } from "../../provider/api/explain";
import { unlessGoneFromDomain, unlessGoneFromZone } from "../../provider/api/gone";
import { waitBeforeRepeat } from "../../provider/api/retry";
import { closeServers, json, raw, script, serve, type TestServer } from "./server";
import { VirtualClock } from "./virtualClock";

afterEach(closeServers);

const DOMAIN = "/v5/domain/domains/example.com";
const RECORD = "/v5/livedns/domains/example.com/records/www/A";
const AT_LIVEDNS = { route: "GET /v5/livedns/domains/{fqdn}", params: { fqdn: "example.com" } } as const;
const AT_DOMAIN = { route: "GET /v5/domain/domains/{domain}", params: { domain: "example.com" } } as const;
const AT_RECORD = {
    route: "GET /v5/livedns/domains/{fqdn}/records/{name}/{type}",
    params: { fqdn: "example.com", name: "www", type: "A" },
} as const;
const AT_HOST = {
    route: "GET /v5/domain/domains/{domain}/hosts/{name}",
    params: { domain: "example.com", name: "ns1" },
} as const;
const PUT_HOST = { ...AT_HOST, route: "PUT /v5/domain/domains/{domain}/hosts/{name}" } as const;
const PUT_RECORD = { ...AT_RECORD, route: "PUT /v5/livedns/domains/{fqdn}/records/{name}/{type}" } as const;
const LIST = { route: "GET /v5/domain/domains", params: {} } as const;

const SOURCE = "the environment variable GANDI_PERSONAL_ACCESS_TOKEN";
const LIFE = "a personal access token lives at most a year and belongs to one organisation";

async function failureOf(
    request: { route: `GET /v5/${string}` | `PUT /v5/${string}`; params: Record<string, string> },
    answer: Parameters<typeof serve>[0],
    credential: { scheme: "Bearer" | "Apikey" } = { scheme: "Bearer" },
): Promise<GandiError> {
    const server = await serve(answer);
    const client = server.client({ credential: { ...credential, token: "secret", source: SOURCE } });
    const error = await client.request(request).catch((reason: unknown) => reason);
    if (!GandiError.is(error)) throw new Error(`expected a GandiError, got ${error}`);
    return error;
}

describe("what the API says becomes one sentence that says what to check (6)", () => {
    const noAuth = { message: "You must provide an access token or an API Key. See the docs." };
    const denied = { code: 403, message: "Access was denied to this resource.", object: "HTTPForbidden" };
    const notFound = { code: 404, message: "The resource could not be found.", object: "HTTPNotFound" };

    test.each([
        [
            "no or an expired token",
            AT_DOMAIN,
            401,
            noAuth,
            "unauthorized",
            `example.com: Gandi refused the token (401 on GET ${DOMAIN}): You must provide an access token or an API Key. See the docs. ` +
                `The token came from ${SOURCE}. Is it expired or revoked? Note that ${LIFE}. ` +
                "A refresh, preview --refresh or destroy uses the token of the last up unless given --run-program.",
        ],
        [
            "a token without the permission, reading",
            AT_DOMAIN,
            403,
            denied,
            "forbidden",
            `example.com: the token may not see this domain (403 on GET ${DOMAIN}): Access was denied to this resource. ` +
                `Check its organisation, or set gandi:sharingId. The token came from ${SOURCE}; is it expired, or without the permission? Note that ${LIFE}.`,
        ],
        [
            "a token without the permission, writing",
            PUT_RECORD,
            403,
            denied,
            "forbidden",
            expect.stringContaining(`example.com: the token may not do this (403 on PUT ${RECORD})`),
        ],
        [
            "a token that may do nothing",
            LIST,
            403,
            denied,
            "forbidden",
            expect.stringContaining("the token may not do this (403 on GET /v5/domain/domains)"),
        ],
        [
            "a domain that is unknown or not visible",
            AT_DOMAIN,
            404,
            notFound,
            "invisible",
            `example.com: unknown to Gandi, or the token may not see it (404 on GET ${DOMAIN}): The resource could not be found. ` +
                `Check the spelling and the organisation, or set gandi:sharingId. The token came from ${SOURCE}; ${LIFE}.`,
        ],
        [
            "a 404 on a domain that does not say why",
            AT_DOMAIN,
            404,
            { message: "Not Found" },
            "invisible",
            expect.stringContaining("example.com: unknown to Gandi, or the token may not see it (404"),
        ],
        [
            "a domain that is not on LiveDNS",
            AT_LIVEDNS,
            404,
            { code: 404, message: "Unknown domain", object: "LocalizedHTTPNotFound", cause: "Not Found" },
            "invisible",
            expect.stringContaining("example.com: unknown to Gandi, or the token may not see it (404"),
        ],
        [
            "a domain of another organisation",
            AT_RECORD,
            404,
            { code: 404, message: "The resource does not exist", object: "domain", cause: "Unknown" },
            "invisible",
            expect.stringContaining("example.com: not there, or the token may not see the domain (404"),
        ],
        [
            "an RRset that is not there",
            AT_RECORD,
            404,
            {
                code: 404,
                message: "Can't find the DNS record www/A in the zone",
                object: "dns-record",
                cause: "Not Found",
            },
            "recordMissing",
            `example.com: not there (404 on GET ${RECORD}): Can't find the DNS record www/A in the zone.`,
        ],
        [
            "a glue record that is not there",
            AT_HOST,
            400,
            { code: 400, message: "Host 'ns1.example.com' doesn't exist", object: "host", cause: "CAUSE_NOTFOUND" },
            "hostMissing",
            `example.com: not there (400 on GET ${DOMAIN}/hosts/ns1): Host 'ns1.example.com' doesn't exist.`,
        ],
        [
            "an RRset with other values",
            PUT_RECORD,
            409,
            { code: 409, message: "This record already exists", object: "HTTPConflict", cause: "Conflict" },
            "conflict",
            `example.com: it exists already, with other content (409 on PUT ${RECORD}): This record already exists.`,
        ],
        [
            "another operation on the domain",
            PUT_HOST,
            400,
            { code: 400, message: "There is a pending operation on this domain", object: "HTTPBadRequest" },
            "busy",
            `example.com: another operation is under way (400 on PUT ${DOMAIN}/hosts/ns1): There is a pending operation on this domain.`,
        ],
        [
            "bad rdata",
            PUT_RECORD,
            400,
            {
                status: "error",
                errors: [
                    { location: "body", name: "items", description: "'toto': must be an IP address (param: {})" },
                    { location: "body", name: "rrset_ttl", description: "60 is less than minimum value 300" },
                ],
            },
            "rejected",
            `example.com: Gandi refused the request (400 on PUT ${RECORD}): items: 'toto': must be an IP address (param: {}); rrset_ttl: 60 is less than minimum value 300.`,
        ],
        [
            "a dry run that found errors",
            AT_DOMAIN,
            200,
            { status: "error", errors: [{ location: "body", name: "owner.phone", description: "is required" }] },
            "rejected",
            `example.com: Gandi refused the request (200 on GET ${DOMAIN}): owner.phone: is required.`,
        ],
    ])("%s", async (_, request, status, body, kind, message) => {
        const error = await failureOf(request, json(status, body));
        expect(error).toMatchObject({ kind, status, message, method: request.route.split(" ")[0] });
    });

    test.each([
        [401, { message: "no" }, "Gandi refused the API key (401"],
        [403, denied, "the API key may not see this domain (403"],
    ])("an API key is called an API key (%i)", async (status, body, text) => {
        const error = await failureOf(AT_DOMAIN, json(status, body), { scheme: "Apikey" });
        expect(error.message).toContain(text);
        expect(error.message).not.toContain("personal access token");
    });

    test("fields, code, object and cause are there for programs", async () => {
        const error = await failureOf(AT_DOMAIN, json(409, { code: 409, message: "m", object: "o", cause: "c" }));
        expect(error).toMatchObject({ code: 409, object: "o", causeCode: "c", path: DOMAIN, fieldErrors: [] });
        const rejected = await failureOf(
            PUT_RECORD,
            json(400, { status: "error", errors: [{ location: "body", name: "n", description: "d" }] }),
        );
        expect(rejected.fieldErrors).toEqual([{ location: "body", name: "n", description: "d" }]);
    });

    test("an HTML 404 of an unknown route is a wrong address, not something that is not there", async () => {
        const error = await failureOf(AT_RECORD, raw(404, "<pre>Cannot GET /v5/livedns</pre>"));
        expect(error).toMatchObject({ kind: "unreadable", status: 404 });
        expect(error.message).toContain("Cannot GET /v5/livedns");
        expect(error.message).toContain("gandi:url");
    });

    test.each([404, 403])("an HTML %i on the domain says nothing about the domain", async (status) => {
        const error = await failureOf(AT_DOMAIN, raw(status, "<html>Blocked by the proxy</html>"));
        expect(error).toMatchObject({ kind: "unreadable", status });
    });

    test("no connection names the host and the system's code", async () => {
        const server = await serve(json(200, {}));
        const client = server.client({ url: "http://127.0.0.1:1" });
        await expect(client.request(AT_DOMAIN)).rejects.toMatchObject({
            kind: "transport",
            causeCode: "ECONNREFUSED",
            message: `example.com: no connection to 127.0.0.1:1 (ECONNREFUSED on GET ${DOMAIN}). Tried 6 times.`,
        });
    });
});

test("a certificate that is not trusted is not tried again, and the error says what helps", () => {
    const error = transportError(
        {
            method: "GET",
            path: DOMAIN,
            host: "api.gandi.net",
            credential: { scheme: "Bearer", token: "secret", source: SOURCE },
            aboutDomain: true,
        },
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        60,
    );
    expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
    expect(
        waitBeforeRepeat(error, "always", { attempt: 1, elapsed: 0, limited: false }, new VirtualClock()),
    ).toBeUndefined();
});

describe("a GandiError", () => {
    const make = (kind: "forbidden" | "server") => new GandiError("m", { kind, method: "GET", path: "/" });

    test("is a value: nothing of it can be written, and no stack tells who asked first", () => {
        const field = { location: "body", name: "n", description: "d" };
        const error = new GandiError("m", { kind: "rejected", method: "GET", path: "/", fieldErrors: [field] });
        for (const key of Object.getOwnPropertyNames(error)) {
            expect(() => Object.assign(error, { [key]: "other" })).toThrow(TypeError);
        }
        expect(() => Object.assign(error.fieldErrors[0]!, { description: "other" })).toThrow(TypeError);
        expect(() => (error.fieldErrors as unknown[]).push(field)).toThrow(TypeError);
        field.description = "other";
        expect(error).toMatchObject({ message: "m", stack: "m", fieldErrors: [{ description: "d" }] });
    });

    test("who has more to say makes another one, whose cause it is", () => {
        const error = new GandiError("m.", { kind: "server", method: "PUT", path: "/p", status: 500, causeCode: "C" });
        const more = error.saying("Wait.");
        expect(more).toMatchObject({ message: "m. Wait.", kind: "server", method: "PUT", path: "/p", status: 500 });
        expect(more).toMatchObject({ causeCode: "C", cause: error });
        expect(GandiError.is(more, "server")).toBe(true);
        expect(error.message).toBe("m.");
    });

    test("is known by its kind", () => {
        expect(GandiError.is(make("forbidden"))).toBe(true);
        expect(GandiError.is(make("forbidden"), "server", "forbidden")).toBe(true);
        expect(GandiError.is(make("forbidden"), "server")).toBe(false);
        expect(GandiError.isDenied(make("forbidden"))).toBe(true);
        expect(GandiError.isTransient(make("server"))).toBe(true);
    });

    test.each([undefined, null, "forbidden", new Error("forbidden"), { kind: "forbidden" }])("%p is none", (other) => {
        expect(GandiError.is(other)).toBe(false);
    });

    test("of another copy of the package is known too", () => {
        jest.isolateModules(() => {
            const copy = require("../../provider/api/errors") as typeof import("../../provider/api/errors");
            const theirs = new copy.GandiError("m", { kind: "conflict", method: "GET", path: "/" });
            expect(theirs).not.toBeInstanceOf(GandiError);
            expect(GandiError.is(theirs, "conflict")).toBe(true);
        });
    });
});

describe("what means gone (2, 6)", () => {
    const missing = json(404, { code: 404, message: "The resource could not be found.", object: "HTTPNotFound" });
    const zone = json(200, { fqdn: "example.com", automatic_snapshots: true });
    const contact = { type: "individual", email: "a@b.example", streetaddr: "s", country: "FR" };
    const contacts = { owner: contact, admin: contact, bill: contact, tech: contact };
    const domain = { fqdn: "example.com", autorenew: {}, contacts, dates: {}, nameservers: [], status: [] };
    const gone = (kind: ConstructorParameters<typeof GandiError>[1]["kind"]) =>
        new GandiError("m", { kind, method: "GET", path: "/" });
    const NEVER = [
        "unauthorized",
        "forbidden",
        "server",
        "transport",
        "unreadable",
        "rateLimited",
        "rejected",
    ] as const;

    const ofZone = (server: TestServer, error: Error) =>
        unlessGoneFromZone(server.client(), "example.com", Promise.reject(error));
    const ofDomain = (server: TestServer, error: Error) =>
        unlessGoneFromDomain(server.client(), "example.com", Promise.reject(error));

    test("a key, slave or snapshot: a 404 while the zone answers", async () => {
        const server = await serve(zone);
        await expect(ofZone(server, gone("invisible"))).resolves.toBeUndefined();
        await expect(ofZone(server, gone("notFound"))).resolves.toBeUndefined();
    });

    test("the same 404 while the zone does not answer is the zone's error", async () => {
        const server = await script(missing);
        await expect(ofZone(server, gone("notFound"))).rejects.toMatchObject({
            kind: "invisible",
            path: "/v5/livedns/domains/example.com",
        });
    });

    test.each(["hostMissing", "notFound", "invisible"] as const)(
        "a glue record or DNSSEC key that is %s is gone while the domain answers, and else it is the domain's error",
        async (kind) => {
            const [there, unseen] = [await serve(json(200, domain)), await serve(missing)];
            await expect(ofDomain(there, gone(kind))).resolves.toBeUndefined();
            await expect(ofDomain(unseen, gone(kind))).rejects.toMatchObject({ kind: "invisible", path: DOMAIN });
        },
    );

    test.each(NEVER)("%s is never gone, and asks nothing more", async (kind) => {
        const server = await serve(zone);
        await expect(ofZone(server, gone(kind))).rejects.toMatchObject({ kind });
        await expect(ofDomain(server, gone(kind))).rejects.toMatchObject({ kind });
        expect(server.received).toEqual([]);
    });
});
