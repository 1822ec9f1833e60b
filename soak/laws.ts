import type { Program } from "../engine/inProcess/functionProgram";
import type { Played } from "../engine/inProcess/playedStack";
import { secretsOf } from "./kinds";
import type { World, WorldStack } from "./world";

/** What went wrong, one sentence each. */
export type Findings = string[];

/**
 * What holds after anything has gone wrong, once nothing does any more: the same program runs through, the world is what
 * it declares (that is: as after the same programs in a world in which nothing went wrong), a second run and a refresh
 * find nothing to do.
 *
 * @param expected the shape of that other world; undefined where only the program's own view counts
 */
export async function recovers(
    world: World,
    stack: WorldStack,
    program: Program,
    expected: object | undefined,
): Promise<Findings> {
    const findings: Findings = [];
    world.interfere = undefined;
    const run = await stack.up(program);
    findings.push(...failureOf("the run after it", run));
    world.settle();
    findings.push(...(await isAtRest(world, stack, program)));
    if (expected !== undefined) {
        findings.push(...differs("the world", expected, world.shape()));
    }
    return findings;
}

/** A second run has nothing to do, and neither has a refresh, nor a run after that. */
export async function isAtRest(_world: World, stack: WorldStack, program: Program): Promise<Findings> {
    return [
        ...failureOf("a second preview", await stack.preview(program, { expectNoChanges: true })),
        ...failureOf("a refresh", await stack.refresh(undefined, { expectNoChanges: true })),
        ...failureOf("a preview after a refresh", await stack.preview(program, { expectNoChanges: true })),
    ];
}

/** Destroys, after which the world is as it is without faults. */
export async function destroys(
    world: World,
    stack: WorldStack,
    program: Program,
    expected: object | undefined,
): Promise<Findings> {
    world.interfere = undefined;
    const findings = failureOf("destroy", await stack.destroy(program));
    world.settle();
    const left = stack.played.resources();
    if (left.length > 0) {
        findings.push(`destroy has left in the state: ${left.map(({ urn }) => urn).join(", ")}`);
    }
    if (expected !== undefined) {
        findings.push(...differs("the world after destroy", expected, world.shape()));
    }
    return findings;
}

/** No text that anybody could see holds a secret. */
export function keepsSecrets(world: World): Findings {
    const all = [...world.texts, ...world.lines].join("\n");
    return secretsOf(world)
        .filter((secret) => all.includes(secret))
        .map((secret) => `a secret stands in clear: …${around(all, secret)}…`);
}

/** Why an operation failed, if it has. */
export function failureOf(what: string, played: Played): Findings {
    if (played.killed) {
        return [`${what} was killed`];
    }
    return played.error === undefined ? [] : [`${what} failed: ${played.output.trim().replaceAll("\n", " | ")}`];
}

function around(text: string, secret: string): string {
    const at = text.indexOf(secret);
    return `${text.slice(Math.max(0, at - 60), at)}***${text.slice(at + secret.length, at + secret.length + 20)}`.replaceAll(
        "\n",
        " | ",
    );
}

/** What differs between two shapes, path by path. */
export function differs(what: string, expected: unknown, found: unknown, path = ""): Findings {
    // As JSON: objects of Jest's own realm are equal to no others.
    if (JSON.stringify(expected) === JSON.stringify(found)) {
        return [];
    }
    if (isRecord(expected) && isRecord(found)) {
        return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((key) =>
            differs(what, expected[key], found[key], `${path}/${key}`),
        );
    }
    return [`${what} differs at ${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
