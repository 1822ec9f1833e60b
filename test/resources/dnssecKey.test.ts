import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let dnssec: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let ksk: { domain: string; algorithm: number; type: string; publicKey: string };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `signed-${++count}.example`;
    ksk = { domain, algorithm: 13, type: "ksk", publicKey: PUBLIC_KEY };
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    dnssec = gandi.life("DnssecKey");
});

const PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
/** The same one as `dig` prints it. */
const IN_PIECES = "mdsswUyr3DPW132mOi8V9xESWE8jTo0d xCjjnopKl+GqJxpVXckHAeF+\n\tKkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
const OTHER_KEY = "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";
const keys = () => gandi.sandbox.state.domain(domain)!.dnskeys;
const edit = (change: object) =>
    gandi.sandbox.editDomain(domain, { dnskeys: keys().map((key) => ({ ...key, ...change })) });
/** The list as registries give it that do not repeat the public key. */
const withoutPublicKeys = () => edit({ public_key: undefined });

describe("DnssecKey", () => {
    it("is added once, and left alone by the second run (promise 3)", async () => {
        await dnssec.up(ksk);
        expect(keys()).toEqual([expect.objectContaining({ algorithm: 13, type: "ksk", public_key: PUBLIC_KEY })]);
        const [key] = keys();
        expect(dnssec.state?.id).toBe(`${domain}/${key!.id}`);
        expect(dnssec.state?.outputs).toMatchObject({ keyTag: key!.keytag, digest: key!.digest, digestType: 2 });
        expect(gandi.writes()).toEqual([`POST /domain/domains/${domain}/dnskeys`]);
        await expect(dnssec.preview(ksk)).resolves.toBe("same");
        await expect(dnssec.refresh()).resolves.toBe("same");
        await expect(dnssec.preview(ksk)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("counts neither white space nor padding in the key, and no spelling of the domain (promise 3)", async () => {
        const spelled = { ...ksk, domain: `${domain.toUpperCase()}.`, publicKey: IN_PIECES };
        await dnssec.up(spelled);
        expect(keys()[0]).toMatchObject({ public_key: PUBLIC_KEY });
        await expect(dnssec.refresh()).resolves.toBe("same");
        expect(dnssec.state?.inputs).toMatchObject(spelled);
        await expect(dnssec.preview(ksk)).resolves.toBe("same");
        await expect(dnssec.preview({ ...ksk, publicKey: PUBLIC_KEY.replace("==", "") })).resolves.toBe("same");
    });

    it.each([
        ["another key", { publicKey: OTHER_KEY }],
        ["another algorithm", { algorithm: 14 }],
        ["another type", { type: "zsk" }],
    ])("is replaced by %s, and the old one goes", async (_what, change) => {
        await dnssec.up(ksk);
        const old = dnssec.state?.id;
        await expect(dnssec.up({ ...ksk, ...change })).resolves.toBe("replace");
        expect(dnssec.state?.id).not.toBe(old);
        const { publicKey, ...rest } = { ...ksk, ...change };
        const { domain: _domain, ...wanted } = rest;
        expect(keys()).toEqual([expect.objectContaining({ ...wanted, public_key: publicKey })]);
        await expect(dnssec.refresh()).resolves.toBe("same");
    });

    it("comes before the old one goes, so that the chain of trust holds", async () => {
        await dnssec.up(ksk);
        gandi.writes();
        await dnssec.up({ ...ksk, publicKey: OTHER_KEY });
        expect(gandi.writes().map((write) => write.split(" ")[0])).toEqual(["POST", "DELETE"]);
    });

    it("is replaced by that of another domain, and the old one goes", async () => {
        const other = `other-${domain}`;
        gandi.sandbox.addDomain({ fqdn: other });
        await dnssec.up(ksk);
        await expect(dnssec.up({ ...ksk, domain: other })).resolves.toBe("replace");
        expect(keys()).toEqual([]);
        expect(gandi.sandbox.state.domain(other)!.dnskeys).toMatchObject([{ public_key: PUBLIC_KEY }]);
    });

    it("is removed, also when somebody was faster (promise 5)", async () => {
        await dnssec.up(ksk);
        const state = dnssec.state;
        await dnssec.destroy();
        expect(keys()).toEqual([]);
        gandi.writes();
        dnssec.state = state;
        await dnssec.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("never takes another key with it that got its id", async () => {
        await dnssec.up(ksk);
        edit({ public_key: OTHER_KEY });
        await dnssec.destroy();
        expect(keys()).toHaveLength(1);
    });

    it.each([
        ["the algorithm", { algorithm: 8 }],
        ["the type", { type: "zsk" as const }],
    ])("sees drift of %s as exactly that field, and repairs it (promise 4)", async (_what, change) => {
        await dnssec.up(ksk);
        edit(change);
        await expect(dnssec.refresh()).resolves.toBe("changed");
        expect(dnssec.state?.inputs).toMatchObject({ ...ksk, ...change });
        await expect(dnssec.up(ksk)).resolves.toBe("replace");
        expect(keys()).toEqual([expect.objectContaining({ algorithm: 13, type: "ksk", public_key: PUBLIC_KEY })]);
        await expect(dnssec.refresh()).resolves.toBe("same");
    });

    it("is found again under another id, and removed under it", async () => {
        await dnssec.up(ksk);
        edit({ id: 4711 });
        await expect(dnssec.refresh()).resolves.toBe("same");
        await dnssec.destroy();
        expect(keys()).toEqual([]);
    });

    it("drops from the state what is gone while its domain answers, and adds it again", async () => {
        await dnssec.up(ksk);
        gandi.sandbox.editDomain(domain, { dnskeys: [] });
        await expect(dnssec.refresh()).resolves.toBe("gone");
        await expect(dnssec.up(ksk)).resolves.toBe("create");
        expect(keys()).toHaveLength(1);
    });

    it("is gone where another public key stands under its id", async () => {
        await dnssec.up(ksk);
        edit({ public_key: OTHER_KEY });
        await expect(dnssec.refresh()).resolves.toBe("gone");
    });

    it("takes the same key that is there for its own, of a run that was killed before it saved (promise 5)", async () => {
        await dnssec.up(ksk);
        const id = dnssec.state?.id;
        gandi.writes();
        await dnssec.createAgain({ ...ksk, publicKey: IN_PIECES });
        expect(gandi.writes()).toEqual([]);
        expect(dnssec.state?.id).toBe(id);
    });

    it("can be read by its id without being managed", async () => {
        await dnssec.up(ksk);
        const { id } = dnssec.state!;
        await expect(dnssec.get(id.toUpperCase())).resolves.toMatchObject({
            id,
            outputs: { ...ksk, keyTag: keys()[0]!.keytag },
        });
        await expect(dnssec.get(`${domain}/999999`)).rejects.toThrow(`there is no DnssecKey ${domain}/999999`);
        await expect(dnssec.get(domain)).rejects.toThrow("write domain/key id");
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await dnssec.up(ksk);
        await dnssec.recreate(ksk);
        expect(keys()).toHaveLength(1);
        await gandi.lines.matching(/: still declared/);
    });

    it.each([
        ["time limits", () => ({ timeouts: { delete: "20m" } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await dnssec.up(ksk);
        gandi.sandbox.clearRequests();
        await expect(dnssec.up({ ...ksk, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        await expect(dnssec.refresh()).resolves.toBe("same");
    });
});

describe("a list that leaves the public keys out", () => {
    it("is searched by the digest of the DS record", async () => {
        await dnssec.up(ksk);
        const { id } = dnssec.state!;
        withoutPublicKeys();
        await expect(dnssec.refresh()).resolves.toBe("same");
        await dnssec.createAgain(ksk);
        expect(dnssec.state?.id).toBe(id);
        await dnssec.destroy();
        expect(keys()).toEqual([]);
    });

    it("is searched by the key tag where the digest is of an unknown kind", async () => {
        await dnssec.up(ksk);
        edit({ public_key: undefined, digest: "00", digest_type: 3 });
        await dnssec.createAgain(ksk);
        expect(keys()).toHaveLength(1);
    });

    it("shows another key as another key", async () => {
        await dnssec.up(ksk);
        withoutPublicKeys();
        const other = gandi.life("DnssecKey");
        await other.up({ ...ksk, publicKey: OTHER_KEY });
        expect(keys()).toHaveLength(2);
    });
});

describe("a registry that takes its time", () => {
    it("adds several keys of a domain one after the other, and waits for each", async () => {
        const slow = await startGandi({ delays: { operation: 60 } });
        try {
            slow.sandbox.addDomain({ fqdn: domain });
            const algorithms = [8, 13, 15];
            const lives = algorithms.map(() => slow.life("DnssecKey"));
            await Promise.all(lives.map((one, i) => one.up({ ...ksk, algorithm: algorithms[i] }, { unsettled: true })));
            const added = slow.sandbox.state.domain(domain)!.dnskeys;
            expect(added.map(({ algorithm }) => algorithm).sort((a, b) => a - b)).toEqual(algorithms);
            const refused = slow.sandbox.requests().filter(({ method, status }) => method === "POST" && status !== 202);
            expect(refused).toEqual([]);
            await Promise.all(lives.map((one) => one.destroy()));
            expect(slow.sandbox.state.domain(domain)!.dnskeys).toEqual([]);
        } finally {
            await slow.close();
        }
    });

    it("leaves a key pending when the time is up, which a refresh ends, and nothing is added twice", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/domain/domains/*/dnskeys" });
        const hasty = { ...ksk, timeouts: { create: 0.2 } };
        await dnssec.up(hasty, { unsettled: true });
        expect(dnssec.state?.outputs).toMatchObject({ ...ksk, pending: true });
        gandi.writes();
        await expect(dnssec.up(hasty, { unsettled: true })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
        gandi.sandbox.clearFaults();
        await dnssec.refresh();
        expect(dnssec.state).toMatchObject({ id: `${domain}/${keys()[0]!.id}` });
        expect(dnssec.state?.outputs).not.toHaveProperty("pending");
        expect(keys()).toHaveLength(1);
    });

    it("is waited for when it is busy with another operation", async () => {
        const body = { code: 409, message: "Another operation is already in progress on this domain" };
        gandi.sandbox.addFault({ method: "POST", status: 409, body, times: 2 });
        await dnssec.up(ksk);
        expect(keys()).toHaveLength(1);
    });

    it("adds one key when an answer is lost (promise 9)", async () => {
        gandi.sandbox.addFault({ method: "POST", kind: "drop-after", times: 1 });
        await dnssec.up(ksk);
        expect(keys()).toHaveLength(1);
    });

    it("saves nothing when the API refuses", async () => {
        const errors = [{ location: "body", name: "algorithm", description: "not at this registry" }];
        gandi.sandbox.addFault({ method: "POST", status: 400, body: { status: "error", errors } });
        await expect(dnssec.up(ksk)).rejects.toThrow(/algorithm: not at this registry/);
        expect(dnssec.state).toBeUndefined();
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: dnssec, inputs: ksk, domain }));
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: dnssec, good: ksk }),
        [
            ["no algorithm", { algorithm: undefined }, /^algorithm: is required/],
            ["an algorithm out of range", { algorithm: 256 }, /^algorithm: .*whole number from 0 to 255/],
            ["a negative algorithm", { algorithm: -1 }, /^algorithm: .*whole number from 0 to 255/],
            ["half an algorithm", { algorithm: 8.5 }, /^algorithm: .*whole number from 0 to 255/],
            ["an algorithm by its name", { algorithm: "ECDSAP256SHA256" }, /^algorithm: .*whole number from 0 to 255/],
            ["no type", { type: undefined }, /^type: /],
            ["an unknown type", { type: "csk" }, /^type: must be "ksk", "zsk" or "none"/],
            ["a type by its flags", { type: 257 }, /^type: must be "ksk", "zsk" or "none"/],
            ["no key", { publicKey: undefined }, /^publicKey: is required/],
            ["a key in a list", { publicKey: [PUBLIC_KEY] }, /^publicKey: must be text, not /],
            ["an empty key", { publicKey: " " }, /^publicKey: is no base64/],
            ["a key that is no base64", { publicKey: "not-a-key" }, /^publicKey: is no base64/],
            ["a key that is cut off", { publicKey: PUBLIC_KEY.slice(0, 21) }, /^publicKey: is no base64, or cut off/],
            ["a whole DNSKEY record", { publicKey: `257 3 13 ${PUBLIC_KEY}` }, /^publicKey: .*"mdsswUyr3DPW…"/],
            [
                "the digest of a DS record",
                { publicKey: "2BB183AF5F22588179A53B0A98631FAD1A292118" },
                /^publicKey: .*digest of a DS/,
            ],
            ["a private key", { publicKey: "Private-key-format: v1.3" }, /^publicKey: this is a private key/],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: 7 }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["a misspelled property", { publickey: "AAAA" }, /^publickey: .*did you mean publicKey/],
        ],
    );
});
