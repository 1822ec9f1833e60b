import { apiValue } from "../../provider/dns";
import { caa, mx, srv, sshfp, tlsa } from "../../provider/dns/builders";
import { octetsOf } from "../../provider/dns/characterString";
import { Code, literal } from "./literal";

/** A builder with its arguments. */
interface Built {
    readonly call: string;
    readonly args: readonly unknown[];
    readonly value: string;
}

/** Reads a value of one type into the arguments of its builder; undefined where it is written another way. */
const BUILDERS: Readonly<Record<string, (value: string) => Built | undefined>> = {
    MX: (value) => {
        const [, preference, exchange] = /^(\d+) (\S+)$/.exec(value) ?? [];
        return exchange === undefined ? undefined : built("mx", mx, [Number(preference), exchange]);
    },
    SRV: (value) => {
        const [, priority, weight, port, target] = /^(\d+) (\d+) (\d+) (\S+)$/.exec(value) ?? [];
        return target === undefined
            ? undefined
            : built("srv", srv, [Number(priority), Number(weight), Number(port), target]);
    },
    CAA: (value) => {
        const [, flags, tag, quoted] = /^(\d+) (\S+) "?([^"\\]*)"?$/.exec(value) ?? [];
        if (quoted === undefined) return undefined;
        return flags === "128"
            ? built("caa", caa, [tag!, quoted, { critical: true }])
            : built("caa", caa, [tag!, quoted]);
    },
    SSHFP: (value) => {
        const [, algorithm, type, fingerprint] = /^(\d+) (\d+) ([\da-fA-F]+)$/.exec(value) ?? [];
        return fingerprint === undefined
            ? undefined
            : built("sshfp", sshfp, [Number(algorithm), Number(type), fingerprint]);
    },
    TLSA: (value) => {
        const [, usage, selector, matching, data] = /^(\d+) (\d+) (\d+) ([\da-fA-F]+)$/.exec(value) ?? [];
        return data === undefined
            ? undefined
            : built("tlsa", tlsa, [Number(usage), Number(selector), Number(matching), data]);
    },
};

/**
 * A value of an RRset as a person writes it: by the builder that names its parts, a TXT as plain text. Only what is read as
 * the very same value counts; every other stays in its own words.
 */
export function valueInProgram(type: string, value: string, zone: string): string | Code {
    const made = BUILDERS[type]?.(value);
    if (made !== undefined && isSame(type, made.value, value, zone)) {
        return new Code(`gandi.dns.${made.call}(${made.args.map((arg) => literal(arg, "", 0)).join(", ")})`);
    }
    const plain = type === "TXT" ? plainText(value) : undefined;
    return plain !== undefined && isSame(type, plain, value, zone) ? plain : value;
}

function built<A extends unknown[]>(call: string, build: (...args: A) => string, args: A): Built {
    return { call, args, value: build(...args) };
}

function isSame(type: string, one: string, other: string, zone: string): boolean {
    try {
        return apiValue(type, one, zone) === apiValue(type, other, zone);
    } catch {
        return false;
    }
}

/** What one quoted string holds, where it is text that people read. */
function plainText(value: string): string | undefined {
    const [, inner] = /^"((?:[^"\\]|\\.)*)"$/s.exec(value) ?? [];
    if (inner === undefined) {
        return undefined;
    }
    try {
        const text = octetsOf(inner).toString("utf8");
        return /^[^\p{Cc}\uFFFD]+$/u.test(text) ? text : undefined;
    } catch {
        return undefined;
    }
}
