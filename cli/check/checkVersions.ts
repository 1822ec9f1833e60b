import { createRequire } from "node:module";
import { join } from "node:path";
import { VERSION } from "../../provider/api/version";
import { runPulumi } from "../pulumi";
import type { Speech } from "../speech";
import { type CheckResult, ok, problem, untold } from "./checkResult";

/** The oldest that this package works with: `engines` and `peerDependencies` of its package.json. */
const OLDEST = { node: "20.18.1", sdk: "3.216.0", cli: "3.216.0" };

/** What everything runs on. */
export async function checkVersions({ directory, env }: Pick<Speech, "directory" | "env">): Promise<CheckResult[]> {
    const sdk = sdkIn(directory);
    const cli = await cliVersion(directory, env);
    return [
        ok("pulumi-gandi", VERSION),
        atLeast("Node", process.versions.node, OLDEST.node),
        sdk === undefined
            ? untold("@pulumi/pulumi", `is not installed in ${directory}: call this in the folder of a program`)
            : atLeast("@pulumi/pulumi", sdk, OLDEST.sdk),
        cli === undefined
            ? untold("Pulumi CLI", "is not on PATH: https://www.pulumi.com/docs/iac/download-install/")
            : atLeast("Pulumi CLI", cli, OLDEST.cli),
    ];
}

/** @param found `3.248.0`, whatever comes behind that */
export function atLeast(about: string, found: string, oldest: string): CheckResult {
    const parts = (version: string) => version.split(/[.-]/, 3).map(Number);
    const [a, b] = [parts(found), parts(oldest)];
    const first = a.findIndex((part, at) => part !== b[at]);
    return first >= 0 && !(a[first]! > b[first]!)
        ? problem(about, `${found} is too old: ${oldest} or newer is needed`)
        : ok(about, found);
}

function sdkIn(directory: string): string | undefined {
    try {
        return createRequire(join(directory, "index.js"))("@pulumi/pulumi/package.json").version;
    } catch {
        return undefined;
    }
}

/** Undefined where there is none that answers. */
async function cliVersion(directory: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
    const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const said = await runPulumi(["version"], { directory, env: quiet }).catch(() => undefined);
    return /^v?(\d+\.\d+\.\d+\S*)/.exec(said?.stdout.trim() ?? "")?.[1];
}
