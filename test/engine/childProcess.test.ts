import { type ChildProcess as NodeChild, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProviderProcess } from "../../engine";
import { ChildProcess, describeExit } from "../../engine/process/childProcess";
import { become } from "../attack/moment";
import { Project } from "./things";

const NOWHERE = join(__dirname, "nowhere");
const JEST = join(__dirname, "..", "..", "node_modules", "jest", "bin", "jest.js");

/** Starts a provider process from the compiled engine, and writes down its id. */
const START = `
const { renameSync, writeFileSync } = require("node:fs");
const start = () => require("pulumi-gandi/engine").ProviderProcess.start({ programDir: process.cwd() });
const started = start().then(({ pid }) => {
    writeFileSync("pid.tmp", String(pid));
    renameSync("pid.tmp", "pid");
});
`;

describe("a process that can't be started", () => {
    test("says why, and where", async () => {
        const child = ChildProcess.start(["index.js"], { cwd: NOWHERE, env: {}, onLine: () => {} });
        const status = await child.exited;
        expect(describeExit(status)).toBe(`spawn ${process.execPath} ENOENT in ${NOWHERE}`);
        expect(await child.kill()).toBe(status);
    });

    test("is an error of the provider's start that says so", async () => {
        await expect(ProviderProcess.start({ programDir: NOWHERE })).rejects.toThrow(
            `the provider process did not start (spawn ${process.execPath} ENOENT in ${NOWHERE})`,
        );
    });
});

test("a process that the engine has started may itself fork others, which get its options", async () => {
    const lines: string[] = [];
    const fork = `
        if (process.send) process.send("from the fork");
        else require("node:child_process").fork(process.argv[1]).on("message", (text) => console.log(text));`;
    const project = new Project();
    project.write("fork.js", fork);
    const child = ChildProcess.start(["fork.js"], { cwd: project.dir, env: {}, onLine: (line) => lines.push(line) });
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect(lines).toEqual(["from the fork"]);
    project.remove();
});

describe("a process that the engine has started ends with the process that the engine runs in:", () => {
    let project: Project;
    let parent: NodeChild;

    beforeEach(() => {
        project = new Project();
    });
    afterEach(() => {
        parent.kill("SIGKILL");
        project.remove();
    });

    function run(...args: string[]): void {
        parent = spawn(process.execPath, args, { cwd: project.dir, stdio: "ignore" });
    }

    /** When the provider runs. */
    async function started(): Promise<number> {
        const file = join(project.dir, "pid");
        await become(() => existsSync(file));
        return Number(readFileSync(file, "utf8"));
    }

    test("a script that exits", async () => {
        run("-e", `${START} started.then(() => process.exit());`);
        const pid = await started();
        await become(() => !isAlive(pid));
    });

    test("a script that is killed", async () => {
        run("-e", START);
        const pid = await started();
        expect(isAlive(pid)).toBe(true);
        parent.kill("SIGKILL");
        await become(() => !isAlive(pid));
    });

    test.each(["SIGINT", "SIGTERM"] as const)("Jest, stopped by %s", async (signal) => {
        project.write("long.test.js", `${START} test("takes long", () => started.then(() => new Promise(() => {})));`);
        run(JEST, "--rootDir", project.dir, "--testTimeout", "600000");
        const pid = await started();
        expect(isAlive(pid)).toBe(true);
        parent.kill(signal);
        await become(() => !isAlive(pid));
    });
});

function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}
