import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Step, Trial } from "../../contract/fact";
import { FACTS, TRIALS } from "../../contract/facts";
import { guard } from "../../contract/guard";
import { filled, namesOf } from "../../contract/place";

const SANDBOX = join(__dirname, "..", "..", "sandbox");
const PLACE = { domain: "example.com", run: "test" };
const MARK = "Guess: ";
const guessesOfTable = [...new Set(FACTS.map(({ source }) => source).filter((source) => source.startsWith(MARK)))];

/** What follows the mark in each comment of the sandbox, on one line. */
function guessesOfSandbox(): string[] {
    const files = readdirSync(SANDBOX, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    return files.flatMap((path) => {
        const source = readFileSync(join(SANDBOX, path), "utf8");
        const comments = source.match(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm) ?? [];
        return comments.flatMap((comment) =>
            comment
                .replace(/\n[ \t]*(\*(?!\/)|\/\/)/g, " ")
                .replace(/\s+/g, " ")
                .split(/(?=Guess: )/)
                .filter((part) => part.startsWith(MARK)),
        );
    });
}

describe("the table of facts", () => {
    test("has an entry for each guess of the sandbox, in the words of its comment", () => {
        const guesses = guessesOfSandbox();
        expect(guesses.length).toBeGreaterThan(60);
        expect(guesses.filter((guess) => !guessesOfTable.some((source) => guess.startsWith(source)))).toEqual([]);
    });

    test("has no guess that the sandbox does not make, or makes twice", () => {
        const guesses = guessesOfSandbox();
        const times = (source: string) => guesses.filter((guess) => guess.startsWith(source)).length;
        expect(guessesOfTable.filter((source) => times(source) !== 1)).toEqual([]);
    });

    test("knows of no guess that is marked in another way", () => {
        const files = readdirSync(SANDBOX, { recursive: true, encoding: "utf8" }).filter((path) =>
            path.endsWith(".ts"),
        );
        const lines = files.flatMap((path) => readFileSync(join(SANDBOX, path), "utf8").split("\n"));
        expect(lines.filter((line) => /\bguess/i.test(line) && !/Guess: |`Guess:`/.test(line))).toEqual([]);
    });

    test("says each fact once", () => {
        const said = FACTS.map(({ fact }) => fact);
        expect(said.filter((fact, index) => said.indexOf(fact) !== index)).toEqual([]);
    });

    test.each(Object.entries(TRIALS))("asks for nothing that its needs do not cover: %s", (_area, trials) => {
        for (const trial of trials) {
            const names = { ...namesOf(PLACE, 1), "{id}": "id" };
            const bounds = { place: PLACE, write: PLACE.domain, isPlayground: true, snapshots: new Set<string>() };
            for (const { line, body } of filled(requestsOf(trial), names)) {
                const [method = "", path = ""] = line.split(" ");
                const text = typeof body === "string" ? body : JSON.stringify(body);
                guard({ method, url: new URL(path, "https://api.gandi.net"), body: text }, trial.needs, bounds);
            }
        }
    });
});

function requestsOf({ given = [], request, body }: Trial): { line: string; body?: unknown }[] {
    return [...given.map(requestOf), { line: request, body }];
}

function requestOf(step: Step): { line: string; body?: unknown } {
    if (Array.isArray(step)) {
        return { line: step[0], body: step[1] };
    }
    const [line] = ["until", "provided", "of", "burst"].flatMap((name) => (name in step ? Object(step)[name] : []));
    return { line };
}
