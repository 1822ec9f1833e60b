import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { CommandError, ConcurrentUpdateError, createOrSelectStack, type Stack, UnsupportedError } from "../../engine";
import { shareSalt } from "../harness/stackEnv";
import { type ProgramSpec, Project, type ThingSpec } from "./things";

jest.setTimeout(120_000);

let project: Project;
let stack: Stack;

const open = (more: object = {}) =>
    createOrSelectStack(
        { stackName: "dev", workDir: project.dir },
        { stateDir: project.state, envVars: project.env, ...more },
    );

const thing = (name: string, args: object = {}, opts: object = {}): ThingSpec => ({ name, args, opts });

function program(...resources: ThingSpec[]): ProgramSpec {
    const spec = { resources };
    project.program(spec);
    return spec;
}

const stateText = () => readFileSync(join(project.state, ".pulumi", "stacks", "things", "dev.json"), "utf8");

async function resources(): Promise<{ urn: string; [key: string]: unknown }[]> {
    return (await stack.exportStack()).deployment.resources ?? [];
}

const named = async (name: string) => (await resources()).find(({ urn }) => urn.endsWith(`::${name}`));

async function failure(run: Promise<unknown>): Promise<CommandError> {
    const error = await run.then(
        () => undefined,
        (reason) => reason,
    );
    expect(error).toBeInstanceOf(CommandError);
    return error;
}

async function fileAppears(path: string): Promise<void> {
    const { watch, existsSync } = await import("node:fs");
    await new Promise<void>((resolve) => {
        const watcher = watch(project.cloud, () => {
            if (existsSync(path)) {
                watcher.close();
                resolve();
            }
        });
        if (existsSync(path)) {
            watcher.close();
            resolve();
        }
    });
}

beforeEach(async () => {
    project = new Project();
    shareSalt(project.dir);
    stack = await open();
});
afterEach(() => project.remove());

describe("what is shown", () => {
    test("is a line for each step, each changed property, each message, and what has changed outside", async () => {
        const old = thing("a", { value: "1", map: { "www A": { ttl: 300 } }, secret: { $secret: "hush-hush" } });
        project.program({ resources: [old, thing("b", { list: ["x", "y"] }), thing("c")], log: "the weather" });
        const up = await stack.up();
        expect(up.stdout).toContain("\nthe weather\n");
        expect(up.stdout).toContain("warning: pulumi-nodejs:dynamic/test:Thing (a): a warning about the weather\n");

        program(
            thing("a", { value: "2", map: { "www A": { ttl: 600 } }, secret: { $secret: "silence" } }),
            thing("b", { list: ["x"], kind: "other" }, { dependsOn: ["a"] }),
        );
        const printed: string[] = [];
        const events: EngineEvent[] = [];
        const { stdout } = await stack.preview({
            onOutput: (text) => printed.push(text),
            onEvent: (event) => events.push(event),
        });
        expect(printed.join("")).toBe(stdout);
        expect(stdout).toBe(`update pulumi-nodejs:dynamic/test:Thing a
    ~ map["www A"].ttl: 300 => 600
    ~ secret: [secret] => [secret]
    ~ value: "1" => "2"
create-replacement pulumi-nodejs:dynamic/test:Thing b
    + kind: "other" [replaces]
    - list[1]: "y"
replace pulumi-nodejs:dynamic/test:Thing b
delete pulumi-nodejs:dynamic/test:Thing c
delete-replaced pulumi-nodejs:dynamic/test:Thing b
1 same, 1 update, 1 replace, 1 delete
`);
        const replace = events.find(({ resourcePreEvent }) => resourcePreEvent?.metadata.op === "replace");
        expect(replace?.resourcePreEvent).toMatchObject({
            planning: true,
            metadata: {
                keys: ["kind"],
                diffs: ["kind", "list"],
                detailedDiff: {
                    kind: { diffKind: "add-replace", inputDiff: true },
                    "list[1]": { diffKind: "delete", inputDiff: true },
                },
            },
        });
        expect(events.at(-1)?.summaryEvent?.resourceChanges).toEqual({ same: 1, update: 1, replace: 1, delete: 1 });

        project.edit("b-1", { list: ["x", "z"], value: "drifted" });
        project.edit("c-1", undefined);
        const refresh = await stack.refresh();
        expect(refresh.stdout).toContain(`pulumi-nodejs:dynamic/test:Thing b has changed outside of this program
    ~ list[1]: "y" => "z"
    + value: "drifted"
`);
        expect(refresh.stdout).toContain("pulumi-nodejs:dynamic/test:Thing c is gone\n");
        expect(refresh.summary.resourceChanges).toEqual({ same: 2, update: 1, delete: 1 });
    });

    test("names the resource of an error", async () => {
        program(thing("b", { value: "invalid" }));
        const { message, stderr } = await failure(stack.preview());
        expect(stderr).toContain(
            "(b): pulumi-nodejs:dynamic/test:Thing resource 'b' has a problem: value: must not be invalid",
        );
        expect(message).toContain("preview failed");
    });
});

describe("secrets", () => {
    test("are encrypted in state and settings, also of a stack that imports them, masked in what is printed, and given back by outputs()", async () => {
        await stack.setConfig("password", { value: "swordfish", secret: true });
        await stack.setConfig("region", { value: "swordfish-bay" });
        const spec = program(thing("a", { secret: { $requireSecret: "password" }, value: "1" }));
        project.program({
            ...spec,
            log: "the password is swordfish",
            outputs: { secret: { $output: "a.secret" }, token: { $output: "a.token" } },
        });
        const { stdout, outputs } = await stack.up();
        expect(stdout).not.toContain("swordfish");
        expect(stdout).toContain("the password is [secret]");
        expect(stateText()).not.toContain('"swordfish"');
        expect(readFileSync(join(project.dir, "Pulumi.dev.yaml"), "utf8")).not.toMatch(/swordfish$/m);
        expect(outputs).toEqual({
            secret: { value: "swordfish", secret: true },
            token: { value: "t0ken", secret: false },
        });
        expect(await stack.getAllConfig()).toEqual({
            "things:password": { value: "swordfish", secret: true },
            "things:region": { value: "swordfish-bay", secret: false },
        });

        const exported = await stack.exportStack();
        const source = project;
        project = new Project();
        const other = await open();
        await other.importStack(exported);
        expect(stateText()).not.toContain('"swordfish"');
        expect((await other.exportStack()).deployment.resources).toEqual(exported.deployment.resources);
        source.remove();
    });

    test("can't be read with another passphrase", async () => {
        await expect(open({ envVars: { ...project.env, PULUMI_CONFIG_PASSPHRASE: "wrong" } })).rejects.toThrow(
            "incorrect passphrase",
        );
    });
});

describe("configuration", () => {
    test("is the project's values under the stack's, objects as JSON", async () => {
        project.write(
            "Pulumi.yaml",
            `name: things
runtime: nodejs
config:
  region: nowhere
  "other:url": { value: "http://127.0.0.1" }
  size: { type: integer, default: 3 }
`,
        );
        project.write(
            "Pulumi.dev.yaml",
            `${readFileSync(join(project.dir, "Pulumi.dev.yaml"), "utf8")}config:\n  things:region: here\n  things:tags: [a, b]\n`,
        );
        stack = await open();
        await stack.setConfig("extra", { value: "1" });
        await stack.setConfig("gone", { value: "1" });
        await stack.removeConfig("things:gone");
        const values = Object.entries(await stack.getAllConfig()).map(([key, { value }]) => [key, value]);
        expect(Object.fromEntries(values)).toEqual({
            "things:region": "here",
            "other:url": "http://127.0.0.1",
            "things:size": "3",
            "things:tags": '["a","b"]',
            "things:extra": "1",
        });
    });

    test("that the project declares and nobody gives is asked for by name", async () => {
        project.write("Pulumi.yaml", "name: things\nruntime: nodejs\nconfig:\n  region: { type: string }\n");
        program();
        stack = await open();
        await expect(stack.up()).rejects.toThrow("missing configuration values: things:region");
    });
});

describe("a run that is cut short", () => {
    test("by a cancel lets what is in flight finish, saves it, and begins nothing more", async () => {
        program(thing("a"), thing("b", { value: { $output: "a.marker" } }));
        project.faults({ "create a": "wait" });
        const run = failure(stack.up());
        await fileAppears(join(project.cloud, "waiting-a"));
        await stack.cancel();
        writeFileSync(join(project.cloud, "go-on"), "");
        expect((await run).message).toContain("update cancelled");
        expect(await named("a")).toMatchObject({ id: "a-1" });
        expect(project.calls()).toEqual(["create a a-1"]);
        project.faults({});
        expect((await stack.up()).summary.resourceChanges).toEqual({ same: 2, create: 1 });
    });

    test("by the death of the provider says so, and can be run again", async () => {
        program(thing("a"), thing("b", { value: { $output: "a.marker" } }));
        project.faults({ "create b": "exit" });
        const { stderr } = await failure(stack.up());
        expect(stderr).toContain("(b): the provider process ended (exit code 7) during create");
        expect(await named("a")).toBeDefined();
        project.faults({});
        expect((await stack.up()).summary.resourceChanges).toEqual({ same: 2, create: 1 });
    });

    test("by the death of the program, or by an error of it, says so, saves what was made, and deletes nothing", async () => {
        program(thing("a"), thing("z"));
        await stack.up();
        project.program({ resources: [thing("a"), thing("b")], dies: "b" });
        const { stderr } = await failure(stack.up());
        expect(stderr).toContain("the program ended with signal SIGKILL");
        expect(await named("b")).toBeDefined();
        expect(await named("z")).toBeDefined();

        project.program({ resources: [thing("a"), thing("b")], throws: "the program is wrong" });
        expect((await failure(stack.up())).stderr).toContain("Error: the program is wrong");
        expect(await named("z")).toBeDefined();

        project.program({ resources: [thing("a"), thing("b")] });
        expect((await stack.up()).summary.resourceChanges).toEqual({ same: 3, delete: 1 });
    });

    test("by the death of the engine leaves what was under way, and the next run warns and goes on", async () => {
        program(thing("a"));
        await stack.up();
        project.interruptCreation("a");
        const { stdout, summary } = await stack.up();
        expect(stdout).toContain("with 1 pending operations from previous deployment");
        expect(stdout).toContain("::a, interrupted while creating");
        expect(summary.resourceChanges).toEqual({ same: 1, create: 1 });
    });
});

describe("the lock of a stack", () => {
    const lockDir = () => join(project.state, ".pulumi", "locks", "organization", "things", "dev");
    const writeLock = (pid: number) => {
        mkdirSync(lockDir(), { recursive: true });
        writeFileSync(
            join(lockDir(), "other.json"),
            JSON.stringify({ pid, username: "u", hostname: hostname(), timestamp: "then" }),
        );
    };
    /** No process has it: it is above Linux's and macOS's highest. */
    const DEAD_PID = 2 ** 22 + 1;

    test("keeps two runs apart, and is given back", async () => {
        program(thing("a"));
        project.faults({ "create a": "wait" });
        const first = stack.up();
        await fileAppears(join(project.cloud, "waiting-a"));
        const error = await failure((await open()).up());
        expect(error).toBeInstanceOf(ConcurrentUpdateError);
        expect(error.message).toContain(`locked by process ${process.pid}`);
        writeFileSync(join(project.cloud, "go-on"), "");
        await first;
        expect(readdirSync(lockDir())).toEqual([]);
    });

    test("of a dead process is taken over, with a warning", async () => {
        program();
        writeLock(DEAD_PID);
        expect((await stack.preview()).stdout).toContain(`process ${DEAD_PID} was killed while it held the lock`);
    });

    test("is taken away by cancel when its process is dead, and not when it lives", async () => {
        writeLock(DEAD_PID);
        await stack.cancel();
        expect(readdirSync(lockDir())).toEqual([]);
        writeLock(process.ppid);
        await expect(stack.cancel()).rejects.toThrow(`process ${process.ppid}`);
    });
});

test("expectNoChanges fails what has something to do, and a preview leaves the state as it is", async () => {
    program(thing("a", { value: "1" }));
    expect((await failure(stack.preview({ expectNoChanges: true }))).stderr).toContain("changes were proposed");
    await stack.up();
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    project.edit("a-1", { value: "2" });
    const before = stateText();
    const { changeSummary } = await stack.preview({ refresh: true });
    expect(changeSummary).toEqual({ same: 1, update: 1 });
    expect(stateText()).toBe(before);
    expect((await failure(stack.refresh({ expectNoChanges: true }))).stderr).toContain("changes occurred");
});

test("a program in TypeScript runs", async () => {
    project.write("package.json", '{ "private": true, "main": "program.ts" }');
    project.write(
        "tsconfig.json",
        '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext", "strict": true } }',
    );
    project.write(
        "program.ts",
        'import * as pulumi from "@pulumi/pulumi";\nexport const sum: pulumi.Output<number> = pulumi.output(1).apply((n: number) => n + 1);\n',
    );
    stack = await open();
    expect((await stack.up()).outputs).toEqual({ sum: { value: 2, secret: false } });
});

test("a run that goes on after a failure keeps what something refers to that was left out", async () => {
    program(thing("a"), thing("needed"), thing("b", {}, { dependsOn: ["needed"] }), thing("free"));
    await stack.up();
    project.calls();
    program(thing("a", { value: "2" }), thing("b", { value: "2" }, { dependsOn: ["a"] }));
    project.faults({ "update a": "throw" });
    await failure(stack.up({ continueOnError: true }));
    expect(project.calls().sort()).toEqual(["delete free free-1", "update a a-1"]);
    project.faults({});
    await stack.up();
    expect(project.calls().sort()).toEqual(["delete needed needed-1", "update a a-1", "update b b-1"]);
});

describe("what this engine can't do it refuses by name", () => {
    test.each<[string, ThingSpec, string]>([
        ["another package", { name: "b", custom: "aws:s3/bucket:Bucket" }, "aws:s3/bucket:Bucket b: package aws"],
        ["import", thing("a", {}, { import: "a-1" }), "Thing a: import"],
        ["transforms", thing("a", {}, { transforms: ["x"] }), "transforms"],
    ])("in a program: %s", async (_what, resource, message) => {
        program(resource);
        expect((await failure(stack.preview())).stdout).toContain(message);
    });

    test("in options", async () => {
        await expect(stack.up({ target: ["urn"] })).rejects.toThrow(new UnsupportedError("option target"));
    });

    test("in settings", async () => {
        project.write("Pulumi.yaml", "name: things\nruntime: python\n");
        await expect(open()).rejects.toThrow("runtime python is not supported");
    });

    test("in state", async () => {
        const urn = "urn:pulumi:dev::things::pulumi:pulumi:Stack::things-dev";
        const deployment = { resources: [{ urn, type: "pulumi:pulumi:Stack", custom: false, viewOf: "x" }] };
        await expect(stack.importStack({ version: 3, deployment })).rejects.toThrow("the state uses viewOf");
    });
});

test("a state in which a resource stands before what it refers to is refused", async () => {
    const resource = {
        urn: "urn:pulumi:dev::things::t::a",
        type: "t",
        custom: false,
        parent: "urn:pulumi:dev::things::t::b",
    };
    await expect(stack.importStack({ version: 3, deployment: { resources: [resource] } })).rejects.toThrow(
        "not in order",
    );
});
