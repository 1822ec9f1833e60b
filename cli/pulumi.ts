import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** What a run of the Pulumi CLI has said. */
interface Said {
    /** Null where it was killed. */
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/**
 * Runs the Pulumi CLI, and waits for its end.
 * @param file `pulumi` on PATH, or another one
 * @returns undefined where there is no such program
 */
export async function runPulumi(
    args: readonly string[],
    { directory, env }: { readonly directory: string; readonly env: NodeJS.ProcessEnv },
    file = "pulumi",
): Promise<Said | undefined> {
    const child = spawn(file, args, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"] });
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
