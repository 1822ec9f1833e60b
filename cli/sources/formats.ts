import type { z } from "zod";
import { CommandFailure } from "../command";
import { readText } from "../readText";
import type { Speech } from "../speech";
import { ownValue } from "./ownValue";

/** A kind of JSON file of these tools, told by the keys on top. */
interface Format {
    readonly what: string;
    readonly keys: readonly string[];
    /** What to do with it. */
    readonly use: string;
}

const FORMATS = {
    encrypted: {
        what: "an encrypted state of OpenTofu",
        keys: ["encrypted_data"],
        use: "`tofu state pull`, where its configuration and key are, prints it in clear: give it that as --from-tfstate -",
    },
    terraform: {
        what: "a state of Terraform or OpenTofu",
        keys: ["version", "serial"],
        use: "give it with --from-tfstate",
    },
    shown: {
        what: "what `terraform show -json` prints, or a plan",
        keys: ["format_version"],
        use: "give the state itself, as `terraform state pull` prints it, with --from-tfstate",
    },
    pulumi: { what: "an exported stack of Pulumi", keys: ["version", "deployment"], use: "give it with --from-pulumi" },
    checkpoint: {
        what: "a checkpoint out of a backend of Pulumi",
        keys: ["checkpoint"],
        use: "give what `pulumi stack export` prints with --from-pulumi",
    },
    dnscontrol: {
        what: "what `dnscontrol print-ir` prints",
        keys: ["dns_providers", "domains"],
        use: "give it with --from-dnscontrol",
    },
} as const satisfies Record<string, Format>;

/** Files of one of these kinds. */
export interface Expected<T> {
    readonly format: keyof typeof FORMATS;
    /** The command that prints one. */
    readonly made: string;
    readonly schema: z.ZodType<T>;
    /** Why its version is none to read; undefined for one that is. */
    unreadable?(version: unknown): string | undefined;
}

/** A file, and what it is called. */
interface Document<T> {
    readonly name: string;
    readonly data: T;
}

/**
 * Reads a file that must be of one of these kinds. What is in it is in no message: it may be a secret.
 * @throws CommandFailure
 */
export async function readDocument<T>(file: string, speech: Speech, expected: Expected<T>): Promise<Document<T>> {
    const name = file === "-" ? "standard input" : file;
    const value = jsonOf(await readText(file, speech), name, expected);
    const reason = expected.unreadable?.(ownValue(value, "version"));
    if (reason !== undefined) {
        throw new CommandFailure(`${name} is ${reason}`);
    }
    const { success, data, error } = expected.schema.safeParse(value);
    if (!success) {
        const { what } = FORMATS[expected.format];
        const where = error.issues[0]!.path.join(".");
        throw new CommandFailure(`${name} is not ${what} as it should be, at ${where}: ${expected.made} makes one`);
    }
    return { name, data };
}

function jsonOf(text: string, name: string, { format, made }: Pick<Expected<unknown>, "format" | "made">): unknown {
    const wanted = FORMATS[format].what;
    if (text.trim() === "") {
        throw new CommandFailure(`${name} is empty, and not ${wanted}: ${made} makes one`);
    }
    const value = parsed(text);
    if (value === undefined) {
        throw new CommandFailure(`${name} is not JSON, and so not ${wanted}: ${made} makes one`);
    }
    const has = (key: string) => typeof value === "object" && value !== null && Object.hasOwn(value, key);
    const found = Object.entries(FORMATS).find(([, { keys }]) => keys.every(has));
    if (found === undefined) {
        throw new CommandFailure(`${name} is JSON, but not ${wanted}: ${made} makes one`);
    }
    const [kind, { what, use }] = found;
    if (kind !== format) {
        throw new CommandFailure(`${name} is ${what}, and not ${wanted}: ${use}`);
    }
    return value;
}

/** JSON is never undefined. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
