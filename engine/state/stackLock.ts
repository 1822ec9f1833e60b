import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";

interface Holder {
    pid: number;
    username: string;
    hostname: string;
    timestamp: string;
}

/**
 * The lock of a stack, in the layout of the Pulumi CLI's file backend, so that the two keep out of each other's way: one
 * file a holder under `.pulumi/locks/organization/<project>/<stack>/`.
 */
export class StackLock {
    private readonly directory: string;

    constructor(stateDir: string, project: string, stack: string) {
        this.directory = join(stateDir, ".pulumi", "locks", "organization", project, stack);
    }

    /**
     * Takes the lock. A lock whose process is dead is taken over, with a word to `warn`.
     * @throws when another process holds it.
     * @returns a function that gives it back.
     */
    async acquire(warn: (message: string) => void): Promise<() => Promise<void>> {
        await mkdir(this.directory, { recursive: true });
        const own = join(this.directory, `${randomUUID()}.json`);
        const holder: Holder = {
            pid: process.pid,
            username: userInfo().username,
            hostname: hostname(),
            timestamp: new Date().toISOString(),
        };
        await writeFile(own, JSON.stringify(holder));
        for (const [path, other] of await this.holders()) {
            if (path === own) {
                continue;
            }
            if (isAlive(other)) {
                await rm(own, { force: true });
                throw new Error(
                    `the stack is currently locked by process ${other.pid} (${other.username}@${other.hostname}, since ${other.timestamp}): wait for it, or cancel it`,
                );
            }
            warn(`process ${other.pid} was killed while it held the lock of this stack: its lock is taken over`);
            await rm(path, { force: true });
        }
        return () => rm(own, { force: true });
    }

    /** Removes the locks of dead processes. @throws when a living process holds the stack. */
    async release(): Promise<void> {
        for (const [path, holder] of await this.holders()) {
            if (isAlive(holder)) {
                throw new Error(
                    `process ${holder.pid} on ${holder.hostname} is still at work on this stack: stop it there`,
                );
            }
            await rm(path, { force: true });
        }
    }

    private async holders(): Promise<[path: string, holder: Holder][]> {
        const names = await readdir(this.directory).catch(() => []);
        const holders: [string, Holder][] = [];
        for (const name of names.filter((name) => name.endsWith(".json"))) {
            const path = join(this.directory, name);
            const holder = await readFile(path, "utf8")
                .then(JSON.parse)
                .catch(() => undefined);
            if (holder !== undefined) {
                holders.push([path, holder]);
            }
        }
        return holders;
    }
}

/** Nothing is known about the processes of another machine: they count as alive. */
function isAlive(holder: Holder): boolean {
    if (holder.hostname !== hostname()) {
        return true;
    }
    try {
        process.kill(holder.pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
