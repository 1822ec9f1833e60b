import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const PASSPHRASE = "correct horse";
/** Of a stack that the embedded engine has made with it. */
const SALT = "v1:FdBGegGAczg=:v1:PT+QkWjGFwj5WzJH:qIB4oJCQ1Oal8YBY0wJqEoxZmIdQ3Q==";

/** Gives a new stack a salt that others have too: an engine derives one key for all of them, which takes long. */
export function shareSalt(workDir: string, stackName = "dev"): void {
    const settings = join(workDir, `Pulumi.${stackName}.yaml`);
    if (!existsSync(settings)) {
        writeFileSync(settings, `encryptionsalt: ${SALT}\n`);
    }
}
