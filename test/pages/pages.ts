import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** What the comment above a block says of it, such as `<!-- run:pulumi, exit 7 -->`. GitHub shows no comments. */
export type Mark =
    /** Commands that are run as they stand, `pulumi` ones where there is a Pulumi CLI. What has no mark is that, without it. */
    | { readonly kind: "run"; readonly withPulumi: boolean; readonly exit: number }
    /** In a clone of the repository: scripts of our own package.json. */
    | { readonly kind: "clone" }
    /** Commands of another tool, that are shown and not run. */
    | { readonly kind: "show"; readonly reason: string }
    /** No commands: what the block before has printed, or a part of it. */
    | { readonly kind: "prints" }
    /** No commands: a file of the reader's. */
    | { readonly kind: "file"; readonly name: string };

/** A fenced block of a page. */
export interface Block {
    readonly page: string;
    /** Its first line in the page, from 1. */
    readonly line: number;
    /** The heading of second order that it stands under. */
    readonly section: string;
    readonly language: string;
    readonly text: string;
    /** Undefined: it has none, and is no shell. */
    readonly mark: Mark | undefined;
}

/** The pages that tell users what to type. */
export function pages(): string[] {
    const examples = readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}/README.md`);
    const docs = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
    return [
        "README.md",
        ...docs.map((name) => `docs/${name}`),
        ...examples.filter((page) => existsSync(join(ROOT, page))),
    ];
}

const SHELL = ["sh", "bash", "shell", "console", "zsh"];

export function blocksOf(page: string): Block[] {
    const lines = readFileSync(join(ROOT, page), "utf8").split("\n");
    const blocks: Block[] = [];
    let section = "";
    for (let at = 0; at < lines.length; at++) {
        section = /^## (.+)$/.exec(lines[at]!)?.[1] ?? section;
        const [, indent = "", language = ""] = /^( *)```(\w*)$/.exec(lines[at]!) ?? [];
        if (!lines[at]!.trimStart().startsWith("```")) continue;
        const end = lines.findIndex((line, index) => index > at && line === `${indent}\`\`\``);
        const text = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
        const comment = /^ *<!-- (.+) -->$/.exec(lines[at - 1] ?? "")?.[1];
        const mark = comment === undefined ? undefined : markOf(comment, `${page}:${at}`);
        const byDefault = SHELL.includes(language) ? ({ kind: "run", withPulumi: false, exit: 0 } as const) : undefined;
        blocks.push({ page, line: at + 1, section, language, text: `${text.join("\n")}\n`, mark: mark ?? byDefault });
        at = end;
    }
    return blocks;
}

function markOf(comment: string, where: string): Mark {
    const [, run, exit] = /^(run:pulumi|run)(?:, exit (\d+))?$/.exec(comment) ?? [];
    const [, kind, rest] = /^(show|file): (.+)$/.exec(comment) ?? [];
    if (run !== undefined) return { kind: "run", withPulumi: run === "run:pulumi", exit: Number(exit ?? 0) };
    if (comment === "run:clone") return { kind: "clone" };
    if (comment === "prints") return { kind: "prints" };
    if (kind === "show") return { kind, reason: rest! };
    if (kind === "file") return { kind, name: rest! };
    throw new Error(`${where}: no mark of a block is called "${comment}"`);
}

/** The command lines of a shell block: joined where they go on, without comments. */
export function linesOf({ text }: Pick<Block, "text">): string[] {
    return text
        .replace(/\\\n */g, "")
        .split("\n")
        .map((line) => line.replace(/(^| +)#.*$/, ""))
        .filter((line) => line !== "");
}
