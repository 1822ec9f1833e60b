import { join } from "node:path";
import type { ProviderProcess } from "../../engine/process/providerProcess";
import { Run } from "../../provider/core/process/run";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { VirtualClock } from "../api/virtualClock";
import { calledProviders, configOf, lookingAt } from "./inProcess";
import { Life } from "./life";
import { Lines } from "./lines";
import { processesOf, type Runs, runsOf } from "./runs";

/** A sandbox and the providers that are configured for it, which run in the process of the tests. */
export interface Gandi {
    readonly sandbox: Sandbox;
    /** What the providers print. */
    readonly lines: Lines;
    life(kind: string): Life;
    /** The API requests since the last call, as `METHOD path`, without those that only read. */
    writes(): string[];
    /** Other providers for the same sandbox. They must be closed. */
    runs(config: Record<string, string>, env?: Record<string, string>): Runs;
    /** Real provider processes for the same sandbox, for what is about the process. They must be closed. */
    processes(): Runs<ProviderProcess>;
    close(): Promise<void>;
}

/** No credential of the machine that the tests run on. */
const NO_ENVIRONMENT = {
    GANDI_PERSONAL_ACCESS_TOKEN: undefined,
    GANDI_KEY: undefined,
    GANDI_SHARING_ID: undefined,
    GANDI_URL: undefined,
    GANDI_READ_ONLY: undefined,
};

/** The directory of a program that can resolve pulumi-gandi. */
export const PROGRAM_DIR = join(__dirname, "..", "..", "examples", "quickstart");

/** Operations that end at once: what takes time is the subject of tests that say so. */
const PROMPT = { order: 0, operation: 0, changeOwner: null };

export async function startGandi(options: SandboxOptions = {}): Promise<Gandi> {
    const sandbox = await startSandbox({ ...options, delays: { ...PROMPT, ...options.delays } });
    const lines = new Lines();
    const own = { ...configOf(sandbox), "gandi:pollInterval": "0.02" };
    const start = (config: Record<string, string>, environment: Record<string, string> = {}) => {
        const all = { ...own, ...config };
        // What would take time between two requests takes none.
        const providers = () => new Run({ log: lines.add, environment, clock: new VirtualClock() });
        const looking = lookingAt(sandbox, all, new VirtualClock(), environment);
        return runsOf(async () => calledProviders(all, providers()), looking);
    };
    const runs = start({});
    return {
        sandbox,
        lines,
        life: (kind) => new Life(runs, kind),
        writes() {
            const written = sandbox.requests().filter(({ method }) => method !== "GET");
            sandbox.clearRequests();
            return written.map(({ method, path }) => `${method} ${path.replace("/v5", "")}`);
        },
        runs: start,
        processes: () => processesOf({ programDir: PROGRAM_DIR, config: own, env: NO_ENVIRONMENT, onLog: lines.add }),
        async close() {
            await runs.close();
            await sandbox.close();
        },
    };
}
