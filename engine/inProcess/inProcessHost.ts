import type { Host, RunningProgram } from "../deployment/host";
import type { ResourceMonitor } from "../deployment/monitor";
import type { Log } from "../process/engineService";
import type { PlainObject, ProviderCalls } from "../process/providerCalls";
import { type PropertyMap, toPlain } from "../state/values";
import { type FunctionProgramOptions, type Program, startFunction } from "./functionProgram";

/** Starts a provider with these inputs, secrets in clear. */
export type StartProvider = (inputs: PlainObject) => Promise<ProviderCalls>;

/** Runs the program, a function, and provider objects in this process: an operation takes milliseconds. */
export class InProcessHost implements Host {
    private program: RunningProgram | undefined;
    private isKilled = false;

    constructor(
        private readonly function_: Program,
        private readonly start: StartProvider,
        private readonly options: FunctionProgramOptions,
        private readonly log: Log,
    ) {}

    async startProgram(monitor: ResourceMonitor): Promise<RunningProgram> {
        this.program = startFunction(this.function_, this.options, monitor, this.log);
        return this.program;
    }

    async startProvider(inputs: PropertyMap): Promise<ProviderCalls> {
        const provider = await this.start(toPlain(inputs));
        return new Proxy(provider, {
            get: (target, name) => {
                const method = Reflect.get(target, name);
                return typeof method === "function"
                    ? (...given: unknown[]) => this.reach(() => method.apply(target, given))
                    : method;
            },
        });
    }

    /**
     * The engine is gone, and with it the program: nobody is asked anything more, and no answer arrives. What a provider
     * has under way goes on.
     */
    kill(): void {
        this.isKilled = true;
        void this.program?.kill();
    }

    /** The program alone is gone: the engine sees it end. */
    killProgram(): void {
        void this.program?.kill();
    }

    async close(): Promise<void> {}

    private async reach<T>(call: () => Promise<T>): Promise<T> {
        const never = new Promise<never>(() => {});
        if (this.isKilled) {
            return never;
        }
        try {
            const answer = await call();
            return this.isKilled ? await never : answer;
        } catch (error) {
            throw this.isKilled ? await never : error;
        }
    }
}
