import { type Fact, NEEDS } from "./fact";
import type { Mask } from "./masking";
import type { Outcome } from "./trial";

export interface Row {
    fact: string;
    source: string;
    needs: Fact["needs"];
    outcome: Outcome["outcome"];
    /** Of what differs each difference, of what was not tried the reason. */
    details: string[];
}

/** Characters of one detail. */
const LONGEST = 500;

/** @param fact and what came of it; nothing private is in the row that is made of them. */
export function rowOf({ fact, source, needs }: Fact, outcome: Outcome, mask: Mask): Row {
    const details = outcome.outcome === "differs" ? outcome.what : outcome.outcome === "not tried" ? [outcome.why] : [];
    return { fact, source, needs, outcome: outcome.outcome, details: details.map((one) => shortened(mask.mask(one))) };
}

function shortened(text: string): string {
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

export interface Heading {
    /** The origin. */
    address: string;
    /** Of this package, and of Node. */
    versions: string;
    /** `2026-01-31`. */
    date: string;
    masked: string;
}

/** The report as Markdown, ready to be pasted. */
export function inMarkdown({ address, versions, date, masked }: Heading, rows: readonly Row[]): string {
    const counts = (["holds", "differs", "not tried"] as const).map(
        (outcome) => `${rows.filter((row) => row.outcome === outcome).length} ${outcome}`,
    );
    const lines = [
        `### The facts at ${address}`,
        "",
        `${date}, ${versions}: ${counts.join(", ")}. Masked: ${masked}.`,
        "",
        "| fact | source | needs | outcome |",
        "| --- | --- | --- | --- |",
        ...NEEDS.flatMap((needs) => rows.filter((row) => row.needs === needs)).map(
            (row) => `| ${[row.fact, row.source, row.needs, outcomeOf(row)].map(cell).join(" | ")} |`,
        ),
    ];
    return `${lines.join("\n")}\n`;
}

function outcomeOf({ outcome, details }: Row): string {
    return details.length === 0 ? outcome : `${outcome}: ${details.join("; ")}`;
}

/** A text that stays in its cell. */
function cell(text: string): string {
    return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replace(/\s+/g, " ");
}
