import type { Client } from "../../provider/api/client";
import { type Domain, domainSchema, getDomain, listDomains } from "../../provider/api/domains";
import type { Contact } from "../../provider/resources/registration/contact";
import { domain } from "../../provider/resources/registration/domain";
import { startSandbox } from "../../sandbox";
import { COMPANY } from "../harness/contacts";
import { closeServers, json, serve } from "./server";

const D = "example.com";
type Json = Record<string, unknown>;

/** What the sandbox answers, in which all that the document names is there. */
let details: Json;
let entry: Json;
/** What the server answers. */
let body: unknown;
let client: Client;
beforeAll(async () => {
    const sandbox = await startSandbox({ seed: { domains: [{ fqdn: D, tags: ["eu"], owner: COMPANY }] } });
    const headers = { authorization: `Bearer ${sandbox.token}` };
    const ask = async (path: string) => (await fetch(`${sandbox.url}/v5/domain/domains${path}`, { headers })).json();
    details = (await ask(`/${D}`)) as Json;
    [entry] = (await ask("")) as [Json];
    await sandbox.close();
    client = (await serve((...args) => json(200, body)(...args))).client();
});
afterAll(closeServers);

/** Every key at every depth, `contacts.owner.email`; lists count as one value. */
function pathsOf(value: unknown, above: string[] = []): string[][] {
    return typeof value !== "object" || value === null || Array.isArray(value)
        ? []
        : Object.entries(value).flatMap(([key, inner]) => [[...above, key], ...pathsOf(inner, [...above, key])]);
}

function without(from: Json, path: readonly string[], value?: null): Json {
    const copy = structuredClone(from);
    const parent = path.slice(0, -1).reduce<Json>((inner, key) => inner[key] as Json, copy);
    const last = path.at(-1)!;
    if (value === null) {
        parent[last] = null;
    } else {
        delete parent[last];
    }
    return copy;
}

function answers(details: Json): Promise<Domain> {
    body = details;
    return getDomain(client, D);
}

/** What every contact has; of a contact that is left out, all. */
const ALWAYS = /^contacts(\.owner(\.(type|given|family|email|streetaddr|country))?)?$/;

describe("A domain of whose details a key is missing or null", () => {
    it("is read, whichever key it is, with its name", async () => {
        const paths = pathsOf(details);
        expect(paths.length).toBeGreaterThan(60);
        for (const path of paths) {
            for (const answer of [without(details, path), without(details, path, null)]) {
                await expect(answers(answer)).resolves.toMatchObject({ fqdn: D });
            }
        }
        expect(domainSchema.parse({})).toMatchObject({ autorenew: { enabled: false }, nameservers: [], status: [] });
    });

    it("is listed, whichever key of the list it is", async () => {
        for (const path of pathsOf(entry).filter(([key]) => key !== "fqdn")) {
            for (const answer of [without(entry, path), without(entry, path, null)]) {
                body = [answer];
                await expect(listDomains(client)).resolves.toMatchObject([{ fqdn: D }]);
            }
        }
    });

    it("has not changed where the key is one that every domain has: it is unknown, and no drift", async () => {
        const want = { fqdn: D, owner: COMPANY as Contact, tags: ["eu"] };
        for (const path of pathsOf(details).filter((keys) => ALWAYS.test(keys.join(".")))) {
            const seen = { domain: await answers(without(details, path, null)) };
            expect({ path, ...domain.describe(want, seen).inputs }).toEqual({ path, owner: COMPANY, tags: ["eu"] });
        }
    });
});

describe("an answer that is no sign that the domain is there", () => {
    it.each([
        ["names another domain", { fqdn: "example.net" }],
        ["names what is no domain", { fqdn: "../../domain/domains/example.com" }],
        ["names none", { unexpected: ["shape"] }],
        ["is empty", {}],
    ])("%s", async (_what, details) => {
        await expect(answers(details)).rejects.toThrow(/names another domain, or none.*GET \/v5\/domain\/domains/);
    });

    it("is not one in the other form of an IDN", async () => {
        body = { ...details, fqdn: "bücher.example" };
        await expect(getDomain(client, "xn--bcher-kva.example")).resolves.toMatchObject({ tags: ["eu"] });
    });
});
