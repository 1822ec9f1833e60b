import { CommandFailure } from "../command";

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

/** Files of one of these kinds, and the command that makes them. */
export interface Expected {
    readonly format: keyof typeof FORMATS;
    readonly made: string;
}

/**
 * A text that must be JSON of one of these kinds. What is in it is in no message: it may be a secret.
 * @throws CommandFailure
 */
export function jsonOf(text: string, name: string, { format, made }: Expected): unknown {
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
