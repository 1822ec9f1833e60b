import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { ask } from "../sandbox/ask";

let gandi: Gandi;
let snapshot: Life;
/** Each test has a zone of its own: what a provider process reads of one it shares for five seconds. */
let zone: string;
let before: { domain: string; name: string; triggers?: object };
let zones = 0;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    zone = `zone-${++zones}.example`;
    gandi.sandbox.addDomain({ fqdn: zone, records: [{ name: "www", type: "A", values: ["192.0.2.1"] }] });
    before = { domain: zone, name: "before release", triggers: { release: 1, notes: ["a"] } };
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    snapshot = gandi.life("Snapshot");
});

const path = () => `/v5/livedns/domains/${zone}/snapshots`;
const snapshots = () => gandi.sandbox.state.zone(zone)!.snapshots;
const ownId = (life = snapshot) => life.state!.id.split("/")[1]!;

async function byHand(method: "POST" | "PATCH" | "DELETE", id = "", body?: object): Promise<void> {
    await ask(gandi.sandbox, `${method} ${path()}${id && `/${id}`}`, { body });
}

describe("Snapshot", () => {
    it("is taken once, and left alone by the second run (promise 3)", async () => {
        await snapshot.up(before);
        expect(snapshots()).toMatchObject([
            { id: ownId(), name: "before release", automatic: false, rrsets: [{ name: "www", values: ["192.0.2.1"] }] },
        ]);
        expect(snapshot.state?.outputs).toMatchObject({
            automatic: false,
            createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        });
        gandi.writes();
        await expect(snapshot.preview(before)).resolves.toBe("same");
        await expect(snapshot.refresh()).resolves.toBe("same");
        await expect(snapshot.preview({ ...before, domain: `${zone.toUpperCase()}.` })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("has a name of ours where none is given", async () => {
        await snapshot.up({ domain: zone });
        expect(snapshots()).toMatchObject([{ name: "pulumi-gandi" }]);
        await expect(snapshot.refresh()).resolves.toBe("same");
        await expect(snapshot.preview({ domain: zone })).resolves.toBe("same");
    });

    it("is renamed in place, with its content and its date", async () => {
        await snapshot.up(before);
        const { createdAt, rrsets } = snapshots()[0]!;
        gandi.sandbox.setRRset(zone, { name: "www", type: "A", values: ["192.0.2.2"] });
        gandi.writes();
        await expect(snapshot.up({ ...before, name: "the last good one" })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH /livedns/domains/${zone}/snapshots/${ownId()}`]);
        expect(snapshots()).toMatchObject([{ id: ownId(), name: "the last good one", createdAt, rrsets }]);
        await expect(snapshot.refresh()).resolves.toBe("same");
    });

    it("is taken anew when a trigger changes, even a minute later, and the old one goes", async () => {
        await snapshot.up(before);
        const old = ownId();
        gandi.sandbox.setRRset(zone, { name: "www", type: "A", values: ["192.0.2.2"] });
        await expect(snapshot.up({ ...before, triggers: { release: 2, notes: ["a"] } })).resolves.toBe("replace");
        expect(ownId()).not.toBe(old);
        expect(snapshots()).toMatchObject([{ id: ownId(), rrsets: [{ values: ["192.0.2.2"] }] }]);
        await expect(snapshot.preview(before)).resolves.toBe("replace");
    });

    it("is replaced by that of another zone, and the old one goes", async () => {
        const other = `other-${zone}`;
        gandi.sandbox.addDomain({ fqdn: other, zone: "" });
        await snapshot.up(before);
        await expect(snapshot.up({ ...before, domain: other })).resolves.toBe("replace");
        expect(snapshots()).toEqual([]);
        expect(gandi.sandbox.state.zone(other)!.snapshots).toMatchObject([{ id: ownId(), name: before.name }]);
    });

    it("is deleted, also when somebody was faster (promise 5)", async () => {
        await snapshot.up(before);
        const { state } = snapshot;
        await snapshot.destroy();
        expect(snapshots()).toEqual([]);
        snapshot.state = state;
        await snapshot.destroy();
        expect(snapshot.state).toBeUndefined();
    });

    it("sees a name that was changed by hand as exactly that, and repairs it (promise 4)", async () => {
        await snapshot.up(before);
        await byHand("PATCH", ownId(), { name: "meddled with" });
        await expect(snapshot.refresh()).resolves.toBe("changed");
        expect(snapshot.state?.inputs).toMatchObject({ ...before, name: "meddled with" });
        await expect(snapshot.up(before)).resolves.toBe("update");
        expect(snapshots()).toMatchObject([{ id: ownId(), name: "before release" }]);
    });

    it("is dropped from the state when the zone lists it no more, and taken again", async () => {
        await snapshot.up(before);
        await byHand("DELETE", ownId());
        await expect(snapshot.refresh()).resolves.toBe("gone");
        await expect(snapshot.up(before)).resolves.toBe("create");
        expect(snapshots()).toHaveLength(1);
    });

    it("that is gone without a refresh says what to do when it should be renamed", async () => {
        await snapshot.up(before);
        await byHand("DELETE", ownId());
        await expect(snapshot.up({ ...before, name: "other" })).rejects.toThrow(/is gone: run `pulumi up --refresh`/);
    });

    it("goes on with the one that a killed run took minutes ago, and says so (promise 5)", async () => {
        await byHand("POST", "", { name: "before release" });
        gandi.writes();
        await snapshot.createAgain(before);
        expect(gandi.writes()).toEqual([]);
        expect(snapshots()).toMatchObject([{ id: ownId() }]);
        await gandi.lines.matching(/the snapshot "before release" of .* is taken for this one/);
    });

    it.each([
        ["an older one", { created_at: "2020-01-01T00:00:00Z" }],
        ["an automatic one", { automatic: true }],
        ["one of another name", { name: "before lunch" }],
    ])("takes none but its own: %s stays", async (_what, edit) => {
        const created_at = new Date().toISOString();
        const other = { id: "other", name: "before release", created_at, automatic: false, ...edit };
        gandi.sandbox.addFault({ method: "GET", path: path(), times: 1, status: 200, body: [other] });
        await snapshot.up(before);
        expect(snapshots()).toMatchObject([{ id: ownId(), name: "before release" }]);
    });

    it("is kept when it is renamed, moved or tainted minutes after it was taken", async () => {
        await snapshot.up(before);
        await snapshot.recreate(before);
        expect(snapshots()).toMatchObject([{ id: ownId() }]);
    });

    it("whose new name does not show in time is gone on with by the next run (promise 5)", async () => {
        await snapshot.up(before);
        gandi.sandbox.addFault({ kind: "stale", path: path() });
        const renamed = { ...before, name: "after" };
        await expect(snapshot.up({ ...renamed, timeouts: { update: 0.05 } })).rejects.toThrow(
            /waiting for the snapshot "after" to be listed/,
        );
        gandi.sandbox.clearFaults();
        await expect(snapshot.up(renamed)).resolves.toBe("update");
        expect(snapshots()).toMatchObject([{ id: ownId(), name: "after" }]);
        await expect(snapshot.preview(renamed)).resolves.toBe("same");
    });

    it("is found where the answer that it was taken is lost", async () => {
        gandi.sandbox.addFault({ method: "POST", times: 1, kind: "drop-after" });
        await snapshot.up(before);
        expect(snapshots()).toMatchObject([{ id: ownId() }]);
    });

    it("is not taken twice where it is not known whether it was", async () => {
        gandi.sandbox.addFault({ method: "POST", times: 1, kind: "drop-before" });
        await expect(snapshot.up(before)).rejects.toThrow(/no connection|closed/);
        expect(snapshots()).toEqual([]);
        await snapshot.up(before);
        expect(snapshots()).toHaveLength(1);
    });

    it("that Gandi refuses for a conflict is an error in Gandi's words, and no resource", async () => {
        gandi.sandbox.addFault({ method: "POST", path: path(), status: 409, body: { message: "Too many" } });
        await expect(snapshot.up(before)).rejects.toThrow(/409 on POST.*Too many/);
        expect(snapshot.state).toBeUndefined();
        expect(snapshots()).toEqual([]);
    });

    it("that does not show in time is saved as partly made, and the next run takes no second (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: path() });
        await expect(snapshot.up({ ...before, timeouts: { create: 0.05 } })).rejects.toThrow(
            /waiting for the snapshot "before release" to be listed/,
        );
        expect(snapshots()).toMatchObject([{ id: ownId() }]);
        await expect(snapshot.up({ ...before, timeouts: { update: 0.05 } })).rejects.toThrow(
            /waiting for the snapshot "before release" to be listed/,
        );
        gandi.sandbox.clearFaults();
        await expect(snapshot.up(before)).resolves.toBe("update");
        expect(snapshots()).toHaveLength(1);
        await expect(snapshot.preview(before)).resolves.toBe("same");
    });

    it.each([
        ["time limits", () => ({ timeouts: { update: 60 } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await snapshot.up(before);
        gandi.sandbox.clearRequests();
        await expect(snapshot.up({ ...before, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(snapshot.state?.outputs).toMatchObject(change());
    });

    it("can be read by its id without being managed, an automatic one too", async () => {
        await ask(gandi.sandbox, `PUT /v5/livedns/domains/${zone}/records/www/A`, {
            body: { rrset_values: ["192.0.2.3"] },
        });
        const [automatic] = snapshots();
        await expect(snapshot.get(`${zone.toUpperCase()}/${automatic!.id}`)).resolves.toMatchObject({
            id: `${zone}/${automatic!.id}`,
            outputs: { domain: zone, name: automatic!.name, automatic: true },
        });
        await expect(snapshot.get(`${zone}/none`)).rejects.toThrow(`there is no Snapshot ${zone}/none`);
        await expect(snapshot.get(zone)).rejects.toThrow("write domain/id");
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: snapshot, good: before }),
        [
            ["an empty name", { name: "" }, /^name: is empty/],
            ["a name of white space", { name: " " }, /^name: is empty/],
            [
                "a name with a control character",
                { name: "a\u001b[31m" },
                /^name: holds a line break or another control/,
            ],
            ["a name that is no text", { name: 7 }, /^name: must be text, not /],
            ["triggers that are a list", { triggers: ["a"] }, /^triggers: must be an object, not /],
            ["triggers that are one text", { triggers: "release 1" }, /^triggers: must be an object, not /],
            ["a domain that is none", { domain: "-.example" }, /^domain: /],
            ["a domain that is no text", { domain: 7 }, /^domain: must be text, not /],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a misspelled property", { trigger: {} }, /^trigger: .*did you mean triggers/],
        ],
    );
});
