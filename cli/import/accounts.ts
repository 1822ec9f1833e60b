import { setMaxListeners } from "node:events";
import { GandiError } from "../../provider/api/errors";
import { OF_A_COMMAND } from "../../provider/api/remedies";
import { Run } from "../../provider/core/process/run";
import { resolveSettings, type Settings, SettingsError } from "../../provider/core/process/settings";
import { UsageError } from "../command";
import type { Speech } from "../speech";
import { organizationsOf } from "../zones/accountZones";
import { Account, type AccountDomain, clientOf } from "./account";

/** A domain, and the account that has it. */
export interface Place extends AccountDomain {
    readonly account: Account;
    /** The name of its organisation; undefined where the token reaches one only. */
    readonly organization?: string | undefined;
}

const USUAL = ["GANDI_PERSONAL_ACCESS_TOKEN", "GANDI_KEY"];

/**
 * Asks whatever the tokens of the environment reach: each token as it is, then each organisation of one that reaches several.
 * @param from.variables further environment variables with a token each: on a command line it would be in the shell's history
 * @param from.readOnly the command that writes nothing
 * @param work given the domains of all of them. When it ends, nothing more is asked: the failure of one request is not
 * followed by the patience of others
 * @throws SettingsError where the environment does not say how to ask, UsageError for a variable that is not set
 */
export async function withAccounts<T>(
    { env, note }: Pick<Speech, "env" | "note">,
    { variables = [], readOnly }: { readonly variables?: readonly string[]; readonly readOnly: string },
    work: (places: readonly Place[]) => Promise<T>,
): Promise<T> {
    const usesUsual = variables.length === 0 || USUAL.some((name) => (env[name] ?? "") !== "");
    const sources = [...(usesUsual ? [undefined] : []), ...new Set(variables)].map((variable) => {
        const settings = { ...settingsIn(env, variable), readOnly: `npx pulumi-gandi ${readOnly}` };
        return { settings, variable };
    });
    const over = new AbortController();
    // Hundreds of domains are asked side by side.
    setMaxListeners(0, over.signal);
    const run = new Run({ log: note, environment: env, remedies: OF_A_COMMAND, cancelled: over.signal });
    try {
        const accounts = await Promise.all(
            sources.map(({ settings, variable }) => accountsOf(settings, variable, run)),
        );
        return await work(await placesOf(accounts.flat()));
    } finally {
        over.abort();
    }
}

async function accountsOf(settings: Settings, variable: string | undefined, run: Run): Promise<readonly Account[]> {
    const parts = await organizationsOf(clientOf(settings, run));
    const others = parts.flatMap(({ id, name }) =>
        id === undefined || parts.length === 1
            ? []
            : [new Account({ ...settings, sharingId: id }, run, { organization: { id, name: name ?? id }, variable })],
    );
    return [new Account(settings, run, variable === undefined ? undefined : { variable }), ...others];
}

/** The environment's settings, with the token of a variable instead of the usual one. */
function settingsIn(env: NodeJS.ProcessEnv, variable: string | undefined): Settings {
    if (variable === undefined) {
        return resolveSettings(() => undefined, env, "command");
    }
    const token = env[variable];
    if (token === undefined || token === "") {
        throw new UsageError(`--token-from ${variable}: there is no environment variable of this name, or it is empty`);
    }
    const { GANDI_KEY: _key, GANDI_SHARING_ID: _organization, ...others } = env;
    try {
        const settings = resolveSettings(() => undefined, { ...others, [USUAL[0]!]: token }, "command");
        return { ...settings, credential: { ...settings.credential, source: `the environment variable ${variable}` } };
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        throw new SettingsError(error.problems.map((problem) => problem.replaceAll(USUAL[0]!, variable)));
    }
}

/**
 * The domains of all these accounts, by name: each the first one's that shows all that there is of it. Of another organisation
 * than the token's own, the token alone shows no zone.
 */
async function placesOf(accounts: readonly Account[]): Promise<readonly Place[]> {
    const readings = await Promise.allSettled(
        accounts.map(async (account) => (await account.domains()).map((domain) => ({ ...domain, account }))),
    );
    const lists = readings.flatMap((reading) => (reading.status === "fulfilled" ? [reading.value] : []));
    const failed = readings.find((reading) => reading.status === "rejected");
    // An organisation of which the token may list nothing is told, and the others are read.
    if (failed !== undefined && (lists.length === 0 || !GandiError.is(failed.reason, "forbidden"))) {
        throw failed.reason;
    }
    const byName = new Map<string, Place[]>();
    for (const place of lists.flat()) {
        byName.set(place.fqdn, [...(byName.get(place.fqdn) ?? []), place]);
    }
    const places = [...byName.values()].map((all) => {
        const most = Math.max(...all.map(shown));
        const whole = all.filter((place) => shown(place) === most);
        const named = whole.find(({ account }) => account.naming?.organization !== undefined);
        return { ...whole[0]!, organization: named?.account.naming?.organization?.name };
    });
    return places.sort((one, other) => (one.fqdn < other.fqdn ? -1 : 1));
}

function shown({ isRegistered, isOnLiveDns }: AccountDomain): number {
    return 2 * Number(isOnLiveDns === true) + Number(isRegistered === true);
}
