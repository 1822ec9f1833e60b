import type { dynamic } from "@pulumi/pulumi";
import { systemClock } from "../../provider/api/clock";
import { UNKNOWN } from "../../provider/core/inputs/values";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { tsigKey } from "../../provider/resources/axfr/tsigKey";
import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { ask } from "../sandbox/ask";

let gandi: Gandi;
let key: Life;
/** Each test has zones of its own: what a provider process reads of one it shares for five seconds. */
let one: string;
let two: string;
let zones = 0;

beforeAll(async () => {
    gandi = await startGandi({
        seed: {
            domains: [
                { fqdn: "second.example", organization: "second" },
                { fqdn: "client.example", organization: "client" },
            ],
        },
    });
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    one = `zone-${++zones}.example`;
    two = `zone-${++zones}.example`;
    gandi.sandbox.addDomain({ fqdn: one, zone: "" });
    gandi.sandbox.addDomain({ fqdn: two, zone: "" });
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    key = gandi.life("TsigKey");
});

const associated = (zone: string) => gandi.sandbox.state.zone(zone)!.tsig;
const id = (life = key) => life.state!.id;
const path = (zone: string) => `/v5/livedns/domains/${zone}/axfr/tsig`;

async function allKeys(query = ""): Promise<{ id: string; secret: string }[]> {
    return (await ask(gandi.sandbox, `GET /v5/livedns/axfr/tsig${query}`)).json;
}

async function secretOf(key: string): Promise<string> {
    return (await ask(gandi.sandbox, `GET /v5/livedns/axfr/tsig/${key}`)).json.secret;
}

describe("TsigKey", () => {
    it("is made once with its associations, and left alone by the second run (promise 3)", async () => {
        await key.up({ domains: [one, two] });
        expect(id()).toMatch(/^[0-9a-f-]{36}$/);
        expect([...associated(one), ...associated(two)]).toEqual([id(), id()]);
        expect(key.state?.outputs).toMatchObject({ keyName: `${id()}.gandi.net`, secret: await secretOf(id()) });
        gandi.writes();
        await expect(key.preview({ domains: [one, two] })).resolves.toBe("same");
        await expect(key.refresh()).resolves.toBe("same");
        await expect(key.preview({ domains: [`${two.toUpperCase()}.`, one] })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("needs no domains", async () => {
        await key.up({});
        expect(key.state?.outputs).toMatchObject({ domains: [], keyName: `${id()}.gandi.net` });
        await expect(key.refresh()).resolves.toBe("same");
    });

    it("gains and loses domains, and leaves the associations of others alone", async () => {
        await key.up({ domains: [one] });
        const { secret } = key.state!.outputs;
        const other = gandi.life("TsigKey");
        await other.up({ domains: [one] });
        await expect(key.up({ domains: [two] })).resolves.toBe("update");
        expect(associated(one)).toEqual([id(other)]);
        expect(associated(two)).toEqual([id()]);
        expect(key.state?.outputs).toMatchObject({ domains: [two], secret });
        await expect(key.refresh()).resolves.toBe("same");
    });

    it("manages no association that is not declared", async () => {
        await key.up({ domains: [one] });
        await ask(gandi.sandbox, `PUT ${path(two)}/${id()}`);
        await expect(key.refresh()).resolves.toBe("same");
        await key.destroy();
        expect(associated(two)).toHaveLength(1);
    });

    it("sees a lost association as exactly that domain, and repairs it (promise 4)", async () => {
        await key.up({ domains: [one, two] });
        await ask(gandi.sandbox, `DELETE ${path(one)}/${id()}`);
        await expect(key.refresh()).resolves.toBe("changed");
        expect(key.state?.inputs.domains).toEqual([two]);
        gandi.writes();
        await expect(key.up({ domains: [one, two] })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT ${path(one).replace("/v5", "")}/${id()}`]);
        expect(associated(one)).toEqual([id()]);
    });

    it("is replaced by another organisation's key", async () => {
        await key.up({});
        const old = id();
        const sharingId = gandi.sandbox.organizations.client;
        await expect(key.up({ sharingId, domains: ["client.example"] })).resolves.toBe("replace");
        expect(id()).not.toBe(old);
        expect((await allKeys(`?sharing_id=${sharingId}`)).map((there) => there.id)).toEqual([id()]);
        expect(associated("client.example")).toEqual([id()]);
    });

    it("loses its associations when it is deleted, and says that the key stays", async () => {
        await key.up({ domains: [one, two] });
        const { state } = key;
        await key.destroy();
        expect([...associated(one), ...associated(two)]).toEqual([]);
        await gandi.lines.matching(new RegExp(`TSIG key ${state!.id}: stays at Gandi`));
        key.state = state;
        gandi.writes();
        await key.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("is saved with its id when an association fails, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({
            method: "PUT",
            path: `${path(two)}/*`,
            times: 1,
            status: 409,
            body: { message: "Busy" },
        });
        await expect(key.up({ domains: [one, two] })).rejects.toThrow(`${two}: `);
        const made = id();
        expect(associated(one)).toEqual([made]);
        await expect(key.up({ domains: [one, two] })).resolves.toBe("update");
        expect(id()).toBe(made);
        expect(associated(two)).toEqual([made]);
        expect(key.state?.outputs.secret).toBe(await secretOf(made));
    });

    it("is not made for a zone that the token may not see: it could never be removed (promise 6)", async () => {
        const before = await allKeys();
        await expect(key.up({ domains: [one, "second.example"] })).rejects.toThrow(
            /^second\.example: not there, or the token may not see/,
        );
        expect(key.state).toBeUndefined();
        expect(await allKeys()).toEqual(before);
    });

    it("whose association does not show in time is gone on with by the next run", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: path(one) });
        await expect(key.up({ domains: [one], timeouts: { create: 0.05 } })).rejects.toThrow(
            /waiting for the TSIG key .* to be associated/,
        );
        gandi.sandbox.clearFaults();
        await expect(key.up({ domains: [one] })).resolves.toBe("update");
        await expect(key.preview({ domains: [one] })).resolves.toBe("same");
    });

    it("forgets no association that it could not end", async () => {
        await key.up({ domains: [one, two] });
        gandi.sandbox.addFault({ method: "DELETE", times: 1, status: 409, body: { message: "Busy" } });
        await expect(key.up({ domains: [one] })).rejects.toThrow(/Busy/);
        await expect(key.up({ domains: [one] })).resolves.toBe("update");
        expect(associated(two)).toEqual([]);
    });

    it("shows its secret in no error and no line (promise 7)", async () => {
        await key.up({ domains: [one] });
        const secret = key.state!.outputs.secret as string;
        const cutOff = JSON.stringify({ id: id(), secret, key_name: "" }).slice(0, -5);
        gandi.sandbox.addFault({ path: `/v5/livedns/axfr/tsig/${id()}`, status: 200, body: cutOff });
        const failure = await key.refresh().then(
            () => "",
            (error: Error) => error.message,
        );
        expect(failure).toMatch(/livedns\/axfr\/tsig/);
        expect(failure).not.toContain(secret.slice(0, 6));
        expect(gandi.lines.all.join("\n")).not.toContain(secret.slice(0, 6));
    });

    it("takes new time limits without a call", async () => {
        await key.up({ domains: [one] });
        gandi.sandbox.clearRequests();
        await expect(key.up({ domains: [one], timeouts: { update: 60 } })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("can be read by its id without being managed", async () => {
        const { id: there } = (await ask(gandi.sandbox, "POST /v5/livedns/axfr/tsig")).json;
        await ask(gandi.sandbox, `PUT ${path(one)}/${there}`);
        await expect(key.get(there, { domains: [one, two] })).resolves.toMatchObject({
            id: there,
            outputs: { keyName: `${there}.gandi.net`, secret: await secretOf(there), domains: [one] },
        });
        await expect(key.get("none")).rejects.toThrow(/404.*TSIG key none.*pulumi state delete/);
        await expect(key.get("a/b")).rejects.toThrow("is no id of a TsigKey");
    });
});

/** A key by somebody else's hand, or of a run that was killed. */
async function byHand(...zones: string[]): Promise<string> {
    const { id: made } = (await ask(gandi.sandbox, "POST /v5/livedns/axfr/tsig")).json;
    for (const zone of zones) {
        await ask(gandi.sandbox, `PUT ${path(zone)}/${made}`);
    }
    gandi.sandbox.clearRequests();
    return made;
}

describe("a new TsigKey beside keys that may transfer its zones (promises 2 and 5)", () => {
    it.each([
        ["all of its zones", () => byHand(one, two)],
        ["a part of them, as a run leaves that is killed between two associations", () => byHand(one)],
        ["more than its zones", async () => byHand(one, two, `zone-${zones - 2}.example`)],
    ])("is refused in preview where a key may transfer %s, with the ways out", async (_what, make) => {
        const there = await make();
        const [reason, ...others] = await key.reasons({ domains: [one.toUpperCase(), two] });
        expect(others).toEqual([]);
        expect(reason).toContain(`${there} (${one}`);
        expect(reason).toMatch(/`aliases`/);
        expect(reason).toContain(`adopt: "${there}"`);
        expect(reason).toContain(`alongside: ["${there}"]`);
        expect(gandi.writes()).toEqual([]);
    });

    it("goes on where no key may transfer them, and asks nothing where it has none", async () => {
        await byHand();
        await byHand(two);
        await expect(key.preview({ domains: [one] })).resolves.toBe("create");
        gandi.sandbox.clearRequests();
        await expect(key.preview({})).resolves.toBe("create");
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("is judged by what is known of its zones", async () => {
        const there = await byHand(one);
        await expect(key.reasons({ domains: [UNKNOWN] })).resolves.toEqual([]);
        await expect(key.reasons({ domains: [UNKNOWN, one] })).resolves.toEqual([expect.stringContaining(there)]);
        await expect(key.reasons({ domains: [one], alongside: [UNKNOWN] })).resolves.toEqual([]);
        await expect(key.reasons({ domains: [one], adopt: UNKNOWN })).resolves.toEqual([]);
    });

    it("passes where its zone is still to be made, but not with a token that is refused (promise 6)", async () => {
        await expect(key.reasons({ domains: ["not-yet.example"] })).resolves.toEqual([]);
        gandi.sandbox.addFault({ method: "GET", path: path(one), status: 401, body: { message: "Bad" } });
        await expect(key.reasons({ domains: [one] })).resolves.toEqual([expect.stringContaining("401")]);
    });

    it("is not refused for a key of the same program", async () => {
        const other = gandi.life("TsigKey");
        await key.up({ domains: [one] });
        await other.up({ domains: [one] });
        expect(new Set(associated(one))).toEqual(new Set([id(), id(other)]));
    });

    it("stands beside the keys that alongside names, and is made once", async () => {
        const there = [await byHand(one), await byHand(one)];
        await expect(key.reasons({ domains: [one], alongside: there.slice(0, 1) })).resolves.toEqual([
            expect.stringContaining(there[1]!),
        ]);
        await key.up({ domains: [one], alongside: there });
        expect(associated(one)).toEqual([...there, id()]);
        gandi.writes();
        await expect(key.up({ domains: [one] })).resolves.toBe("same");
        await expect(key.up({ domains: [one], alongside: [id()] })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("is refused under a new name without an alias, and keeps its key with adopt", async () => {
        await key.up({ domains: [one, two] });
        const old = id();
        const renamed = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.token });
        try {
            const life = key.under(renamed);
            await expect(life.recreate({ domains: [one, two] })).rejects.toThrow(/`aliases`/);
            await expect(life.recreate({ domains: [one] })).rejects.toThrow(/`aliases`/);
            gandi.writes();
            await life.recreate({ domains: [one, two], adopt: old });
            expect(gandi.writes()).toEqual([]);
            expect(id(life)).toBe(old);
            expect([...associated(one), ...associated(two)]).toEqual([old, old]);
        } finally {
            await renamed.close();
        }
    });

    it("is not refused by the second check of its replacement, which says that the secret is another", async () => {
        await key.up({ domains: [one] });
        await expect(key.check({ domains: [one] })).resolves.toBeDefined();
        await expect(key.check({ domains: [one] }, {})).resolves.toBeDefined();
        await gandi.lines.matching(new RegExp(`replaced: .*new secret.* ${id()} \\(${one}\\)`));
        await expect(key.preview({ domains: [one] })).resolves.toBe("same");
        const later = gandi.life("TsigKey");
        later.state = key.state;
        await expect(later.check({ domains: [one, two] })).resolves.toBeDefined();
        await expect(later.preview({ domains: [one, two] })).resolves.toBe("update");
    });
});

describe("adopt", () => {
    it("takes a key over as it is: no key is made, what it lacks is added, and its secret is read", async () => {
        const there = await byHand(one);
        await key.up({ domains: [one, two], adopt: there });
        expect(gandi.writes()).toEqual([`PUT ${path(two).replace("/v5", "")}/${there}`]);
        expect(id()).toBe(there);
        expect(key.state?.outputs).toMatchObject({ keyName: `${there}.gandi.net`, secret: await secretOf(there) });
        await expect(key.preview({ domains: [one, two], adopt: there })).resolves.toBe("same");
        await expect(key.preview({ domains: [one, two] })).resolves.toBe("same");
        await expect(key.refresh()).resolves.toBe("same");
    });

    it("goes on with what a killed run has left", async () => {
        const there = await byHand(one);
        await expect(key.createAgain({ domains: [one, two] })).rejects.toThrow(`adopt: "${there}"`);
        await key.createAgain({ domains: [one, two], adopt: there });
        expect(id()).toBe(there);
        expect(await allKeys()).toEqual(expect.arrayContaining([expect.objectContaining({ id: there })]));
    });

    it("of a key that can't be seen is refused in preview", async () => {
        await expect(key.reasons({ domains: [one], adopt: "none" })).resolves.toEqual([
            expect.stringMatching(/404 on GET .*axfr\/tsig\/none.* getTsigKeys lists those that can be adopted\.$/),
        ]);
    });

    it("is saved with its id when an association fails (promise 5)", async () => {
        const there = await byHand();
        gandi.sandbox.addFault({ method: "PUT", times: 1, status: 409, body: { message: "Busy" } });
        await expect(key.up({ domains: [one], adopt: there })).rejects.toThrow("Busy");
        expect(id()).toBe(there);
        await expect(key.up({ domains: [one], adopt: there })).resolves.toBe("update");
        expect(associated(one)).toEqual([there]);
    });

    it("replaces the resource by another key, and changes nothing where it names the one that is there", async () => {
        await key.up({ domains: [one] });
        const other = await byHand();
        await expect(key.up({ domains: [one], adopt: other })).resolves.toBe("replace");
        expect(id()).toBe(other);
        expect(associated(one)).toEqual([other]);
        await expect(key.up({ domains: [one] })).resolves.toBe("same");
        await expect(key.up({ domains: [one], adopt: other })).resolves.toBe("same");
    });
});

describe("a key whose POST is not answered well is made once (promise 5)", () => {
    const POST = { method: "POST", path: "/v5/livedns/axfr/tsig" };

    it.each([
        ["the connection is lost", { kind: "drop-after" }],
        ["the answer is a 502", { kind: "html", effect: true }],
        ["the answer is a 408", { status: 408, effect: true }],
        ["the answer is a 429", { status: 429, effect: true, headers: { "retry-after": "0" } }],
        ["the answer is empty", { kind: "empty" }],
        ["the answer is cut off", { kind: "truncated" }],
    ] as const)("after its effect: %s", async (_what, fault) => {
        const before = await allKeys();
        gandi.sandbox.addFault({ ...POST, times: 1, ...fault });
        await key.up({ domains: [one] });
        const made = (await allKeys()).slice(before.length);
        expect(made).toEqual([expect.objectContaining({ id: id(), secret: key.state!.outputs.secret })]);
    });

    it("before its effect: a rate limit is waited out, and anything else is an error", async () => {
        const before = await allKeys();
        gandi.sandbox.addFault({ ...POST, times: 1, status: 502 });
        await expect(key.up({ domains: [one] })).rejects.toThrow("502");
        expect(await allKeys()).toEqual(before);
        gandi.sandbox.addFault({ ...POST, times: 2, status: 429, headers: { "retry-after": "0" } });
        await key.up({ domains: [one] });
        expect(await allKeys()).toHaveLength(before.length + 1);
    });

    it("and is told from that of another resource that is made at the same time", async () => {
        const other = gandi.life("TsigKey");
        gandi.sandbox.addFault({ ...POST, times: 2, kind: "drop-after" });
        const before = await allKeys();
        await Promise.all([key.up({ domains: [one] }), other.up({ domains: [two] })]);
        expect(id()).not.toBe(id(other));
        expect(await allKeys()).toHaveLength(before.length + 2);
        expect([associated(one), associated(two)]).toEqual([[id()], [id(other)]]);
    });

    it("or names those of which each may be it", async () => {
        jest.spyOn(console, "log").mockImplementation(() => {});
        const ids: string[] = [];
        // Two keys turn up between two looks.
        const sleep = async () => void ids.push(await byHand(), await byHand());
        const provider = providerFor(tsigKey, new Run({ clock: { ...systemClock, sleep } }));
        const config: Record<string, string> = {
            "gandi:url": gandi.sandbox.url,
            "gandi:personalAccessToken": gandi.sandbox.token,
        };
        provider.configure!({ config: { get: (name: string) => config[name] } } as dynamic.ConfigureRequest);
        gandi.sandbox.addFault({ ...POST, times: 1, kind: "drop-before" });
        const failure: Error = await provider.create({ domains: [one], alongside: [] }).then(
            () => new Error(),
            (error) => error,
        );
        jest.restoreAllMocks();
        expect(ids).toHaveLength(2);
        expect(failure.message).toContain(`one of those that have come since may be it: ${ids.join(", ")}`);
        expect(associated(one)).toEqual([]);
    });
});

test("a state of 0.1.0 shows no change (promise 10)", async () => {
    await key.up({ domains: [one] });
    const { alongside, adopt, ...outputs } = key.state!.outputs;
    const { alongside: _alongside, adopt: _adopt, ...inputs } = key.state!.inputs;
    key.state = { id: id(), inputs, outputs };
    gandi.sandbox.clearRequests();
    await expect(key.preview({ domains: [one] })).resolves.toBe("same");
    await expect(key.preview({ domains: [one], adopt: id() })).resolves.toBe("same");
    expect(gandi.sandbox.requests()).toEqual([]);
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: key, good: { domains: [one] } }),
        [
            ["a domain that is none", { domains: ["example.com", "nowhere"] }, /^domains\[1\]: .*two labels/],
            ["a domain that is no text", { domains: ["example.com", 7] }, /^domains\[1\]: must be text, not /],
            [
                "one domain twice",
                { domains: ["example.com", "EXAMPLE.com."] },
                /^domains\[1\]: .*same domain as "example.com"/,
            ],
            ["domains that are no list", { domains: "example.com" }, /^domains: must be a list, not /],
            ["an adopted key of no id", { adopt: "" }, /^adopt: is empty/],
            ["an adopted key that is a path", { adopt: "a/b" }, /^adopt: is no id of a TSIG key: getTsigKeys/],
            [
                "an adopted key by its name",
                { adopt: "2e21.gandi.net" },
                /^adopt: is a key's name; its id stands before/,
            ],
            ["adopt as in other resources", { adopt: true }, /^adopt: must be text, not /],
            ["keys alongside that are no list", { alongside: "2e21" }, /^alongside: must be a list, not /],
            ["a key alongside that has no id", { alongside: ["2e21", " "] }, /^alongside\[1\]: is empty/],
            [
                "a key that is this one and another",
                { adopt: "2e21", alongside: ["2e21"] },
                /^alongside: names the key of adopt/,
            ],
            ["a misspelled property", { domain: ["example.com"] }, /^domain: .*did you mean domains/],
        ],
    );
});
