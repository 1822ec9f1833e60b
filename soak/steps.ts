import type { Played } from "../engine/inProcess/playedStack";
import { chanceOf } from "./chance";
import { differs, type Findings, failureOf, isAtRest, keepsSecrets } from "./laws";
import type { Part, Verdict } from "./part";
import type { Ending } from "./runsOfOperation";
import { byHand, inProgram } from "./steps/actions";
import { DOMAINS, ProgramModel } from "./steps/model";
import { type Interference, World, type WorldStack } from "./world";

/** Steps of one random world. */
const LENGTH = 25;
/** And of one in a sample. */
const SHORT = 8;

const FAULTS: readonly Interference[] = [
    { kind: "drop-before" },
    { kind: "drop-after" },
    { kind: "hang" },
    { kind: "hang", effect: true },
    { kind: "stall" },
    { kind: "truncated" },
    { kind: "html" },
    { kind: "stale" },
    { status: 500 },
    { status: 503, effect: true },
    { status: 429 },
    { status: 429, effect: true },
    {
        status: 401,
        body: { code: 401, message: "The token has expired", object: "HTTPUnauthorized", cause: "Unauthorized" },
    },
];
const ENDINGS: readonly Ending[] = ["ends", "cut", "zombie"];

/** What one step is to do; the rolls of its own make it the same whatever stands before it. */
interface Step {
    readonly serial: number;
    readonly seed: number;
}

interface Actor {
    readonly stack: WorldStack;
    readonly model: ProgramModel;
}

/** Plays steps in a new world. @returns what went wrong in the first one that did, and what was done until then */
async function play(steps: readonly Step[]): Promise<{ findings: Findings; story: string[]; played: number }> {
    const story: string[] = [];
    const world = await World.open({
        chance: chanceOf(steps[0]?.seed ?? 0),
        seed: { domains: Object.values(DOMAINS).map((fqdn) => ({ fqdn, zone: "" })) },
    });
    const actors: Actor[] = [];
    try {
        for (const name of ["a", "b"]) {
            const model = new ProgramModel(name, world.sandbox.token);
            const stack = await world.stack(name);
            await stack.up(model.program());
            actors.push({ model, stack });
        }
        const strangers: Record<string, readonly string[]> = {};
        const rest = async (): Promise<Findings> => {
            world.settle();
            const findings = differs("the world", expected(actors, strangers), seen(world));
            for (const { stack, model } of actors) {
                findings.push(
                    ...(await isAtRest(world, stack, model.program())).map((text) => `${model.stack}: ${text}`),
                );
            }
            return findings;
        };
        let played = 0;
        for (const step of steps) {
            played++;
            const findings = await playStep(world, actors, strangers, step, story);
            const laws = findings.length === 0 && played % 5 === 0 ? await rest() : [];
            if (findings.length + laws.length > 0) {
                return { findings: [...findings, ...laws], story, played };
            }
        }
        return {
            findings: [...(await rest()), ...(await ending(world, actors, strangers)), ...keepsSecrets(world)],
            story,
            played,
        };
    } finally {
        await world.close();
    }
}

async function playStep(
    world: World,
    actors: readonly Actor[],
    strangers: Record<string, readonly string[]>,
    { serial, seed }: Step,
    story: string[],
): Promise<Findings> {
    const roll = chanceOf(seed);
    const one = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)]!;
    const { stack, model } = one(actors);
    const drifts = roll() < 0.2;
    const table = drifts ? byHand : inProgram;
    const action = one(Object.values(table));
    const idOf = ({ name }: { name: string }) =>
        stack.played.resources().find(({ urn }) => urn.endsWith(`::${name}`))?.id;
    const told = action({ world, model, roll, serial, strangers, idOf });
    if (told === undefined) {
        return [];
    }
    const refresh = drifts || roll() < 0.2;
    const up = () => stack.up(model.program(), { refresh });
    // A provider that goes on beside the next run makes a key that nobody can tell from another: no program has it.
    const endings = /declares (TsigKey|LiveDnsKey)/.test(told) ? ENDINGS.filter((each) => each !== "zombie") : ENDINGS;
    const run = await disturbed(world, stack, up, endings, roll);
    story.push(`${serial} ${model.stack} ${told}; up${refresh ? " --refresh" : ""}${run.how}`);
    if (run.how === "") {
        return failureOf("up", run.played);
    }
    const again = await stack.up(model.program(), { refresh });
    if (again.error !== undefined && adoptsAsTold(model, again.output)) {
        return failureOf("up with adopt", await stack.up(model.program(), { refresh }));
    }
    return failureOf("up after it", again);
}

/**
 * Of a key that a killed run has made nothing tells whose it is: the next run makes no second one, and says what to write
 * where it is to be this resource's. Does what it says.
 */
function adoptsAsTold({ declared }: ProgramModel, output: string): boolean {
    const [, name, adopt] =
        /resource '(\w+)' has a problem: .* run that was killed: adopt: "([-\w]+)"/.exec(output) ?? [];
    const key = declared.find((each) => each.name === name);
    if (key === undefined) {
        return false;
    }
    key.args = { ...key.args, adopt };
    return true;
}

/** Runs it, in two cases of five with something going wrong. */
async function disturbed(
    world: World,
    stack: WorldStack,
    up: () => Promise<Played>,
    endings: readonly Ending[],
    roll: () => number,
): Promise<{ played: Played; how: string }> {
    const chance = roll();
    const at = Math.floor(roll() * roll() * 24);
    if (chance < 0.6) {
        return { played: await up(), how: "" };
    }
    let met = "";
    if (chance < 0.8) {
        const fault = FAULTS[Math.floor(roll() * FAULTS.length)]!;
        const lasts = roll() < 0.4;
        world.interfere = ({ index, method, path }) => {
            const request = `${method} ${path}`;
            if (index === at) met = request;
            return index === at || (lasts && request === met) ? fault : undefined;
        };
        const played = await up();
        world.interfere = undefined;
        return { played, how: met && ` (${JSON.stringify(fault)}${lasts ? " until lifted" : ""} on ${met})` };
    }
    const ending = endings[Math.floor(roll() * endings.length)]!;
    const kind = roll() < 0.5 ? "drop-before" : "drop-after";
    world.interfere = ({ index, method, path }) => {
        if (index !== at) return undefined;
        met = `${method} ${path}`;
        stack.kill(ending);
        return { kind };
    };
    const played = await up();
    world.interfere = undefined;
    return { played, how: met && ` (killed at ${met}, ${kind}, provider ${ending})` };
}

/** Destroys both stacks: what nobody declared is all that is left. */
async function ending(world: World, actors: readonly Actor[], strangers: object): Promise<Findings> {
    const findings: Findings = [];
    for (const { stack, model } of actors) {
        findings.push(...failureOf(`destroy of ${model.stack}`, await stack.destroy(model.program())));
    }
    world.settle();
    const empty = { ...expected([], {}), rrsets: strangers };
    return [...findings, ...differs("the world after destroy", empty, { ...seen(world), orders: [] })];
}

/** What the programs declare, in the form of {@link seen}. */
function expected(actors: readonly Actor[], strangers: object): Record<string, unknown> {
    const all = actors.flatMap(({ model }) => model.declared);
    const listed = (kind: string, text: (args: Record<string, unknown>) => string) =>
        all
            .filter((each) => each.kind === kind)
            .map(({ args }) => text(args))
            .sort();
    const sorted = (values: unknown) => [...(values as string[])].sort().join(" ");
    return {
        rrsets: sortedByKey({ ...strangers, ...Object.assign({}, ...actors.map(({ model }) => model.rrsets())) }),
        glue: listed("GlueRecord", ({ name, ips }) => `${name} ${sorted(ips)}`),
        forwards: listed("EmailForward", ({ source, destinations }) => `${source} ${sorted(destinations)}`),
        redirections: listed("WebRedirection", ({ domain, host, url }) => `${host}.${domain} ${url}`),
        secondaries: listed("AxfrSlave", ({ ip }) => String(ip)),
        snapshots: listed("Snapshot", ({ name }) => String(name)),
        registryKeys: listed("DnssecKey", ({ publicKey }) => String(publicKey)),
        tsigKeys: listed("TsigKey", () => "").length,
        signingKeys: listed("LiveDnsKey", () => "").length,
        orders: listed("Domain", ({ fqdn }) => `${fqdn} DONE`),
    };
}

/** What is at Gandi. */
function seen(world: World): Record<string, unknown> {
    const { sandbox } = world;
    const zone = sandbox.state.zone(DOMAINS.zone)!;
    const lines = (lists: Record<string, string[]>) =>
        Object.entries(lists)
            .map(([name, values]) => `${name} ${[...values].sort().join(" ")}`)
            .sort();
    return {
        rrsets: sortedByKey(
            Object.fromEntries(zone.rrsets.map(({ name, type, values }) => [`${name} ${type}`, [...values].sort()])),
        ),
        glue: lines(sandbox.state.domain(DOMAINS.glue)!.hosts),
        forwards: lines(sandbox.state.domain(DOMAINS.mail)!.forwards),
        redirections: Object.entries(sandbox.state.domain(DOMAINS.mail)!.webRedirections)
            .map(([host, { url }]) => `${host} ${url}`)
            .sort(),
        secondaries: [...zone.slaves].sort(),
        snapshots: zone.snapshots.flatMap(({ name, automatic }) => (automatic ? [] : name)).sort(),
        registryKeys: sandbox.state
            .domain(DOMAINS.keys)!
            .dnskeys.map(({ public_key }) => public_key)
            .sort(),
        tsigKeys: zone.tsig.length,
        signingKeys: sandbox.state.zone(DOMAINS.signed)!.keys.filter(({ deleted }) => !deleted).length,
        orders: sandbox.state
            .orders()
            .map(({ fqdn, step }) => `${fqdn} ${step}`)
            .sort(),
    };
}

function sortedByKey<T>(record: Record<string, T>): Record<string, T> {
    return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Leaves out of the steps what the failure does not need. */
async function shrunk(steps: readonly Step[]): Promise<readonly Step[]> {
    let left = steps;
    for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2)) {
        for (let from = left.length - size; from >= 0; from -= size) {
            const without = [...left.slice(0, from), ...left.slice(from + size)];
            if ((await play(without)).findings.length > 0) left = without;
        }
    }
    return left;
}

/** Programs that grow, shrink, rename, move and replace, with drift, faults and kills: two stacks on one zone. */
export const steps: Part = {
    name: "steps",
    share: 8,
    async size() {
        return Number.POSITIVE_INFINITY;
    },
    play: (number, seed) => playWorld(number, seed, LENGTH),
    sample: (at) => playWorld(at, 1, SHORT),
};

async function playWorld(number: number, seed: number, length: number): Promise<Verdict> {
    const roll = chanceOf(seed * 1_000_003 + number);
    const all = Array.from({ length }, (_, serial) => ({ serial, seed: Math.floor(roll() * 2 ** 32) }));
    const { findings, played } = await play(all);
    if (findings.length === 0) {
        return { title: `random world ${number}`, findings, count: played };
    }
    const least = await play(await shrunk(all.slice(0, played)));
    const told = least.findings.length > 0 ? least : await play(all);
    const title = `random world ${number}:\n    ${told.story.join("\n    ")}`;
    return { title, findings: told.findings, count: played };
}
