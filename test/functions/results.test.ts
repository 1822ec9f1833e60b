import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as functions from "../../provider/functions";
import { plain as lookup, lookupOf } from "../../provider/functions/lookup";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
const environment = { ...process.env };
/** The ids that the sandbox gives. */
const made: Record<string, string> = {};

/** A request to the sandbox past the look-ups; it gives the id of what was made. */
async function send(method: string, path: string, body: unknown = {}): Promise<string> {
    const answer = await fetch(`${sandbox.url}/v5${path}`, {
        method,
        headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
    return String(((await answer.json()) as { id?: string }).id);
}

beforeAll(async () => {
    sandbox = await startSandbox({
        delays: { order: 0, operation: 0, changeOwner: null },
        seed: {
            mailDomains: [{ fqdn: "elsewhere.example" }],
            domains: [
                {
                    fqdn: "example.com",
                    hosts: { ns1: ["192.0.2.53"] },
                    webRedirections: { shop: { url: "https://example.org/", protocol: "https" } },
                    forwards: { sales: ["alice@example.org"] },
                    mailboxes: { alice: { aliases: ["bob"] } },
                    tags: ["shop"],
                    freeSlots: [{}],
                    records: [{ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] }],
                },
            ],
        },
    });
    process.env.GANDI_URL = sandbox.url;
    process.env.GANDI_PERSONAL_ACCESS_TOKEN = sandbox.token;
    pulumi.runtime.setAllConfig({ "gandi:pollInterval": "0.02" });
    const owner = {
        given: "Alice",
        family: "Roe",
        type: "individual",
        email: "alice@example.org",
        streetaddr: "1 rue de la Paix",
        city: "Paris",
        zip: "75001",
        country: "FR",
        phone: "+33.123456789",
    };
    await send("POST", "/domain/changeowner/example.com", { owner });
    await send("POST", "/domain/transferin", { fqdn: "coming.com", authinfo: "transfer-code-5500", owner });
    await send("POST", "/domain/domains/example.com/dnskeys", {
        algorithm: 13,
        type: "ksk",
        public_key: Buffer.alloc(64, 7).toString("base64"),
    });
    await send("POST", "/livedns/domains/example.com/keys", { flags: 257 });
    await send("PUT", "/livedns/domains/example.com/axfr/slaves/192.0.2.53");
    made.snapshot = await send("POST", "/livedns/domains/example.com/snapshots", { name: "before" });
    made.tsigKey = await send("POST", "/livedns/axfr/tsig");
});
afterAll(async () => {
    process.env = environment;
    await sandbox?.close();
});

/** Every look-up by its form, the plain one where it has one: what it is asked in the tests. */
const ASKED: Record<string, () => object> = {
    checkAvailability: () => ({ fqdn: "new.com", duration: 2, processes: ["create", "renew"] }),
    getBilling: () => ({}),
    getClaims: () => ({ domain: "claims-brand.app" }),
    getContacts: () => ({ domain: "example.com" }),
    getDnssecKeys: () => ({ domain: "example.com" }),
    getDomain: () => ({ fqdn: "example.com" }),
    getDomainAuthInfoOutput: () => ({ fqdn: "example.com" }),
    getDomains: () => ({}),
    getEmailForwards: () => ({ domain: "example.com" }),
    getEmailOffer: () => ({ domain: "example.com" }),
    getGlueRecords: () => ({ domain: "example.com" }),
    getLiveDnsDomain: () => ({ fqdn: "example.com" }),
    getLiveDnsDomains: () => ({}),
    getLiveDnsKeys: () => ({ domain: "example.com" }),
    getLiveDnsNameservers: () => ({ domain: "example.com" }),
    getMailboxes: () => ({ domain: "example.com" }),
    getMailboxProducts: () => ({}),
    getMailSlots: () => ({ domain: "example.com" }),
    getNameservers: () => ({ domain: "example.com" }),
    getOrganizations: () => ({}),
    getOwnerChange: () => ({ domain: "example.com" }),
    getRecords: () => ({ domain: "example.com" }),
    getRecordTypes: () => ({}),
    getSlaves: () => ({ domain: "example.com" }),
    getSnapshot: () => ({ domain: "example.com", id: made.snapshot }),
    getSnapshots: () => ({ domain: "example.com" }),
    getTransfer: () => ({ domain: "coming.com" }),
    getTsigConfigurationOutput: () => ({ id: made.tsigKey, software: "knot" }),
    getTsigKeyOutput: () => ({ id: made.tsigKey }),
    getTsigKeys: () => ({}),
    getZoneFile: () => ({ domain: "example.com" }),
    getWebRedirections: () => ({ domain: "example.com" }),
    getRenewals: () => ({ before: "2100-01-01", prices: true }),
    getMailDomain: () => ({ domain: "elsewhere.example" }),
};

/** They give on what no document names, too. */
const SAY_MORE = ["getBilling", "getClaims"];

type Form = (args: object) => Promise<unknown> | { promise(): Promise<unknown> };
const forms: Record<string, object> = functions;
const names = Object.keys(forms).filter((name) => lookupOf(forms[name]!) !== undefined);
const resultOf = (name: string) => lookupOf(forms[name]!)!.result();

describe("the schema of a look-up's result", () => {
    it("is held against an answer of every look-up", () => {
        const distinct = names.filter((name) => !name.endsWith("Output") || !(name.replace(/Output$/, "") in forms));
        expect(Object.keys(ASKED).sort()).toEqual(distinct.sort());
    });

    it.each(Object.keys(ASKED))("fits what %s answers, and has all of it", async (name) => {
        const answered = (forms[name] as Form)(ASKED[name]!());
        const answer = await ("promise" in answered ? answered.promise() : answered);
        expect([undefined, []]).not.toContainEqual(answer);
        const { success, data } = resultOf(name).safeParse(answer);
        expect(success).toBe(true);
        expect(SAY_MORE.includes(name) ? data : answer).toEqual(data);
    });

    it("is one for both forms", () => {
        const outputs = names.filter((name) => !(name in ASKED));
        expect(outputs.map((name) => lookupOf(forms[name]!))).toEqual(
            outputs.map((name) => lookupOf(forms[name.replace(/Output$/, "")]!)),
        );
    });

    it("can be told in other languages, all numbers but money and rates as whole ones", () => {
        const fractions = names.flatMap((name) => keysOf(z.toJSONSchema(resultOf(name)), "number"));
        expect([...new Set(fractions)].sort()).toEqual([
            "amount",
            "normalPriceAfterTaxes",
            "normalPriceBeforeTaxes",
            "priceAfterTaxes",
            "priceBeforeTaxes",
            "rate",
            "total",
        ]);
    });
});

test("the arguments of a look-up can be told in other languages, all numbers as whole ones", () => {
    const told = names.map((name) => z.toJSONSchema(lookupOf(forms[name]!)!.args, { io: "input" }));
    expect(told.flatMap((schema) => keysOf(schema, "number"))).toEqual([]);
    expect(told.flatMap((schema) => keysOf(schema, "integer"))).toContain("maxDuration");
});

/** The keys of a JSON schema whose values are of this type. */
function keysOf(schema: unknown, type: string): string[] {
    return Object.entries((schema ?? {}) as Record<string, { type?: string }>).flatMap(([key, inner]) =>
        typeof inner !== "object" ? [] : [...(inner.type === type ? [key] : []), ...keysOf(inner, type)],
    );
}

interface Answered {
    id: string;
    madeAt?: string;
}

test("the compiler refuses a look-up whose parts say other things than its types", () => {
    const args = { domain: z.string() };
    const answer = z.object({ id: z.string(), made_at: z.string().optional() });
    const read = async () => ({ id: "a" });
    const refused = [
        // @ts-expect-error the schema has more than the type
        lookup<{ domain: string }, Omit<Answered, "madeAt">>("less")({ args, answer, read }),
        // @ts-expect-error the type has more than the schema
        lookup<{ domain: string }, Answered & { more?: string }>("more")({ args, answer, read }),
        // @ts-expect-error what may be missing is always there, says the type
        lookup<{ domain: string }, Required<Answered>>("always")({ args, answer, read }),
        // @ts-expect-error what is read is no such answer
        lookup<{ domain: string }, Answered>("other")({ args, answer, read: async () => ({ id: 1 }) }),
        // @ts-expect-error an argument has no schema
        lookup<{ domain: string; name?: string }, Answered>("unchecked")({ args, answer, read }),
        // @ts-expect-error the schema has an argument that is none
        lookup<{ domain: string }, Answered>("unheardOf")({ args: { ...args, name: z.string() }, answer, read }),
    ];
    const agreeing = lookup<{ domain: string }, Answered>("agreeing")({ args, answer, read });
    expect([agreeing, ...refused].map((form) => lookupOf(form)?.name)).toContain("agreeing");
});
