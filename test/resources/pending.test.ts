import { definitions } from "../../provider/resources/kinds";
import { type Gandi, startGandi } from "../harness/gandi";
import { type Driven, driven } from "../harness/inProcess";
import { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

const HOUR = 3_600_000;

let gandi: Gandi;
let inside: Driven;
let runs: Runs;
let names = 0;
let domain: string;
let lines: string[];

beforeAll(async () => {
    gandi = await startGandi({ clock: "manual" });
    inside = driven(gandi.sandbox);
    runs = inside.runs();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `slow-${++names}.example`;
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.clearFaults();
    gandi.sandbox.setDelays({ operation: 2000, showing: 24 * HOUR });
    gandi.sandbox.clearRequests();
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));
});
afterEach(() => jest.restoreAllMocks());

const there = () => gandi.sandbox.state.domain(domain)!;
const hours = (count: number) => inside.clock.advance(count * HOUR);
const newLife = (kind: string) => new Life(runs, kind);

const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER_KEY = Buffer.alloc(32, 8).toString("base64");
/** `looksBefore`: the reads that come before the request; the next one is the first that waits. */
const KINDS = [
    {
        kind: "Nameservers",
        looksBefore: 3,
        wanted: () => ({ domain, nameservers: ["ns1.example.net", "ns2.example.net"] }),
        isThere: () => there().nameservers.join() === "ns1.example.net,ns2.example.net",
        edit: () => gandi.sandbox.editDomain(domain, { nameservers: ["ns9.example.org"] }),
    },
    {
        kind: "GlueRecord",
        looksBefore: 2,
        wanted: () => ({ domain, name: "ns1", ips: ["192.0.2.1"] }),
        isThere: () => there().hosts.ns1?.join() === "192.0.2.1",
        edit: () => gandi.sandbox.editDomain(domain, { hosts: { ns1: ["203.0.113.9"] } }),
    },
    {
        kind: "DnssecKey",
        looksBefore: 1,
        wanted: () => ({ domain, algorithm: 15, type: "ksk", publicKey: KEY }),
        isThere: () => there().dnskeys.some(({ public_key }) => public_key === KEY),
        edit: undefined,
    },
] as const;

describe.each(KINDS)(
    "$kind that the registry shows a day after it has accepted it",
    ({ kind, wanted, looksBefore, isThere, edit }) => {
        let life: Life;
        beforeEach(async () => {
            life = newLife(kind);
            await life.up(wanted());
        });

        it("is a success that says so, after 15 minutes", () => {
            expect(isThere()).toBe(false);
            expect(life.state?.outputs).toMatchObject({ ...wanted(), pending: true });
            const waited = inside.clock.wallTime() - Date.parse(String(life.state?.outputs.pendingSince));
            expect(Math.round(waited / 60_000)).toBe(15);
            expect(lines).toContainEqual(
                expect.stringMatching(/the registry has accepted it, and does not show it yet/),
            );
        });

        it("shows no change in preview and no drift in refresh, until it shows (promise 3)", async () => {
            for (const later of [0, 12, 11]) {
                hours(later);
                await expect(life.preview(wanted())).resolves.toBe("same");
                await expect(life.refresh()).resolves.toBe("same");
            }
            hours(1);
            expect(isThere()).toBe(true);
            const { inputs } = life.state!;
            await expect(life.refresh()).resolves.toBe("changed");
            expect(life.state?.inputs).toEqual(inputs);
            expect(life.state?.outputs).toMatchObject(wanted());
            expect(Object.keys(life.state!.outputs).filter((name) => /pending/.test(name))).toEqual([]);
            await expect(life.refresh()).resolves.toBe("same");
            await expect(life.preview(wanted())).resolves.toBe("same");
            expect(life.state?.outputs).not.toHaveProperty("pending");
        });

        it("is asked for once, by however many runs", async () => {
            expect(gandi.writes()).toHaveLength(1);
            for (const later of [0, 12, 13]) {
                hours(later);
                await expect(life.up(wanted(), { unsettled: later === 13 })).resolves.toBe("same");
            }
            expect(gandi.writes()).toEqual([]);
            expect(isThere()).toBe(true);
        });

        it("keeps being pending when only a policy changes, without a call", async () => {
            const { pendingSince } = life.state!.outputs;
            gandi.sandbox.clearRequests();
            await expect(life.up({ ...wanted(), timeouts: { update: "20m" } })).resolves.toBe("update");
            expect(gandi.sandbox.requests()).toEqual([]);
            expect(life.state?.outputs).toMatchObject({ pending: true, pendingSince });
            await expect(life.refresh()).resolves.toBe("same");
        });

        it("fails a refresh after 48 hours, which says what to do, and the next up asks once more", async () => {
            gandi.sandbox.stepOperation(domain, "error");
            hours(47);
            await expect(life.refresh()).resolves.toBe("same");
            hours(2);
            await expect(life.refresh()).rejects.toThrow(/accepted a change on 20\d\d-.*48 hours.*`pulumi up`/s);
            gandi.writes();
            await expect(life.up(wanted())).resolves.toBe("update");
            expect(gandi.writes()).toHaveLength(1);
            expect(life.state?.outputs).toMatchObject({ pending: true });
            await expect(life.refresh()).resolves.toBe("same");
            await expect(life.up(wanted())).resolves.toBe("same");
            hours(24);
            await expect(life.refresh()).resolves.toBe("changed");
            expect(isThere()).toBe(true);
        });

        it("asks for nothing after 48 hours where it shows: up ends it without a refresh", async () => {
            hours(49);
            gandi.writes();
            await expect(life.up(wanted())).resolves.toBe("update");
            expect(gandi.writes()).toEqual([]);
            expect(life.state?.outputs).not.toHaveProperty("pending");
            await expect(life.preview(wanted())).resolves.toBe("same");
        });

        it("is found by a run whose predecessor was killed while it waited, before it shows and after (promise 5)", async () => {
            hours(23);
            await life.createAgain(wanted()).catch((error) => {
                // Nobody can compare the addresses of a host that does not show.
                expect([kind, error.message]).toEqual(["GlueRecord", expect.stringMatching(/now: .*not done/)]);
            });
            hours(25);
            gandi.writes();
            await life.createAgain(wanted());
            expect(gandi.writes()).toEqual([]);
            expect(life.state?.outputs).not.toHaveProperty("pending");
        });

        it("is remembered where looking fails after it was accepted, and is not asked for twice (promise 6)", async () => {
            const body = { message: "Access was denied" };
            domain = `denied-${domain}`;
            gandi.sandbox.addDomain({ fqdn: domain });
            const other = newLife(kind);
            const unseen = { kind: "status", method: "GET", path: "/domain/domains/*", status: 403, body } as const;
            gandi.sandbox.addFault({ ...unseen, skip: looksBefore });
            await expect(other.up(wanted())).rejects.toThrow("403");
            expect(other.state?.outputs).toMatchObject({ ...wanted(), pending: true });
            gandi.sandbox.clearFaults();
            await other.refresh();
            expect(other.state?.outputs).toMatchObject({ ...wanted(), pending: true });
            gandi.writes();
            await expect(other.up(wanted())).resolves.toBe("update");
            await expect(other.up(wanted())).resolves.toBe("same");
            expect(gandi.writes()).toEqual([]);
            hours(25);
            await other.refresh();
            expect(other.state?.outputs).not.toHaveProperty("pending");
            expect(isThere()).toBe(true);
        });

        if (edit !== undefined) {
            it("shows drift to a third value as drift, and is repaired (promise 4)", async () => {
                edit();
                await expect(life.refresh()).resolves.toBe("changed");
                expect(life.state?.outputs).not.toHaveProperty("pending");
                await expect(life.preview(wanted())).resolves.toBe("update");
                await life.up(wanted());
                hours(25);
                await life.refresh();
                expect(isThere()).toBe(true);
                await expect(life.preview(wanted())).resolves.toBe("same");
            });
        }
    },
);

describe("another value while one is pending", () => {
    const first = () => ({ domain, nameservers: ["ns1.example.net"] });
    const second = () => ({ domain, nameservers: ["ns2.example.net"] });

    it("is asked for, and both the old values are no drift", async () => {
        const life = newLife("Nameservers");
        await life.up(first());
        hours(1);
        await expect(life.up(second())).resolves.toBe("update");
        expect(gandi.writes()).toHaveLength(2);
        await expect(life.refresh()).resolves.toBe("same");
        hours(23);
        expect(there().nameservers).toEqual(["ns1.example.net"]);
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(second())).resolves.toBe("same");
        hours(1);
        await expect(life.refresh()).resolves.toBe("changed");
        expect(there().nameservers).toEqual(["ns2.example.net"]);
        await expect(life.preview(second())).resolves.toBe("same");
    });

    it("is asked for even where it is what still shows", async () => {
        const life = newLife("Nameservers");
        const old = { domain, nameservers: there().nameservers };
        await life.up(first());
        gandi.writes();
        await expect(life.up(old)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT /domain/domains/${domain}/nameservers`]);
        hours(48);
        expect(there().nameservers).toEqual(old.nameservers);
    });

    it("fails where the registry is busy with the first, which stays pending", async () => {
        gandi.sandbox.setDelays({ operation: 24 * HOUR, showing: 0 });
        const life = newLife("Nameservers");
        await life.up(first());
        await expect(life.up(second())).rejects.toThrow(/another operation is under way.*not done/);
        expect(life.state?.outputs).toMatchObject({ ...first(), pending: true });
        await expect(life.up(first())).resolves.toBe("same");
        hours(24);
        await expect(life.up(second())).resolves.toBe("update");
        hours(25);
        expect(there().nameservers).toEqual(["ns2.example.net"]);
    });
});

describe("a removal", () => {
    it.each(["GlueRecord", "DnssecKey"])(
        "of a pending %s waits for it, and fails where it can't be removed yet",
        async (kind) => {
            const { wanted, isThere } = KINDS.find((one) => one.kind === kind)!;
            const life = newLife(kind);
            await life.up(wanted());
            await expect(life.destroy()).rejects.toThrow(/has accepted it and does not .*not done/);
            hours(24);
            expect(isThere()).toBe(true);
            gandi.sandbox.setDelays({ showing: 0 });
            await life.destroy();
            expect(isThere()).toBe(false);
        },
    );

    it("of what never came is done after 48 hours", async () => {
        const life = newLife("DnssecKey");
        await life.up(KINDS[2].wanted());
        gandi.sandbox.stepOperation(domain, "error");
        hours(49);
        await life.destroy();
        expect(there().dnskeys).toEqual([]);
    });

    it("that was accepted and does not show is a failure, so that what needs it stays", async () => {
        const life = newLife("DnssecKey");
        await life.up(KINDS[2].wanted());
        hours(25);
        await expect(life.destroy()).rejects.toThrow(/accepted the removal.*run it again later/);
        hours(25);
        gandi.writes();
        await life.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("back to LiveDNS is asked for although LiveDNS still shows, where others were accepted", async () => {
        const life = newLife("Nameservers");
        const wanted = { ...KINDS[0].wanted(), deletionPolicy: "livedns" };
        await life.up(wanted);
        gandi.writes();
        await life.destroy();
        expect(gandi.writes()).toEqual([`POST /domain/domains/${domain}/livedns`]);
        hours(48);
        expect(there().nameservers.every((name) => name.endsWith(".gandi.net"))).toBe(true);
    });

    it("of a glue record waits until the registry names other nameservers", async () => {
        const life = newLife("GlueRecord");
        gandi.sandbox.setDelays({ showing: 0 });
        await life.up(KINDS[1].wanted());
        gandi.sandbox.editDomain(domain, { nameservers: [`NS1.${domain}.`] });
        gandi.writes();
        await expect(life.destroy()).rejects.toThrow(`ns1.${domain} is one of the nameservers`);
        expect(gandi.writes()).toEqual([]);
        gandi.sandbox.editDomain(domain, { nameservers: ["ns1.example.net"] });
        await life.destroy();
        expect(there().hosts).toEqual({});
    });
});

describe("a pending DnssecKey", () => {
    const ksk = () => KINDS[2].wanted();

    it("has an id of its own and the outputs of its DS record, and the registry's id when that lists it", async () => {
        const life = newLife("DnssecKey");
        await life.up(ksk());
        expect(life.state?.id).toMatch(new RegExp(`^${domain}/unlisted-[0-9a-f]{32}$`));
        const { keyTag, digest, digestType } = life.state!.outputs;
        hours(25);
        await life.refresh();
        const [key] = there().dnskeys;
        expect(life.state?.id).toBe(`${domain}/${key!.id}`);
        expect({ keyTag, digest, digestType }).toEqual({
            keyTag: key!.keytag,
            digest: key!.digest,
            digestType: key!.digest_type,
        });
    });

    it("has the registry's id after a refresh also where an up has found it listed before", async () => {
        const life = newLife("DnssecKey");
        await life.up(ksk());
        hours(49);
        await life.up(ksk());
        expect(life.state?.outputs.pending).toBeUndefined();
        await life.refresh();
        expect(life.state?.id).toBe(`${domain}/${there().dnskeys[0]!.id}`);
    });

    it("is kept when it is renamed after it was listed, though its state has the id of before", async () => {
        const life = newLife("DnssecKey");
        await life.up(ksk());
        hours(25);
        gandi.sandbox.setDelays({ showing: 0 });
        const renamed = life.under(inside.runs());
        await renamed.recreate(ksk());
        expect(there().dnskeys).toHaveLength(1);
    });

    it("is replaced by another one, and removed when it can be", async () => {
        const life = newLife("DnssecKey");
        await life.up(ksk());
        const old = life.state!;
        const next = life.under(inside.runs());
        await expect(next.up({ ...ksk(), publicKey: OTHER_KEY })).rejects.toThrow(/does not list it yet/);
        hours(25);
        gandi.sandbox.setDelays({ showing: 0 });
        // The engine has kept the old one as a pending delete.
        life.state = old;
        await life.destroy();
        expect(there().dnskeys).toMatchObject([{ public_key: OTHER_KEY }]);
    });
});

describe("each kind that may be pending", () => {
    const kinds = Object.values(definitions).filter(({ pending }) => pending !== undefined);

    it("is tried here", () => {
        expect(kinds.map(({ kind }) => kind).sort()).toEqual(KINDS.map(({ kind }) => kind).sort());
    });

    it("says so in its outputs, and names inputs that it has", () => {
        for (const { outputs, inputs, pending } of kinds) {
            expect(outputs).toEqual(expect.arrayContaining(["pending", "pendingSince"]));
            expect(Object.keys(inputs.shape)).toEqual(expect.arrayContaining([...pending!.inputs]));
        }
    });
});

describe("several changes of one domain", () => {
    it("are accepted one after the other, without waiting for a day each", async () => {
        const lives = [1, 2, 3].map(() => newLife("GlueRecord"));
        await Promise.all(
            lives.map((life, i) => life.up({ domain, name: `ns${i}`, ips: [`192.0.2.${i + 1}`] }, { unsettled: true })),
        );
        expect(lives.map(({ state }) => state?.outputs.pending)).toEqual([true, true, true]);
        hours(25);
        expect(Object.keys(there().hosts)).toHaveLength(3);
    });
});

describe("what nobody answered", () => {
    it("is not pending: it may never have been accepted", async () => {
        const life = newLife("Nameservers");
        gandi.sandbox.addFault({ method: "PUT", status: 502 });
        await expect(life.up(KINDS[0].wanted())).rejects.toThrow();
        expect(life.state?.outputs).not.toHaveProperty("pending");
    });

    it("is pending where the second attempt finds it accepted", async () => {
        const life = newLife("GlueRecord");
        gandi.sandbox.addFault({ method: "POST", kind: "drop-after", times: 1 });
        await life.up(KINDS[1].wanted());
        expect(life.state?.outputs).toMatchObject({ pending: true });
        hours(25);
        expect(there().hosts).toEqual({ ns1: ["192.0.2.1"] });
    });
});
