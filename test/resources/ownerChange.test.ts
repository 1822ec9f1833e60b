import { COMPANY, PERSON } from "../harness/contacts";
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

const alice = COMPANY;
const bob = { ...PERSON, given: "Bob", family: "Smith", email: "bob@example.org" };
const shop = (fqdn: string, more: object = {}) => ({ fqdn, duration: 1, maxPrice: 20, owner: alice, ...more });
const toBob = (fqdn: string) => shop(fqdn, { owner: bob, ownerChange: "allow", acceptIcannContract: true });
const registered = (fqdn: string) => gandi.sandbox.state.domain(fqdn);

describe("a change of owner", () => {
    it("starts only with ownerChange allow, succeeds while people are asked, and is done when they have agreed", async () => {
        await domain.up(shop("sold-on.com"));
        gandi.writes();
        const inputs = toBob("sold-on.com");
        await expect(domain.up(inputs, { unsettled: true })).resolves.toBe("update");
        expect(gandi.writes()).toEqual(Array(2).fill("POST /domain/changeowner/sold-on.com"));
        expect(domain.state?.outputs.ownerChangePending).toBe(true);
        await gandi.lines.matching(
            /sold-on\.com: the change of owner \(WAIT\) waits for .*alice@example\.org and bob@example\.org/,
        );

        await expect(domain.refresh()).resolves.toBe("same");
        await expect(domain.up(inputs, { unsettled: true })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);

        gandi.sandbox.stepChangeOwner("sold-on.com", "done");
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(domain.state?.outputs.ownerChangePending).toBe(false);
        expect(registered("sold-on.com")?.owner).toMatchObject({ given: "Bob", family: "Smith" });
        await expect(domain.preview(inputs)).resolves.toBe("same");
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("sends the word for another e-mail address with it, and is refused in check without", async () => {
        await domain.up(shop("unlocked.com"));
        await expect(domain.reasons({ ...toBob("unlocked.com"), acceptIcannContract: undefined })).resolves.toEqual([
            expect.stringMatching(/^owner\.email: .*locked.*acceptIcannContract: true/),
        ]);
        gandi.sandbox.clearRequests();
        await domain.up(toBob("unlocked.com"), { unsettled: true });
        const sent = gandi.sandbox.requests().filter(({ method }) => method === "POST");
        expect(sent.map(({ body }) => JSON.parse(body).owner.icann_contract_accept)).toEqual([true, true]);
        gandi.sandbox.stepChangeOwner("unlocked.com", "done");
        expect(registered("unlocked.com")?.owner).toMatchObject({ email: "bob@example.org" });
    });

    it("that is refused fails one run, and the next starts another", async () => {
        await domain.up(shop("declined-sale.com"));
        const inputs = toBob("declined-sale.com");
        await domain.up(inputs, { unsettled: true });
        gandi.sandbox.stepChangeOwner("declined-sale.com", "error");
        await expect(domain.up(inputs)).rejects.toThrow(/the change of owner failed: An owner refused/);
        await domain.up(inputs, { unsettled: true });
        expect(domain.state?.outputs.ownerChangePending).toBe(true);
    });
});

describe("the owner's legal identity, changed outside", () => {
    it.each([
        ["given", "Mallory", "drift-given.com", PERSON],
        ["family", "Roe", "drift-family.com", PERSON],
        ["orgname", "Other Books Ltd", "drift-orgname.com", COMPANY],
        ["type", "association", "drift-type.com", COMPANY],
    ])(
        "drifts as exactly %s, and only ownerChange allow takes it back (promises 2 and 4)",
        async (field, value, fqdn, owner) => {
            await domain.up(shop(fqdn, { owner }));
            gandi.sandbox.editDomain(fqdn, { owner: { ...registered(fqdn)!.owner, [field]: value } });
            gandi.writes();
            await expect(domain.refresh()).resolves.toBe("changed");
            expect(domain.state?.inputs.owner).toEqual({ ...owner, [field]: value });
            await expect(domain.reasons(shop(fqdn, { owner }))).resolves.toEqual([
                expect.stringMatching(new RegExp(`^owner\\.${field}: can't change to .* set ownerChange: "allow"$`)),
            ]);
            expect(gandi.writes()).toEqual([]);

            const inputs = shop(fqdn, { owner, ownerChange: "allow" });
            await domain.up(inputs, { unsettled: true });
            gandi.sandbox.stepChangeOwner(fqdn, "done");
            await domain.up(inputs);
            expect(registered(fqdn)?.owner).toMatchObject({ [field]: owner[field as keyof typeof owner] });
            await expect(domain.refresh()).resolves.toBe("same");
            await expect(domain.preview(inputs)).resolves.toBe("same");
        },
    );
});

describe("a change of owner whose answer is lost (promises 1 and 5)", () => {
    /** The first POST is the dry run. */
    const start = (fqdn: string) => ({ method: "POST", path: `/domain/changeowner/${fqdn}`, times: 1, skip: 1 });
    /** How often it was sent for real: a dry run has its header. */
    const sent = () =>
        gandi.sandbox
            .requests()
            .filter(({ path, method, headers }) => method === "POST" && /changeowner/.test(path) && !headers["dry-run"])
            .length;

    it.each([
        ["a lost connection", "lost-after.com", { kind: "drop-after" }],
        ["a server error", "failed-after.com", { status: 500, effect: true }],
        ["a rate limit", "limit-after.com", { status: 429, effect: true }],
    ] as const)("is sent once when it took effect all the same: %s", async (_what, fqdn, fault) => {
        await domain.up(shop(fqdn));
        gandi.sandbox.addFault({ ...start(fqdn), ...fault });
        // What is read before it was sent, and then is three times older than that.
        gandi.sandbox.addFault({ kind: "stale", path: `/domain/changeowner/${fqdn}`, times: 4 });
        await domain.up(toBob(fqdn), { unsettled: true });
        await gandi.lines.matching(/: the answer was lost, but Gandi has the change of owner$/);
        expect(sent()).toBe(1);
        expect(domain.state?.outputs.ownerChangePending).toBe(true);
        expect(registered(fqdn)?.changeOwner).toMatchObject({ step: "WAIT", newOwner: { given: "Bob" } });
    });

    it.each([
        ["a lost connection", "lost-before.com", { kind: "drop-before" }],
        ["a server error", "failed-before.com", { status: 500 }],
    ] as const)("is sent once a run when it had no effect: %s", async (_what, fqdn, fault) => {
        await domain.up(shop(fqdn));
        gandi.sandbox.addFault({ ...start(fqdn), ...fault });
        await expect(domain.up(toBob(fqdn))).rejects.toThrow(fqdn);
        expect(sent()).toBe(1);
        expect(registered(fqdn)?.changeOwner).toBeNull();
        await domain.up(toBob(fqdn), { unsettled: true });
        expect(sent()).toBe(2);
        expect(registered(fqdn)?.changeOwner).toMatchObject({ step: "WAIT" });
    });

    it.each([
        ["its dry run", "limited-dry.com", 0],
        ["itself", "limited.com", 1],
    ])("waits out a rate limit on %s (promise 9)", async (_what, fqdn, skip) => {
        await domain.up(shop(fqdn));
        gandi.sandbox.addFault({ ...start(fqdn), skip, status: 429 });
        await domain.up(toBob(fqdn), { unsettled: true });
        await gandi.lines.matching(/: Gandi's rate limit: trying again$/);
        expect(registered(fqdn)?.changeOwner).toMatchObject({ step: "WAIT" });
    });
});
