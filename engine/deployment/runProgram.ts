import { describeExit } from "../process/childProcess";
import type { PropertyMap } from "../state/values";
import type { Deployment } from "./deployment";
import type { Host } from "./host";
import { ResourceMonitor } from "./monitor";

/** The SDK has told the user itself what is wrong. */
export const EXIT_ALREADY_LOGGED = 32;

/**
 * Runs the program to its end, with all that it registers. What goes wrong is the deployment's outcome.
 *
 * @param rootDir the project's directory, from which the program's lines are told
 * @param providerInputs the configuration as the default provider gets it
 */
export async function runProgram(
    deployment: Deployment,
    host: Host,
    rootDir: string,
    providerInputs: PropertyMap,
): Promise<void> {
    const { outcome } = deployment;
    const monitor = new ResourceMonitor(deployment, rootDir, providerInputs);
    const program = await host.startProgram(monitor);
    const stopped = outcome.stopped.then(() => program.stop());
    await Promise.race([program.exited, stopped]);
    const status = await program.kill();
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
