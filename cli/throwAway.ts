import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The end of a process by a signal that it can hear. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const waiting = new Set<() => void>();

/**
 * Has something done if this process ends before it is called off: also by Ctrl-C, at which Node ends without an "exit".
 * @returns calls it off
 */
export function ifEnded(work: () => void): () => void {
    if (waiting.size === 0) {
        process.on("exit", doAll);
        for (const signal of SIGNALS) process.on(signal, endBy);
    }
    waiting.add(work);
    return () => {
        waiting.delete(work);
        if (waiting.size === 0) stopListening();
    };
}

function doAll(): void {
    for (const work of [...waiting].reverse()) {
        waiting.delete(work);
        work();
    }
}

/** As if nobody had listened: the shell is to see by which signal it ended. */
function endBy(signal: NodeJS.Signals): void {
    doAll();
    stopListening();
    process.kill(process.pid, signal);
}

function stopListening(): void {
    process.off("exit", doAll);
    for (const signal of SIGNALS) process.off(signal, endBy);
}

/**
 * A folder that nobody else can read, and that is gone however the work in it ends. What a run left that was killed outright
 * goes with the next one.
 * @param name of letters and hyphens: what the folder is for
 */
export async function inThrowAwayFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
    const prefix = `pulumi-gandi-${name}-`;
    removeAbandoned(prefix);
    const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    const callOff = ifEnded(remove);
    try {
        return await work(folder);
    } finally {
        callOff();
        remove();
    }
}

function removeAbandoned(prefix: string): void {
    for (const name of readdirSync(tmpdir())) {
        const [, pid] = name.startsWith(prefix) ? (/^(\d+)-/.exec(name.slice(prefix.length)) ?? []) : [];
        if (pid !== undefined && !isRunning(Number(pid))) {
            rmSync(join(tmpdir(), name), { recursive: true, force: true });
        }
    }
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // Another user's, and none of our business.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
