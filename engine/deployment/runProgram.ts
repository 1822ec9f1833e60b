import { setTimeout as delay } from "node:timers/promises";
import { describeExit } from "../process/childProcess";
import type { EngineServer } from "../process/engineServer";
import { type ProgramOptions, startProgram } from "../process/program";
import type { PropertyMap } from "../state/values";
import type { Deployment } from "./deployment";
import { ResourceMonitor } from "./monitor";

/** The SDK has told the user itself what is wrong. */
const EXIT_ALREADY_LOGGED = 32;

/** How long a program may go on after its run has failed. */
const STOP_GRACE_MS = 5_000;

/**
 * Runs the program to its end, with all that it registers. What goes wrong is the deployment's outcome.
 *
 * @param providerInputs the configuration as the default provider gets it
 */
export async function runProgram(
    deployment: Deployment,
    server: EngineServer,
    providerInputs: PropertyMap,
    options: ProgramOptions,
): Promise<void> {
    const { outcome } = deployment;
    const monitor = new ResourceMonitor(deployment, options.project.rootDir, providerInputs);
    server.serve(monitor);
    const child = startProgram(server.address, options);
    const stopped = outcome.stopped.then(() =>
        Promise.race([child.exited, delay(STOP_GRACE_MS, undefined, { ref: false })]),
    );
    await Promise.race([child.exited, stopped]);
    const status = await child.kill();
    if (outcome.stopping) {
        return;
    }
    if (status.code === 0 && monitor.hasEnded) {
        return;
    }
    if (status.code === EXIT_ALREADY_LOGGED) {
        outcome.failed = true;
    } else if (status.error !== undefined) {
        outcome.fail(new Error(`the program could not be started: ${describeExit(status)}`));
    } else if (status.code === 0) {
        outcome.fail(new Error("the program ended before it had registered all of its resources"));
    } else {
        outcome.fail(new Error(`the program ended with ${describeExit(status)}`));
    }
}
