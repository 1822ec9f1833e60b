import { COMPANY, PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let domain: Life;
let count = 0;
let fqdn: string;

beforeAll(async () => {
    gandi = await startGandi();
    gandi.sandbox.editOrganization("first", { balance: 100_000 });
});
afterAll(() => gandi.close());
beforeEach(() => {
    fqdn = `contacts-${++count}.com`;
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    domain = gandi.life("Domain");
});

const shop = (owner: object = COMPANY, more: object = {}) => ({ fqdn, maxPrice: 20, owner, ...more });
const registered = () => gandi.sandbox.state.domain(fqdn)!;
const sent = (method: string) =>
    gandi.sandbox
        .requests()
        .filter((request) => request.method === method)
        .map(({ body }) => JSON.parse(body));
const LOCKED = /^owner\.email: .*is locked.*set acceptIcannContract: true/;
const moved = { ...COMPANY, email: "new@example.org" };

describe("the owner's e-mail address", () => {
    it("changes with the program's word, and is refused in check without", async () => {
        await domain.up(shop());
        gandi.sandbox.clearRequests();
        await expect(domain.reasons(shop(moved))).resolves.toEqual([expect.stringMatching(LOCKED)]);
        await expect(domain.reasons(shop(moved, { acceptIcannContract: false }))).resolves.toHaveLength(1);
        expect(gandi.sandbox.requests()).toEqual([]);
        const inputs = shop(moved, { acceptIcannContract: true });
        await domain.up(inputs);
        expect(sent("PUT")).toEqual([expect.objectContaining({ icann_contract_accept: true, email: moved.email })]);
        expect(registered().owner.email).toBe(moved.email);
        await expect(domain.preview(inputs)).resolves.toBe("same");
        await expect(domain.refresh()).resolves.toBe("same");
        // The word is not needed for what has been done.
        await expect(domain.preview(shop(moved))).resolves.toBe("same");
    });

    it("in another spelling is the same one", async () => {
        await domain.up(shop());
        await expect(domain.reasons(shop({ ...COMPANY, email: "Alice@Example.org" }))).resolves.toEqual([]);
    });

    it("that was changed outside shows as drift, and comes back with the program's word", async () => {
        await domain.up(shop());
        gandi.sandbox.editDomain(fqdn, { owner: { ...registered().owner, email: "mallory@example.org" } });
        await expect(domain.refresh()).resolves.toBe("changed");
        await expect(domain.reasons(shop())).resolves.toEqual([expect.stringMatching(LOCKED)]);
        const inputs = shop(COMPANY, { acceptIcannContract: true });
        await domain.up(inputs);
        expect(registered().owner.email).toBe(COMPANY.email);
        await expect(domain.preview(inputs)).resolves.toBe("same");
    });

    it("that was changed outside and not seen yet stops an update of other data before anything is sent", async () => {
        await domain.up(shop());
        gandi.sandbox.editDomain(fqdn, { owner: { ...registered().owner, email: "mallory@example.org" } });
        gandi.writes();
        await expect(domain.up(shop({ ...COMPANY, city: "Lyon" }))).rejects.toThrow(/owner\.email: .*is locked/);
        expect(gandi.writes()).toEqual([]);
        await domain.up(shop({ ...COMPANY, city: "Lyon" }, { acceptIcannContract: true }));
        expect(registered().owner).toMatchObject({ email: COMPANY.email, city: "Lyon" });
    });

    it("of a domain that is taken over is refused in preview, too", async () => {
        gandi.sandbox.addDomain({ fqdn, owner: COMPANY });
        const inputs = shop(moved, { adopt: true });
        await expect(domain.reasons(inputs)).resolves.toEqual([expect.stringMatching(LOCKED)]);
        await domain.up({ ...inputs, acceptIcannContract: true });
        expect(registered().owner.email).toBe(moved.email);
    });

    it("of another contact goes with the word where it is given", async () => {
        await domain.up(shop(COMPANY, { admin: COMPANY }));
        gandi.sandbox.clearRequests();
        await domain.up(shop(COMPANY, { admin: moved, acceptIcannContract: true }));
        expect(sent("PATCH")).toEqual([
            expect.objectContaining({ admin: expect.objectContaining({ icann_contract_accept: true }) }),
        ]);
    });

    it("of another contact that Gandi takes and does not change says what may be missing", async () => {
        await domain.up(shop(COMPANY, { admin: COMPANY }));
        gandi.sandbox.addFault({ method: "PATCH", status: 202, body: { message: "The request has been accepted." } });
        const inputs = shop(COMPANY, { admin: moved, timeouts: { update: 0.05 } });
        await expect(domain.up(inputs)).rejects.toThrow(/may be locked until acceptIcannContract: true/);
    });
});

describe("who stands for a company", () => {
    it("changes with one PUT, without a change of owner, and drifts as exactly that", async () => {
        await domain.up(shop());
        gandi.writes();
        const inputs = shop({ ...COMPANY, given: "Bob" });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT /domain/domains/${fqdn}/contacts/owner`]);
        expect(registered()).toMatchObject({ owner: { given: "Bob", family: "Doe" }, changeOwner: null });
        gandi.sandbox.editDomain(fqdn, { owner: { ...registered().owner, family: "Roe" } });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.owner).toEqual({ ...COMPANY, given: "Bob", family: "Roe" });
        await domain.up(inputs);
        expect(registered().owner).toMatchObject({ given: "Bob", family: "Doe" });
        await expect(domain.preview(inputs)).resolves.toBe("same");
    });

    it("is never sent of an individual, whose names are the owner's", async () => {
        await domain.up(shop(PERSON));
        gandi.sandbox.clearRequests();
        await domain.up(shop({ ...PERSON, city: "Lyon" }));
        expect(Object.keys(sent("PUT")[0])).not.toEqual(expect.arrayContaining(["given"]));
        await expect(domain.reasons(shop({ ...PERSON, given: "Bob" }))).resolves.toEqual([
            expect.stringMatching(/^owner\.given: can't change/),
        ]);
    });
});

describe("an individual's data that are not to be hidden", () => {
    it.each(["owner", "admin"])(
        "are warned of for the %s, waited for in vain by nobody, and no drift",
        async (role) => {
            const open = { ...PERSON, dataObfuscated: false };
            const inputs = shop(PERSON, { [role]: open });
            await domain.up(inputs);
            await gandi.lines.matching(
                new RegExp(`^warning: Domain ${fqdn}: ${role}\\.dataObfuscated: false has no effect`),
            );
            await expect(domain.preview(inputs)).resolves.toBe("same");
            await expect(domain.refresh()).resolves.toBe("same");
            await domain.up(shop(PERSON, { [role]: { ...open, city: "Lyon" } }));
            await expect(domain.refresh()).resolves.toBe("same");
        },
    );
});

describe("automatic renewal that is off", () => {
    it("counts by that alone, and needs no call where it never was on", async () => {
        const inputs = shop(COMPANY, { autorenew: { enabled: false, duration: 3 } });
        await domain.up(inputs);
        expect(sent("PATCH")).toEqual([]);
        await expect(domain.preview(inputs)).resolves.toBe("same");
        await expect(domain.refresh()).resolves.toBe("same");
        gandi.sandbox.editDomain(fqdn, { autorenew: { duration: 5 } });
        await expect(domain.refresh()).resolves.toBe("same");
        await expect(domain.preview(shop(COMPANY, { autorenew: { enabled: false } }))).resolves.toBe("same");
    });

    it("is as declared where Gandi has no record of it", async () => {
        await domain.up(shop(COMPANY, { autorenew: { enabled: true } }));
        const body = { code: 400, message: "This product has no autorenew record", object: "x", cause: "y" };
        gandi.sandbox.addFault({ method: "PATCH", status: 400, body });
        // The sandbox has a record all the same, and goes on to show it.
        await domain.up(shop(COMPANY, { autorenew: { enabled: false } }), { unsettled: true });
        await expect(domain.up(shop(COMPANY, { autorenew: { enabled: true, duration: 2 } }))).rejects.toThrow(
            /no autorenew record/,
        );
    });
});
