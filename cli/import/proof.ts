import { randomBytes } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { createOrSelectStack, type Deployment } from "../../engine";
import { inThrowAwayFolder } from "../throwAway";
import { accountsIn } from "./accountCode";
import type { Declared } from "./plan";
import { projectOf } from "./program";

/** What an `up` of the program would do, tried where nothing can be written. */
export type Proof =
    | {
          /** How many resources were taken over. */
          readonly takenOver: number;
          /** The state that the `up` has made: secrets are in clear. */
          readonly state: Deployment;
      }
    /** Why the program is not what is there. */
    | { readonly failure: string };

/** An `up` counts what is no resource of ours among what it has made. */
const isOurs = (type: string) => type.startsWith("pulumi-nodejs:dynamic/gandi:");
/** Resources between two lines of progress. */
const STEP = 100;

/**
 * Runs the program on the embedded engine, in a folder and with a state of its own that nobody else can read and that are
 * gone in the end, with nothing but GET; then previews it after a refresh, which must find nothing to do.
 */
export async function prove(
    resources: readonly Declared[],
    { env, note }: { readonly env: NodeJS.ProcessEnv; readonly note: (line: string) => void },
): Promise<Proof> {
    return inThrowAwayFolder("import", async (folder) => {
        for (const [path, text] of projectOf(resources, "import", "javascript")) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
        }
        linkModules(folder);
        const ofGandi = Object.entries(env).flatMap(([key, value]) => (key.startsWith("GANDI_") ? [[key, value]] : []));
        const envVars = {
            ...Object.fromEntries(ofGandi),
            PULUMI_CONFIG_PASSPHRASE: randomBytes(20).toString("hex"),
            GANDI_READ_ONLY: "true",
            NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-deprecation`.trim(),
        };
        const stack = await createOrSelectStack(
            { stackName: "import", workDir: folder },
            { stateDir: folder, envVars },
        );
        for (const { token } of accountsIn(resources.map(({ account }) => account)).all) {
            if (token !== undefined) await stack.setConfig(token.key, { value: env[token.variable]!, secret: true });
        }
        return tried(stack, resources.length, note);
    });
}

async function tried(
    stack: Awaited<ReturnType<typeof createOrSelectStack>>,
    total: number,
    note: (line: string) => void,
): Promise<Proof> {
    const told: string[] = [];
    const onOutput = (text: string) => told.push(text);
    let takenOver = 0;
    const onEvent = ({ resOutputsEvent }: EngineEvent) => {
        if (resOutputsEvent === undefined || !isOurs(resOutputsEvent.metadata.type)) return;
        takenOver++;
        if (takenOver % STEP === 0) note(`tried ${takenOver} of ${total} resources`);
    };
    try {
        await stack.up({ onOutput, onEvent });
        const state = await stack.exportStack();
        told.length = 0;
        note("looking once more whether there is nothing to do");
        await stack.preview({ refresh: true, expectNoChanges: true, onOutput });
        return { takenOver, state };
    } catch {
        const lines = told.join("").split("\n");
        const errors = lines.filter((line) => /^\s*error:|^ {4,}[~+-]/.test(line));
        return { failure: (errors.length > 0 ? errors : lines).join("\n").trim() };
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
