import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let forward: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let sales: { domain: string; source: string; destinations: string[] };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `mail-${++count}.example`;
    sales = { domain, source: "sales", destinations: ["alice@example.org", "bob@example.net"] };
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    forward = gandi.life("EmailForward");
});

/** Where the mail of a domain may be. */
interface World {
    add(fqdn: string): void;
    /** Destinations by local part. */
    forwards(fqdn: string): Record<string, string[]>;
    set(fqdn: string, edit: Record<string, string[] | null>): void;
    /** The routes of its forwards, as they are asked. */
    posted(fqdn: string): string;
    one(fqdn: string, source: string): string;
    /** The forwards as its list shows them. */
    listed(fqdn: string, source: string, destinations: string[]): object[];
    /** What a refresh asks where it finds what it looks for. */
    read(fqdn: string): string[];
}

const EMAIL: World = {
    add: (fqdn) => gandi.sandbox.addDomain({ fqdn }),
    forwards: (fqdn) => gandi.sandbox.state.domain(fqdn)!.forwards,
    set: (fqdn, forwards) => gandi.sandbox.editDomain(fqdn, { forwards }),
    posted: (fqdn) => `/email/forwards/${fqdn}`,
    one: (fqdn, source) => `/email/forwards/${fqdn}/${source}`,
    listed: (_fqdn, source, destinations) => [{ source, destinations }],
    read: (fqdn) => [`/v5/email/forwards/${fqdn}`],
};

const MAILBOX: Omit<World, "add"> = {
    forwards: (fqdn) =>
        Object.fromEntries(
            Object.entries(gandi.sandbox.mail.domain(fqdn)!.forwards).map(([source, destinations]) => [
                source.slice(0, source.lastIndexOf("@")),
                destinations,
            ]),
        ),
    set: (fqdn, forwards) => gandi.sandbox.mail.editDomain(fqdn, { forwards }),
    posted: () => "/mailbox/forwards",
    one: (fqdn, source) => `/mailbox/forwards/${source}%40${fqdn}`,
    listed: (fqdn, source, destinations) => [{ source: `${source}@${fqdn}`, destinations: destinations.join(",") }],
    read: () => ["/v5/mailbox/forwards"],
};

const WORLDS: [string, World][] = [
    ["the Email API", EMAIL],
    [
        "the Mailbox API, of a domain at Gandi",
        {
            ...MAILBOX,
            add(fqdn) {
                gandi.sandbox.addDomain({ fqdn });
                gandi.sandbox.mail.addDomain({ fqdn });
            },
        },
    ],
    [
        "the Mailbox API, of a domain registered elsewhere",
        { ...MAILBOX, add: (fqdn) => gandi.sandbox.mail.addDomain({ fqdn }) },
    ],
];

let world: World;
const forwards = (fqdn = domain) => world.forwards(fqdn);
const set = (destinations: string[] | null, source = "sales") => world.set(domain, { [source]: destinations });

describe.each(WORLDS)("on %s", (_name, its) => {
    beforeEach(() => {
        world = its;
        world.add(domain);
    });

    describe("EmailForward", () => {
        it("is made once, and left alone by the second run (promise 3)", async () => {
            await forward.up(sales);
            expect(forwards()).toEqual({ sales: ["alice@example.org", "bob@example.net"] });
            expect(forward.state?.id).toBe(`${domain}/sales`);
            expect(gandi.writes()).toEqual([`POST ${world.posted(domain)}`]);
            await expect(forward.preview(sales)).resolves.toBe("same");
            await expect(forward.refresh()).resolves.toBe("same");
            await expect(forward.preview(sales)).resolves.toBe("same");
            expect(gandi.writes()).toEqual([]);
        });

        it("sets its destinations with one PUT", async () => {
            await forward.up(sales);
            gandi.writes();
            await expect(forward.up({ ...sales, destinations: ["carol@example.org"] })).resolves.toBe("update");
            expect(gandi.writes()).toEqual([`PUT ${world.one(domain, "sales")}`]);
            expect(forwards()).toEqual({ sales: ["carol@example.org"] });
        });

        it("counts neither the order nor the case of addresses, nor the spelling of domains (promise 3)", async () => {
            const spelled = {
                domain: `${domain.toUpperCase()}.`,
                source: "Sales",
                destinations: ["bob@EXAMPLE.net", "Alice@bücher.example"],
            };
            await forward.up(spelled);
            expect(forwards()).toEqual({ sales: ["bob@example.net", "Alice@xn--bcher-kva.example"] });
            gandi.sandbox.addFault({ kind: "respell", path: "*/forwards*" });
            await expect(forward.refresh()).resolves.toBe("same");
            expect(forward.state?.inputs).toMatchObject(spelled);
            const other = { domain, source: "SALES", destinations: ["alice@xn--bcher-kva.example", "bob@example.net"] };
            await expect(forward.preview(other)).resolves.toBe("same");
            await forward.destroy();
            expect(forwards()).toEqual({});
        });

        it.each([
            ["every address that is nobody's", "*", "%2A"],
            ["addresses of a form", "info*", "info%2A"],
            ["an address with a plus sign", "sales+paris", "sales%2Bparis"],
        ])("can be %s", async (_what, source, encoded) => {
            const inputs = { ...sales, source };
            await forward.up(inputs);
            expect(forward.state?.id).toBe(`${domain}/${source}`);
            expect(Object.keys(forwards())).toEqual([source]);
            await expect(forward.refresh()).resolves.toBe("same");
            gandi.writes();
            await forward.up({ ...inputs, destinations: ["carol@example.org"] });
            await forward.destroy();
            expect(gandi.writes()).toEqual(
                ["PUT", "DELETE"].map((method) => `${method} ${world.one(domain, encoded)}`),
            );
            expect(forwards()).toEqual({});
        });

        it("is replaced by another source, which is listed before the old one goes", async () => {
            await forward.up(sales);
            gandi.sandbox.clearRequests();
            await expect(forward.up({ ...sales, source: "shop" })).resolves.toBe("replace");
            expect(Object.keys(forwards())).toEqual(["shop"]);
            const sent = gandi.sandbox.requests().map(({ method }) => method);
            expect(sent.slice(sent.indexOf("POST"), sent.indexOf("DELETE"))).toContain("GET");
        });

        it("is replaced by that of another domain, and the old one goes", async () => {
            const other = `other-${domain}`;
            world.add(other);
            await forward.up(sales);
            await expect(forward.up({ ...sales, domain: other })).resolves.toBe("replace");
            expect([forwards(), Object.keys(forwards(other))]).toEqual([{}, ["sales"]]);
        });

        it("is deleted, also when somebody was faster (promise 5)", async () => {
            await forward.up(sales);
            const { state } = forward;
            await forward.destroy();
            expect(forwards()).toEqual({});
            gandi.writes();
            forward.state = state;
            await forward.destroy();
            expect(gandi.writes()).toEqual([]);
        });

        it("is deleted when somebody is faster after it was seen (promise 5)", async () => {
            await forward.up(sales);
            set(null);
            const there = world.listed(domain, "sales", ["alice@example.org"]);
            gandi.sandbox.addFault({ method: "GET", path: "*/forwards*", status: 200, body: there, times: 1 });
            gandi.writes();
            await forward.destroy();
            expect(gandi.writes()).toEqual([`DELETE ${world.one(domain, "sales")}`]);
        });

        it.each([
            ["another destination", ["eve@example.com"]],
            ["one destination more", ["alice@example.org", "bob@example.net", "eve@example.com"]],
            ["one destination less", ["alice@example.org"]],
        ])("sees drift to %s as exactly that field, and repairs it (promise 4)", async (_what, destinations) => {
            await forward.up(sales);
            set(destinations);
            await expect(forward.refresh()).resolves.toBe("changed");
            const { destinations: seen, ...rest } = forward.state!.inputs;
            expect(seen).toEqual(destinations);
            expect(rest).toMatchObject({ domain, source: "sales" });
            await expect(forward.up(sales)).resolves.toBe("update");
            expect(forwards()).toEqual({ sales: sales.destinations });
            await expect(forward.refresh()).resolves.toBe("same");
        });

        it("is dropped from the state when its domain no longer lists it, and made again (promise 4)", async () => {
            await forward.up(sales);
            set(null);
            await expect(forward.refresh()).resolves.toBe("gone");
            await expect(forward.up(sales)).resolves.toBe("create");
            expect(Object.keys(forwards())).toEqual(["sales"]);
        });

        it("goes on with the forward of a run that was killed before it saved (promise 5)", async () => {
            await forward.up(sales);
            gandi.writes();
            await forward.createAgain(sales);
            expect(gandi.writes()).toEqual([]);
            expect(forward.state?.id).toBe(`${domain}/sales`);
        });

        it("does not take what is there with other destinations, unless told to adopt it (promise 2)", async () => {
            set(["eve@example.com"], "Sales");
            await expect(forward.up(sales)).rejects.toThrow(/sales is there already .*eve@example\.com.*adopt: true/);
            expect(forward.state).toBeUndefined();
            expect(forwards()).toEqual({ Sales: ["eve@example.com"] });
            await forward.up({ ...sales, adopt: true });
            expect(forwards()).toEqual({ Sales: sales.destinations });
            gandi.writes();
            await expect(forward.up(sales)).resolves.toBe("same");
            expect(gandi.writes()).toEqual([]);
        });

        it("can be read by its id without being managed", async () => {
            set(["alice@example.org"], "Sales");
            await expect(forward.get(`${domain.toUpperCase()}/sALES`)).resolves.toMatchObject({
                id: `${domain}/sales`,
                outputs: { domain, source: "sales", destinations: ["alice@example.org"] },
            });
            await expect(forward.get(`${domain}/none`)).rejects.toThrow(`there is no EmailForward ${domain}/none`);
            await expect(forward.get(domain)).rejects.toThrow("is no id of an EmailForward: write domain/source");
        });

        it("is kept when it is renamed, moved or tainted", async () => {
            await forward.up(sales);
            await forward.recreate(sales);
            expect(Object.keys(forwards())).toEqual(["sales"]);
            await gandi.lines.matching(/\/sales: still declared/);
        });

        it.each([
            ["time limits", () => ({ timeouts: { delete: "20m" } })],
            ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
        ])("takes a change of its %s without a call", async (_what, change) => {
            await forward.up(sales);
            gandi.sandbox.clearRequests();
            await expect(forward.up({ ...sales, ...change() })).resolves.toBe("update");
            expect(gandi.sandbox.requests()).toEqual([]);
            expect(forward.state?.outputs).toMatchObject(change());
        });

        it("refreshes many with one request", async () => {
            const lives = await Promise.all(
                ["one", "two", "three"].map(async (source) => {
                    const life = gandi.life("EmailForward");
                    await life.up({ ...sales, source }, { unsettled: true });
                    return life;
                }),
            );
            gandi.sandbox.clearRequests();
            await expect(Promise.all(lives.map((life) => life.refresh()))).resolves.toEqual(["same", "same", "same"]);
            expect(gandi.sandbox.requests()).toHaveLength(1);
        });
    });

    describe("an API that takes its time", () => {
        it("leaves what is not listed in time partly made, and the next run goes on (promise 5)", async () => {
            gandi.sandbox.addFault({ kind: "stale", path: "*/forwards*" });
            const hasty = { ...sales, timeouts: { create: 0.05 } };
            await expect(forward.up(hasty)).rejects.toThrow(/waiting for the forward sales to be listed/);
            expect(forward.state?.id).toBe(`${domain}/sales`);
            gandi.sandbox.clearFaults();
            gandi.writes();
            await expect(forward.up(sales)).resolves.toBe("update");
            expect(gandi.writes()).toEqual([]);
            await expect(forward.preview(sales)).resolves.toBe("same");
        });

        it.each([
            ["a lost connection", { kind: "drop-before" }],
            ["a lost answer", { kind: "drop-after" }],
            ["a server error", { status: 502 }],
            ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
        ] as const)("%s is waited out, and one forward is made (promise 9)", async (_what, fault) => {
            gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
            await forward.up(sales);
            expect(forwards()).toEqual({ sales: sales.destinations });
        });

        it("is not waited for where it takes no more changes this week, which is said as what it is", async () => {
            const headers = { "retry-after": "259200" };
            gandi.sandbox.addFault({
                method: "POST",
                status: 429,
                headers,
                body: { code: 429, message: "Limit reached" },
            });
            const start = Date.now();
            await expect(forward.up(sales)).rejects.toThrow(
                /takes no more of these changes for now .*in a week.*days pass/,
            );
            expect(Date.now() - start).toBeLessThan(20_000);
            expect(forward.state).toBeUndefined();
        });

        it("leaves the old one where the new one is refused", async () => {
            await forward.up(sales);
            gandi.sandbox.addFault({ method: "POST", status: 429, headers: { "retry-after": "259200" } });
            await expect(forward.up({ ...sales, source: "shop" })).rejects.toThrow(/takes no more of these changes/);
            expect(Object.keys(forwards())).toEqual(["sales"]);
        });
    });

    describe("a refusal", () => {
        it("for a mailbox of that name is Gandi's own, and leaves nothing", async () => {
            const body = { code: 409, message: "A mailbox sales exists", object: "HTTPConflict", cause: "Conflict" };
            gandi.sandbox.addFault({ method: "POST", status: 409, body });
            await expect(forward.up(sales)).rejects.toThrow(/409 on POST.*A mailbox sales exists/);
            expect(forward.state).toBeUndefined();
        });

        it("of a destination names it, and saves nothing", async () => {
            const errors = [{ location: "body", name: "destinations.0", description: "reserved" }];
            gandi.sandbox.addFault({ method: "POST", status: 400, body: { status: "error", errors } });
            await expect(forward.up(sales)).rejects.toThrow(/destinations\.0: reserved/);
            expect(forward.state).toBeUndefined();
        });
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    beforeEach(() => EMAIL.add(domain));
    forgetsNothingUnseen(() => ({ gandi, life: forward, inputs: sales, domain }));
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: forward, good: sales }),
        [
            ["no source", { source: undefined }, /^source: is required/],
            ["a source that is no text", { source: 1 }, /^source: must be text, not /],
            ["an empty source", { source: "" }, /^source: "" is no local part/],
            ["a whole address as the source", { source: "sales@example.com" }, /^source: .*write "sales"/],
            ["two dots in the source", { source: "sales..paris" }, /^source: .*single dots/],
            ["a source with a space", { source: "sales team" }, /^source: .*is no local part/],
            ["a source with a slash", { source: "sales/paris" }, /^source: .*slash/],
            ["a source beyond ASCII", { source: "büro" }, /^source: .*is no local part/],
            ["a source that is too long", { source: "s".repeat(65) }, /^source: .*64 characters/],
            ["no destinations", { destinations: [] }, /^destinations: empty/],
            ["a missing property", { destinations: undefined }, /^destinations: is required/],
            ["destinations that are no list", { destinations: "a@example.org" }, /^destinations: must be a list, not /],
            [
                "a destination that is no text",
                { destinations: ["a@example.org", 7] },
                /^destinations\[1\]: must be text/,
            ],
            ["a destination without a domain", { destinations: ["alice"] }, /^destinations\[0\]: .*it has no @/],
            [
                "a domain that is none in a destination",
                { destinations: ["a@b"] },
                /^destinations\[0\]: "a@b" is no e-mail/,
            ],
            [
                "a name beside a destination",
                { destinations: ["Alice <alice@example.org>"] },
                /^destinations\[0\]: .* is no e-mail address/,
            ],
            ["a pattern as a destination", { destinations: ["*@example.org"] }, /^destinations\[0\]: .*many addresses/],
            [
                "the same destination twice",
                { destinations: ["alice@example.org", "Alice@EXAMPLE.org"] },
                /^destinations\[1\]: .*same address as "alice@example\.org"/,
            ],
            [
                "a forward to itself",
                { domain: "example.com", destinations: ["alice@example.org", "Sales@Example.com"] },
                /^destinations\[1\]: "Sales@example\.com" is the forward itself/,
            ],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: ["example.com"] }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["an API that is none", { api: "webmail" }, /^api: /],
            ["an adoption that is neither yes nor no", { adopt: "yes" }, /^adopt: must be true or false, not /],
            ["a misspelled property", { destination: "a@example.org" }, /^destination: .*did you mean destinations/],
        ],
    );
});
