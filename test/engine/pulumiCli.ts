import { delimiter } from "node:path";
import { findPulumi } from "../../scripts/findPulumi";

/** Settings that keep the CLI off the network and out of the user's home. */
export function hermeticEnv(pulumiDir: string, home: string, stateDir: string): Record<string, string> {
    return {
        PATH: `${pulumiDir}${delimiter}${process.env.PATH ?? ""}`,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${stateDir}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    };
}

/**
 * `describe` for what needs the Pulumi CLI: skipped, and reported so, where there is none; with REQUIRE_PULUMI=1 its
 * absence is a failure.
 */
export function describeWithPulumi(name: string, define: (pulumiDir: string) => void): void {
    const pulumiDir = findPulumi();
    if (pulumiDir !== undefined) {
        describe(name, () => define(pulumiDir));
    } else if (process.env.REQUIRE_PULUMI === "1") {
        test(name, () => {
            throw new Error("REQUIRE_PULUMI=1, but there is no Pulumi CLI on PATH, in ~/.pulumi/bin or in PULUMI_CLI");
        });
    } else {
        describe.skip(`${name} (no Pulumi CLI on PATH, in ~/.pulumi/bin or in PULUMI_CLI)`, () => define(""));
    }
}
