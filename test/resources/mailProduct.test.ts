import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

let gandi: Gandi;
let forward: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let sales: { domain: string; source: string; destinations: string[] };

beforeAll(async () => {
    gandi = await startGandi({ clock: "manual" });
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `product-${++count}.example`;
    sales = { domain, source: "sales", destinations: ["alice@example.org"] };
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    forward = gandi.life("EmailForward");
});
afterEach(() => gandi.sandbox.mail.setForwardsAWeek(null));

const atGandi = () => gandi.sandbox.addDomain({ fqdn: domain });
const atMailboxApi = (mailboxes?: Record<string, { aliases?: string[] }>) =>
    gandi.sandbox.mail.addDomain({ fqdn: domain, ...(mailboxes && { mailboxes }) });
const sources = () => Object.keys(gandi.sandbox.mail.domain(domain)?.forwards ?? {});
const asked = () => gandi.sandbox.requests().map(({ method, path }) => `${method} ${path.replace("/v5", "")}`);

async function underConfig(config: Record<string, string>, work: (runs: Runs) => Promise<void>): Promise<void> {
    const runs = gandi.runs(config);
    try {
        await work(runs);
    } finally {
        await runs.close();
    }
}

describe("the product that a domain's mail is", () => {
    it("is found out once, and never asked for again", async () => {
        atMailboxApi();
        await forward.up(sales);
        expect(asked()).toEqual([
            `GET /email/offers/${domain}`,
            `GET /mailbox/domains/${domain}`,
            "GET /mailbox/forwards",
            `GET /mailbox/domains/${domain}`,
            "POST /mailbox/forwards",
            "GET /mailbox/forwards",
        ]);
        gandi.sandbox.clearRequests();
        await forward.refresh();
        await forward.up({ ...sales, destinations: ["bob@example.net"] });
        await forward.destroy();
        expect(asked().filter((line) => line.includes("/email/"))).toEqual([]);
    });

    it("is asked for once by many forwards of a domain", async () => {
        atGandi();
        const lives = ["one", "two", "three"].map((source) => ({ source, life: gandi.life("EmailForward") }));
        await Promise.all(lives.map(({ source, life }) => life.up({ ...sales, source }, { unsettled: true })));
        expect(asked().filter((line) => line.includes("/offers/"))).toHaveLength(1);
    });

    it("is not asked for where the program says it", async () => {
        atMailboxApi();
        await forward.up({ ...sales, api: "mailbox" });
        expect(asked().filter((line) => line.includes("/email/"))).toEqual([]);
        expect(forward.state?.outputs.api).toBe("mailbox");
    });

    it("is refused by Gandi where the program says the wrong one", async () => {
        atMailboxApi();
        await expect(forward.up({ ...sales, api: "email" })).rejects.toThrow(/404 on GET \/v5\/email\/forwards/);
        expect(forward.state).toBeUndefined();
    });

    it("may be said later, which changes nothing at Gandi", async () => {
        atMailboxApi();
        await forward.up(sales);
        gandi.writes();
        await expect(forward.up({ ...sales, api: "mailbox" })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["the Email API", () => atGandi()],
        ["the Mailbox API", () => atMailboxApi()],
    ])("is found out for a state that is older than the mark, at %s", async (_name, add) => {
        add();
        await forward.up(sales);
        delete forward.state!.outputs._api;
        const { state } = forward;
        await expect(forward.preview(sales)).resolves.toBe("same");
        // The first refresh adds the mark, and no other asks again.
        await forward.refresh();
        gandi.sandbox.clearRequests();
        await expect(forward.refresh()).resolves.toBe("same");
        await expect(forward.preview(sales)).resolves.toBe("same");
        expect(asked().filter((line) => line.includes("/offers/"))).toEqual([]);
        forward.state = state;
        await expect(forward.up({ ...sales, destinations: ["bob@example.net"] })).resolves.toBe("update");
        forward.state = state;
        await forward.destroy();
        expect(gandi.writes().at(-1)).toMatch(/^DELETE /);
    });

    it("is found out anew where the mail of a domain has moved to the other one", async () => {
        atGandi();
        await forward.up(sales);
        gandi.sandbox.mail.addDomain({ fqdn: domain, forwards: { sales: sales.destinations } });
        await forward.refresh();
        await expect(forward.preview(sales)).resolves.toBe("same");
        gandi.sandbox.clearRequests();
        await forward.up({ ...sales, destinations: ["bob@example.net"] });
        expect(asked().filter((line) => line.includes("/email/"))).toEqual([]);
        expect(gandi.sandbox.mail.domain(domain)?.forwards).toEqual({ [`sales@${domain}`]: ["bob@example.net"] });
        await forward.destroy();
        expect(sources()).toEqual([]);
    });
});

describe("a domain that is no product's", () => {
    it("is told with the words of both, and nothing is saved", async () => {
        await expect(forward.up(sales)).rejects.toThrow(
            /404 on GET \/v5\/email\/offers\/.*none of the Mailbox API's domains either: .*404 on GET \/v5\/mailbox\/domains/,
        );
        expect(forward.state).toBeUndefined();
    });

    it("has no forwards while it is in the account", async () => {
        atGandi();
        await forward.up(sales);
        gandi.sandbox.editDomain(domain, { emailOffer: null });
        const { state } = forward;
        await expect(forward.refresh()).resolves.toBe("gone");
        forward.state = state;
        gandi.writes();
        await forward.destroy();
        expect(gandi.writes()).toEqual([]);
    });
});

describe("a domain registered elsewhere (promise 6)", () => {
    beforeEach(() => {
        domain = `taken-${domain}`;
        sales = { ...sales, domain };
        atMailboxApi();
    });

    it("forgets no forward that the token may not see, though the list of forwards only lacks it", async () => {
        await forward.up(sales);
        gandi.sandbox.mail.addDomain({ fqdn: domain, organization: "second" });
        const { state } = forward;
        gandi.writes();
        await expect(forward.refresh()).rejects.toThrow(/404 on GET .*mailbox\/domains.*gandi:goneDomains/);
        await expect(forward.destroy()).rejects.toThrow(/404 on GET/);
        await expect(forward.up({ ...sales, destinations: ["bob@example.net"] })).rejects.toThrow(/404 on GET/);
        expect([forward.state, gandi.writes()]).toEqual([state, []]);
    });

    it("is gone once goneDomains says so", async () => {
        await forward.up(sales);
        gandi.sandbox.mail.removeDomain(domain);
        await expect(forward.refresh()).rejects.toThrow(/goneDomains/);
        await underConfig({ "gandi:goneDomains": domain }, async (runs) => {
            await expect(forward.under(runs).refresh()).resolves.toBe("gone");
            await forward.under({ ...runs, destroying: runs.later }).destroy();
        });
    });

    it("has lost its forwards when its name is nobody's", async () => {
        const free = domain.replace("taken-", "free-");
        gandi.sandbox.mail.addDomain({ fqdn: free });
        await forward.up({ ...sales, domain: free });
        gandi.sandbox.mail.removeDomain(free);
        await forward.destroy();
        await gandi.lines.matching(/nobody's any more/);
    });
});

describe("the Mailbox API", () => {
    it("refuses an API key, which is said as what it is", async () => {
        atMailboxApi();
        await underConfig(
            { "gandi:personalAccessToken": "", "gandi:key": gandi.sandbox.tokens.apiKey },
            async (runs) => {
                const keyed = gandi.life("EmailForward").under(runs);
                await expect(keyed.up({ ...sales, api: "mailbox" })).rejects.toThrow(
                    /The Mailbox API takes personal access tokens only, and this is an API key/,
                );
                await expect(keyed.up(sales)).rejects.toThrow(/takes personal access tokens only/);
            },
        );
        expect(gandi.writes()).toEqual([]);
    });

    it("takes no forward of a domain without a mailbox, which is said as what it is", async () => {
        atMailboxApi({});
        await expect(forward.up(sales)).rejects.toThrow(/has no mailbox.*dependsOn.*\[mailbox-missing\]/);
        expect(forward.state).toBeUndefined();
        atMailboxApi();
        await forward.up(sales);
        gandi.sandbox.mail.addDomain({ fqdn: domain, mailboxes: {}, forwards: { sales: sales.destinations } });
        await expect(forward.up({ ...sales, destinations: ["bob@example.net"] })).rejects.toThrow(/has no mailbox/);
    });

    it.each([
        ["a mailbox", { sales: {} }],
        ["an alias", { alice: { aliases: ["Sales"] } }],
    ])("takes no forward of an address that %s has", async (_what, mailboxes) => {
        atMailboxApi(mailboxes);
        await expect(forward.up(sales)).rejects.toThrow(/409 on POST.*address of a mailbox/);
        expect([forward.state, sources()]).toEqual([undefined, []]);
    });

    it("takes a thousand forwards of a domain, and its own words are shown of the next", async () => {
        const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, ["a@example.org"]]));
        gandi.sandbox.mail.addDomain({ fqdn: domain, forwards: many });
        await expect(forward.up(sales)).rejects.toThrow(/has its 1000 forwards/);
        expect(sources()).toHaveLength(1000);
    });

    it("finds one forward among the pages of those of others", async () => {
        const many = Object.fromEntries(Array.from({ length: 999 }, (_, n) => [`f${n}`, [`sales@${domain}`]]));
        gandi.sandbox.mail.addDomain({ fqdn: domain, forwards: many });
        gandi.sandbox.mail.addDomain({ fqdn: `sub-${domain}`, forwards: { sales: ["eve@example.org"] } });
        await forward.up(sales, { unsettled: true });
        expect(sources()).toHaveLength(1000);
        await expect(forward.refresh()).resolves.toBe("same");
    });
});

describe("the weekly limit of forwards", () => {
    it.each([
        ["the Email API", () => atGandi()],
        ["the Mailbox API", () => atMailboxApi()],
    ])("leaves the old one where the new one is refused, and goes through a week later, at %s", async (_name, add) => {
        add();
        const there = () =>
            Object.keys(
                gandi.sandbox.mail.domain(domain)?.forwards ?? gandi.sandbox.state.domain(domain)!.forwards,
            ).map((source) => source.split("@")[0]);
        gandi.sandbox.advance(8 * 86400_000);
        gandi.sandbox.mail.setForwardsAWeek(1);
        await forward.up(sales);
        const { state } = forward;
        const shop = { ...sales, source: "shop" };
        await expect(forward.up(shop)).rejects.toThrow(/429 on POST.*days pass.*\[weekly-limit\]/);
        expect([forward.state, there()]).toEqual([state, ["sales"]]);
        gandi.sandbox.advance(8 * 86400_000);
        // What is made counts, and so does what is removed.
        gandi.sandbox.mail.setForwardsAWeek(2);
        await expect(forward.up(shop)).resolves.toBe("replace");
        expect(there()).toEqual(["shop"]);
    });
});
