import { z } from "zod";
import { withoutSecrets } from "../../provider/api/printable";
import type { Props } from "../../provider/core/property";
import { CommandFailure } from "../command";

/** A resource as a preview shows it: secrets stand as `[secret]`. */
export interface State {
    readonly id?: string | undefined;
    readonly inputs: Props;
    readonly outputs: Props;
}

/** What a preview would do with one resource, or has done to look at it (`refresh`). */
export interface Step {
    readonly op: string;
    readonly urn: string;
    /** Before the step; of a refresh what the state says, of all else what the refresh has found. */
    readonly old?: State | undefined;
    /** As the program declares it. */
    readonly new?: State | undefined;
    /** The properties that change, as the engine writes them. */
    readonly paths: readonly string[];
}

/** What went wrong in a preview. */
export interface PreviewError {
    readonly urn?: string | undefined;
    readonly message: string;
}

/** A `pulumi preview --refresh`, by whichever engine. */
export interface Preview {
    readonly steps: readonly Step[];
    readonly errors: readonly PreviewError[];
}

const stateSchema = z
    .looseObject({
        id: z.string().optional(),
        inputs: z.record(z.string(), z.unknown()).default({}),
        outputs: z.record(z.string(), z.unknown()).default({}),
    })
    .nullish()
    .transform((state) => state ?? undefined);

/** What the CLI prints with `--json`, as far as it is read here. */
const digestSchema = z.looseObject({
    steps: z.array(
        z.looseObject({
            op: z.string(),
            urn: z.string(),
            oldState: stateSchema,
            newState: stateSchema,
            detailedDiff: z.record(z.string(), z.unknown()).nullish(),
        }),
    ),
    diagnostics: z
        .array(z.looseObject({ urn: z.string().optional(), message: z.string(), severity: z.string() }))
        .default([]),
});

/**
 * Reads what `pulumi preview --json` has printed.
 * @param name what the text is called, where it is something else
 * @throws CommandFailure
 */
export function readPreview(text: string, name: string): Preview {
    const { success, data } = digestSchema.safeParse(parsed(text));
    if (!success) {
        throw new CommandFailure(`${name} is not what \`pulumi preview --refresh --run-program --json\` prints`);
    }
    return {
        steps: data.steps.map(({ op, urn, oldState, newState, detailedDiff }) => ({
            op,
            urn,
            old: oldState,
            new: newState,
            paths: Object.keys(detailedDiff ?? {}),
        })),
        errors: data.diagnostics.filter(({ severity }) => severity === "error"),
    };
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** What no report may show, wherever it turns up: what opens an account or a state. */
const SECRETS = ["GANDI_PERSONAL_ACCESS_TOKEN", "GANDI_KEY", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_ACCESS_TOKEN"];

/** The same preview without the secrets of the environment: what was pasted into a TXT record by mistake is in it. */
export function masked(preview: Preview, env: NodeJS.ProcessEnv): Preview {
    const secrets = SECRETS.map((name) => env[name] ?? "").filter((secret) => secret.length > 5);
    const mask = (value: unknown): unknown => {
        if (typeof value === "string") return withoutSecrets(value, secrets);
        if (Array.isArray(value)) return value.map(mask);
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutSecrets(key, secrets), mask(item)]))
            : value;
    };
    return secrets.length === 0 ? preview : (mask(preview) as Preview);
}
