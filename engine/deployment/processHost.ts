import { setTimeout as delay } from "node:timers/promises";
import { EngineServer } from "../process/engineServer";
import type { Log } from "../process/engineService";
import { type ProgramOptions, startProgram } from "../process/program";
import { ProviderProcess } from "../process/providerProcess";
import { type PropertyMap, Secret, toPlain } from "../state/values";
import type { Host, RunningProgram } from "./host";
import type { ResourceMonitor } from "./monitor";

/** How long a program may go on after its run has failed. */
const STOP_GRACE_MS = 5_000;

/** Runs the program and its providers in processes of their own, as the Pulumi CLI does. */
export class ProcessHost implements Host {
    private spare: Promise<ProviderProcess> | undefined;
    private server: Promise<EngineServer> | undefined;

    constructor(
        private readonly options: ProgramOptions,
        /** Told what program and providers log to the engine. */
        private readonly log: Log,
    ) {}

    async startProgram(monitor: ResourceMonitor): Promise<RunningProgram> {
        this.startSpareProvider();
        const server = await this.engine();
        server.serve(monitor);
        const child = startProgram(server.address, this.options);
        return {
            exited: child.exited,
            kill: () => child.kill(),
            async stop() {
                await Promise.race([child.exited, delay(STOP_GRACE_MS, undefined, { ref: false })]);
                return child.kill();
            },
        };
    }

    async startProvider(inputs: PropertyMap): Promise<ProviderProcess> {
        const spare = this.spare;
        this.spare = undefined;
        const process = await (spare ?? this.launchProvider());
        const { config } = this.options;
        const secretKeys = [
            ...Object.keys(inputs).filter((key) => inputs[key] instanceof Secret),
            ...Object.keys(config).filter((key) => config[key]?.secret),
        ];
        await process.configure(toPlain(inputs), secretKeys);
        return process;
    }

    async close(): Promise<void> {
        const spare = await this.spare?.catch(() => undefined);
        await spare?.close();
        (await this.server?.catch(() => undefined))?.close();
    }

    /** The program takes a second to load; so does a provider process, which it is about to need. */
    private startSpareProvider(): void {
        this.spare = this.launchProvider();
        this.spare.catch(() => {});
    }

    private engine(): Promise<EngineServer> {
        this.server ??= EngineServer.start(this.log);
        return this.server;
    }

    private async launchProvider(): Promise<ProviderProcess> {
        const { project, stack, config, env, onLine } = this.options;
        return ProviderProcess.launch({
            engine: (await this.engine()).address,
            programDir: project.programDir,
            project: project.name,
            stack,
            config: Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value])),
            env,
            onLog: onLine,
        });
    }
}
