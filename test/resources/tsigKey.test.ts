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

    it("names the key that was made where the answer is lost: it can't be recognised later", async () => {
        const before = new Set((await allKeys()).map((there) => there.id));
        gandi.sandbox.addFault({ method: "POST", times: 1, kind: "drop-after" });
        const failure = await key.up({ domains: [one] }).then(
            () => undefined,
            (error: Error) => error.message,
        );
        const [made] = (await allKeys()).filter((there) => !before.has(there.id));
        expect(failure).toContain(`A key was made all the same, maybe by this request: ${made!.id}`);
        expect(failure).not.toContain(made!.secret);
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

    it("is kept when it is renamed without an alias, beside a new one that takes its place", async () => {
        await key.up({ domains: [one] });
        const old = id();
        await key.recreate({ domains: [one] });
        expect(associated(one)).toEqual([id()]);
        expect((await allKeys()).map((there) => there.id)).toEqual(expect.arrayContaining([old, id()]));
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

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: key, good: { domains: [one] } }),
        [
            ["a domain that is none", { domains: ["example.com", "nowhere"] }, /^domains\[1\]: .*two labels/],
            ["a domain that is no text", { domains: ["example.com", 7] }, /^domains\[1\]: must be text, not /],
            ["one domain twice", { domains: ["example.com", "EXAMPLE.com."] }, /^domains\[1\]: .*given twice/],
            ["domains that are no list", { domains: "example.com" }, /^domains: must be a list, not /],
            ["a misspelled property", { domain: ["example.com"] }, /^domain: .*did you mean domains/],
        ],
    );
});
