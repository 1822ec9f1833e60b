import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let delegation: Life;
let count = 0;
/** Another one for each test: a process takes for declared what it has been asked to check. */
let domain: string;
let own: { domain: string; nameservers: string[] };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `delegated-${++count}.example`;
    own = { domain, nameservers: ["ns1.example.net", "ns2.example.net"] };
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    delegation = gandi.life("Nameservers");
});

const there = () => gandi.sandbox.state.domain(domain)!.nameservers;
const set = (nameservers: string[]) => gandi.sandbox.editDomain(domain, { nameservers });
const onLiveDns = () => there().every((name) => name.endsWith(".gandi.net"));
const key = {
    id: 7,
    algorithm: 13,
    type: "ksk",
    keytag: 2371,
    digest: "ab",
    digest_type: 2,
    public_key: "AAAA",
} as const;
const sign = () => gandi.sandbox.editDomain(domain, { dnskeys: [key] });

describe("Nameservers", () => {
    it("are set once, and left alone by the second run (promise 3)", async () => {
        await delegation.up(own);
        expect(there()).toEqual(["ns1.example.net", "ns2.example.net"]);
        expect(delegation.state?.id).toBe(domain);
        expect(gandi.writes()).toEqual([`PUT /domain/domains/${domain}/nameservers`]);
        await expect(delegation.preview(own)).resolves.toBe("same");
        await expect(delegation.refresh()).resolves.toBe("same");
        await expect(delegation.preview(own)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("change with one PUT", async () => {
        await delegation.up(own);
        gandi.writes();
        const more = { ...own, nameservers: ["ns2.example.net", "ns3.example.net", "ns4.example.net"] };
        await expect(delegation.up(more)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT /domain/domains/${domain}/nameservers`]);
        expect(there()).toEqual(["ns2.example.net", "ns3.example.net", "ns4.example.net"]);
    });

    it("count neither in order, nor in case, nor by their final dot (promise 3)", async () => {
        const spelled = { domain: `${domain.toUpperCase()}.`, nameservers: ["NS2.Example.NET.", "ns1.bücher.example"] };
        await delegation.up(spelled);
        expect(there()).toEqual(["ns1.xn--bcher-kva.example", "ns2.example.net"]);
        gandi.sandbox.addFault({ kind: "respell", path: "/domain/*" });
        await expect(delegation.refresh()).resolves.toBe("same");
        expect(delegation.state?.inputs).toMatchObject(spelled);
        const respelled = { domain, nameservers: ["ns1.xn--bcher-kva.example.", "ns2.example.net"] };
        await expect(delegation.preview(respelled)).resolves.toBe("same");
    });

    it("are replaced by those of another domain, and the old delegation stays", async () => {
        const other = `other-${domain}`;
        gandi.sandbox.addDomain({ fqdn: other });
        await delegation.up(own);
        await expect(delegation.up({ ...own, domain: other })).resolves.toBe("replace");
        expect(there()).toEqual(own.nameservers);
        expect(gandi.sandbox.state.domain(other)!.nameservers).toEqual(own.nameservers);
    });

    it.each([
        ["time limits", () => ({ timeouts: { update: "20m" } })],
        ["name of their organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
        ["word for DNSSEC", () => ({ dnssec: "ignore" })],
        ["deletion policy", () => ({ deletionPolicy: "livedns" })],
    ])("take a change of their %s without a call", async (_what, change) => {
        await delegation.up(own);
        gandi.sandbox.clearRequests();
        await expect(delegation.up({ ...own, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(delegation.state?.outputs).toMatchObject(change());
    });

    it.each([
        ["another nameserver", ["ns1.example.net", "ns9.example.net"]],
        ["one more nameserver", ["ns1.example.net", "ns2.example.net", "ns9.example.net"]],
        ["one nameserver less", ["ns1.example.net"]],
    ])("show drift to %s as exactly that field, and are repaired (promise 4)", async (_what, nameservers) => {
        await delegation.up(own);
        set(nameservers);
        await expect(delegation.refresh()).resolves.toBe("changed");
        expect(delegation.state?.inputs).toMatchObject({ ...own, nameservers });
        await expect(delegation.up(own)).resolves.toBe("update");
        expect(there()).toEqual(own.nameservers);
        await expect(delegation.refresh()).resolves.toBe("same");
    });

    it("are taken into the state in one spelling where the program has none for them", async () => {
        await delegation.up(own);
        set(["NS1.Example.NET", "NS9.Example.NET"]);
        await expect(delegation.refresh()).resolves.toBe("changed");
        expect(delegation.state?.inputs).toMatchObject({ nameservers: ["ns1.example.net", "ns9.example.net"] });
    });

    it("are recognised by the run after one that was killed before it saved (promise 5)", async () => {
        await delegation.up(own);
        gandi.writes();
        await delegation.createAgain(own);
        expect(gandi.writes()).toEqual([]);
    });

    it("are not taken from others, unless told to adopt them (promise 2)", async () => {
        set(["ns1.other.example", "ns2.other.example"]);
        await expect(delegation.up(own)).rejects.toThrow(/elsewhere already: to ns1\.other\.example.*adopt: true/);
        expect(delegation.state).toBeUndefined();
        expect(there()).toEqual(["ns1.other.example", "ns2.other.example"]);
        await delegation.up({ ...own, adopt: true });
        expect(there()).toEqual(own.nameservers);
        gandi.writes();
        await expect(delegation.up(own)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("can be read by the domain without being managed", async () => {
        set(["ns1.other.example"]);
        await expect(delegation.get(`${domain.toUpperCase()}.`)).resolves.toMatchObject({
            id: domain,
            outputs: { domain, nameservers: ["ns1.other.example"] },
        });
        await expect(delegation.get("not a domain")).rejects.toThrow("not a domain");
        await expect(delegation.get("nobodys.example")).rejects.toThrow(/may not see/);
    });

    it("of a lost domain are gone where gandi:goneDomains says so, and switched back no more", async () => {
        const livedns = { ...own, deletionPolicy: "livedns" };
        await delegation.up(livedns);
        gandi.sandbox.removeDomain(domain);
        const runs = gandi.runs({
            "gandi:personalAccessToken": gandi.sandbox.token,
            "gandi:goneDomains": domain,
        });
        try {
            const lost = delegation.under(runs);
            await expect(lost.refresh()).resolves.toBe("gone");
            await delegation.under({ ...runs, destroying: runs.later }).destroy();
        } finally {
            await runs.close();
        }
    });

    it("of a second account are set with its own token", async () => {
        gandi.sandbox.addDomain({ fqdn: domain, organization: "second" });
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
        try {
            const others = delegation.under(runs);
            await others.up(own);
            expect(there()).toEqual(own.nameservers);
        } finally {
            await runs.close();
        }
    });
});

describe("destroying Nameservers", () => {
    it("leaves the delegation as it is, and says so (promise 2)", async () => {
        await delegation.up(own);
        gandi.writes();
        await delegation.destroy();
        expect(gandi.writes()).toEqual([]);
        expect(there()).toEqual(own.nameservers);
        await gandi.lines.matching(/its nameservers stay as they are/);
    });

    it('switches back to LiveDNS with deletionPolicy "livedns", which may be declared later', async () => {
        await delegation.up(own);
        gandi.writes();
        await expect(delegation.up({ ...own, deletionPolicy: "livedns" })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
        const state = delegation.state;
        await delegation.destroy();
        expect(gandi.writes()).toEqual([`POST /domain/domains/${domain}/livedns`]);
        expect(onLiveDns()).toBe(true);
        delegation.state = state;
        await delegation.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("changes nothing when they are renamed, moved or tainted", async () => {
        const livedns = { ...own, deletionPolicy: "livedns" };
        await delegation.up(livedns);
        await delegation.recreate(livedns);
        expect(there()).toEqual(own.nameservers);
        await gandi.lines.matching(/: still declared/);
    });
});

describe("a domain with DNSSEC keys at the registry", () => {
    const refused = /key tag 2371 \(algorithm 13\).*dnssec: "ignore"/;

    it("is not delegated elsewhere", async () => {
        sign();
        await expect(delegation.up(own)).rejects.toThrow(refused);
        expect(delegation.state).toBeUndefined();
        expect(onLiveDns()).toBe(true);
    });

    it("is not delegated to other nameservers later", async () => {
        await delegation.up(own);
        sign();
        gandi.writes();
        await expect(delegation.up({ ...own, nameservers: ["ns3.example.net"] })).rejects.toThrow(refused);
        expect(gandi.writes()).toEqual([]);
        await expect(delegation.up(own)).resolves.toBe("same");
    });

    it("is not switched back to LiveDNS", async () => {
        await delegation.up({ ...own, deletionPolicy: "livedns" });
        sign();
        await expect(delegation.destroy()).rejects.toThrow(refused);
        expect(there()).toEqual(own.nameservers);
    });

    it('is delegated with dnssec: "ignore"', async () => {
        sign();
        await delegation.up({ ...own, dnssec: "ignore" });
        expect(there()).toEqual(own.nameservers);
    });
});

describe("a registry that takes its time", () => {
    it("leaves nameservers pending when the time is up, which a refresh ends", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/domain/domains/*/nameservers" });
        const hasty = { ...own, timeouts: { create: 0.2 } };
        await delegation.up(hasty, { unsettled: true });
        expect(delegation.state).toMatchObject({ id: domain, outputs: { ...own, pending: true } });
        gandi.writes();
        await expect(delegation.refresh()).resolves.toBe("same");
        await expect(delegation.up(hasty, { unsettled: true })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
        gandi.sandbox.clearFaults();
        await delegation.refresh();
        expect(delegation.state?.outputs).not.toHaveProperty("pending");
        await expect(delegation.preview(hasty)).resolves.toBe("same");
    });

    it("is waited for when it is busy with another operation", async () => {
        const body = { code: 409, message: "Another operation is already in progress on this domain" };
        gandi.sandbox.addFault({ method: "PUT", status: 409, body, times: 2 });
        await delegation.up(own);
        expect(there()).toEqual(own.nameservers);
        await gandi.lines.matching(/now: .*another operation is under way/);
    });

    it("saves nothing when the API refuses", async () => {
        const errors = [{ location: "body", name: "nameservers.0", description: "does not answer" }];
        gandi.sandbox.addFault({ method: "PUT", status: 400, body: { status: "error", errors } });
        await expect(delegation.up(own)).rejects.toThrow(/nameservers\.0: does not answer/);
        expect(delegation.state).toBeUndefined();
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: delegation, inputs: { ...own, deletionPolicy: "livedns" }, domain }));
});

describe("bad input (promise 8)", () => {
    const many = Array.from({ length: 14 }, (_, i) => `ns${i}.example.net`);

    refusesBadInput(
        () => ({ gandi, life: delegation, good: own }),
        [
            ["a missing property", { nameservers: undefined }, /^nameservers: is required/],
            ["no nameservers", { nameservers: [] }, /^nameservers: empty/],
            ["too many nameservers", { nameservers: many }, /^nameservers: .*13 nameservers at most/],
            ["nameservers that are no list", { nameservers: "ns1.example.net" }, /^nameservers: must be a list, not /],
            ["a nameserver that is no text", { nameservers: [7] }, /^nameservers\[0\]: must be text, not /],
            ["an address", { nameservers: ["192.0.2.1"] }, /^nameservers\[0\]: .*IP address/],
            ["a name of one label", { nameservers: ["ns1"] }, /^nameservers\[0\]: .*two labels/],
            [
                "the same nameserver twice",
                { nameservers: ["ns1.example.net", "NS1.example.net."] },
                /^nameservers\[1\]: .*same nameserver as "ns1\.example\.net"/,
            ],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: true }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["an adoption that is neither yes nor no", { adopt: 1 }, /^adopt: must be true or false, not /],
            ["an unknown policy", { deletionPolicy: "delete" }, /^deletionPolicy: must be "retain" or "livedns"/],
            ["an unknown word for DNSSEC", { dnssec: "no" }, /^dnssec: must be "check" or "ignore"/],
            ["a misspelled property", { nameserver: ["ns1.example.net"] }, /^nameserver: .*did you mean nameservers/],
        ],
    );
});
