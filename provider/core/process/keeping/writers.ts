import { readFileSync, readlinkSync } from "node:fs";

/** The name of this process, which no other has or will have: its number, its start, and where such numbers count. */
export function nameOfThisProcess(): string {
    return `${process.pid}-${startOf(process.pid) ?? 0}-${namespace()}`;
}

/**
 * Whether the process that this is the name of may still be there. One of another container, with which only the folder
 * is shared, can't be seen from here, and another version of this package may name its processes otherwise: they may be.
 */
export function isAlive(name: string): boolean {
    const [, pid, start, home] = /^(\d+)-(\d+)-(\d+)(?:-\d+)?$/.exec(name) ?? [];
    if (pid === undefined || home !== namespace()) {
        return true;
    }
    try {
        process.kill(Number(pid), 0);
    } catch (error) {
        // EPERM: there is one, of somebody else.
        if ((error as NodeJS.ErrnoException).code !== "EPERM") {
            return false;
        }
    }
    const running = startOf(Number(pid));
    return running === undefined || running === start;
}

/** When a process was started, in the kernel's ticks; undefined where the system does not tell (proc(5): field 22). */
function startOf(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
        // The second field is the program's name in parentheses, and may hold anything.
        return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    } catch {
        return undefined;
    }
}

/** The number of the namespace that process numbers count in (pid_namespaces(7)); 0 where there is none. */
function namespace(): string {
    try {
        return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
    } catch {
        return "0";
    }
}
