import { Client } from "../provider/api/client";
import { OF_A_COMMAND } from "../provider/api/remedies";
import { resolveSettings, type Settings } from "../provider/core/process/settings";
import type { Speech } from "./speech";

/** What the environment says (`GANDI_PERSONAL_ACCESS_TOKEN`, `GANDI_URL`, `GANDI_SHARING_ID`, `GANDI_READ_ONLY`). */
export function settingsOfEnvironment(env: NodeJS.ProcessEnv): Settings {
    return resolveSettings(() => undefined, env, "command");
}

/**
 * The API as the environment configures it: commands have no stack, and a token on a command line would be in the shell's
 * history.
 * @param readOnly what says that nothing is written, whatever the environment lets: `this command`
 */
export function clientOfEnvironment({ env, note }: Pick<Speech, "env" | "note">, readOnly?: string): Client {
    const settings = settingsOfEnvironment(env);
    return new Client({
        ...settings,
        readOnly: settings.readOnly ?? readOnly,
        remedies: OF_A_COMMAND,
        log: note,
    });
}
