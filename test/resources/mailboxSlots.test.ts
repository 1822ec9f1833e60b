import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let mailbox: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let alice: Record<string, unknown>;

/** A standard slot for a year, taxes included; a premium one costs 46.08. */
const STANDARD = 11.52;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `bought-${++count}.example`;
    alice = { domain, login: "alice", password: "Correct-horse-123", type: "standard_2023" };
    Object.assign(alice, { slot: "buy", duration: 12, maxPrice: 12 });
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.editOrganization("first", { balance: 1000 });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    mailbox = gandi.life("Mailbox");
});

const state = () => gandi.sandbox.state.domain(domain)!;
const there = () => ({ slots: state().slots.length, mailboxes: state().mailboxes.length, paid: paid() });
const paid = () => Math.round((1000 - gandi.sandbox.state.balance("first")) * 100) / 100;

describe("a Mailbox that may buy its slot", () => {
    it("buys one where none is free, for what preview has shown, and once (promise 1)", async () => {
        await mailbox.preview(alice);
        await gandi.lines.matching(/a slot of type standard_2023, 11\.52 EUR for 12 months/);
        expect(gandi.writes()).toEqual([]);
        await mailbox.up(alice);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
        expect(gandi.writes()).toEqual([`POST /email/slots/${domain}`, `POST /email/mailboxes/${domain}`]);
        await mailbox.up({ ...alice, aliases: ["info"] });
        expect(paid()).toBe(STANDARD);
    });

    it("takes one that is free, and buys none", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{ type: "standard_2023" }] });
        await mailbox.up({ ...alice, maxPrice: undefined });
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: 0 });
    });

    it("of several of one domain buys one each, one at a time", async () => {
        gandi.sandbox.setDelays({ operation: 50 });
        const lives = ["one", "two", "three"].map((login) => ({ login, life: gandi.life("Mailbox") }));
        const making = Promise.all(
            lives.map(({ login, life }) => life.up({ ...alice, login }, { unsettled: true })),
        ).finally(() => clearInterval(time));
        const time = setInterval(() => gandi.sandbox.advance(50), 1);
        await making;
        gandi.sandbox.setDelays({ operation: 0 });
        expect(there()).toEqual({ slots: 3, mailboxes: 3, paid: Math.round(3 * STANDARD * 100) / 100 });
    });

    it.each([
        [
            "no limit",
            { maxPrice: undefined },
            /To order it, set maxPrice: 11\.52 \(here: gandi:maxPrice is for domains\)/,
        ],
        ["a limit below the price", { maxPrice: 11 }, /more than maxPrice 11: nothing is ordered/],
        ["no duration", { duration: undefined }, /^duration: is required to buy a slot/],
        ["a type that has no price", { type: "standard" }, /has no price .* standard_2023/],
        ["no word that it may", { slot: undefined }, /no free slot .*slot: "buy" and maxPrice/],
    ])("buys none with %s: preview says so", async (_what, change, reason) => {
        await expect(mailbox.reasons({ ...alice, ...change })).resolves.toEqual([expect.stringMatching(reason)]);
        expect(there()).toEqual({ slots: 0, mailboxes: 0, paid: 0 });
    });

    it("buys none where orders are forbidden, by the stack or by the environment", async () => {
        const forbidding = [gandi.runs({ "gandi:purchases": "forbid" }), gandi.runs({}, { GANDI_PURCHASES: "forbid" })];
        for (const runs of forbidding) {
            const reasons = await mailbox.under(runs).reasons(alice);
            await runs.close();
            expect(reasons).toEqual([expect.stringMatching(/a slot for a mailbox: purchases are "forbid"/)]);
        }
        expect(paid()).toBe(0);
    });

    it("takes the slot that a run has bought which then failed or was killed, and buys no other (promises 1 and 5)", async () => {
        gandi.sandbox.addFault({ method: "POST", path: "/email/mailboxes/*", status: 400, times: 1 });
        await expect(mailbox.up(alice)).rejects.toThrow(/400 on POST/);
        expect([mailbox.state, there()]).toEqual([undefined, { slots: 1, mailboxes: 0, paid: STANDARD }]);
        await mailbox.createAgain(alice);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
    });

    it("buys one where the answer is lost (promise 1)", async () => {
        gandi.sandbox.addFault({ method: "POST", path: "/email/slots/*", kind: "drop-after", times: 1 });
        await mailbox.up(alice);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
    });

    it("buys no second one for what an earlier run may have made, and takes a free one then", async () => {
        gandi.sandbox.addFault({ method: "POST", path: "/email/mailboxes/*", kind: "drop-before", times: 1 });
        await expect(mailbox.up(alice)).rejects.toThrow(/Nothing shows of it so far/);
        gandi.sandbox.editDomain(domain, { freeSlots: [] });
        await expect(mailbox.up(alice)).rejects.toThrow(
            /an earlier run may have bought a slot for this, so none is bought/,
        );
        expect(paid()).toBe(STANDARD);
        gandi.sandbox.editDomain(domain, { freeSlots: [{ type: "standard_2023" }] });
        await mailbox.up(alice);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
    });

    it("leaves what is not listed in time partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({ method: "GET", path: "/email/mailboxes/*", status: 200, body: [] });
        await expect(mailbox.up({ ...alice, timeouts: { create: 0.05 } })).rejects.toThrow(/waiting for the mailbox/);
        expect(mailbox.state?.id).toBe(`${domain}/alice`);
        gandi.sandbox.clearFaults();
        await mailbox.up(alice);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
    });

    it("buys a slot of another type for it, within its limit, and leaves the old one free", async () => {
        await mailbox.up(alice);
        const premium = { ...alice, type: "premium_2023", maxPrice: 50 };
        await expect(mailbox.reasons({ ...premium, maxPrice: 46 })).resolves.toEqual([
            expect.stringMatching(/costs 46\.08 EUR.*more than maxPrice 46/),
        ]);
        await expect(mailbox.up(premium)).resolves.toBe("update");
        expect(there()).toEqual({ slots: 2, mailboxes: 1, paid: 57.6 });
        expect(state().slots.find(({ id }) => id === state().mailboxes[0]!.slot)).toMatchObject({
            type: "premium_2023",
        });
    });

    it("counts slot, duration and prices at the moment only: another value is no change", async () => {
        await mailbox.up(alice);
        const { slot: _, duration: __, maxPrice: ___, ...rest } = alice;
        await expect(mailbox.preview(rest)).resolves.toBe("same");
        await expect(mailbox.preview({ ...alice, duration: 1, maxPrice: 99, currency: "EUR" })).resolves.toBe("same");
    });
});

describe("a Mailbox beside a MailSlot", () => {
    it("passes preview where the program declares the slot that is still to be bought, and takes it", async () => {
        const slot = gandi.life("MailSlot");
        const { slot: _, duration: __, maxPrice: ___, ...required } = alice;
        const ofProgram = { domain, type: "standard_2023", duration: 12, maxPrice: 12 };
        await expect(mailbox.reasons(required)).resolves.toHaveLength(1);
        await slot.check(ofProgram, {});
        await expect(mailbox.reasons(required)).resolves.toEqual([]);
        await expect(mailbox.reasons({ ...required, type: "premium_2023" })).resolves.toHaveLength(1);
        await slot.up(ofProgram, { unsettled: true });
        await mailbox.up(required);
        expect(there()).toEqual({ slots: 1, mailboxes: 1, paid: STANDARD });
        await expect(slot.refresh()).resolves.toBe("same");
    });
});
