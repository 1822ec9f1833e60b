import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { shortened } from "../../provider/api/printable";
import { CommandFailure } from "../command";
import { type Preview, readPreview } from "./preview";

/** Which stack is looked at. */
export interface Target {
    /** The directory of Pulumi.yaml. */
    readonly directory: string;
    /** Default: the selected one. */
    readonly stack: string | undefined;
    readonly env: NodeJS.ProcessEnv;
}

/** No Pulumi CLI is on PATH, nor where its installer puts it. */
export class NoPulumi extends CommandFailure {
    constructor() {
        super(
            "there is no Pulumi CLI on PATH: install it, read a preview that it has written elsewhere (--from FILE), or use the embedded engine (--embedded)",
        );
    }
}

/**
 * `pulumi preview --refresh --run-program --json`: reads everything, writes no state and takes no lock.
 * @throws NoPulumi; CommandFailure with what the CLI says where it prints no preview
 */
export async function previewWithCli(target: Target): Promise<Preview> {
    const onPath = await runCli("pulumi", target);
    const { code, stdout, stderr } =
        onPath ?? (await runCli(join(target.env.HOME ?? homedir(), ".pulumi", "bin", "pulumi"), target)) ?? none();
    const preview = stdout.trim() === "" ? undefined : readPreview(stdout, "what pulumi preview has printed");
    if (preview === undefined || (code !== 0 && preview.errors.length === 0)) {
        const said = shortened(stderr.trim().replace(/^error: /, ""), 1500);
        throw new CommandFailure(`pulumi preview has failed: ${said || `it said nothing, and ended with ${code}`}`);
    }
    return preview;
}

function none(): never {
    throw new NoPulumi();
}

/** Undefined where there is no such program. */
async function runCli(
    file: string,
    { directory, stack, env }: Target,
): Promise<{ code: number | null; stdout: string; stderr: string } | undefined> {
    const args = ["preview", "--refresh", "--run-program", "--json", "--non-interactive"];
    const child = spawn(file, [...args, ...(stack === undefined ? [] : ["--stack", stack])], {
        cwd: directory,
        env,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const started = new Promise<boolean>((resolve, reject) => {
        child.once("spawn", () => resolve(true));
        child.once("error", (error: NodeJS.ErrnoException) =>
            error.code === "ENOENT" ? resolve(false) : reject(error),
        );
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    return (await started) ? { code: await ended, stdout: await stdout, stderr: await stderr } : undefined;
}
