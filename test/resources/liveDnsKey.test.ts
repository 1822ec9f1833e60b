import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { ask } from "../sandbox/ask";

let gandi: Gandi;
let key: Life;
/** Each test has a zone of its own: what a provider process reads of one it shares for five seconds. */
let zone: string;
let ksk: { domain: string; flags: number };
let zones = 0;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    zone = `zone-${++zones}.example`;
    gandi.sandbox.addDomain({ fqdn: zone, zone: "" });
    ksk = { domain: zone, flags: 257 };
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    key = gandi.life("LiveDnsKey");
});

const path = () => `/v5/livedns/domains/${zone}/keys`;
const keys = () => gandi.sandbox.state.zone(zone)!.keys;
const live = () => keys().filter(({ deleted }) => !deleted);
const keyId = (life = key) => life.state!.id.split("/")[1]!;

async function byHand(method: "POST" | "DELETE" | "PATCH", id = "", body?: object): Promise<void> {
    await ask(gandi.sandbox, `${method} ${path()}${id && `/${id}`}`, { body });
}

describe("LiveDnsKey", () => {
    it("is made once, with what the registry needs to know of it, and left alone by the second run (promise 3)", async () => {
        await key.up(ksk);
        const [made] = keys();
        expect(keys()).toHaveLength(1);
        expect(key.state?.id).toBe(`${zone}/${made!.id}`);
        expect(key.state?.outputs).toMatchObject({
            ...ksk,
            algorithm: 13,
            publicKey: made!.publicKey,
            keyTag: expect.any(Number),
            ds: expect.stringMatching(new RegExp(`^${zone}\\. 3600 IN DS ${key.state!.outputs.keyTag} 13 2 `)),
        });
        gandi.writes();
        await expect(key.preview(ksk)).resolves.toBe("same");
        await expect(key.refresh()).resolves.toBe("same");
        await expect(key.preview({ ...ksk, domain: `${zone.toUpperCase()}.` })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("is replaced by other flags, and the old one is removed", async () => {
        await key.up(ksk);
        const old = keyId();
        await expect(key.up({ ...ksk, flags: 256 })).resolves.toBe("replace");
        expect(keys().find(({ id }) => id === old)?.deleted).toBe(true);
        expect(live()).toMatchObject([{ id: keyId(), flags: 256 }]);
    });

    it("is replaced by that of another zone, and the old one is removed", async () => {
        const other = `other-${zone}`;
        gandi.sandbox.addDomain({ fqdn: other, zone: "" });
        await key.up(ksk);
        await expect(key.up({ ...ksk, domain: other })).resolves.toBe("replace");
        expect(live()).toEqual([]);
        expect(gandi.sandbox.state.zone(other)!.keys).toMatchObject([{ id: keyId(), flags: 257, deleted: false }]);
    });

    it("is removed softly, also when somebody was faster (promise 5)", async () => {
        await key.up(ksk);
        const { state } = key;
        await key.destroy();
        expect(keys()).toMatchObject([{ deleted: true }]);
        key.state = { ...state!, id: `${zone}/0000-none` };
        await key.destroy();
        expect(key.state).toBeUndefined();
    });

    it("is dropped from the state when it was removed by hand, and brought back by the next run (promise 4)", async () => {
        await key.up(ksk);
        const id = keyId();
        await byHand("DELETE", id);
        await expect(key.refresh()).resolves.toBe("gone");
        await expect(key.up(ksk)).resolves.toBe("create");
        expect(live()).toMatchObject([{ id }]);
        await gandi.lines.matching(
            new RegExp(`${zone}: the key ${id} with flags 257, which was removed, is brought back`),
        );
    });

    it("is made anew where the API refuses to bring the removed one back", async () => {
        await key.up(ksk);
        const id = keyId();
        await byHand("DELETE", id);
        gandi.sandbox.addFault({ method: "PATCH", status: 400, body: { message: "This key can't be restored" } });
        await key.createAgain(ksk);
        expect(live()).toHaveLength(1);
        expect(keyId()).not.toBe(id);
    });

    it("goes on with the key that a killed run has made, and says so (promise 5)", async () => {
        await byHand("POST", "", { flags: 257 });
        await byHand("POST", "", { flags: 256 });
        const [ours] = keys();
        gandi.writes();
        await key.createAgain(ksk);
        expect(gandi.writes()).toEqual([]);
        expect(keyId()).toBe(ours!.id);
        await gandi.lines.matching(new RegExp(`the key ${ours!.id} with flags 257 is there already and is taken`));
    });

    it("takes none of several live keys, and says how to name the others'", async () => {
        await byHand("POST", "", { flags: 257 });
        await byHand("POST", "", { flags: 257 });
        const [first, second] = keys();
        await expect(key.up(ksk)).rejects.toThrow(
            `${zone} has 2 live keys with flags 257: ${first!.id}, ${second!.id}. Name those in alongside`,
        );
        expect(keys()).toHaveLength(2);
        await key.up({ ...ksk, alongside: [second!.id] });
        expect(keyId()).toBe(first!.id);
    });

    it("stands alongside another in a roll-over: a new key, no retired one", async () => {
        await byHand("POST", "", { flags: 257 });
        const [retired] = keys();
        await byHand("DELETE", retired!.id);
        await byHand("POST", "", { flags: 257 });
        await key.up(ksk);
        const next = gandi.life("LiveDnsKey");
        await next.up({ ...ksk, alongside: [key.state!.id] });
        expect(live().map(({ id }) => id)).toEqual([keyId(), keyId(next)]);
        gandi.writes();
        await expect(next.preview(ksk)).resolves.toBe("same");
        await next.createAgain({ ...ksk, alongside: [key.state!.id] });
        expect(gandi.writes()).toEqual([]);
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await key.up(ksk);
        await key.recreate(ksk);
        expect(live()).toMatchObject([{ id: keyId() }]);
        await gandi.lines.matching(/still declared/);
    });

    it("that does not show in time is saved as partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: path() });
        await expect(key.up({ ...ksk, timeouts: { create: 0.05 } })).rejects.toThrow(
            /waiting for the key .* to be listed/,
        );
        expect(key.state?.id).toBe(`${zone}/${keys()[0]!.id}`);
        await expect(key.up({ ...ksk, timeouts: { update: 0.05 } })).rejects.toThrow(
            /waiting for the key .* to be listed/,
        );
        gandi.sandbox.clearFaults();
        await expect(key.up(ksk)).resolves.toBe("update");
        expect(key.state?.outputs.publicKey).toBe(keys()[0]!.publicKey);
        expect(keys()).toHaveLength(1);
    });

    it.each([
        ["is lost", { kind: "drop-after" }],
        ["can't be read", { status: 502, effect: true }],
        ["names no id", { status: 201, effect: true, body: { message: "Domain Key Created" } }],
    ] as const)("is found where the answer that it was made %s", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await key.up(ksk);
        expect(keys()).toMatchObject([{ id: keyId() }]);
    });

    it.each([
        ["broken", 500],
        ["in conflict", 409],
    ])("ends in the API's own words where it is %s and nothing was made", async (_what, status) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, status, body: { message: "Out of order" } });
        await expect(key.up(ksk)).rejects.toThrow(new RegExp(`${status} on POST.*Out of order`));
        expect(key.state).toBeUndefined();
        expect(keys()).toEqual([]);
    });

    it.each([
        ["time limits", () => ({ timeouts: { delete: "10m" } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await key.up(ksk);
        const { outputs } = key.state!;
        gandi.sandbox.clearRequests();
        await expect(key.up({ ...ksk, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(key.state?.outputs).toEqual({ ...outputs, ...change() });
    });

    it("does not ask what it stands alongside once it is made", async () => {
        await key.up({ ...ksk, alongside: [`${zone}/gone`] });
        await expect(key.preview({ ...ksk, alongside: [`${zone}/other`] })).resolves.toBe("same");
    });

    it("can be read by its id without being managed", async () => {
        await byHand("POST", "", { flags: 256 });
        const [there] = keys();
        await expect(key.get(`${zone.toUpperCase()}/${there!.id}`)).resolves.toMatchObject({
            id: `${zone}/${there!.id}`,
            outputs: { domain: zone, flags: 256, publicKey: there!.publicKey },
        });
        await expect(key.get(`${zone}/none`)).rejects.toThrow(`there is no LiveDnsKey ${zone}/none`);
        await expect(key.get(zone)).rejects.toThrow("write domain/id");
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: key, good: ksk }),
        [
            ["no flags", { flags: undefined }, /^flags: must be 257/],
            ["other flags", { flags: 255 }, /^flags: must be 257 \(key signing key\) or 256/],
            ["flags as text", { flags: "257" }, /^flags: must be 257/],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: ["example.com"] }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "example" }, /^domain: .*two labels/],
            ["keys to stand alongside that are no list", { alongside: "1" }, /^alongside: must be a list, not /],
            ["a key to stand alongside without id", { alongside: [""] }, /^alongside\[0\]: is empty/],
            ["a key to stand alongside that is no id", { alongside: [7] }, /^alongside\[0\]: /],
            ["a misspelled property", { flag: 257 }, /^flag: .*did you mean flags/],
        ],
    );
});
