import { domainOf } from "../../test/harness/everyKind";
import { FAULTS } from "../cells/faults";
import { chanceOf } from "../chance";
import { differs, type Findings } from "../laws";
import type { Part, Verdict } from "../part";
import type { Interference } from "../world";
import { ProcessWorld } from "./processWorld";
import { type Story, stories } from "./story";

interface Twin {
    readonly requests: readonly string[];
    readonly made: object;
    readonly destroyed: object;
}

const twins = new Map<Story, Promise<Twin>>();

function twinOf(story: Story): Promise<Twin> {
    const twin = twins.get(story) ?? createTwin(story);
    twins.set(story, twin);
    return twin;
}

async function createTwin(story: Story): Promise<Twin> {
    return inWorld(async (world) => {
        const findings = await begin(world, story);
        findings.push(...(await world.works(story.operation)));
        const requests = [...world.requests];
        findings.push(...(await rest(world, story)));
        const made = world.shape();
        findings.push(...(await world.works("destroy")));
        if (findings.length > 0) {
            throw new Error(`${story.title}: ${findings.join("\n")}`);
        }
        return { requests, made, destroyed: world.shape() };
    });
}

async function inWorld<T>(work: (world: ProcessWorld) => Promise<T>): Promise<T> {
    const world = await ProcessWorld.open();
    try {
        return await work(world);
    } finally {
        await world.close();
    }
}

async function begin(world: ProcessWorld, { before, after }: Story): Promise<Findings> {
    world.declare(before);
    const findings = await world.works("up");
    world.declare(after);
    world.requests = [];
    return findings;
}

/** The next run goes through, and then there is nothing to do. */
async function rest(world: ProcessWorld, { operation }: Story): Promise<Findings> {
    world.interfere = undefined;
    const none = { expectNoChanges: true };
    const findings = await world.works(operation);
    if (operation === "destroy") {
        return findings;
    }
    return [
        ...findings,
        ...(await world.works("preview", none)),
        ...(await world.works("refresh", none)),
        ...(await world.works("preview", none)),
    ];
}

/** All that holds once nothing goes wrong any more. */
async function laws(world: ProcessWorld, story: Story): Promise<Findings> {
    const { made, destroyed } = await twinOf(story);
    const findings = [...(await rest(world, story)), ...differs("the world", made, world.shape())];
    findings.push(...(await world.works("destroy")), ...differs("the world after destroy", destroyed, world.shape()));
    const left = world.pids();
    if (left.length > 0) {
        findings.push(`processes are left behind: ${left.join(", ")}`);
    }
    const visible = world.visible();
    const shown = Object.values(world.sandbox.tokens).filter((token) => visible.includes(token));
    return [...findings, ...shown.map((token) => `a token stands in clear: ${token.slice(0, 12)}…`)];
}

const VICTIMS = ["engine", "provider", "program"] as const;

async function playKill(number: number, seed: number): Promise<Verdict> {
    const roll = chanceOf(seed * 1_000_003 + number);
    const story = stories[number % stories.length]!;
    const { requests } = await twinOf(story);
    const call = Math.floor(roll() * requests.length);
    const victim = VICTIMS[Math.floor(roll() * VICTIMS.length)]!;
    const hasEffect = roll() < 0.5;
    let met = "";
    const findings = await inWorld(async (world) => {
        const found = await begin(world, story);
        world.interfere = (request) => {
            if (met !== "" || world.requests.length - 1 !== call) {
                return undefined;
            }
            met = request;
            world.kill(victim);
            return { kind: hasEffect ? "drop-after" : "drop-before" };
        };
        await world.run(story.operation);
        return [...found, ...(await laws(world, story))];
    });
    const title = `${story.title} of every kind: ${victim} killed ${hasEffect ? "after" : "before"} ${met || "nothing"}`;
    return { title, findings, count: met === "" ? 0 : 1 };
}

/** Faults that end by themselves, in real time. */
const SHORT = FAULTS.filter(
    ({ answer, name }) => answer !== undefined && !name.includes("Retry-After") && answer.kind !== "stale",
);

/** Each kind meets one fault at one of its calls, in one run of the program with all of them. */
async function playCells(number: number, seed: number): Promise<Verdict> {
    const roll = chanceOf(seed * 1_000_003 + number);
    const story = stories[number % stories.length]!;
    const { requests } = await twinOf(story);
    const kinds = [...story.before, ...story.after].map(({ kind }) =>
        kind === "Domain" ? "every-kind.com" : domainOf(kind),
    );
    const faults = new Map<string, Interference>();
    for (const place of new Set(kinds)) {
        const own = requests.filter((request) => request.includes(place));
        const request = own[Math.floor(roll() * own.length)];
        const isRead = request?.startsWith("GET");
        const meeting = SHORT.filter(({ meets }) => meets === "all" || meets === (isRead ? "reads" : "writes"));
        const fault = meeting[Math.floor(roll() * meeting.length)]?.answer;
        if (request !== undefined && fault !== undefined) faults.set(request, fault);
    }
    const met: string[] = [];
    const findings = await inWorld(async (world) => {
        const found = await begin(world, story);
        world.interfere = (request) => {
            const fault = faults.get(request);
            if (fault !== undefined) {
                faults.delete(request);
                met.push(`${JSON.stringify(fault)} on ${request}`);
            }
            return fault;
        };
        await world.run(story.operation);
        return [...found, ...(await laws(world, story))];
    });
    return { title: `${story.title} of every kind: ${met.join("; ")}`, findings, count: met.length };
}

const size = async () => Number.POSITIVE_INFINITY;

/** Real SIGKILLs of the real processes. */
export const processKills: Part = { name: "process-kills", share: 12, isSlow: true, size, play: playKill };
/** Faults through the real processes, in real time. */
export const processCells: Part = { name: "process-cells", share: 8, isSlow: true, size, play: playCells };
