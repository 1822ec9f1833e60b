import { DEFAULT_URL, parseBaseUrl } from "../../api/baseUrl";
import type { Credential } from "../../api/explain";
import { domainName } from "../../dns";
import type { Code } from "../codes";
import { organization } from "../inputs/inputSchemas";

/** The configuration in force: an explicit `gandi.Provider`, else `gandi:…` of the stack, else the environment. */
export interface Settings {
    readonly credential: Credential;
    /** The organisation that owns and pays, a UUID. */
    readonly sharingId?: string;
    /** The API's origin, without `/v5` and without a final slash. */
    readonly url: string;
    /** Requests a minute that one process allows itself, 1 to 1000000; default 1000. */
    readonly requestsPerMinute: number;
    /** Seconds that one request may take, 0.1 to 3600; default 60. */
    readonly timeout: number;
    /** Seconds between two looks at an asynchronous operation, 0.01 to 3600; default 5. */
    readonly pollInterval: number;
    /** The most that one order may cost, taxes included, where the resource does not say. */
    readonly maxPrice?: number;
    /** The most that all the orders of a run may cost together, taxes included; undefined: no limit. */
    readonly maxTotal?: number | undefined;
    /** `forbid` stops every order, renewals by command too. */
    readonly purchases: "allow" | "forbid";
    /** What says that nothing is written: no request but GET is sent. */
    readonly readOnly?: string | undefined;
    /** Domains that were sold or lost: a 404 on them is "gone" instead of an error. */
    readonly goneDomains: readonly string[];
}

/** Configuration that can't be used; `problems` has every reason. */
export class SettingsError extends Error {
    constructor(
        readonly problems: readonly string[],
        readonly trouble: Code = "settings-invalid",
    ) {
        super(problems.join("\n"));
        this.name = "SettingsError";
    }
}

/** Reads one key of the `gandi` namespace, such as `url`. */
export type ReadKey = (key: string) => unknown;

interface Source {
    /** What the source is called when a key of it is at fault. */
    name(key: string): string;
    read: ReadKey;
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
    personalAccessToken: "GANDI_PERSONAL_ACCESS_TOKEN",
    key: "GANDI_KEY",
    sharingId: "GANDI_SHARING_ID",
    url: "GANDI_URL",
    maxTotal: "GANDI_MAX_TOTAL",
    readOnly: "GANDI_READ_ONLY",
    purchases: "GANDI_PURCHASES",
};

/** What makes an account. An explicit provider must carry it: the environment's would be another one. */
const ACCOUNT = ["personalAccessToken", "key", "sharingId"];

/**
 * The settings in force. An explicit provider (known by its `provider` key, its name) takes nothing of an account from the
 * environment, but its `GANDI_URL`, lest the second account's orders go to Gandi while the first's go to a sandbox.
 * @param audience who is told what to do: somebody with a stack, or with a command, which has none
 * @throws SettingsError with all that is wrong, each naming its source.
 */
export function resolveSettings(
    readKey: ReadKey,
    environment: NodeJS.ProcessEnv,
    audience: "stack" | "command" = "stack",
): Settings {
    const explicit = text(readKey("provider"));
    const configured: Source = explicit
        ? { name: (key) => `${key} of the gandi.Provider "${explicit}"`, read: readKey }
        : { name: (key) => `the stack configuration gandi:${key}`, read: readKey };
    const fromEnvironment: Source = {
        name: (key) => `the environment variable ${ENVIRONMENT[key]}`,
        read: (key) => {
            const variable = explicit && ACCOUNT.includes(key) ? undefined : ENVIRONMENT[key];
            return variable === undefined ? undefined : environment[variable];
        },
    };
    const sources = [configured, fromEnvironment];

    const problems: string[] = [];
    const first = <T>(key: string, parse: (value: string) => T | undefined, expected: string): T | undefined => {
        const source = sources.find(({ read }) => text(read(key)) !== undefined);
        if (source === undefined) {
            return undefined;
        }
        try {
            const value = parse(text(source.read(key))!);
            if (value === undefined) {
                problems.push(`${source.name(key)} must be ${expected}`);
            }
            return value;
        } catch (error) {
            problems.push(`${source.name(key)}: ${(error as Error).message}`);
            return undefined;
        }
    };

    const credential = findCredential(sources, explicit, problems, audience);
    const url = first("url", (value) => baseUrl(value, audience === "command" ? "the address" : "gandi:url"), "");
    const settings = {
        sharingId: first(
            "sharingId",
            uuid,
            audience === "stack"
                ? "the id of an organisation, a UUID (getOrganizations lists them)"
                : "the id of an organisation, a UUID",
        ),
        url: url ?? DEFAULT_URL,
        requestsPerMinute: first("requestsPerMinute", between(1, 1e6), "a number from 1 to 1000000") ?? 1000,
        timeout: first("timeout", between(0.1, 3600), "seconds, from 0.1 to 3600") ?? 60,
        pollInterval: first("pollInterval", between(0.01, 3600), "seconds, from 0.01 to 3600") ?? 5,
        maxPrice: first("maxPrice", between(0, Number.MAX_VALUE), "an amount such as 20"),
        maxTotal: maxTotalOf(sources, problems),
        purchases: purchasesBy(sources, problems),
        readOnly: readOnlyBy(sources, problems),
        goneDomains: first("goneDomains", names, 'a list of domains, such as ["sold.example"]') ?? [],
    } as const;
    if (credential === undefined || problems.length > 0) {
        const isUnset = ({ read }: Source) =>
            ["personalAccessToken", "key"].every((key) => text(read(key)) === undefined);
        throw new SettingsError(problems, sources.every(isUnset) ? "no-token" : "settings-invalid");
    }
    return { credential, ...settings };
}

function findCredential(
    sources: Source[],
    explicit: string | undefined,
    problems: string[],
    audience: "stack" | "command",
): Credential | undefined {
    for (const { name, read } of sources) {
        const token = text(read("personalAccessToken"));
        const key = text(read("key"));
        if (token !== undefined && key !== undefined) {
            problems.push(
                `${name("personalAccessToken")} and ${name("key")} are both set: keep one (key is deprecated at Gandi)`,
            );
            return undefined;
        }
        const [value, field, scheme] =
            token === undefined ? [key, "key", "Apikey" as const] : [token, "personalAccessToken", "Bearer" as const];
        if (value === undefined) {
            continue;
        }
        // A header value can hold neither; the usual cause is a file's text or a quoted value pasted whole.
        if (!/^[\x21-\x7e]+$/.test(value)) {
            problems.push(`${name(field)} is no token: it holds white space or characters that no token has`);
            return undefined;
        }
        return { scheme, token: value, source: name(field) };
    }
    problems.push(
        explicit
            ? `the gandi.Provider "${explicit}" needs a personalAccessToken of its own (an explicit provider never takes the environment's)`
            : `no Gandi token: ${audience === "stack" ? "run `pulumi config set --secret gandi:personalAccessToken <token>`, or " : ""}set the environment variable GANDI_PERSONAL_ACCESS_TOKEN`,
    );
    return undefined;
}

/** Which source says that nothing may be written: one is enough, whatever the others say. */
function readOnlyBy(sources: Source[], problems: string[]): string | undefined {
    const said = sources.map(({ name, read }) => ({ name: name("readOnly"), value: text(read("readOnly")) }));
    for (const { name, value } of said) {
        if (value !== undefined && !/^(true|false|1|0)$/.test(value)) problems.push(`${name} must be true or false`);
    }
    return said.find(({ value }) => value === "true" || value === "1")?.name;
}

/** One source that forbids purchases is enough, whatever the others say. */
function purchasesBy(sources: Source[], problems: string[]): Settings["purchases"] {
    const said = sources.map(({ name, read }) => ({ name: name("purchases"), value: text(read("purchases")) }));
    for (const { name, value } of said) {
        if (value !== undefined && !/^(allow|forbid)$/.test(value))
            problems.push(`${name} must be "allow" or "forbid"`);
    }
    return said.some(({ value }) => value === "forbid") ? "forbid" : "allow";
}

/** The least of what the sources say. */
function maxTotalOf(sources: Source[], problems: string[]): number | undefined {
    const limits = sources.flatMap(({ name, read }) => {
        const value = text(read("maxTotal"));
        const limit = value === undefined ? undefined : between(0, Number.MAX_VALUE)(value);
        if (value !== undefined && limit === undefined) {
            problems.push(`${name("maxTotal")} must be an amount such as 100`);
        }
        return limit ?? [];
    });
    return limits.length === 0 ? undefined : Math.min(...limits);
}

function baseUrl(value: string, name: string): string {
    const { origin, prefix } = parseBaseUrl(value, name);
    return origin + prefix;
}

function between(least: number, most: number): (value: string) => number | undefined {
    return (value) => {
        const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
        return number >= least && number <= most ? number : undefined;
    };
}

function uuid(value: string): string | undefined {
    return organization.safeParse(value).success ? value : undefined;
}

/** A JSON list (as `pulumi config set --path` stores it), or names with commas between them. */
function names(value: string): string[] | undefined {
    let list: unknown = value.split(",");
    if (value.startsWith("[")) {
        try {
            list = JSON.parse(value);
        } catch {
            return undefined;
        }
    }
    const valid = Array.isArray(list) && list.every((name): name is string => typeof name === "string");
    return valid ? (list as string[]).map((name) => domainName(name.trim())) : undefined;
}

/** A setting as trimmed text; an empty one counts as absent, as an unset variable in CI does. */
function text(value: unknown): string | undefined {
    if (value === undefined || value === null) {
        return undefined;
    }
    const trimmed = (typeof value === "string" ? value : JSON.stringify(value)).trim();
    return trimmed === "" ? undefined : trimmed;
}
