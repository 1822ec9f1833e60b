import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

/** What a zone holds, and how much of it there is. */
const PARTS = [
    ["AxfrSlave", { domain: "example.com", ip: "192.0.2.53" }, { slaves: 1 }],
    ["LiveDnsKey", { domain: "example.com", flags: 257 }, { keys: 1 }],
    ["Snapshot", { domain: "example.com" }, { snapshots: 1 }],
    ["TsigKey", { domains: ["example.com"] }, { tsig: 1 }],
] as const;

let gandi: Gandi;
let expired: Runs;
let second: Runs;
let lost: Runs;
const lives = new Map<string, Life>();

beforeAll(async () => {
    gandi = await startGandi({
        zones: { "example.com": "", "sold.example": "" },
        seed: { domains: [{ fqdn: "second.example", organization: "second" }] },
    });
    expired = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.expired });
    second = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens.second });
    lost = gandi.runs({
        "gandi:personalAccessToken": gandi.sandbox.token,
        "gandi:goneDomains": '["sold.example"]',
    });
    for (const [kind, inputs] of PARTS) {
        const life = gandi.life(kind);
        await life.up(inputs);
        lives.set(kind, life);
    }
});
afterAll(async () => {
    await Promise.all([expired, second, lost].map((runs) => runs.close()));
    await gandi.close();
});

function counts(zone: string) {
    const { slaves, keys, snapshots, tsig } = gandi.sandbox.state.zone(zone)!;
    const live = keys.filter(({ deleted }) => !deleted);
    return { slaves: slaves.length, keys: live.length, snapshots: snapshots.length, tsig: tsig.length };
}

describe.each(PARTS)("%s in a zone that can't be seen (promise 6)", (kind, inputs, there) => {
    it.each([
        ["has expired", () => expired, /401.*expired or revoked.*--run-program/],
        ["is of another organisation", () => second, /may not see.*404 on (GET|DELETE)/],
    ] as const)("is neither forgotten nor removed with a token that %s", async (_what, runs, message) => {
        const blind = lives.get(kind)!.under(runs());
        const { state } = blind;
        await expect(blind.refresh()).rejects.toThrow(message);
        await expect(blind.destroy()).rejects.toThrow(message);
        await expect(gandi.life(kind).under(runs()).up(inputs)).rejects.toThrow(/40[134] on/);
        expect(blind.state).toEqual(state);
        expect(counts("example.com")).toMatchObject(there);
    });

    it("is made with the token of its own account", async () => {
        const own = gandi.life(kind).under(second);
        const elsewhere = "domain" in inputs ? { domain: "second.example" } : { domains: ["second.example"] };
        await own.up({ ...inputs, ...elsewhere });
        await expect(own.refresh()).resolves.toBe("same");
        expect(counts("second.example")).toMatchObject(there);
    });
});

test("what a sold domain's zone held is gone where gandi:goneDomains says so, and its removal is done", async () => {
    const held: Life[] = [];
    for (const [kind, inputs] of PARTS) {
        const life = gandi.life(kind).under(lost);
        await life.up({
            ...inputs,
            ...("domain" in inputs ? { domain: "sold.example" } : { domains: ["sold.example"] }),
        });
        held.push(life);
    }
    gandi.sandbox.removeDomain("sold.example");
    for (const life of held) {
        const { state } = life;
        await expect(life.refresh()).resolves.toBe(life.kind === "TsigKey" ? "changed" : "gone");
        life.state = state;
        await life.destroy();
        expect(life.state).toBeUndefined();
    }
});
