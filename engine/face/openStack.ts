import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UnsupportedError } from "../deployment/unsupported";
import { saltOf, writeDeployment } from "../state/checkpoint";
import { passphraseOf } from "../state/passphrase";
import { type Project, readProject } from "../state/project";
import { PassphraseSecrets } from "../state/secrets";
import { StackSettings } from "../state/stackSettings";
import { StateFile } from "../state/stateFile";
import { Stack } from "./stack";

/**
 * Which stack, of which project.
 *
 * @experimental
 */
export interface StackArgs {
    /** The stack's name, as in `Pulumi.<name>.yaml`. */
    stackName: string;
    /** Directory of Pulumi.yaml. */
    workDir: string;
    /** Default: the name in Pulumi.yaml. */
    projectName?: string;
}

/**
 * How a stack is run.
 *
 * @experimental
 */
export interface StackOptions {
    /** Laid over the environment of this process, for the program, its providers and the passphrase. */
    envVars?: Record<string, string>;
    /** Where `.pulumi/` with the state is. Default: the directory of a `file://` PULUMI_BACKEND_URL, else `workDir`. */
    stateDir?: string;
    /** The only one there is. */
    secretsProvider?: "passphrase";
}

/**
 * Opens a stack, and creates it where it does not exist, as the Automation API's function of this name does.
 *
 * @experimental
 */
export async function createOrSelectStack(args: StackArgs, options: StackOptions = {}): Promise<Stack> {
    const provider: string | undefined = options.secretsProvider;
    if (provider !== undefined && provider !== "passphrase") {
        throw new UnsupportedError(`secrets provider ${provider}`);
    }
    const project = readProject(args.workDir, args.projectName);
    const env = options.envVars ?? {};
    const file = new StateFile(options.stateDir ?? stateDirOf(env, project), project.name, args.stackName);
    const deployment = await file.load();
    const settings = new StackSettings(project, args.stackName);
    const passphrase = passphraseOf(env);
    const salt = settings.salt ?? (deployment && saltOf(deployment));
    const secrets = await (salt === undefined
        ? PassphraseSecrets.create(passphrase)
        : PassphraseSecrets.open(passphrase, salt));
    if (settings.salt === undefined) {
        settings.setSalt(secrets.salt);
    }
    if (deployment === undefined) {
        await file.create(writeDeployment({ resources: [], pendingOperations: [] }, secrets));
    }
    return new Stack(args.stackName, project, settings, secrets, file, env);
}

/** Where the state is: see {@link StackOptions.stateDir}. */
export function stateDirOf(env: Record<string, string>, project: Project): string {
    const url = env.PULUMI_BACKEND_URL ?? process.env.PULUMI_BACKEND_URL;
    if (url === undefined || url === "") {
        return project.rootDir;
    }
    if (!url.startsWith("file://")) {
        throw new UnsupportedError(`state backend ${url}`);
    }
    const path = url.slice("file://".length);
    return path.startsWith("/") ? fileURLToPath(url) : resolve(project.rootDir, path);
}
