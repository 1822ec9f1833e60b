import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let slot: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let standard: { domain: string; type: string; duration: number; maxPrice: number };

/** For a year, taxes included. */
const YEAR = 11.52;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `slot-${++count}.example`;
    standard = { domain, type: "standard_2023", duration: 12, maxPrice: 12 };
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.editOrganization("first", { balance: 1000 });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    slot = gandi.life("MailSlot");
});

const slots = (fqdn = domain) => gandi.sandbox.state.domain(fqdn)!.slots;
const paid = () => Math.round((1000 - gandi.sandbox.state.balance("first")) * 100) / 100;
const idOf = (life: Life) => String(life.state?.id).split("/")[1];
const free = (...freeSlots: object[]) => gandi.sandbox.editDomain(domain, { freeSlots });

describe("MailSlot", () => {
    it("is bought once, for what preview has shown, and left alone by the second run (promises 1 and 3)", async () => {
        await slot.preview(standard);
        await gandi.lines.matching(
            /a slot of type standard_2023, 11\.52 EUR for 12 months, taxes included \(maxPrice 12\)/,
        );
        expect([gandi.writes(), paid()]).toEqual([[], 0]);
        await slot.up(standard);
        expect(gandi.writes()).toEqual([`POST /email/slots/${domain}`]);
        expect(paid()).toBe(YEAR);
        expect(slots()).toMatchObject([{ type: "standard_2023" }]);
        expect(slots()[0]).not.toHaveProperty("autorenew");
        expect(slot.state).toMatchObject({
            id: `${domain}/${slots()[0]!.id}`,
            outputs: { capacity: 10240, createdAt: expect.stringMatching(/^\d{4}-/), expiresAt: expect.any(String) },
        });
    });

    it("is bought to renew by itself only where that is said, and preview says what it will cost", async () => {
        await slot.up({ ...standard, duration: 1, maxPrice: 1.2, autorenew: true });
        await gandi.lines.matching(/and again each time that it renews by itself/);
        await gandi.lines.matching(/what renews by itself costs 1\.20 EUR a month/);
        expect(slots()[0]!.autorenew).toBe(1);
    });

    it("counts duration, renewal and prices at the order only: another value is no change", async () => {
        await slot.up(standard);
        gandi.writes();
        const others = { duration: 1, autorenew: true, maxPrice: 0, currency: "EUR", alongside: ["7"] };
        await expect(slot.preview({ ...standard, ...others })).resolves.toBe("same");
        const { maxPrice: _, duration: __, ...neither } = standard;
        await expect(slot.preview(neither)).resolves.toBe("same");
    });

    it("of several of one program are as many", async () => {
        const lives = [1, 2, 3].map(() => gandi.life("MailSlot"));
        await Promise.all(lives.map((life) => life.up(standard, { unsettled: true })));
        expect(new Set(lives.map(idOf)).size).toBe(3);
        expect([slots().length, paid()]).toEqual([3, 34.56]);
    });

    it.each([
        ["another type", () => ({ type: "premium_2023", maxPrice: 50 })],
        [
            "another domain",
            () => {
                gandi.sandbox.addDomain({ fqdn: `other-${domain}` });
                return { domain: `other-${domain}` };
            },
        ],
    ])("is replaced by %s, which is bought, and the old one stays", async (_what, change) => {
        await slot.up(standard);
        const old = idOf(slot);
        await expect(slot.up({ ...standard, ...change() })).resolves.toBe("replace");
        expect(slots().map(({ id }) => String(id))).toContain(old);
        await gandi.lines.matching(new RegExp(`the slot ${old} stays`));
    });

    it("stays when it is destroyed, and says that it costs", async () => {
        await slot.up(standard);
        await slot.destroy();
        expect([slots().length, paid()]).toEqual([1, YEAR]);
        await gandi.lines.matching(/stays, and goes on to cost what it costs/);
    });

    it("is given back where an earlier run had that said, for what the message says (promise 5)", async () => {
        await slot.up({ ...standard, deletionPolicy: "delete" });
        const { state } = slot;
        await slot.destroy();
        expect([slots(), paid()]).toEqual([[], 0]);
        await gandi.lines.matching(/is given back; Gandi pays back 11\.52 EUR/);
        gandi.writes();
        slot.state = state;
        await slot.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("is not given back while a mailbox has it", async () => {
        gandi.sandbox.editDomain(domain, { mailboxes: { alice: { type: "standard_2023", refund: 5 } } });
        await slot.up({ domain, type: "standard_2023", adopt: String(slots()[0]!.id), deletionPolicy: "delete" });
        await expect(slot.destroy()).rejects.toThrow(/not given back, as a mailbox has it.*deletionPolicy: "retain"/);
        expect([slots().length, gandi.writes()]).toEqual([1, []]);
    });

    it("is not given back where nothing is paid back", async () => {
        free({ type: "standard_2023" });
        await slot.up({ domain, type: "standard_2023", adopt: String(slots()[0]!.id), deletionPolicy: "delete" });
        await expect(slot.destroy()).rejects.toThrow(/not given back, as Gandi pays nothing back/);
        expect(slots()).toHaveLength(1);
    });

    it("is dropped from the state when it is gone, and bought again (promise 4)", async () => {
        await slot.up(standard);
        free();
        await expect(slot.preview(standard)).resolves.toBe("same");
        await expect(slot.refresh()).resolves.toBe("gone");
        await expect(slot.up(standard)).resolves.toBe("create");
        expect(slots()).toHaveLength(1);
    });

    it("stays the same when a mailbox takes it", async () => {
        await slot.up(standard);
        const headers = { authorization: `Bearer ${gandi.sandbox.token}` };
        const body = JSON.stringify({ login: "alice", mailbox_type: "standard_2023", password: "Secret-123-word" });
        await fetch(`${gandi.sandbox.url}/v5/email/mailboxes/${domain}`, { method: "POST", headers, body });
        gandi.sandbox.advance(5000);
        expect(gandi.sandbox.state.domain(domain)!.mailboxes).toHaveLength(1);
        await expect(slot.refresh()).resolves.toBe("same");
        await expect(slot.preview(standard)).resolves.toBe("same");
    });

    it("can be read by its id without being managed", async () => {
        free({ type: "premium" });
        const { id } = slots()[0]!;
        await expect(slot.get(`${domain.toUpperCase()}/${id}`)).resolves.toMatchObject({
            id: `${domain}/${id}`,
            outputs: { domain, type: "premium", capacity: 51200 },
        });
        await expect(slot.get(`${domain}/999999`)).rejects.toThrow(`there is no MailSlot ${domain}/999999`);
    });

    it("is kept when it is renamed, and given an alias or not: none is bought a second time (promise 1)", async () => {
        await slot.up(standard);
        gandi.writes();
        await expect(slot.recreate(standard)).rejects.toThrow(/adopt: "\d+"/);
        expect([gandi.writes(), paid()]).toEqual([[], YEAR]);
    });

    it.each([
        ["time limits", () => ({ timeouts: { delete: "20m" } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
        ["word for its end", () => ({ deletionPolicy: "delete" })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await slot.up(standard);
        gandi.sandbox.clearRequests();
        await expect(slot.up({ ...standard, ...change() }, { unsettled: true })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(paid()).toBe(YEAR);
    });
});

describe("what is there already (promises 1 and 2)", () => {
    it.each([
        ["free", () => free({ type: "standard_2023" }), /(\d+) \(free\)/],
        [
            "in use",
            () => gandi.sandbox.editDomain(domain, { mailboxes: { alice: { type: "standard_2023" } } }),
            /(\d+) \(in use\)/,
        ],
    ])("may be what a killed run has bought, %s: preview says so, and none is bought", async (_what, put, named) => {
        put();
        const [reason = "", ...more] = await slot.reasons(standard);
        const id = named.exec(reason)?.[1];
        expect(more).toEqual([]);
        expect(reason).toContain(`adopt: "${id}"`);
        expect(reason).toContain(`alongside: ["${id}"]`);
        expect(id).toBe(String(slots()[0]!.id));
        expect(gandi.writes()).toEqual([]);
        await slot.up({ ...standard, alongside: [id] });
        expect([slots().length, paid()]).toEqual([2, YEAR]);
        const { alongside: _, ...later } = { ...standard, alongside: [id] };
        await expect(slot.preview(later)).resolves.toBe("same");
    });

    it("is seen just before the order, too, where preview had not seen it", async () => {
        free({ type: "standard_2023" });
        gandi.sandbox.addFault({ path: "/email/slots/*", status: 200, body: [], times: 1 });
        await expect(slot.up(standard)).rejects.toThrow(/that this program does not declare/);
        expect(paid()).toBe(0);
    });

    it("of another type stands in nobody's way", async () => {
        free({ type: "premium_2023" }, { type: "standard" });
        await slot.up(standard);
        expect(slots()).toHaveLength(3);
    });

    it("is taken over by its id, and nothing is bought", async () => {
        free({ type: "standard_2023" });
        const adopt = String(slots()[0]!.id);
        const taken = { domain, type: "standard_2023", adopt };
        await slot.up(taken);
        expect([slot.state?.id, gandi.writes()]).toEqual([`${domain}/${adopt}`, []]);
        await expect(slot.preview({ domain, type: "standard_2023" })).resolves.toBe("same");
    });

    it.each([
        ["is not there", () => ({ adopt: "999999" }), /has no slot 999999/],
        [
            "is of another type",
            () => {
                free({ type: "premium" });
                return { adopt: String(slots()[0]!.id) };
            },
            /is of type premium, not of standard_2023/,
        ],
    ])("is refused in preview where it %s", async (_what, change, reason) => {
        expect(await slot.reasons({ ...standard, ...change() })).toEqual([expect.stringMatching(reason)]);
    });
});

describe("money", () => {
    it.each([
        [
            "no limit",
            { maxPrice: undefined },
            /costs 11\.52 EUR for 12 months, taxes included\. To order it, set maxPrice: 11\.52/,
        ],
        ["a limit below the price", { maxPrice: 11.51 }, /more than maxPrice 11\.51: nothing is ordered/],
        ["no duration", { duration: undefined }, /^duration: is required to buy a slot/],
        ["another currency", { currency: "USD" }, /is priced in EUR, not in USD/],
        ["a type of before 2023", { type: "standard" }, /has no price .*nothing|none is bought.*standard_2023/],
    ])("is not spent with %s: preview says so", async (_what, change, reason) => {
        expect(await slot.reasons({ ...standard, ...change })).toEqual([expect.stringMatching(reason)]);
        expect(gandi.writes()).toEqual([]);
    });

    it("is not spent where gandi:maxPrice alone allows it: that was said for domains", async () => {
        const runs = gandi.runs({ "gandi:maxPrice": "100" });
        const reasons = await slot.under(runs).reasons({ ...standard, maxPrice: undefined });
        await runs.close();
        expect(reasons).toEqual([
            expect.stringMatching(/set maxPrice: 11\.52 \(here: gandi:maxPrice is for domains\)/),
        ]);
    });

    it("is not spent where no price can be read", async () => {
        gandi.sandbox.addFault({ path: "/mailbox/products", status: 200, body: [] });
        expect(await slot.reasons(standard)).toEqual([expect.stringMatching(/has no price for 12 months/)]);
        gandi.sandbox.clearFaults();
        gandi.sandbox.addFault({ path: "/mailbox/products", status: 403, body: { code: 403, message: "no" } });
        expect(await slot.reasons(standard)).toEqual([expect.stringMatching(/403 on GET/)]);
        expect([slots(), paid()]).toEqual([[], 0]);
    });

    it("is not spent where the price has risen since preview", async () => {
        const unit = { currency: "EUR", duration_unit: "m", min_duration: 1, max_duration: 12 };
        const prices = [{ ...unit, price_before_taxes: 0.1, price_after_taxes: 0.12 }];
        const body = [{ config_name: "standard", prices }];
        gandi.sandbox.addFault({ path: "/mailbox/products", status: 200, body, times: 1 });
        await expect(slot.up({ ...standard, maxPrice: 2 })).rejects.toThrow(/costs 11\.52 EUR.*more than maxPrice 2/);
        expect(paid()).toBe(0);
    });

    it("that is not there is said in preview, is Gandi's to refuse, and leaves nothing", async () => {
        gandi.sandbox.editOrganization("first", { balance: 1 });
        await expect(slot.up(standard)).rejects.toThrow(/400 on POST.*not enough credit/);
        await gandi.lines.matching(
            /warning: .*slot.*prepaid account of the payer has 1\.00 EUR, which is less than 11\.52 EUR/,
        );
        expect([slot.state, slots()]).toEqual([undefined, []]);
    });

    it.each([
        ["a lost connection", { kind: "drop-before" }],
        ["a server error", { status: 502 }],
    ] as const)("is not spent after %s of which nothing shows, and the next run buys one", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await expect(slot.up(standard)).rejects.toThrow(/Nothing shows of it so far/);
        expect([slot.state, paid()]).toEqual([undefined, 0]);
        await slot.up(standard);
        expect([slots().length, paid()]).toEqual([1, YEAR]);
    });

    it("is spent once where the answer is lost (promise 1)", async () => {
        free({ type: "premium" });
        gandi.sandbox.addFault({ method: "POST", times: 1, kind: "drop-after" });
        await slot.up(standard);
        expect([slots().length, paid()]).toEqual([2, YEAR]);
        await gandi.lines.matching(/the answer was lost, but Gandi has made it/);
    });

    it("is spent on nothing more where a lost answer leaves it open which slot it is", async () => {
        free({ type: "standard_2023" }, { type: "standard_2023" });
        // They come while it is ordered.
        gandi.sandbox.addFault({ method: "GET", path: "/email/slots/*", status: 200, body: [], times: 2 });
        gandi.sandbox.addFault({ method: "POST", times: 1, kind: "drop-before" });
        await expect(slot.up(standard)).rejects.toThrow(/one of those that have come since may be it: \d+, \d+.*adopt/);
        expect(paid()).toBe(0);
        expect(await slot.reasons(standard)).toEqual([expect.stringMatching(/2 slots of type standard_2023/)]);
    });

    it("that a killed run has spent is not spent again: the next run wants to be told which slot it is", async () => {
        await slot.up(standard);
        await expect(slot.createAgain(standard)).rejects.toThrow(/bought by a run that was killed, so none is bought/);
        await slot.up({ ...standard, adopt: String(slots()[0]!.id) });
        expect([slots().length, paid()]).toEqual([1, YEAR]);
    });
});

describe("all the orders of a run", () => {
    it("cost no more than gandi:maxTotal together: preview says at which that is, and up orders none beyond it", async () => {
        const runs = gandi.runs({ "gandi:maxTotal": "23.04" });
        const lives = [1, 2, 3].map(() => gandi.life("MailSlot").under(runs));
        const reasons = [];
        for (const life of lives) {
            reasons.push(await life.reasons(standard));
        }
        expect(reasons).toEqual([
            [],
            [],
            [expect.stringMatching(/the orders of this run cost 34\.56 EUR.*more than gandi:maxTotal 23\.04/)],
        ]);
        await gandi.lines.matching(/orders of this run so far: 2, for 23\.04 EUR, taxes included/);
        await runs.close();
        const real = gandi.runs({}, { GANDI_MAX_TOTAL: "23.04" });
        const ups = lives.map(() => gandi.life("MailSlot").under(real));
        const outcomes = await Promise.allSettled(ups.map((life) => life.up(standard, { unsettled: true })));
        await real.close();
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
        expect([slots().length, paid()]).toEqual([2, 23.04]);
    });
});

describe("an API that takes its time", () => {
    it("leaves what does not show in time partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.setDelays({ operation: null });
        await expect(slot.up({ ...standard, timeouts: { create: 0.05 } })).rejects.toThrow(/waiting for the slot \d+/);
        gandi.sandbox.setDelays({ operation: 0 });
        expect(slot.state?.id).toMatch(/\/\d+$/);
        gandi.sandbox.stepOperation(domain, "done");
        gandi.writes();
        await expect(slot.up(standard)).resolves.toBe("update");
        expect([gandi.writes(), paid()]).toEqual([[], YEAR]);
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: slot, inputs: { ...standard, deletionPolicy: "delete" }, domain }));
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: slot, good: standard }),
        [
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["no type", { type: undefined }, /^type: is required/],
            ["a type that came free", { type: "free" }, /^type: must be /],
            ["a duration in years", { duration: 2 }, /^duration: must be 1 or 12, in months/],
            ["a duration that is no number", { duration: "12" }, /^duration: must be 1 or 12/],
            ["a renewal that is neither yes nor no", { autorenew: "yes" }, /^autorenew: must be true or false, not /],
            ["a negative limit", { maxPrice: -1 }, /^maxPrice: /],
            ["a currency that is none", { currency: "XXX" }, /^currency: must be /],
            ["an id that is none", { adopt: "slot" }, /^adopt: is no id of a slot/],
            ["an id beside which nothing can stand", { alongside: ["x"] }, /^alongside\[0\]: is no id of a slot/],
            ["one and the same slot", { adopt: "1", alongside: ["1"] }, /^alongside: names the slot of adopt/],
            ["another word for its end", { deletionPolicy: "refund" }, /^deletionPolicy: must be /],
            ["a misspelled property", { maxprice: 1 }, /^maxprice: .*did you mean maxPrice/],
        ],
    );
});
