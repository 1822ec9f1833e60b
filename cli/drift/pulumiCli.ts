import { homedir } from "node:os";
import { join } from "node:path";
import { shortened } from "../../provider/api/printable";
import { CommandFailure } from "../command";
import { runPulumi } from "../pulumi";
import { type Preview, readPreview } from "./preview";

/** Which stack is looked at. */
export interface Target {
    /** The directory of Pulumi.yaml. */
    readonly directory: string;
    /** Default: the selected one. */
    readonly stack: string | undefined;
    readonly env: NodeJS.ProcessEnv;
}

/** No Pulumi CLI is on PATH, nor where its installer puts it. */
export class NoPulumi extends CommandFailure {
    constructor() {
        super(
            "there is no Pulumi CLI on PATH: install it, read a preview that it has written elsewhere (--from FILE), or use the embedded engine (--embedded)",
        );
    }
}

/**
 * `pulumi preview --refresh --run-program --json`: reads everything, writes no state and takes no lock.
 * @throws NoPulumi; CommandFailure with what the CLI says where it prints no preview
 */
export async function previewWithCli(target: Target): Promise<Preview> {
    const { env, stack } = target;
    const args = ["preview", "--refresh", "--run-program", "--json", "--non-interactive"];
    const all = stack === undefined ? args : [...args, "--stack", stack];
    const installed = join(env.HOME ?? homedir(), ".pulumi", "bin", "pulumi");
    const { code, stdout, stderr } =
        (await runPulumi(all, target)) ?? (await runPulumi(all, target, installed)) ?? none();
    const preview = stdout.trim() === "" ? undefined : readPreview(stdout, "what pulumi preview has printed");
    if (preview === undefined || (code !== 0 && preview.errors.length === 0)) {
        const said = shortened(stderr.trim().replace(/^error: /, ""), 1500);
        throw new CommandFailure(`pulumi preview has failed: ${said || `it said nothing, and ended with ${code}`}`);
    }
    return preview;
}

function none(): never {
    throw new NoPulumi();
}
