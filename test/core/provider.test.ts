import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PartialFailure } from "../../engine/process/providerProcess";
import { UNKNOWN } from "../../provider/core/inputs/values";
import { Life } from "../harness/life";
import { Lines } from "../harness/lines";
import { processesOf, type Runs } from "../harness/runs";

const programDir = join(__dirname, "probe");
const TEXT = `exports.handler=()=>require(${JSON.stringify(join(programDir, "probe.js"))});`;
const config = { "gandi:personalAccessToken": "a-token-that-nobody-asks", "gandi:url": "http://127.0.0.1:9" };

const env = { GANDI_PERSONAL_ACCESS_TOKEN: undefined, GANDI_KEY: undefined, GANDI_URL: undefined };
const cloud = mkdtempSync(join(tmpdir(), "probe-"));
const lines = new Lines();
let runs: Runs;

beforeAll(() => {
    runs = processesOf({
        programDir,
        config,
        env: { ...env, PROBE_CLOUD: join(cloud, "cloud.json") },
        onLog: lines.add,
    });
});
afterAll(async () => {
    await runs.close();
    rmSync(cloud, { recursive: true });
});
beforeEach(() => lines.clear());

const life = () => new Life(runs, "Probe", TEXT);
const ensured = () => lines.all.filter((line) => line.startsWith("ensure"));

describe("check", () => {
    it("answers with what the program gave, in its spelling and without defaults", async () => {
        const given = { name: "Mixed", tags: ["b", "a"] };
        await expect(life().check(given)).resolves.toEqual({ ...given, __provider: TEXT });
    });

    it("says all that is wrong at once, each with its path", async () => {
        const reasons = await life().reasons({ name: "a b", size: 0, nested: { inner: 5, extra: 1 }, tagz: [] });
        expect(reasons).toEqual([
            "tagz: Probe has no such property: did you mean tags?",
            "size: must be 1 or more",
            "nested.inner: must be text, not a number",
            'nested: has no property "extra"',
            "name: holds a space",
        ]);
    });

    it("calls a missing property required", async () => {
        await expect(life().reasons({})).resolves.toEqual(["name: is required"]);
    });

    it("lets unknown values pass at any depth, and still judges the known ones", async () => {
        const inputs = { name: UNKNOWN, size: UNKNOWN, tags: ["a", UNKNOWN], nested: { inner: UNKNOWN, count: 1 } };
        await expect(life().check(inputs)).resolves.toMatchObject(inputs);
        await expect(life().reasons({ ...inputs, nested: { inner: UNKNOWN, count: "x" } })).resolves.toEqual([
            "nested.count: must be a number, not text",
        ]);
    });

    it("refuses another type, whatever in it is unknown", async () => {
        await expect(life().reasons({ name: { first: UNKNOWN }, tags: { a: UNKNOWN } })).resolves.toEqual([
            "name: must be text, not an object",
            "tags: must be a list, not an object",
        ]);
    });

    it("knows no property by the name of an object's own", async () => {
        await expect(life().reasons({ name: "x", constructor: "y" })).resolves.toEqual([
            expect.stringContaining("constructor: Probe has no such property"),
        ]);
    });

    it("refuses without a token, in the same breath as other problems", async () => {
        const bare = processesOf({
            programDir,
            config: { "gandi:requestsPerMinute": "none" },
            env: { ...env, GANDI_URL: "ftp://example.com" },
        });
        try {
            const reasons = await new Life(bare, "Probe", TEXT).reasons({ name: "x", size: 0 });
            expect(reasons).toHaveLength(4);
            expect(reasons[0]).toContain("size: must be 1 or more");
            expect(reasons[1]).toContain("no Gandi token");
            expect(reasons[2]).toContain("the environment variable GANDI_URL");
            expect(reasons[3]).toBe(
                "the stack configuration gandi:requestsPerMinute must be a number from 1 to 1000000",
            );
        } finally {
            await bare.close();
        }
    });
});

describe("a resource's life", () => {
    it("creates, does nothing the second time, updates, refreshes and deletes", async () => {
        const it = life();
        await expect(it.up({ name: "Life", tags: ["a", "b"] })).resolves.toBe("create");
        expect(it.state).toMatchObject({ id: "life", outputs: { name: "Life", size: 7, serial: 42, _v: 1 } });
        await expect(it.preview({ name: "LIFE", tags: ["b", "a"] })).resolves.toBe("same");
        await expect(it.up({ name: "Life", tags: ["a", "b"], size: 8 })).resolves.toBe("update");
        await expect(it.refresh()).resolves.toBe("same");
        await it.destroy();
        await lines.matching(/^remove life$/);
    });

    it("keeps a new spelling of equal values through a refresh, which sees no drift in it", async () => {
        const it = life();
        await it.up({ name: "spelling", tags: ["a", "b"] });
        await expect(it.up({ name: "spelling", tags: ["b", "a"] })).resolves.toBe("same");
        await expect(it.refresh()).resolves.toBe("same");
        expect(it.state?.inputs).toMatchObject({ tags: ["b", "a"] });
    });

    it("records a changed policy without a call", async () => {
        const it = life();
        await it.up({ name: "policy" });
        await expect(it.up({ name: "policy", policy: "delete" })).resolves.toBe("update");
        expect(ensured()).toEqual(["ensure policy anew"]);
        expect(it.state?.outputs).toMatchObject({ policy: "delete", serial: 42 });
    });

    it("takes a changed pointer as an update that makes no call", async () => {
        const it = life();
        await it.up({ name: "pointer" });
        it.state!.outputs.__provider = `${TEXT} `;
        await expect(it.up({ name: "pointer" })).resolves.toBe("update");
        expect(ensured()).toEqual(["ensure pointer anew"]);
        expect(it.state?.outputs.__provider).toBe(TEXT);
        await expect(it.preview({ name: "pointer" })).resolves.toBe("same");
    });

    it("replaces by identity, the new one first", async () => {
        const it = life();
        await it.up({ name: "first" });
        await expect(it.up({ name: "second" })).resolves.toBe("replace");
        await lines.matching(/^remove first$/);
        expect(lines.all).toEqual(["ensure first anew", "ensure second anew", "remove first"]);
    });

    it("keeps what a rename, a move or a taint creates again under the same id", async () => {
        const it = life();
        await it.up({ name: "renamed" });
        await it.recreate({ name: "renamed" });
        await lines.matching(/^renamed: still declared in the program, so it stays/);
        expect(lines.all).not.toContain("remove renamed");
    });

    it("sees another difference in an unknown value", async () => {
        const it = life();
        await it.up({ name: "unknown" });
        await expect(it.preview({ name: "unknown", size: UNKNOWN })).resolves.toBe("update");
        await expect(it.preview({ name: UNKNOWN })).resolves.toBe("replace");
    });
});

describe("answers", () => {
    it("strips undefined at any depth and makes dates text, or the SDK would fail after the create", async () => {
        const it = life();
        await it.up({ name: "undefined", answer: "undefined" });
        expect(it.state?.outputs.serial).toEqual({ deep: {}, at: "1970-01-01T00:00:00.000Z", list: [null, 1] });
    });

    it("never returns a mark or an output among the inputs of a refresh", async () => {
        const it = life();
        await it.up({ name: "inputs" });
        writeFileSync(join(cloud, "cloud.json"), JSON.stringify({ inputs: { size: 9 } }));
        await expect(it.refresh()).resolves.toBe("changed");
        expect(Object.keys(it.state!.inputs).sort()).toEqual(["__provider", "name", "size"]);
    });
});

describe("failures", () => {
    it("saves a half-made resource with its pointer, and goes on with it in the next run", async () => {
        const it = life();
        const failure = await it.up({ name: "half", answer: "half" }).catch((error) => error);
        expect(failure).toBeInstanceOf(PartialFailure);
        expect(failure.reasons).toEqual(["still waiting [unexpected]"]);
        expect(it.state).toMatchObject({ id: "half", outputs: { _partial: "still waiting", __provider: TEXT, _v: 1 } });
        await expect(it.up({ name: "half", answer: "good" })).resolves.toBe("update");
        expect(it.state?.outputs._partial).toBeUndefined();
        await expect(it.preview({ name: "half", answer: "good" })).resolves.toBe("same");
    });

    it("saves nothing where nothing was made", async () => {
        for (const answer of ["nothing", "plain"]) {
            const it = life();
            const failure = await it.up({ name: answer, answer }).catch((error) => error);
            expect(failure).not.toBeInstanceOf(PartialFailure);
            expect(it.state).toBeUndefined();
        }
    });

    it("answers with the reason, and prints neither that nor a stack beside it", async () => {
        await expect(life().get("nowhere")).rejects.toThrow("there is no Probe nowhere at Gandi");
        await lines.matching(/Probe nowhere: failed/);
        expect(lines.all.join("\n")).not.toMatch(/^\s+at |there is no Probe nowhere/m);
    });
});

describe("read", () => {
    it("drops from a refresh what is gone, but fails a get of what is not there", async () => {
        const it = life();
        await it.up({ name: "gone" });
        const before = it.state;
        await it.destroy();
        it.state = before;
        await expect(it.refresh()).resolves.toBe("gone");
        await expect(life().get("gone")).rejects.toThrow("there is no Probe gone at Gandi");
    });

    it("writes the mark that tells a refresh from a get", async () => {
        const it = life();
        await it.up({ name: "marked" });
        const read = await life().get("MARKED");
        expect(read).toMatchObject({ id: "marked", outputs: { size: 7, _v: 1 } });
    });
});

describe("state of elsewhere", () => {
    it("is refused by diff, read, update and delete when its API is another one", async () => {
        const it = life();
        await it.up({ name: "origin" });
        expect(it.state?.outputs._origin).toBe("http://127.0.0.1:9");
        it.state!.outputs._origin = "http://127.0.0.1:8";
        for (const act of [() => it.preview({ name: "origin" }), () => it.refresh(), () => it.destroy()]) {
            await expect(act()).rejects.toThrow(
                "lives at http://127.0.0.1:8, but the configuration points to http://127.0.0.1:9",
            );
        }
    });

    it("is refused when a newer version wrote it", async () => {
        const it = life();
        await it.up({ name: "newer" });
        it.state!.outputs._v = 2;
        await expect(it.preview({ name: "newer" })).rejects.toThrow("newer version of pulumi-gandi");
    });
});
