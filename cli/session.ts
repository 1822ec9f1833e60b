import { Client } from "../provider/api/client";
import { OF_A_COMMAND } from "../provider/api/remedies";
import { resolveSettings } from "../provider/core/process/settings";

/**
 * The API as the environment configures it (`GANDI_PERSONAL_ACCESS_TOKEN`, `GANDI_URL`, `GANDI_SHARING_ID`): commands have
 * no stack, and a token on a command line would be in the shell's history.
 */
export function clientOfEnvironment(log: (line: string) => void): Client {
    return new Client({ ...resolveSettings(() => undefined, process.env, "command"), remedies: OF_A_COMMAND, log });
}
