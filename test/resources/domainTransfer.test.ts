import { refusesBadInput } from "../harness/badInput";
import { badContacts, PERSON } from "../harness/contacts";
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

const owner = PERSON;
/** A transfer costs 7.20 EUR, taxes included. */
const coming = (fqdn: string, more: object = {}) => ({
    fqdn,
    authinfo: "transfer-code-5500",
    owner,
    maxPrice: 10,
    ...more,
});

/** The answer to who asks for a domain that is not there, or not theirs. */
const UNSEEN = {
    status: 404,
    body: { code: 404, object: "HTTPNotFound", message: "The resource could not be found." },
};

describe("DomainTransfer", () => {
    it("is ordered once, after its price was shown, and left alone by the second run", async () => {
        await transfer.up(coming("coming.com"));
        await gandi.lines.matching(/^coming\.com: the transfer, 7\.20 EUR for 1 year, taxes included \(maxPrice 10\)$/);
        expect(gandi.sandbox.state.domain("coming.com")).toBeDefined();
        expect(transfer.state).toMatchObject({ id: "coming.com", outputs: { transferPending: false } });
        await expect(transfer.preview(coming("coming.com"))).resolves.toBe("same");
        await expect(transfer.refresh()).resolves.toBe("same");
    });

    it("whose domain has left the account again is not taken for under way", async () => {
        await transfer.up(coming("away.com"));
        gandi.sandbox.removeDomain("away.com");
        await expect(transfer.refresh()).rejects.toThrow(/may not see.*pulumi state delete/);
        expect(transfer.state?.outputs.transferPending).toBe(false);
    });

    it("that ends while it is read is here", async () => {
        await transfer.up(coming("arriving.com"));
        gandi.sandbox.addFault({ path: "/domain/domains/arriving.com", times: 1, ...UNSEEN });
        await expect(transfer.refresh()).resolves.toBe("same");
        expect(transfer.state?.outputs.transferPending).toBe(false);
    });

    it("succeeds while the transfer takes days, and each later run looks again", async () => {
        const slow = await startGandi({ clock: "manual", delays: { order: 60_000 } });
        try {
            const one = slow.life("DomainTransfer");
            const inputs = coming("days.com", { timeouts: { create: 0.1, update: 0.1 } });
            await one.up(inputs, { unsettled: true });
            expect(one.state?.outputs.transferPending).toBe(true);
            await expect(one.refresh()).resolves.toBe("same");
            await one.createAgain(inputs);
            await expect(one.up(inputs, { unsettled: true })).resolves.toBe("update");
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
    ])("%s is refused in preview", async (_what, edit, message) => {
        const inputs = JSON.parse(JSON.stringify(coming("refused.com", edit)));
        await expect(transfer.reasons(inputs)).resolves.toEqual([expect.stringMatching(message)]);
        expect(gandi.writes()).toEqual([]);
    });

    it("takes a domain that is here already, without an order", async () => {
        gandi.sandbox.addDomain({ fqdn: "here.com" });
        await transfer.up(coming("here.com", { maxPrice: undefined }));
        expect(gandi.writes()).toEqual([]);
        expect(transfer.state).toMatchObject({ id: "here.com", outputs: { transferPending: false } });
    });

    it("that Gandi refuses for a conflict is an error in Gandi's words, and no resource", async () => {
        const body = { message: "A transfer is under way elsewhere" };
        gandi.sandbox.addFault({ method: "POST", path: "/domain/transferin", skip: 1, status: 409, body });
        await expect(transfer.up(coming("conflict.com"))).rejects.toThrow(/409 on POST.*under way elsewhere/);
        expect(transfer.state).toBeUndefined();
    });

    it.each([
        ["timeouts", { update: 60 }],
        ["sharingId", "f1f1f1f1-0000-4000-8000-000000000001"],
    ])("takes a change of %s without a call", async (field, value) => {
        const fqdn = `changed-${field.toLowerCase()}.com`;
        await transfer.up(coming(fqdn));
        gandi.sandbox.clearRequests();
        await expect(transfer.up(coming(fqdn, { [field]: value }))).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(transfer.state?.outputs).toMatchObject({ [field]: value });
    });

    it("is replaced by that of another domain, and the first domain stays", async () => {
        await transfer.up(coming("replaced.com"));
        await expect(transfer.up(coming("replacing.com"))).resolves.toBe("replace");
        expect(transfer.state?.id).toBe("replacing.com");
        expect(gandi.sandbox.state.domains()).toEqual(expect.arrayContaining(["replaced.com", "replacing.com"]));
    });

    it("is ordered once when it is renamed, moved or tainted", async () => {
        await transfer.up(coming("renamed.com"));
        await transfer.recreate(coming("renamed.com"));
        expect(gandi.sandbox.state.orders("renamed.com")).toHaveLength(1);
        await gandi.lines.matching(/: still declared/);
    });

    it("of a domain that has left is deleted without a call", async () => {
        await transfer.up(coming("left.com"));
        gandi.sandbox.removeDomain("left.com");
        gandi.sandbox.clearRequests();
        await transfer.destroy();
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("can be read by the domain without being managed", async () => {
        gandi.sandbox.addDomain({ fqdn: "read.com" });
        await expect(transfer.get("READ.com.")).resolves.toMatchObject({
            id: "read.com",
            outputs: { fqdn: "read.com", transferPending: false },
        });
        await expect(transfer.get("nobodys.com")).rejects.toThrow(/may not see/);
        await expect(transfer.get("not a domain")).rejects.toThrow("not a domain");
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    it("is not ordered again while its transfer is under way, whatever its token sees (promise 1)", async () => {
        gandi.sandbox.setDelays({ order: null });
        const inputs = coming("unseen-pending.com", { timeouts: { create: 0.05, update: 0.05 } });
        const second = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
        try {
            await transfer.up(inputs, { unsettled: true });
            expect(transfer.state?.outputs.transferPending).toBe(true);
            gandi.writes();
            await expect(transfer.under(second).up(inputs)).rejects.toThrow(/may not see it.*404 on GET/);
            expect(gandi.writes()).toEqual([]);
        } finally {
            gandi.sandbox.setDelays({ order: 0 });
            await second.close();
        }
    });

    it.each([
        ["has expired", "expired", /401.*expired or revoked/],
        ["is of another organisation", "second", /may not see it.*404 on GET.*gandi:goneDomains/],
    ] as const)("is neither forgotten nor ordered again with a token that %s", async (_what, name, message) => {
        const fqdn = `unseen-by-${name}.com`;
        await transfer.up(coming(fqdn));
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens[name] });
        try {
            const blind = transfer.under(runs);
            gandi.writes();
            await expect(blind.refresh()).rejects.toThrow(message);
            await blind.up(coming(fqdn, { maxPrice: 30 }), { unsettled: true });
            expect(blind.state?.id).toBe(fqdn);
            expect(gandi.writes()).toEqual([]);
        } finally {
            await runs.close();
        }
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: transfer, good: coming("refused.com") }),
        [
            ["no domain", { fqdn: undefined }, /^fqdn: is required/],
            ["a domain that is no text", { fqdn: 7 }, /^fqdn: must be text, not /],
            ["a domain that is none", { fqdn: "none" }, /^fqdn: /],
            ["no transfer code", { authinfo: undefined }, /^authinfo: is required/],
            ["an empty transfer code", { authinfo: "" }, /^authinfo: /],
            ["a transfer code with a line break", { authinfo: "code\n" }, /^authinfo: holds a line break/],
            ["a transfer code that is no text", { authinfo: 5500 }, /^authinfo: must be text, not /],
            ["a wish for a mailbox that is neither", { mailboxOptin: 1 }, /^mailboxOptin: must be true or false/],
            ["no owner", { owner: undefined }, /^owner: is required/],
            ...badContacts("owner"),
            ...badContacts("admin"),
            ...badContacts("tech"),
            ...badContacts("bill"),
            ["a duration of no year", { duration: 0 }, /^duration: .*whole number of years from 1 to 10/],
            ["a duration that is too long", { duration: 11 }, /^duration: .*whole number of years from 1 to 10/],
            ["a duration as text", { duration: "1y" }, /^duration: .*whole number of years from 1 to 10/],
            ["a negative price", { maxPrice: -1 }, /^maxPrice: must be 0 or more/],
            ["a price as text", { maxPrice: "20 EUR" }, /^maxPrice: must be a number, not /],
            ["an unknown currency", { currency: "CHF" }, /^currency: must be "EUR", "USD"/],
            ["nameservers that are no list", { nameservers: "ns1.example.net" }, /^nameservers: must be a list, not /],
            [
                "a price in quotes",
                { maxPrice: "20" },
                /^maxPrice: .*without quotes, or read it with config\.requireNumber/,
            ],
            ["no nameservers", { nameservers: [] }, /^nameservers: /],
            ["a nameserver that is an address", { nameservers: ["192.0.2.1"] }, /^nameservers\[0\]: .*IP address/],
            ["parameters that are a list", { extraParameters: ["x"] }, /^extraParameters: must be an object, not /],
            ["a misspelled property", { authInfo: "code" }, /^authInfo: .*did you mean authinfo/],
        ],
    );
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
        // What is read before it was sent, and then is four times older than that.
        gandi.sandbox.addFault({ kind: "stale", path: `/domain/*/${fqdn}`, times: 12 });
        await transfer.up(coming(fqdn));
        await gandi.lines.matching(new RegExp(`^${fqdn}: the answer was lost, but Gandi has the transfer$`));
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
