import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createOrSelectStack } from "../../engine";
import type { Settings } from "../../provider/core/process/settings";
import type { Declared } from "./plan";
import { projectOf } from "./program";

/** What an `up` of the program would do, tried where nothing can be written. */
export interface Proof {
    /** How many resources were taken over. */
    readonly takenOver: number;
    /** Why the program is not what is there; undefined where it is. */
    readonly failure: string | undefined;
}

/** An `up` counts the stack itself among what it has made. */
const THE_STACK = 1;

/**
 * Runs the program on the embedded engine, in a folder and with a state of its own that nobody else can read and that are
 * gone in the end, with nothing but GET; then previews it after a refresh, which must find nothing to do.
 */
export async function prove(resources: readonly Declared[], settings: Settings): Promise<Proof> {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-gandi-import-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", remove);
    try {
        for (const [path, text] of projectOf(resources, "import", "javascript")) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
        }
        linkModules(folder);
        const envVars = {
            PULUMI_CONFIG_PASSPHRASE: randomBytes(20).toString("hex"),
            GANDI_READ_ONLY: "true",
            NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-deprecation`.trim(),
        };
        const stack = await createOrSelectStack(
            { stackName: "import", workDir: folder },
            { stateDir: folder, envVars },
        );
        const requestsPerMinute = String(settings.requestsPerMinute);
        await stack.setConfig("gandi:requestsPerMinute", { value: requestsPerMinute });
        return await tried(stack);
    } finally {
        process.off("exit", remove);
        remove();
    }
}

async function tried(stack: Awaited<ReturnType<typeof createOrSelectStack>>): Promise<Proof> {
    const told: string[] = [];
    const onOutput = (text: string) => told.push(text);
    try {
        const { summary } = await stack.up({ onOutput });
        told.length = 0;
        await stack.preview({ refresh: true, expectNoChanges: true, onOutput });
        return { takenOver: (summary.resourceChanges?.create ?? 0) - THE_STACK, failure: undefined };
    } catch {
        const lines = told.join("").split("\n");
        const errors = lines.filter((line) => /^\s*error:|^ {4,}[~+-]/.test(line));
        return { takenOver: 0, failure: (errors.length > 0 ? errors : lines).join("\n").trim() };
    }
}

/** The program finds this very package, and the SDK that the package finds. */
function linkModules(folder: string): void {
    const modules = join(folder, "node_modules");
    const { resolve } = createRequire(__filename);
    mkdirSync(join(modules, "@pulumi"), { recursive: true });
    for (const name of ["pulumi-gandi", "@pulumi/pulumi"]) {
        symlinkSync(dirname(resolve(`${name}/package.json`)), join(modules, name), "junction");
    }
}
