import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NO_ACCOUNT } from "../../scripts/pulumiCli";

const PASSPHRASE = "correct horse";
/** Of a stack that the embedded engine has made with it. */
const SALT = "v1:FdBGegGAczg=:v1:PT+QkWjGFwj5WzJH:qIB4oJCQ1Oal8YBY0wJqEoxZmIdQ3Q==";

/** The environment of a stack: no credential of the machine that the tests run on. */
export function stackEnv(token = ""): Record<string, string> {
    return { ...NO_ACCOUNT, GANDI_PERSONAL_ACCESS_TOKEN: token, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
}

/** Gives a new stack a salt that others have too: an engine derives one key for all of them, which takes long. */
export function shareSalt(workDir: string, stackName = "dev"): void {
    const settings = join(workDir, `Pulumi.${stackName}.yaml`);
    if (!existsSync(settings)) {
        writeFileSync(settings, `encryptionsalt: ${SALT}\n`);
    }
}
