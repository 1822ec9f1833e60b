import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { RRset } from "../../provider/dns/rrset";
import type { Found } from "./account";

/** Milliseconds for which what was read is still believed: the proof looks at everything again anyway. */
const FRESH = 3_600_000;

const headerSchema = z.object({ format: z.literal(1), asked: z.string(), at: z.string() });
const lineSchema = z.object({
    domain: z.string(),
    found: z.array(z.object({ kind: z.string(), id: z.string(), inputs: z.record(z.string(), z.unknown()) })),
    rrsets: z
        .array(
            z.object({ name: z.string(), type: z.string(), ttl: z.number().optional(), values: z.array(z.string()) }),
        )
        .optional(),
    unreadable: z.array(z.string()),
});

/** What there is in one domain. */
export interface Contents {
    readonly found: readonly Found[];
    /** Of its zone, as the API answers them; undefined where no zone is here. */
    readonly rrsets: readonly RRset[] | undefined;
    /** The kinds that the token may not list here. */
    readonly unreadable: readonly string[];
}

type Line = Contents & { readonly domain: string };

/**
 * What a run has read, in a file beside the folder that it writes: a run that was interrupted is gone on with. It holds what
 * the program would hold, and nobody else can read it.
 */
export class ReadSoFar {
    private readonly known = new Map<string, Contents>();
    /** Whether the file is as this run knows it, so that more can be written behind. */
    private isWhole = false;
    /** When it was begun, ISO 8601. */
    readonly at: string;
    private readonly asked: string;

    /**
     * @param path undefined keeps nothing
     * @param asked who was asked, and how: another one's answers are not taken
     */
    constructor(
        private readonly path: string | undefined,
        asked: readonly unknown[],
        now = new Date(),
    ) {
        this.asked = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
        this.at = (path === undefined ? undefined : this.load(path, now)) ?? now.toISOString();
    }

    of(domain: string): Contents | undefined {
        return this.known.get(domain);
    }

    add(lines: readonly Line[]): void {
        if (this.path === undefined) {
            return;
        }
        const fresh = lines.filter(({ domain }) => !this.known.has(domain));
        if (this.isWhole) {
            appendFileSync(this.path, fresh.map((line) => textOf(plain(line))).join(""));
            return;
        }
        const known = [...this.known].map(([domain, contents]) => ({ domain, ...contents }));
        const header = textOf({ format: 1, asked: this.asked, at: this.at });
        // Whatever stood there goes: it was another run's, too old, or ends in the middle of a line.
        rmSync(this.path, { force: true });
        const text = header + [...known, ...fresh].map((line) => textOf(plain(line))).join("");
        writeFileSync(this.path, text, { mode: 0o600, flag: "wx" });
        this.isWhole = true;
    }

    remove(): void {
        if (this.path !== undefined) rmSync(this.path, { force: true });
    }

    /** @returns when that run began; undefined where there is none to go on with */
    private load(path: string, now: Date): string | undefined {
        const [first = "", ...rest] = textIn(path).split("\n");
        const header = headerSchema.safeParse(parsed(first)).data;
        if (header?.asked !== this.asked || !(now.getTime() - Date.parse(header.at) < FRESH)) {
            return undefined;
        }
        for (const line of rest) {
            const read = lineSchema.safeParse(parsed(line)).data;
            // The last line of a run that was killed may be cut.
            if (read === undefined) break;
            const { domain, rrsets, ...others } = read;
            const known = rrsets?.map(({ name, type, ...content }) => RRset.there(domain, name, type, content));
            this.known.set(domain, { ...others, rrsets: known });
        }
        this.isWhole = this.known.size === rest.length - 1;
        return this.known.size === 0 ? undefined : header.at;
    }
}

function plain({ rrsets, ...others }: Line): unknown {
    return {
        ...others,
        rrsets: rrsets?.map(({ storedName, type, ttl, values }) => ({ name: storedName, type, ttl, values })),
    };
}

const textOf = (value: unknown) => `${JSON.stringify(value)}\n`;

function textIn(path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return "";
    }
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
