import { join } from "node:path";
import { PartialFailure, ProviderProcess, ProviderProcessEnded, UNKNOWN } from "../../engine/process/providerProcess";

const programDir = join(__dirname, "programs");
const urn = "urn:pulumi:stack::project::pulumi-nodejs:dynamic/test:Thing::thing";

/** Provider text as it stands in a resource's inputs: `methods` is the body of an object literal. */
function text(methods: string): string {
    return `exports.handler = () => ({ ${methods} });`;
}

describe("the dynamic provider's process", () => {
    let provider: ProviderProcess;

    beforeAll(async () => {
        provider = await ProviderProcess.start({
            programDir,
            project: "proj",
            config: { "test:region": "here" },
            env: { TEST_GREETING: "hello" },
        });
    });
    afterAll(() => provider.close());

    test("checks, and gives the failures with their property", async () => {
        const __provider = text(
            `async check(olds, news) { return { inputs: { ...news, size: olds.size ?? 1 }, failures: [{ property: "name", reason: "too short" }] }; }`,
        );
        expect(await provider.check(urn, { size: 7 }, { name: "x", __provider })).toEqual({
            inputs: { name: "x", size: 7, __provider },
            failures: [{ property: "name", reason: "too short" }],
        });
    });

    test("diffs in all three ways: changed, unchanged, unknown", async () => {
        const __provider = text(
            `async diff(id, olds, news) { return { changes: news.changes ?? undefined, replaces: news.replaces, deleteBeforeReplace: news.replaces !== undefined }; }`,
        );
        const diff = (news: object) => provider.diff(urn, "1", {}, {}, { ...news, __provider });
        expect(await diff({ changes: true, replaces: ["a"] })).toEqual({
            changes: true,
            replaces: ["a"],
            deleteBeforeReplace: true,
        });
        expect(await diff({ changes: false })).toMatchObject({ changes: false, replaces: [] });
        expect(await diff({})).toMatchObject({ changes: undefined });
    });

    test("creates, reads, updates and deletes, with the provider's own configuration and environment", async () => {
        const __provider = text(`
            configure(req) { this.config = req.config; },
            async create(props) { return { id: "7", outs: { ...props, region: this.config.get("test:region"), greeting: process.env.TEST_GREETING } }; },
            async read(id, props) { return { id, props: { ...props, seen: true }, inputs: { value: 2 } }; },
            async update(id, olds, news) { return { outs: { was: olds.value, is: news.value } }; },
            async delete(id, props) { if (id !== "7" || props.value !== 3) throw new Error("wrong call"); },
        `);
        expect(await provider.create(urn, { value: 1, nothing: undefined, __provider })).toEqual({
            id: "7",
            outputs: { value: 1, region: "here", greeting: "hello", __provider },
        });
        expect(await provider.read(urn, "7", { value: 1, __provider }, {})).toEqual({
            id: "7",
            outputs: { value: 1, seen: true, __provider },
            inputs: { value: 2, __provider },
        });
        expect(
            await provider.update(urn, "7", { value: 1, __provider }, { value: 1 }, { value: 3, __provider }),
        ).toEqual({ was: 1, is: 3, __provider });
        await provider.delete(urn, "7", { value: 3, __provider }, {});
    });

    test("makes no call for a create in preview", async () => {
        const __provider = text(`async create() { throw new Error("must not be called"); }`);
        expect(await provider.create(urn, { value: UNKNOWN, __provider }, true)).toEqual({
            id: "",
            outputs: { value: UNKNOWN, __provider },
        });
    });

    test("turns a throw into an error with its message", async () => {
        const __provider = text(`async create() { throw new Error("the cloud is full"); }`);
        await expect(provider.create(urn, { __provider })).rejects.toThrow("the cloud is full");
    });

    test("turns a throw with an id into a partial failure", async () => {
        const __provider = text(
            `async create(props) { throw Object.assign(new Error("half"), { id: "9", properties: { ...props, state: "WAIT" }, reasons: ["still waiting"] }); }`,
        );
        const failure = await provider.create(urn, { value: 1, __provider }).catch((error) => error);
        expect(failure).toBeInstanceOf(PartialFailure);
        expect(failure).toMatchObject({
            id: "9",
            properties: { value: 1, state: "WAIT", __provider },
            reasons: ["still waiting"],
        });
    });
});

test("a call that the provider's process does not survive says how it ended", async () => {
    const provider = await ProviderProcess.start({ programDir });
    const __provider = text("async create() { process.exit(3); }");
    const failure = await provider.create(urn, { __provider }).catch((error) => error);
    expect(failure).toBeInstanceOf(ProviderProcessEnded);
    expect(failure.message).toBe("the provider process ended (exit code 3) during create");
    await provider.close();
});

test("what the provider prints arrives line by line, with secrets masked", async () => {
    const logs: string[] = [];
    const provider = await ProviderProcess.start({
        programDir,
        config: { "test:token": 'hunter2"secret' },
        secretKeys: ["test:token"],
        onLog: (line, stream) => logs.push(`${stream}: ${line}`),
    });
    const __provider = text(`
        configure(req) { this.token = req.config.get("test:token"); },
        async delete() { console.log("using " + this.token); console.error(JSON.stringify({ token: this.token })); },
    `);
    await provider.delete(urn, "1", { __provider });
    await provider.close();
    expect(logs.sort()).toEqual(['stderr: {"token":"[secret]"}', "stdout: using [secret]"]);
});

test("an explicit provider sees its own inputs, not the stack's configuration", async () => {
    const provider = await ProviderProcess.start({
        programDir,
        config: { "test:region": "here" },
        providerInputs: { "test:token": "t" },
    });
    const __provider = text(`
        configure(req) { this.config = req.config; },
        async create() { return { id: "1", outs: { region: this.config.get("test:region") ?? "none", token: this.config.get("test:token") } }; },
    `);
    expect((await provider.create(urn, { __provider })).outputs).toMatchObject({ region: "none", token: "t" });
    await provider.close();
});

test("a closed provider leaves no process behind", async () => {
    const provider = await ProviderProcess.start({ programDir });
    const pid = provider.pid as number;
    await provider.close();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
