import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { createOrSelectStack } from "../../engine";
import { hermeticEnv } from "../engine/pulumiCli";
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
            const env = { ...envVars, ...hermeticEnv(pulumiDir, home, join(workDir, "state")) };
            process.env.PATH = env.PATH;
            return LocalWorkspace.createOrSelectStack({ stackName: "dev", workDir }, { envVars: env });
        },
    };
}
