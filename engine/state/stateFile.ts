import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

// biome-ignore lint/suspicious/noExplicitAny: a deployment, read by checkpoint.ts
type Json = Record<string, any>;

/** A stack's state in the layout of the Pulumi CLI's file backend: `.pulumi/stacks/<project>/<stack>.json`. */
export class StateFile {
    readonly path: string;

    constructor(
        readonly stateDir: string,
        private readonly project: string,
        private readonly stack: string,
    ) {
        this.path = join(stateDir, ".pulumi", "stacks", project, `${stack}.json`);
    }

    /** The deployment; `{}` for a stack without state, undefined for one that does not exist. */
    async load(): Promise<Json | undefined> {
        let text: string;
        try {
            text = await readFile(this.path, "utf8");
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                return undefined;
            }
            throw error;
        }
        return JSON.parse(text).checkpoint?.latest ?? {};
    }

    /** Written to a file of its own and renamed: a reader sees the old state or the new one, whenever we are killed. */
    async save(deployment: Json): Promise<void> {
        const checkpoint = { stack: `organization/${this.project}/${this.stack}`, latest: deployment };
        await writeWhole(this.path, JSON.stringify({ version: 3, checkpoint }));
    }

    /** Creates the stack without resources, and marks the directory as a backend that the CLI can open too. */
    async create(deployment: Json): Promise<void> {
        await writeWhole(join(this.stateDir, ".pulumi", "meta.yaml"), "version: 1\n");
        await this.save(deployment);
    }
}

async function writeWhole(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
}
