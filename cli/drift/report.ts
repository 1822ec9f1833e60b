import { printable, shortened } from "../../provider/api/printable";
import { UNKNOWN } from "../../provider/core/inputs/values";
import type { Painted } from "../speech";
import type { Difference } from "./differences";
import type { Finding, Findings } from "./findings";
import type { Unmanaged } from "./unmanaged";

/** The most characters of one value that people are shown: a TXT record may have thousands. */
const LONGEST_VALUE = 200;

const COLOURS = { "~": "yellow", "-": "red", "+": "green", " ": "dim" } as const;

const WHAT: Record<Finding["what"], readonly [mark: keyof typeof COLOURS, says: string]> = {
    changed: ["~", ""],
    replaced: ["~", "will be replaced"],
    gone: ["-", "is gone"],
    missing: ["+", "was not made yet"],
    undeclared: ["-", "is declared no longer"],
};

/** A heading and what stands below it, each a line. */
export interface Section {
    readonly heading: string;
    readonly lines: readonly Painted[];
}

/** What people are told, in one line. */
export function headline({ stack, resources, drift, pending }: Findings): string {
    if (drift.length + pending.length === 0) {
        return `${stack}: ${resources === 1 ? "1 resource is" : `${resources} resources are`} as declared`;
    }
    const changed =
        drift.length === 0 ? "nothing was" : drift.length === 1 ? "1 resource was" : `${drift.length} resources were`;
    const undone = pending.length === 0 ? "" : `; ${pending.length} changed in it and not yet carried out`;
    return `${stack}: ${changed} changed outside of the program${undone}`;
}

export function sectionsOf({ drift, pending }: Findings, unmanaged: Unmanaged | undefined): Section[] {
    return [
        { heading: "Changed outside of the program", lines: drift.flatMap(linesOf) },
        { heading: "Changed in the program, and not yet carried out", lines: pending.flatMap(linesOf) },
        { heading: "At Gandi, and declared by no resource", lines: (unmanaged?.found ?? []).map(unmanagedLine) },
    ].filter(({ lines }) => lines.length > 0);
}

function unmanagedLine({ kind, id, isAll }: Unmanaged["found"][number]): Painted {
    return { colour: "dim", text: `  ${kind} ${printable(id)}${isAll ? ", and all that is in it" : ""}` };
}

function linesOf({ kind, name, id, what, differences, waits }: Finding): Painted[] {
    const [mark, says] = WHAT[what];
    const more = waits
        ? "waits, and the next up looks again"
        : differences.length === 0 && says === ""
          ? "will be updated"
          : says;
    const title = `${mark} ${kind} ${name}${id === undefined ? "" : ` (${id})`}${more === "" ? "" : `: ${more}`}`;
    return [
        { colour: COLOURS[mark], text: printable(title) },
        ...differences.map(
            (one): Painted => ({
                colour: "dim",
                text: `      ${shortened(printable(one.path), LONGEST_VALUE)}: ${sentence(one)}`,
            }),
        ),
    ];
}

/** `declared 300, is 600`. */
function sentence({ declared, is, was, isSecret, isDrift }: Difference): string {
    if (isSecret) {
        return "differs, and is a secret";
    }
    if (isListOfTexts(declared) && isListOfTexts(is)) {
        const lacks = declared.filter((item) => !is.includes(item));
        const has = is.filter((item) => !declared.includes(item));
        const parts = [lacks.length > 0 ? `lacks ${listed(lacks)}` : "", has.length > 0 ? `has ${listed(has)}` : ""];
        return parts.filter((part) => part !== "").join("; ") || "is in another order";
    }
    const both = isDrift && was !== undefined && JSON.stringify(was) !== JSON.stringify(declared);
    return `${declared === undefined ? "not declared" : `declared ${shown(declared)}`}${both ? ` (was ${shown(was)})` : ""}, ${
        is === undefined ? "is absent" : `is ${shown(is)}`
    }`;
}

function isListOfTexts(value: unknown): value is string[] {
    return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function listed(items: readonly string[]): string {
    return shortened(printable(items.map((item) => JSON.stringify(item)).join(", ")), LONGEST_VALUE);
}

function shown(value: unknown): string {
    return value === UNKNOWN ? "what only an up will tell" : shortened(printable(JSON.stringify(value)), LONGEST_VALUE);
}

/** The most lines of a Markdown report: what job summaries hold is bounded (1 MiB at GitHub). */
const MOST_LINES = 500;

/**
 * The same for a job summary. Whatever came from outside stands in fenced blocks, of which nothing but the fence means
 * anything; that is longer than any of backticks in them, and no line of them begins with one.
 */
export function markdown(findings: Findings, unmanaged: Unmanaged | undefined): string {
    const parts = sectionsOf(findings, unmanaged).map(({ heading, lines }) => {
        const marked = lines.map(({ text }) => `${/^[~+-]/.test(text) ? "" : " "}${text}`.replace(/^~/, "!"));
        return `#### ${heading}\n\n${fenced("diff", marked)}`;
    });
    const { drift, pending } = findings;
    const mark = drift.length + pending.length === 0 ? "✅" : "⚠️";
    return [`### ${mark} ${escaped(headline(findings))}\n`, ...parts].join("\n");
}

export const NOT_COMPARED = "nothing could be compared";

/** The same where there is nothing to report of. */
export function failureMarkdown(lines: readonly string[]): string {
    return `### ❌ ${NOT_COMPARED}\n\n${fenced(
        "text",
        lines.map((line) => ` ${printable(line)}`),
    )}`;
}

function fenced(language: string, lines: readonly string[]): string {
    const more = lines.length > MOST_LINES ? [`  … ${lines.length - MOST_LINES} more lines`] : [];
    const text = [...lines.slice(0, MOST_LINES), ...more].join("\n");
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}\n`;
}

/** A text in which no character means anything to Markdown or HTML. */
function escaped(text: string): string {
    return printable(text).replace(/[\\`*_{}[\]()<>#+!|~&@-]/g, (character) => `&#${character.charCodeAt(0)};`);
}
