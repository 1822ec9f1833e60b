import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let transfer: Life;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    transfer = gandi.life("DomainTransfer");
});

const owner = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
    phone: "+33.123456789",
};
/** A transfer costs 7.20 EUR, taxes included. */
const coming = (fqdn: string, more: object = {}) => ({
    fqdn,
    authinfo: "transfer-code-5500",
    owner,
    maxPrice: 10,
    ...more,
});

describe("DomainTransfer", () => {
    it("is ordered once, after its price was shown, and left alone by the second run", async () => {
        await transfer.up(coming("coming.com"));
        await gandi.lines.matching(/^coming\.com: the transfer, 7\.20 EUR for 1 year, taxes included \(maxPrice 10\)$/);
        expect(gandi.sandbox.state.domain("coming.com")).toBeDefined();
        expect(transfer.state).toMatchObject({ id: "coming.com", outputs: { transferPending: false } });
        await expect(transfer.preview(coming("coming.com"))).resolves.toBe("same");
        await expect(transfer.refresh()).resolves.toBe("same");
    });

    it("succeeds while the transfer takes days, and each later run looks again", async () => {
        const slow = await startGandi({ clock: "manual", delays: { order: 60_000 } });
        try {
            const one = slow.life("DomainTransfer");
            const inputs = coming("days.com", { timeouts: { create: 0.1, update: 0.1 } });
            await one.up(inputs);
            expect(one.state?.outputs.transferPending).toBe(true);
            await expect(one.refresh()).resolves.toBe("same");
            await one.createAgain(inputs);
            await expect(one.up(inputs)).resolves.toBe("update");
            slow.sandbox.stepOrder("days.com", "done");
            await one.up(inputs);
            expect(one.state?.outputs.transferPending).toBe(false);
            expect(slow.sandbox.state.orders("days.com")).toHaveLength(1);
        } finally {
            await slow.close();
        }
    });

    it("that fails is an error and no resource", async () => {
        await expect(transfer.up(coming("error-transfer.com"))).rejects.toThrow(
            /the transfer of error-transfer\.com failed/,
        );
        expect(transfer.state).toBeUndefined();
    });

    it("leaves the domain at Gandi when it is destroyed, and never shows its code", async () => {
        await transfer.up(coming("stays.com"));
        await transfer.destroy();
        await gandi.lines.matching(/^stays\.com: the domain, or its transfer under way, stays/);
        expect(gandi.sandbox.state.domain("stays.com")).toBeDefined();
        expect(gandi.lines.all.join()).not.toContain("transfer-code-5500");
    });

    it.each([
        ["no maxPrice", { maxPrice: undefined }, /costs 7\.20 EUR.*set maxPrice: 7\.20/],
        ["a price above it", { maxPrice: 7 }, /more than maxPrice 7/],
        ["no transfer code", { authinfo: undefined }, /^authinfo: is required/],
        ["a domain that is none", { fqdn: "none" }, /^fqdn: /],
        ["an owner without a field", { owner: { ...owner, country: undefined } }, /^owner\.country: is required/],
    ])("%s is refused in preview", async (_what, edit, message) => {
        const inputs = JSON.parse(JSON.stringify(coming("refused.com", edit)));
        await expect(transfer.reasons(inputs)).resolves.toEqual([expect.stringMatching(message)]);
        expect(gandi.writes()).toEqual([]);
    });
});

describe("a transfer whose answer is lost (promises 1 and 5)", () => {
    /** The first POST is the dry run. */
    const buying = { method: "POST", path: "/domain/transferin", times: 1, skip: 1 };
    /** How often it was sent for real: a dry run has its header. */
    const sent = () =>
        gandi.sandbox.requests().filter(({ method, headers }) => method === "POST" && !headers["dry-run"]).length;
    const orders = (fqdn: string) => gandi.sandbox.state.orders(fqdn);

    it.each([
        ["a lost connection", "lost-after.com", { kind: "drop-after" }],
        ["a server error", "failed-after.com", { status: 500, effect: true }],
        ["a rate limit", "limit-after.com", { status: 429, effect: true }],
    ] as const)("is bought once when it took effect all the same: %s", async (_what, fqdn, fault) => {
        gandi.sandbox.addFault({ ...buying, ...fault });
        await transfer.up(coming(fqdn));
        await gandi.lines.matching(/: the answer was lost, but Gandi has the transfer$/);
        expect(sent()).toBe(1);
        expect(orders(fqdn)).toHaveLength(1);
        expect(transfer.state?.outputs.transferPending).toBe(false);
    });

    it.each([
        ["a lost connection", "lost-before.com", { kind: "drop-before" }],
        ["a server error", "failed-before.com", { status: 500 }],
    ] as const)("is sent once a run when it had no effect: %s", async (_what, fqdn, fault) => {
        gandi.sandbox.addFault({ ...buying, ...fault });
        await expect(transfer.up(coming(fqdn))).rejects.toThrow(fqdn);
        expect(sent()).toBe(1);
        expect(orders(fqdn)).toEqual([]);
        expect(transfer.state).toBeUndefined();
        await transfer.up(coming(fqdn));
        expect(orders(fqdn)).toHaveLength(1);
    });

    it.each([
        ["its dry run", "limited-dry.com", 0],
        ["itself", "limited.com", 1],
    ])("waits out a rate limit on %s (promise 9)", async (_what, fqdn, skip) => {
        gandi.sandbox.addFault({ ...buying, skip, status: 429 });
        await transfer.up(coming(fqdn));
        await gandi.lines.matching(/: Gandi's rate limit: trying again$/);
        expect(orders(fqdn)).toHaveLength(1);
    });
});
