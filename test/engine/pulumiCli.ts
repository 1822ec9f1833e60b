import { findPulumi } from "../../scripts/pulumiCli";

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
