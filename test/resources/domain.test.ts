import { UNKNOWN } from "../../provider/core/inputs/values";
import { pointer } from "../../provider/core/program/pointer";
import { COMPANY as owner } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let domain: Life;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    domain = gandi.life("Domain");
});

/** `com` costs 14.40 EUR a year, taxes included. */
const shop = (fqdn: string, more: object = {}) => ({ fqdn, duration: 1, maxPrice: 20, owner, ...more });
const orders = (fqdn: string) => gandi.sandbox.state.orders(fqdn);
const registered = (fqdn: string) => gandi.sandbox.state.domain(fqdn);

describe("Domain", () => {
    it("is ordered once, after its price was shown, and left alone by the second run (promises 1 and 3)", async () => {
        const balance = gandi.sandbox.state.balance("first");
        const inputs = shop("bought.com", { autorenew: { enabled: true, duration: 2 } });
        await domain.up(inputs);
        await gandi.lines.matching(/^bought\.com: available, 14\.40 EUR for 1 year, taxes included \(maxPrice 20\)$/);
        await gandi.lines.matching(/^bought\.com: ordering for 14\.40 EUR/);
        expect(orders("bought.com")).toHaveLength(1);
        expect(gandi.sandbox.state.balance("first")).toBeCloseTo(balance - 14.4);
        expect(registered("bought.com")).toMatchObject({ autorenew: { enabled: true, duration: 2 } });
        expect(domain.state).toMatchObject({
            id: "bought.com",
            outputs: { expiresAt: expect.stringMatching(/^\d{4}-/) },
        });
        await expect(domain.preview(inputs)).resolves.toBe("same");
        await expect(domain.refresh()).resolves.toBe("same");
        await expect(domain.preview(inputs)).resolves.toBe("same");
    });

    it("waits for the order's steps, and says so", async () => {
        const slow = await startGandi({ delays: { order: 300 } });
        try {
            const one = slow.life("Domain");
            await one.up(shop("slow.com"));
            await slow.lines.matching(/^slow\.com: registering, step \d of 3 \((BILL|WAIT|RUN)\), \d s$/);
            expect(slow.sandbox.state.domain("slow.com")).toBeDefined();
        } finally {
            await slow.close();
        }
    });

    it("sends a dry run just before the order, and no other write", async () => {
        await domain.check(shop("dry.com"));
        expect(gandi.writes()).toEqual([]);
        await domain.up(shop("dry.com"));
        const posts = gandi.sandbox.requests().filter(({ method }) => method === "POST");
        expect(posts.map(({ headers }) => headers["dry-run"])).toEqual(["1", undefined]);
    });

    it("takes contacts and whatever the order may hold to Gandi", async () => {
        const tech = { ...owner, type: "individual", orgname: undefined, given: "Bob", email: "bob@example.org" };
        await domain.up(
            shop("contacts.com", { tech, nameservers: ["ns1.example.net", "ns2.example.net"], lang: "fr" }),
        );
        expect(registered("contacts.com")).toMatchObject({
            owner: { orgname: "Example Books Ltd" },
            contacts: { tech: { given: "Bob" } },
            nameservers: ["ns1.example.net", "ns2.example.net"],
        });
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("takes nameservers inside itself, with the addresses of their glue records, which a GlueRecord finds", async () => {
        const inputs = shop("Own-Servers.com", {
            nameservers: ["NS1.own-servers.com.", "own-servers.com", "ns.example.net"],
            nameserversIps: {
                "ns1.OWN-servers.com": ["192.0.2.1", "2001:DB8:0::1"],
                "own-servers.com.": ["192.0.2.2"],
            },
        });
        await domain.up(inputs);
        expect(registered("own-servers.com")).toMatchObject({
            nameservers: ["ns.example.net", "ns1.own-servers.com", "own-servers.com"],
            hosts: { ns1: ["192.0.2.1", expect.stringMatching(/^2001:0db8:/)], "@": ["192.0.2.2"] },
        });
        await expect(domain.preview(inputs)).resolves.toBe("same");
        await expect(domain.refresh()).resolves.toBe("same");
        gandi.writes();
        await gandi.life("GlueRecord").up({ domain: "own-servers.com", name: "@", ips: ["192.0.2.2"] });
        expect(gandi.writes()).toEqual([]);
    });

    it("misses no address that only up will know, and then has it", async () => {
        const nameservers = ["ns1.known-later.com"];
        const named = (ip: string) =>
            shop("known-later.com", { nameservers, nameserversIps: { [nameservers[0]!]: [ip] } });
        await expect(domain.reasons(named(UNKNOWN))).resolves.toEqual([]);
        await expect(
            domain.reasons(shop("known-later.com", { nameservers, nameserversIps: UNKNOWN })),
        ).resolves.toEqual([]);
        await domain.up(named("192.0.2.1"));
        expect(registered("known-later.com")?.hosts).toEqual({ ns1: ["192.0.2.1"] });
    });

    it("is ordered for a reseller's customer, and with a template", async () => {
        const reselleeId = "c1c1c1c1-0000-4000-8000-000000000001";
        await domain.up(shop("resold.com", { reselleeId, templateId: "template-1" }));
        const [, order] = gandi.sandbox.requests().filter(({ method }) => method === "POST");
        expect(JSON.parse(order!.body)).toMatchObject({ resellee_id: reselleeId, template_id: "template-1" });
        expect(registered("resold.com")?.resellee).toBe(reselleeId);
    });

    it("pays with the organisation that sharingId names", async () => {
        const { client } = gandi.sandbox.organizations;
        const before = gandi.sandbox.state.balance("client");
        await domain.up(shop("payer.com", { sharingId: client }));
        expect(gandi.sandbox.state.balance("client")).toBeCloseTo(before - 14.4);
    });

    it("is an IDN in either form", async () => {
        await domain.up(shop("Bücher-Laden.com"));
        expect(domain.state?.id).toBe("xn--bcher-laden-thb.com");
        await expect(domain.preview(shop("xn--bcher-laden-thb.com"))).resolves.toBe("same");
    });

    it("shows drift of the fields that were given, and of no other, and repairs it (promise 4)", async () => {
        const inputs = shop("drift.com", { autorenew: { enabled: true }, acceptIcannContract: true });
        await domain.up(inputs);
        const there = registered("drift.com")!;
        gandi.sandbox.editDomain("drift.com", {
            owner: { ...there.owner, email: "mallory@example.org", fax: "+33.1" },
            autorenew: { enabled: false, duration: 5 },
        });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs).toMatchObject({
            owner: { ...owner, email: "mallory@example.org" },
            autorenew: { enabled: false },
        });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(registered("drift.com")).toMatchObject({
            owner: { email: "alice@example.org" },
            autorenew: { enabled: true },
        });
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("updates contacts, owner's data and renewal, each only where it differs", async () => {
        await domain.up(shop("updates.com"));
        gandi.writes();
        await domain.up(shop("updates.com", { owner: { ...owner, streetaddr: "8 rue neuve" } }));
        expect(gandi.writes()).toEqual(["PUT /domain/domains/updates.com/contacts/owner"]);
        const admin = { ...owner, email: "admin@example.org" };
        const inputs = shop("updates.com", { owner: { ...owner, streetaddr: "8 rue neuve" }, admin });
        await domain.up(inputs);
        expect(gandi.writes()).toEqual(["PATCH /domain/domains/updates.com/contacts"]);
        await domain.up({ ...inputs, autorenew: { enabled: true } });
        expect(gandi.writes()).toEqual(["PATCH /domain/domains/updates.com/autorenew"]);
        expect(registered("updates.com")).toMatchObject({ contacts: { admin: { email: "admin@example.org" } } });
    });

    it("keeps tags as a set, and only where they are given", async () => {
        await domain.up(shop("tagged.com", { tags: ["shop", "eu"] }));
        expect(registered("tagged.com")?.tags.sort()).toEqual(["eu", "shop"]);
        await expect(domain.preview(shop("tagged.com", { tags: ["eu", "shop"] }))).resolves.toBe("same");
        gandi.sandbox.editDomain("tagged.com", { tags: ["eu", "other"] });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.tags).toEqual(["eu", "other"]);
        await domain.up(shop("tagged.com", { tags: ["shop", "eu"] }));
        expect(registered("tagged.com")?.tags.sort()).toEqual(["eu", "shop"]);
    });

    it("is locked and unlocked against a transfer, only where that is given", async () => {
        await domain.up(shop("locked.com", { transferLock: false }));
        expect(registered("locked.com")?.status).toEqual([]);
        gandi.writes();
        await expect(domain.up(shop("locked.com", { transferLock: true }))).resolves.toBe("update");
        expect(gandi.writes()).toEqual(["PATCH /domain/domains/locked.com/status"]);
        gandi.sandbox.editDomain("locked.com", { status: ["serverTransferProhibited"] });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.transferLock).toBe(false);
        await domain.up(shop("locked.com", { transferLock: true }));
        expect(registered("locked.com")?.status).toEqual(["serverTransferProhibited", "clientTransferProhibited"]);
        await domain.up(shop("locked.com"));
        gandi.sandbox.editDomain("locked.com", { status: [] });
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("asks for no mailbox with the order where none is wanted", async () => {
        await domain.up(shop("no-mail.com", { mailboxOptin: false }));
        expect(gandi.sandbox.state.orders("no-mail.com")[0]?.request).toMatchObject({ mailboxOptin: false });
    });

    it("is not held up in preview by what the payer has prepaid, which is told where it is too little", async () => {
        const { balance } = { balance: gandi.sandbox.state.balance("first") };
        gandi.sandbox.editOrganization("first", { balance: 1.5 });
        await expect(domain.reasons(shop("poor.com"))).resolves.toEqual([]);
        await gandi.lines.matching(
            /^warning: poor\.com: the prepaid account of the payer has 1\.50 EUR, .*less than \d+\.\d\d EUR/,
        );
        gandi.sandbox.editOrganization("first", { balance });
        gandi.lines.clear();
        await domain.reasons(shop("rich.com"));
        expect(gandi.lines.all.filter((line) => /prepaid/.test(line))).toEqual([]);
    });

    it("records what counted at the order only, and policies, without a call", async () => {
        await domain.up(shop("record.com"));
        gandi.sandbox.clearRequests();
        await expect(
            domain.up(shop("record.com", { duration: 3, maxPrice: 99, deletionPolicy: "delete" })),
        ).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("stays at Gandi when it is destroyed, and says so (promise 2)", async () => {
        await domain.up(shop("retained.com"));
        await domain.destroy();
        await gandi.lines.matching(/^retained\.com: stays at Gandi/);
        expect(registered("retained.com")).toBeDefined();
    });

    it("is given up where deletionPolicy says so", async () => {
        await domain.up(shop("deleted.com", { deletionPolicy: "delete" }));
        await domain.destroy();
        expect(registered("deleted.com")).toBeUndefined();
    });

    it("tells why it can't be given up where the account may not", async () => {
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
        const other = gandi.life("Domain").under(runs);
        try {
            await other.up(shop("undeletable.com", { deletionPolicy: "delete" }));
            await expect(other.destroy()).rejects.toThrow(/403.*undeletable\.com/);
            expect(registered("undeletable.com")).toBeDefined();
        } finally {
            await runs.close();
        }
    });
});

describe("an order that was interrupted (promises 1 and 5)", () => {
    it("is gone on with after the process died with the order placed", async () => {
        await domain.up(shop("killed.com"));
        await domain.createAgain(shop("killed.com"));
        expect(orders("killed.com")).toHaveLength(1);
        await gandi.lines.matching(/killed\.com: registered 0 min ago for this owner/);
    });

    it("is gone on with while it is under way", async () => {
        const slow = await startGandi({ delays: { order: 60_000 }, clock: "manual" });
        try {
            const hasty = shop("halfway.com", { timeouts: { create: 0.2, update: 0.2 } });
            const one = slow.life("Domain");
            await expect(one.up(hasty)).rejects.toThrow(/halfway\.com: registering.*not done after/);
            expect(one.state).toMatchObject({ id: "halfway.com", outputs: { _partial: expect.any(String) } });
            await one.refresh();
            expect(one.state?.outputs._partial).toContain("registering");
            slow.sandbox.stepOrder("halfway.com", "done");
            await expect(one.up(hasty)).resolves.toBe("update");
            expect(one.state?.outputs._partial).toBeUndefined();
            expect(slow.sandbox.state.orders("halfway.com")).toHaveLength(1);
            await expect(one.preview(hasty)).resolves.toBe("same");
        } finally {
            await slow.close();
        }
    });

    it.each([
        ["before it took effect", "drop-before", 1],
        ["after it took effect", "drop-after", 1],
    ] as const)("buys once when the connection is lost %s", async (_what, kind, bought) => {
        const fqdn = `${kind}.com`;
        // The first POST is the dry run.
        gandi.sandbox.addFault({ method: "POST", path: "/domain/domains", skip: 1, times: 1, kind });
        await domain.up(shop(fqdn)).catch(() => domain.up(shop(fqdn)));
        expect(orders(fqdn)).toHaveLength(bought);
        expect(registered(fqdn)).toBeDefined();
    });

    it.each([
        ["a rate limit", "limited-late.com", { status: 429, effect: true }],
        ["a server error", "failed-late.com", { status: 500, effect: true }],
        ["a lost connection", "lost-late.com", { kind: "drop-after" }],
        ["a conflict", "conflict-late.com", { status: 409, effect: true }],
    ] as const)("buys once when it took effect and shows later: %s", async (_what, fqdn, fault) => {
        const path = `/domain/domains/${fqdn}*`;
        gandi.sandbox.addFault({ method: "POST", path: "/domain/domains", skip: 1, times: 1, ...fault });
        // Three reads in check and three before the order, and then four looks that are as old.
        gandi.sandbox.addFault({ kind: "stale", path, times: 14 });
        await domain.up(shop(fqdn));
        const posts = gandi.sandbox
            .requests()
            .filter(({ path, method }) => method === "POST" && path === "/v5/domain/domains");
        expect(posts.filter(({ headers }) => headers["dry-run"] === undefined)).toHaveLength(1);
        expect(orders(fqdn)).toHaveLength(1);
        expect(registered(fqdn)).toBeDefined();
    });

    it("waits out a rate limit on the order", async () => {
        gandi.sandbox.addFault({ method: "POST", path: "/domain/domains", skip: 1, times: 2, status: 429 });
        await domain.up(shop("limited.com"));
        expect(orders("limited.com")).toHaveLength(1);
    });

    it("that ends in ERROR is an error and no resource, and the next run orders anew", async () => {
        await expect(domain.up(shop("error-one.com"))).rejects.toThrow(/the order of error-one\.com failed/);
        expect(domain.state).toBeUndefined();
        // The failed order, which Gandi goes on showing, is not taken for the effect of the one that is turned away.
        gandi.sandbox.addFault({ method: "POST", path: "/domain/domains", skip: 1, times: 1, status: 429 });
        await expect(domain.up(shop("error-one.com"))).rejects.toThrow(/the order of error-one\.com failed/);
        expect(orders("error-one.com")).toHaveLength(2);
    });

    it("that stops in SUPPORT is saved at its deadline and gone on with", async () => {
        const hasty = shop("support-one.com", { timeouts: { create: 0.3 } });
        await expect(domain.up(hasty)).rejects.toThrow(/Gandi's support/);
        expect(domain.state?.outputs._partial).toContain("support");
        gandi.sandbox.stepOrder("support-one.com", "done");
        await expect(domain.up(hasty)).resolves.toBe("update");
        expect(orders("support-one.com")).toHaveLength(1);
    });
});

describe("a domain that is in the account (promises 1 and 2)", () => {
    let old: Gandi;
    beforeAll(async () => {
        old = await startGandi();
        old.sandbox.addDomain({ fqdn: "old.com" });
    });
    afterAll(() => old.close());

    it("is never ordered: preview names adopt", async () => {
        const one = old.life("Domain");
        const stranger = shop("old.com", { owner: { ...owner, family: "Smith" } });
        await expect(one.reasons(stranger)).resolves.toEqual([
            expect.stringMatching(/old\.com is in this account already, since \d{4}-.*adopt: true/),
        ]);
        expect(old.sandbox.state.orders()).toEqual([]);
    });

    it("is taken over with adopt, unmanaged where nothing is declared", async () => {
        const one = old.life("Domain");
        old.sandbox.clearRequests();
        await one.up({ fqdn: "old.com", adopt: true });
        expect(old.writes()).toEqual([]);
        await expect(one.refresh()).resolves.toBe("same");
        await expect(one.up({ fqdn: "old.com", adopt: true, autorenew: { enabled: true } })).resolves.toBe("update");
        expect(old.sandbox.state.domain("old.com")?.autorenew.enabled).toBe(true);
    });

    it('is taken over with adopt: "only", which orders nothing, whatever it may cost', async () => {
        const one = old.life("Domain");
        await one.up({ fqdn: "old.com", adopt: "only" });
        const absent = shop("nowhere-yet.com", { adopt: "only", maxPrice: 1000 });
        const refusal = 'nowhere-yet.com is not in this account, and adopt: "only" orders nothing';
        await expect(old.life("Domain").reasons(absent)).resolves.toEqual([refusal]);
        // It was there in preview, and is no longer.
        const provider = await old.runs({}).first();
        const type = "pulumi-nodejs:dynamic/gandi:Domain";
        const inputs = { ...absent, __provider: pointer("Domain") };
        await expect(provider.create(`urn:pulumi:test::test::${type}::late`, inputs)).rejects.toThrow(refusal);
        expect(old.sandbox.state.orders()).toEqual([]);
        await expect(old.life("Domain").reasons({ ...absent, adopt: "maybe" })).resolves.toEqual([
            'adopt: must be true, false or "only"',
        ]);
    });

    it("is not taken over for another owner", async () => {
        const one = old.life("Domain");
        await expect(one.reasons(shop("old.com", { adopt: true }))).resolves.toEqual([
            expect.stringMatching(/belongs to another owner.*type, orgname|belongs to another owner/),
        ]);
    });
});

describe("money (promise 8)", () => {
    it.each([
        [
            "no maxPrice",
            shop("price.com", { maxPrice: undefined }),
            /price\.com costs 14\.40 EUR for 1 year, taxes included\. To order it, set maxPrice: 14\.40/,
        ],
        [
            "a price above maxPrice",
            shop("price.com", { maxPrice: 14.39 }),
            /costs 14\.40 EUR.*more than maxPrice 14\.39/,
        ],
        ["the sum of all the years", shop("price.com", { duration: 3, maxPrice: 43 }), /costs 43\.20 EUR for 3 years/],
        [
            "each year at the unit that covers it",
            shop("price.net", { duration: 3, maxPrice: 1 }),
            /costs 15\.73 EUR for 3 years/,
        ],
        ["a premium name", shop("premium-price.com"), /costs 878\.44 EUR/],
        [
            "a premium name for years, with both amounts",
            shop("premium-price.com", { duration: 3 }),
            /costs 2635\.32 EUR for 3 years, taxes included \(2196\.09 without\)/,
        ],
        ["a name that is taken", shop("taken-name.com"), /is not available: somebody has registered it/],
        ["a reserved name", shop("reserved-name.com"), /is reserved/],
        ["a name for pre-order", shop("preorder-name.com"), /pre-ordered/],
        [
            "a duration that the extension does not have",
            shop("years.fr", { duration: 11 }),
            /duration: .*years from 1 to 10/,
        ],
    ])("%s is refused in preview", async (_what, inputs, message) => {
        const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
        const reasons = await domain.reasons(given);
        expect(reasons).toEqual([expect.stringMatching(message)]);
        expect(gandi.writes()).toEqual([]);
    });

    it.each([1, 2, 3, 7, 10])(
        "of a premium name for %i years is what the order offers, and what is billed",
        async (duration) => {
            const fqdn = `premium-${duration}-years.com`;
            const total = Math.round(duration * 87844) / 100;
            gandi.sandbox.editOrganization("first", { balance: 10_000 });
            for (const currency of ["EUR", "USD"]) {
                await expect(domain.reasons(shop(fqdn, { duration, currency, maxPrice: 10_000 }))).resolves.toEqual([]);
            }
            await domain.up(shop(fqdn, { duration, maxPrice: total }));
            expect(gandi.sandbox.state.balance("first")).toBeCloseTo(10_000 - total, 2);
        },
    );

    it("of a premium name that Gandi reckons otherwise is an error with both amounts", async () => {
        const errors = [{ location: "body", name: "price", description: "1756.87 is the price" }];
        gandi.sandbox.addFault({ method: "POST", times: 1, status: 400, body: { status: "error", errors } });
        await expect(domain.up(shop("premium-other.com", { duration: 2, maxPrice: 9999 }))).rejects.toThrow(
            /1756\.87 is the price.*The order offers 1756\.88 EUR, taxes included \(1464\.06 without\)/,
        );
    });

    it("is not judged by preview where it hangs on what only up will know, and is then (promise 11)", async () => {
        for (const open of ["maxPrice", "duration", "currency", "tldPeriod", "sharingId"]) {
            await expect(domain.reasons(shop("later.com", { [open]: UNKNOWN }))).resolves.toEqual([]);
        }
        await expect(domain.reasons(shop("later.com", { maxPrice: 1 }))).resolves.toHaveLength(1);
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["the notice that is accepted", "claims-later.app", { claims: UNKNOWN, maxPrice: 99 }],
        ["the owner of a domain to adopt", "adopted-later.com", { owner: UNKNOWN, adopt: true }],
        ["whether to adopt", "there-later.com", { adopt: UNKNOWN }],
    ])("preview waits for %s", async (_what, fqdn, edit) => {
        gandi.sandbox.addDomain({ fqdn: "there-later.com" });
        await expect(domain.reasons(shop(fqdn, edit))).resolves.toEqual([]);
    });

    it("is asked for a word even where the price is nothing: an order is one all the same", async () => {
        const free = {
            currency: "EUR",
            products: [{ name: "free.com", process: "create", status: "available", prices: [] as object[] }],
        };
        free.products[0]!.prices.push({
            min_duration: 1,
            max_duration: 10,
            duration_unit: "y",
            price_before_taxes: 0,
            price_after_taxes: 0,
        });
        gandi.sandbox.addFault({ method: "GET", path: "/domain/check", status: 200, body: free });
        const { maxPrice: _, ...unsaid } = shop("free.com");
        await expect(domain.reasons(unsaid)).resolves.toEqual([expect.stringContaining("set maxPrice: 0.00")]);
        await expect(domain.reasons({ ...unsaid, maxPrice: 0 })).resolves.toEqual([]);
    });

    it("buys a premium name for the price that was agreed to", async () => {
        gandi.sandbox.editOrganization("first", { balance: 2000 });
        await domain.up(shop("premium-agreed.com", { maxPrice: 900 }));
        expect(registered("premium-agreed.com")).toBeDefined();
    });

    it("asks again while the registry does not say whether the name is available", async () => {
        await domain.up(shop("pending-name.com"));
        expect(registered("pending-name.com")).toBeDefined();
    });

    it("is shown in preview with what renews by itself", async () => {
        const autorenew = { enabled: true, duration: 2 };
        await expect(domain.reasons(shop("renewing.com", { autorenew }))).resolves.toEqual([]);
        await gandi.lines.matching(
            /orders of this run so far: .*; what renews by itself costs .*28\.80 EUR every 2 years/,
        );
    });

    it("is bounded by gandi:maxTotal for all the orders of a run, transfers included: preview says at which", async () => {
        const runs = gandi.runs({ "gandi:maxTotal": "21.59" });
        const transfer = { fqdn: "coming-in.com", authinfo: "a-code-of-16-octets", owner, maxPrice: 20 };
        const reasons = [
            await domain.under(runs).reasons(shop("first-of-two.com")),
            await gandi.life("DomainTransfer").under(runs).reasons(transfer),
        ];
        await runs.close();
        expect(reasons).toEqual([
            [],
            [
                expect.stringMatching(
                    /^coming-in\.com: with it the orders of this run cost 21\.60 EUR.*gandi:maxTotal 21\.59/,
                ),
            ],
        ]);
        const real = gandi.runs({ "gandi:maxTotal": "20" });
        const pair = ["one-of-two.com", "two-of-two.com"].map((fqdn) =>
            gandi.life("Domain").under(real).up(shop(fqdn)),
        );
        const outcomes = await Promise.allSettled(pair);
        await real.close();
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(["one-of-two.com", "two-of-two.com"].filter((fqdn) => registered(fqdn) !== undefined)).toHaveLength(1);
    });

    it("is never spent with gandi:purchases forbid, and has a limit in gandi:maxPrice", async () => {
        const runs = gandi.runs({
            "gandi:personalAccessToken": gandi.sandbox.token,
            "gandi:purchases": "forbid",
        });
        try {
            const careful = gandi.life("Domain").under(runs);
            await expect(careful.reasons(shop("forbidden.com"))).resolves.toEqual([
                expect.stringContaining('purchases are "forbid" (gandi:purchases, or GANDI_PURCHASES)'),
            ]);
        } finally {
            await runs.close();
        }
    });

    it("that the account does not have ends the order with Gandi's own words, and no resource", async () => {
        gandi.sandbox.editOrganization("second", { balance: 1 });
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
        try {
            const poor = gandi.life("Domain").under(runs);
            await expect(poor.up(shop("poor.com"))).rejects.toThrow(/poor\.com/);
            expect(poor.state).toBeUndefined();
        } finally {
            await runs.close();
        }
    });
});

describe("what makes another domain or another owner (promise 8)", () => {
    it("another name is no update, and the owner's identity no change of data", async () => {
        await domain.up(shop("identity.com"));
        await expect(domain.reasons(shop("another.com"))).resolves.toEqual([
            expect.stringMatching(/^fqdn: can't change/),
        ]);
        await expect(
            domain.reasons(shop("identity.com", { owner: { ...owner, orgname: "Smith Ltd" } })),
        ).resolves.toEqual([expect.stringMatching(/^owner\.orgname: can't change to "Smith Ltd"/)]);
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    it("is not ordered again while its order is under way, whatever its token sees (promise 1)", async () => {
        gandi.sandbox.setDelays({ order: null });
        const inputs = shop("unseen-order.com", { timeouts: { create: 0.05, update: 0.05 } });
        const second = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
        try {
            await expect(domain.up(inputs)).rejects.toThrow(/registering.*not done/);
            gandi.writes();
            await expect(domain.under(second).up(inputs)).rejects.toThrow(/may not see it.*404 on GET/);
            expect(gandi.writes()).toEqual([]);
            await expect(domain.up(inputs)).rejects.toThrow(/registering.*not done/);
            gandi.sandbox.stepOrder("unseen-order.com", "done");
            await domain.up(inputs);
            expect(orders("unseen-order.com")).toHaveLength(1);
        } finally {
            gandi.sandbox.setDelays({ order: 0 });
            await second.close();
        }
    });

    it("is never ordered again once it was there, even where Gandi told no date (promise 1)", async () => {
        await domain.up(shop("undated.com"));
        delete domain.state!.outputs.expiresAt;
        gandi.sandbox.removeDomain("undated.com");
        await expect(domain.up(shop("undated.com", { tags: ["late"] }))).rejects.toThrow(/may not see/);
        expect(orders("undated.com")).toHaveLength(1);
    });

    it("is never gone, and what to do is said; only goneDomains makes it so", async () => {
        await domain.up(shop("sold.com"));
        gandi.sandbox.removeDomain("sold.com");
        await expect(domain.refresh()).rejects.toThrow(
            /sold\.com: unknown to Gandi, or the token may not see it.*pulumi state delete/,
        );
        await expect(domain.up(shop("sold.com", { autorenew: { enabled: true } }))).rejects.toThrow(/may not see it/);
        expect(orders("sold.com")).toHaveLength(1);
        const runs = gandi.runs({
            "gandi:personalAccessToken": gandi.sandbox.token,
            "gandi:goneDomains": "sold.com",
        });
        try {
            const { state } = domain;
            await expect(domain.under(runs).refresh()).resolves.toBe("gone");
            const given = domain.under({ ...runs, destroying: runs.later });
            given.state = { ...state!, outputs: { ...state!.outputs, deletionPolicy: "delete" } };
            await given.destroy();
        } finally {
            await runs.close();
        }
    });
});

describe("a trademark notice", () => {
    async function noticeOf(fqdn: string): Promise<string> {
        const answer = await fetch(`${gandi.sandbox.url}/v5/domain/domains/${fqdn}/claims`, {
            headers: { authorization: `Bearer ${gandi.sandbox.token}` },
        });
        return ((await answer.json()) as { notice_id: string }).notice_id;
    }

    it("is shown in preview, and accepted by its id alone", async () => {
        const [reason] = await domain.reasons(shop("claims-mark.com"));
        expect(reason).toMatch(/claims-mark\.com touches a trademark: .*"claims-mark" of Example Trademarks Ltd/);
        const notice = /claims: "(\w+)"/.exec(reason!)?.[1];
        await expect(domain.reasons(shop("claims-mark.com", { claims: "other" }))).resolves.toEqual([
            expect.stringContaining('claims "other" is not, or no longer, its id'),
        ]);
        await domain.up(shop("claims-mark.com", { claims: notice }));
        expect(registered("claims-mark.com")).toBeDefined();
    });

    const asked = (fqdn: string) => ({ method: "GET", path: `/domain/domains/${fqdn}/claims` });

    // The document gives the body as `application/josn`, `any`.
    it.each<[string, object]>([
        ["an empty body", { body: "" }],
        ["the text null", { body: "null" }],
        ["a list", { body: [] }],
        ["a text", { body: "No claims", headers: { "content-type": "application/josn" } }],
        ["an HTML page", { kind: "html" }],
    ])("is none after a 404 with %s", async (what, answer) => {
        const fqdn = `${what.replaceAll(" ", "-").toLowerCase()}.com`;
        gandi.sandbox.addFault({ ...asked(fqdn), ...answer, status: 404 });
        await domain.up(shop(fqdn));
        expect(orders(fqdn)).toHaveLength(1);
        expect(gandi.lines.all.filter((line) => line.startsWith("warning:"))).toEqual([]);
    });

    it.each<[number, object]>([
        [400, { body: { code: 400, message: "This extension has no claims period", object: "claims", cause: "x" } }],
        [405, { kind: "html" }],
        [409, { body: "" }],
        [410, {}],
    ])("that Gandi will not talk of (%i) is a warning: Gandi holds up an order without one", async (status, answer) => {
        const fqdn = `odd-${status}.com`;
        gandi.sandbox.addFault({ ...asked(fqdn), ...answer, status });
        await domain.up(shop(fqdn));
        await gandi.lines.matching(new RegExp(`^warning: ${fqdn}: .*${status} on GET .*/claims.*held up by Gandi`));
        expect(orders(fqdn)).toHaveLength(1);
    });

    it.each([401, 403])("ends the preview where the token is refused (%i)", async (status) => {
        gandi.sandbox.addFault({ ...asked(`denied-${status}.com`), status });
        await expect(domain.reasons(shop(`denied-${status}.com`))).resolves.toEqual([
            expect.stringMatching(`${status} on GET .*/claims`),
        ]);
        expect(orders(`denied-${status}.com`)).toEqual([]);
    });

    it("that holds an order up is accepted by a later run; that Gandi refuses it does not end the wait", async () => {
        const fqdn = "claims-held-up.com";
        const hasty = { timeouts: { create: 0.3, update: 0.3 } };
        gandi.sandbox.addFault({ ...asked(fqdn), status: 400 });
        await expect(domain.up(shop(fqdn, hasty))).rejects.toThrow(/step 2 of 3 \(WAIT\)/);
        await expect(domain.up(shop(fqdn, { ...hasty, claims: "any" }))).rejects.toThrow(/step 2 of 3 \(WAIT\)/);
        gandi.sandbox.clearFaults();
        const claims = await noticeOf(fqdn);
        gandi.sandbox.addFault({ ...asked(fqdn), method: "POST", status: 409, times: 1 });
        await expect(domain.up(shop(fqdn, { ...hasty, claims }))).rejects.toThrow(/step 2 of 3 \(WAIT\)/);
        await domain.up(shop(fqdn, { claims }));
        expect(registered(fqdn)).toBeDefined();
        expect(orders(fqdn)).toHaveLength(1);
    });
});
