import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createOrSelectStack } from "../../engine";
import { hermeticEnv, openOnCli } from "../../scripts/pulumiCli";
import { describeWithPulumi } from "./pulumiCli";
import { Recorder } from "./recorder";
import { type AnyStack, Project, type ThingSpec } from "./things";

jest.setTimeout(600_000);

async function embedded(project: Project): Promise<AnyStack> {
    const options = { envVars: project.env, stateDir: project.state };
    return createOrSelectStack({ stackName: "dev", workDir: project.dir }, options);
}

async function real(project: Project, pulumiDir: string): Promise<AnyStack> {
    const home = join(project.dir, "home");
    mkdirSync(home);
    const envVars = { ...hermeticEnv(home, project.state), ...project.env };
    return openOnCli(pulumiDir, { stackName: "dev", workDir: project.dir }, envVars);
}

const thing = (name: string, args: object = {}, opts: object = {}): ThingSpec => ({ name, args, opts });
const program = (...resources: ThingSpec[]) => ({ resources });

/** Each is played on both engines, and must do the same on both, operation by operation. */
const scenarios: Record<string, (play: Recorder) => Promise<void>> = {
    "a life: create, no change, update, drift, repair, destroy": async (play) => {
        const first = {
            resources: [
                thing("a", { value: "1", list: ["x", "y"], map: { k: 1 } }),
                thing("b", { value: { $output: "a.region" }, secret: { $secret: "hush" } }, { dependsOn: ["a"] }),
            ],
            outputs: { value: { $output: "b.value" }, secret: { $output: "b.secret" }, nested: { list: [1, true] } },
        };
        await play.stack.setConfig("region", { value: "here" });
        await play.stack.setConfig("password", { value: "swordfish", secret: true });
        await play.preview(first);
        await play.up(first);
        await play.up();
        await play.refresh();
        play.project.edit("a-1", { value: "drifted" });
        await play.preview(undefined, { refresh: true });
        await play.refresh();
        await play.preview();
        await play.up();
        await play.up({ ...first, resources: [thing("a", { value: "2" })], outputs: {} });
        await play.destroy();
    },
    "replacements in both orders, with dependents": async (play) => {
        const specs = (kind: string, more: object) =>
            program(
                thing("a", { kind, value: "1", ...more }),
                thing("b", { kind: { $output: "a.id" }, value: "1" }),
                thing("c", { value: { $output: "b.id" } }),
                thing("d", {}, { dependsOn: ["a"] }),
            );
        await play.up(specs("one", {}));
        await play.preview(specs("two", {}));
        await play.up(specs("two", {}));
        await play.preview(specs("three", { deleteFirst: true }));
        await play.up(specs("three", { deleteFirst: true }));
        play.project.faults({ "create a": "throw" });
        await play.up(specs("four", { deleteFirst: true }));
        play.project.faults({});
        await play.preview();
        await play.up();
        play.project.faults({ "delete a": "throw" });
        await play.up(specs("five", {}));
        play.project.faults({});
        await play.up();
        await play.destroy();
    },
    "failures, whole and partial, and what the next run makes of them": async (play) => {
        const specs = (value: string) => program(thing("a", { value }), thing("b", { value: { $output: "a.marker" } }));
        play.project.faults({ "create a": "throw" });
        await play.up(specs("1"));
        play.project.faults({ "create a": "partial" });
        await play.up(specs("1"));
        play.project.faults({});
        await play.preview();
        await play.up();
        play.project.faults({ "update a": "partial" });
        await play.up(specs("2"));
        play.project.faults({});
        await play.up();
        play.project.faults({ "update a": "throw" });
        await play.up(specs("3"));
        await play.up(specs("invalid"));
        await play.up({ ...specs("2"), throws: "the program is wrong" });
        play.project.faults({ "delete b": "throw" });
        await play.destroy();
        play.project.faults({});
        await play.destroy();
    },
    "failures that do not end the run: what depends on them is left out, all else is done": async (play) => {
        const goesOn = { continueOnError: true };
        const gone = (name: string) => thing(name, { value: "1" });
        await play.up(program(gone("a"), thing("b", { value: { $output: "a.id" } }), gone("c"), gone("d"), gone("e")));
        const second = program(
            thing("a", { value: "2" }),
            thing("b", { value: { $output: "a.id" }, list: ["changed"] }),
            thing("new", { value: "1" }),
            thing("beside", { value: { $output: "new.id" } }),
            thing("behind", { value: { $output: "beside.id" } }),
            thing("e", { value: "2" }, { dependsOn: ["new"] }),
            thing("f", { value: "1" }),
            thing("d", { kind: "other", value: "1" }),
        );
        play.project.faults({ "update a": "throw", "create new": "throw", "delete c": "throw", "create d": "throw" });
        await play.up(second, goesOn);
        play.project.faults({ "create new": "partial", "delete c": "throw" });
        await play.up(second, goesOn);
        play.project.faults({});
        await play.up(program(thing("a", { value: "invalid" })), goesOn);
        await play.up(second, goesOn);
        play.project.faults({ "delete new": "throw" });
        await play.destroy(goesOn);
        play.project.faults({});
        await play.destroy(goesOn);
    },
    "interruptions: of the provider, of the program, of the engine": async (play) => {
        const spec = program(thing("a", { value: "1" }), thing("b", { value: { $output: "a.marker" } }));
        play.project.faults({ "create b": "exit" });
        await play.up(spec);
        play.project.faults({});
        await play.up({ ...program(thing("a", { value: "1" }), thing("c")), dies: "c" });
        play.project.interruptCreation("a");
        await play.preview(spec);
        await play.up();
        await play.refresh();
        await play.refresh({ clearPendingCreates: true });
        await play.destroy();
    },
    "what goes away outside: refresh drops it, and the references to it": async (play) => {
        const spec = program(
            thing("a", { value: "1" }),
            thing("b", { value: { $output: "a.id" } }, { dependsOn: ["a"] }),
            { group: "g", label: "x" },
            thing("c", {}, { parent: "g", deletedWith: "a" }),
        );
        await play.up(spec);
        play.project.edit("a-1", undefined);
        await play.preview(undefined, { refresh: true });
        await play.refresh();
        await play.preview();
        await play.up();
        play.project.edit("a-2", undefined);
        await play.refresh({ runProgram: true });
        await play.up();
        play.project.edit("a-3", { value: "other" });
        await play.up(undefined, { refresh: true, runProgram: true });
        await play.destroy({ runProgram: true });
    },
    "options: protect, retainOnDelete, ignoreChanges, replaceOnChanges, aliases, secret outputs, timeouts": async (
        play,
    ) => {
        await play.up(
            program(
                { group: "g", label: "one", opts: { protect: true } },
                thing("p", { value: "1" }, { parent: "g" }),
                thing("r", { value: "1" }, { retainOnDelete: true }),
                thing("i", { value: "1", map: { a: 1, b: 1 } }, { ignoreChanges: ["value", "map.a"] }),
                thing("o", { value: "1", diff: "unknown" }, { replaceOnChanges: ["value"] }),
                thing("old", { value: "1" }),
                thing(
                    "s",
                    {},
                    { additionalSecretOutputs: ["token"], customTimeouts: { create: "5m", delete: "1h30m" } },
                ),
                thing("w", { value: "1" }, { deletedWith: "old" }),
            ),
        );
        const second = program(
            { group: "g", label: "two", opts: { protect: true } },
            thing("i", { value: "2", map: { a: 2, b: 2 } }, { ignoreChanges: ["value", "map.a"] }),
            thing("o", { value: "2", diff: "unknown" }, { replaceOnChanges: ["value"] }),
            thing("new", { value: "1" }, { aliases: [{ name: "old" }] }),
            thing("s", { diff: "unknown" }, { additionalSecretOutputs: ["token"] }),
            thing("w", { value: "1" }, { deletedWith: "new" }),
        );
        await play.preview(second);
        await play.up(second);
        const third = program({ group: "g", label: "two" }, thing("p", { value: "1" }, { parent: "g" }));
        await play.up(third);
        await play.up(program());
    },
    "components that are renamed take their children along": async (play) => {
        await play.up(program({ group: "g", label: 1 }, thing("g-a", {}, { parent: "g" }), thing("x", {})));
        const renamed = program(
            { group: "h", label: 2, opts: { aliases: [{ name: "g" }] } },
            thing("h-a", {}, { parent: "h" }),
            thing(
                "x",
                {},
                { parent: "h", aliases: [{ parent: "urn:pulumi:dev::things::pulumi:pulumi:Stack::things-dev" }] },
            ),
        );
        await play.preview(renamed);
        await play.up(renamed);
        await play.up();
    },
    "resources that are read, taken over, and let go": async (play) => {
        await play.up(program(thing("a", { value: "1" })));
        await play.up(program({ name: "a", get: "a-1" }));
        await play.up();
        await play.refresh();
        await play.up(program(thing("a", { value: "1" })));
        await play.up(program({ name: "g", get: "nothing" }));
        await play.up(program({ name: "a", get: "other" }));
        await play.destroy();
    },
    "explicit providers with secrets of their own": async (play) => {
        const spec = (region: string) =>
            program(
                { provider: "p", args: { "things:region": region, "things:token": { $secret: "t" } } },
                { group: "g", label: 1, opts: { provider: "p" } },
                thing("a", {}, { provider: "p" }),
                thing("b", { value: { $output: "a.region" } }),
                thing("c", {}, { parent: "g" }),
            );
        await play.up(spec("one"));
        await play.up(spec("two"));
        await play.up(program(thing("a", {}), thing("b", {})));
        await play.destroy();
    },
    "references to resources, and secrets deep in inputs": async (play) => {
        const spec = {
            resources: [
                thing("a", { map: { plain: 1, secret: { $secret: { deep: [1, null] } } }, list: [1, { $secret: 2 }] }),
                thing("b", { value: { $resource: "a" }, list: [{ $output: "a.map" }] }),
            ],
            outputs: { whole: { $resource: "a" } },
        };
        await play.preview(spec);
        await play.up(spec);
        await play.refresh();
        await play.up();
    },
};

describeWithPulumi("the embedded engine does what the Pulumi CLI does", (pulumiDir) => {
    const projects: Project[] = [];
    afterAll(() => {
        for (const project of projects) {
            project.remove();
        }
    });

    async function start(open: (project: Project) => Promise<AnyStack>): Promise<Recorder> {
        const project = new Project();
        projects.push(project);
        return new Recorder(project, await open(project));
    }

    test.each(Object.entries(scenarios))("%s", async (_title, scenario) => {
        const ours = await start(embedded);
        await scenario(ours);
        const theirs = await start((project) => real(project, pulumiDir));
        await scenario(theirs);
        const masked = (play: Recorder) =>
            JSON.parse(JSON.stringify(play.observations).replaceAll(play.project.dir, "<dir>"));
        expect(masked(ours)).toEqual(masked(theirs));
    });

    test("each goes on with the state of the other, and finds nothing to do", async () => {
        const spec = {
            resources: [
                { group: "g", label: 1 },
                thing("a", { value: { $config: "region" }, secret: { $secret: "hush" } }, { parent: "g" }),
                thing("b", { value: { $output: "a.id" } }),
            ],
            outputs: { secret: { $output: "a.secret" } },
        };
        const ours = await start(embedded);
        const theirs = await start((project) => real(project, pulumiDir));
        for (const { project, stack } of [ours, theirs]) {
            project.program(spec);
            await stack.setConfig("region", { value: "here" });
            await stack.up();
        }
        const [fromOurs, fromTheirs] = [await ours.stack.exportStack(), await theirs.stack.exportStack()];
        await ours.stack.importStack(fromTheirs);
        await theirs.stack.importStack(fromOurs);
        for (const { stack } of [ours, theirs]) {
            const { changeSummary } = await stack.preview({ expectNoChanges: true });
            expect(changeSummary).toEqual({ same: 4 });
            expect((await stack.outputs()).secret).toEqual({ value: "hush", secret: true });
        }
    });

    test("both open the same state directory, one after the other", async () => {
        const theirs = await start((project) => real(project, pulumiDir));
        theirs.project.program(program(thing("a", { secret: { $secret: "hush" } })));
        await theirs.stack.up();
        const ours = await embedded(theirs.project);
        expect((await ours.up({ expectNoChanges: true })).summary.resourceChanges).toEqual({ same: 2 });
        expect((await theirs.stack.preview({ expectNoChanges: true })).changeSummary).toEqual({ same: 2 });
    });
});
