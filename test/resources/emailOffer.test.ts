import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let offer: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let signed: { domain: string; antispam: boolean; dkim: boolean };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `offer-${++count}.example`;
    signed = { domain, antispam: true, dkim: true };
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    offer = gandi.life("EmailOffer");
});

const there = (fqdn = domain) => gandi.sandbox.state.domain(fqdn)!.emailOffer;
const set = (emailOffer: { antispam?: "active" | "inactive" | "mixed"; dkim?: "active" | "inactive" } | null) =>
    gandi.sandbox.editDomain(domain, { emailOffer });
const dkimRecords = () =>
    gandi.sandbox.state
        .zone(domain)!
        .rrsets.filter(({ name }) => name.toLowerCase().endsWith("._domainkey"))
        .map(({ name, type, values }) => `${name} ${type} ${values}`);
const OWN = ["gm1", "gm2", "gm3"].map((selector) => `${selector}._domainkey CNAME ${selector}.gandimail.net.`);

describe("EmailOffer", () => {
    it("is set with one PATCH, and left alone by the second run (promise 3)", async () => {
        await offer.up({ ...signed, antispam: false });
        expect(there()).toEqual({ status: "active", version: 3, antispam: "inactive", dkim: "active" });
        expect(offer.state).toMatchObject({ id: domain, outputs: { status: "active", version: 3 } });
        expect(gandi.writes()).toEqual([`PATCH /email/offers/${domain}`]);
    });

    it("is taken as it is where it is as wanted, in whatever spelling of the domain", async () => {
        await offer.up({ domain: `${domain.toUpperCase()}.`, antispam: true, dkim: false });
        expect(offer.state?.id).toBe(domain);
        expect(gandi.writes()).toEqual([]);
    });

    it("says in preview that DKIM writes DNS, and has Gandi write it", async () => {
        await offer.preview(signed);
        await gandi.lines.matching(/DKIM goes on.*LiveDNS.*CNAMEs gm1\._domainkey, gm2\._domainkey, gm3\._domainkey/);
        expect(gandi.writes()).toEqual([]);
        await offer.up(signed);
        expect(dkimRecords()).toEqual(OWN);
    });

    it("manages no DKIM that it is not given, and keeps it at each change", async () => {
        set({ dkim: "active" });
        await offer.up({ domain, antispam: false });
        expect(there()).toMatchObject({ antispam: "inactive", dkim: "active" });
        expect(offer.state?.outputs).not.toHaveProperty("dkim");
        set({ dkim: "inactive" });
        await expect(offer.refresh()).resolves.toBe("same");
        await expect(offer.preview({ domain, antispam: false })).resolves.toBe("same");
    });

    it.each([
        ["antispam", { antispam: false }, { antispam: "inactive", dkim: "active" }],
        ["DKIM", { dkim: false }, { antispam: "active", dkim: "inactive" }],
    ])("changes %s with one PATCH, and the other stays", async (_what, change, seen) => {
        await offer.up(signed);
        gandi.writes();
        await expect(offer.up({ ...signed, ...change })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH /email/offers/${domain}`]);
        expect(there()).toMatchObject(seen);
    });

    it("says that the records of DKIM may stay when it goes off", async () => {
        await offer.up(signed);
        await offer.up({ ...signed, dkim: false });
        await gandi.lines.matching(/DKIM goes off; the CNAMEs .* may stay/);
        expect(dkimRecords()).toEqual(OWN);
    });

    it("is replaced by that of another domain, and the old one stays as it is", async () => {
        const other = `other-${domain}`;
        gandi.sandbox.addDomain({ fqdn: other });
        await offer.up({ domain, antispam: false });
        await expect(offer.up({ domain: other, antispam: false })).resolves.toBe("replace");
        expect([there()?.antispam, there(other)?.antispam]).toEqual(["inactive", "inactive"]);
    });

    it("leaves all as it is when it is destroyed, and says so", async () => {
        await offer.up({ ...signed, antispam: false });
        const before = there();
        gandi.writes();
        await offer.destroy();
        expect(there()).toEqual(before);
        expect(gandi.writes()).toEqual([]);
        await gandi.lines.matching(/its e-mail offer stays as it is/);
    });

    it.each([
        ["antispam", { antispam: "inactive" } as const, { antispam: false, dkim: true }],
        ["DKIM", { dkim: "inactive" } as const, { antispam: true, dkim: false }],
    ])("sees drift of %s as exactly that field, and repairs it (promise 4)", async (_what, edit, seen) => {
        await offer.up(signed);
        set(edit);
        await expect(offer.refresh()).resolves.toBe("changed");
        expect(offer.state!.inputs).toMatchObject({ domain, ...seen });
        await expect(offer.up(signed)).resolves.toBe("update");
        expect(there()).toMatchObject({ antispam: "active", dkim: "active" });
    });

    it.each([true, false])(
        "reads antispam that differs from mailbox to mailbox as neither on nor off: %s differs",
        async (antispam) => {
            await offer.up({ domain, antispam });
            set({ antispam: "mixed" });
            await expect(offer.refresh()).resolves.toBe("changed");
            expect(offer.state!.inputs).not.toHaveProperty("antispam");
            await expect(offer.up({ domain, antispam })).resolves.toBe("update");
            expect(there()?.antispam).toBe(antispam ? "active" : "inactive");
        },
    );

    it("is dropped from the state when its domain has no offer any more, and can't be made (promise 4)", async () => {
        await offer.up(signed);
        set(null);
        await expect(offer.refresh()).resolves.toBe("gone");
        await expect(offer.up({ domain, antispam: true })).rejects.toThrow(/has no offer of Gandi's Email API/);
        expect(await offer.reasons(signed)).toEqual([expect.stringMatching(/has no offer of Gandi's Email API/)]);
        expect(offer.state).toBeUndefined();
    });

    it("goes on with what a run did that was killed before it saved (promise 5)", async () => {
        await offer.up(signed);
        gandi.writes();
        await offer.createAgain(signed);
        expect(gandi.writes()).toEqual([]);
        expect(offer.state?.id).toBe(domain);
    });

    it.each([
        ["antispam that differs from mailbox to mailbox", { antispam: "mixed" } as const, /for some mailboxes/],
        ["DKIM that is on", { dkim: "active" } as const, /its DKIM is on/],
    ])("does not take over %s, unless told to adopt it (promise 2)", async (_what, edit, reason) => {
        set(edit);
        const off = { domain, antispam: true, dkim: false };
        await expect(offer.up(off)).rejects.toThrow(reason);
        expect(offer.state).toBeUndefined();
        expect(gandi.writes()).toEqual([]);
        await offer.up({ ...off, adopt: true });
        expect(there()).toMatchObject({ antispam: "active", dkim: "inactive" });
    });

    it("refuses in preview to let DKIM overwrite what stands at its names, unless told to adopt it (promise 2)", async () => {
        gandi.sandbox.setRRset(domain, { name: "GM2._domainkey", type: "TXT", values: ['"v=DKIM1; p=abc"'] });
        expect(await offer.reasons(signed)).toEqual([
            expect.stringMatching(/^dkim: .*overwrite what stands at its names: GM2\._domainkey TXT.*adopt: true/),
        ]);
        await offer.up({ domain, antispam: true });
        await expect(offer.up(signed)).rejects.toThrow(/GM2\._domainkey TXT/);
        expect(dkimRecords()).toEqual(['GM2._domainkey TXT "v=DKIM1; p=abc"']);
        await offer.up({ ...signed, adopt: true });
        expect(dkimRecords()).toEqual(OWN);
    });

    it("goes on with DKIM where its records stand already, and where the zone is elsewhere", async () => {
        for (const selector of ["gm1", "gm3"]) {
            const values = [`${selector}.GandiMail.net.`];
            gandi.sandbox.setRRset(domain, { name: `${selector}._domainkey`, type: "CNAME", values });
        }
        await offer.up(signed);
        expect(dkimRecords()).toEqual(OWN);
        const elsewhere = `elsewhere-${domain}`;
        gandi.sandbox.addDomain({ fqdn: elsewhere, livedns: false });
        await gandi.life("EmailOffer").up({ ...signed, domain: elsewhere });
        expect(there(elsewhere)?.dkim).toBe("active");
    });

    it("can be read by its id without being managed", async () => {
        await expect(offer.get(domain.toUpperCase())).resolves.toMatchObject({
            id: domain,
            outputs: { domain, antispam: true, status: "active", version: 3 },
        });
        set(null);
        await expect(offer.get(domain)).rejects.toThrow(`there is no EmailOffer ${domain}`);
    });

    it.each([
        ["time limits", () => ({ timeouts: { delete: "20m" } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await offer.up(signed);
        gandi.sandbox.clearRequests();
        await expect(offer.up({ ...signed, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("leaves what does not show in time partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/email/*" });
        await expect(offer.up({ ...signed, timeouts: { create: 0.05 } })).rejects.toThrow(
            /waiting for its e-mail offer/,
        );
        expect(offer.state?.id).toBe(domain);
        gandi.sandbox.clearFaults();
        gandi.writes();
        await expect(offer.up(signed)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["a lost connection", { kind: "drop-before" }],
        ["a lost answer", { kind: "drop-after" }],
        ["a server error", { status: 502 }],
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
    ] as const)("%s is waited out (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "PATCH", times: 1, ...fault });
        await offer.up(signed);
        expect(there()?.dkim).toBe("active");
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    it("plans nothing and forgets nothing", async () => {
        await offer.up(signed);
        const { state } = offer;
        gandi.sandbox.addDomain({ fqdn: domain, organization: "second" });
        gandi.writes();
        await expect(offer.refresh()).rejects.toThrow(/may not see.*404 on GET.*gandi:goneDomains/);
        await expect(offer.up({ ...signed, dkim: false })).rejects.toThrow(/404 on GET/);
        expect(offer.state).toEqual(state);
        expect(gandi.writes()).toEqual([]);
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: offer, good: { domain, antispam: true } }),
        [
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["no word on antispam", { antispam: undefined }, /^antispam: is required/],
            ["the API's word for antispam", { antispam: "active" }, /^antispam: must be true or false, not /],
            ["antispam for some", { antispam: "mixed" }, /^antispam: must be true or false, not /],
            ["DKIM that is neither on nor off", { dkim: "yes" }, /^dkim: must be true or false, not /],
            ["an adoption that is neither yes nor no", { adopt: 1 }, /^adopt: must be true or false, not /],
            ["a misspelled property", { antiSpam: true }, /^antiSpam: .*did you mean antispam/],
        ],
    );
});
