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
    gandi.lines.clear();
    domain = gandi.life("Domain");
});

/** From now on Gandi leaves these keys out of the domain's details, or answers null. */
async function leavesOut(fqdn: string, edit: Record<string, null | undefined>): Promise<void> {
    const headers = { authorization: `Bearer ${gandi.sandbox.token}` };
    const answer = await fetch(`${gandi.sandbox.url}/v5/domain/domains/${fqdn}`, { headers });
    const body = { ...((await answer.json()) as object), ...edit };
    gandi.sandbox.addFault({ method: "GET", path: `/domain/domains/${fqdn}`, status: 200, body });
}

const shop = (fqdn: string, more: object = {}) => ({ fqdn, maxPrice: 20, owner, ...more });

describe("A Domain whose details lack what the document promises", () => {
    it.each(["autorenew", "status", "nameservers", "contacts", "dates", "sharing_space", "fqdn"])(
        "is read as it was: %s",
        async (key) => {
            const fqdn = `lacks-${key.replace("_", "-")}.com`;
            await domain.up(shop(fqdn));
            for (const nothing of [null, undefined]) {
                gandi.sandbox.clearFaults();
                await leavesOut(fqdn, { [key]: nothing });
                await expect(domain.refresh()).resolves.toBe("same");
                await expect(domain.get(fqdn)).resolves.toMatchObject({ id: fqdn });
                await expect(domain.up(shop(fqdn))).resolves.toBe("same");
            }
        },
    );

    it("is changed with one request where the answer does not show the contacts", async () => {
        const fqdn = "unseen-contacts.com";
        await domain.up(shop(fqdn, { admin: owner }));
        await leavesOut(fqdn, { contacts: null });
        gandi.writes();
        await domain.up(shop(fqdn, { admin: { ...owner, city: "Lyon" } }));
        expect(gandi.writes()).toEqual([`PATCH /domain/domains/${fqdn}/contacts`]);
        await expect(domain.refresh()).resolves.toBe("same");
        gandi.sandbox.clearFaults();
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("is not taken for an interrupted order's where nobody can tell its owner (promise 2)", async () => {
        gandi.sandbox.addDomain({ fqdn: "whose.com", owner });
        await leavesOut("whose.com", { contacts: null });
        await expect(domain.reasons(shop("whose.com"))).resolves.toEqual([
            expect.stringMatching(/is in this account already.*adopt: true/),
        ]);
    });
});

it("What Gandi warns of in the dry run of an order is shown, and the order goes on", async () => {
    gandi.sandbox.addFault({
        method: "POST",
        path: "/domain/domains",
        times: 1,
        status: 200,
        headers: { warning: '299 - "The prepaid account is nearly empty"' },
        body: { status: "success" },
    });
    await domain.up(shop("warned.com"));
    await gandi.lines.matching(/^warned\.com: Gandi warns: The prepaid account is nearly empty$/);
    expect(gandi.sandbox.state.domain("warned.com")).toBeDefined();
});
