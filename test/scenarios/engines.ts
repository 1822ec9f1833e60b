import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createOrSelectStack } from "../../engine";
import { hermeticEnv, openOnCli } from "../../scripts/pulumiCli";
import { shareSalt } from "../harness/stackEnv";
import type { Engine } from "./stage";

export const embedded: Engine = {
    open(workDir, envVars) {
        shareSalt(workDir);
        return createOrSelectStack({ stackName: "dev", workDir }, { envVars });
    },
};

/** The Pulumi CLI of a directory. */
export function pulumiCli(pulumiDir: string): Engine {
    return {
        open(workDir, envVars) {
            const home = join(workDir, "home");
            mkdirSync(home);
            const env = { ...hermeticEnv(home, join(workDir, "state")), ...envVars };
            return openOnCli(pulumiDir, { stackName: "dev", workDir }, env);
        },
    };
}
