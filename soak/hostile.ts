import type { CellFault } from "./cells/faults";
import { type Cell, cellsOf, playCell } from "./cells/play";
import { type Scenario, scenarios } from "./cells/scenarios";
import { inWorld, someScenario, titleOf, twinOf } from "./cells/twin";
import { Elsewhere } from "./hostile/elsewhere";
import { declare, type Living, living } from "./kinds";
import type { Findings } from "./laws";
import type { Part, Verdict } from "./part";
import type { Interference, World } from "./world";

/** What a terminal obeys, and what turns a line around. */
const CONTROLS = "\u001b[31mred\u001b[0m\u0007\r\nerror: forged\u0000\u0085\u202etxt.exe\u2066";
const TRAVERSALS = ["../../domain/domains/victim.example", "..%2f..%2fx", "a?sharing_id=x", "a#b", "a/b/../../c"];

/** Stands in an answer for an address at which a case of its own listens. */
const ELSEWHERE = "http://elsewhere.invalid";

const answer = (name: string, interference: Interference): CellFault => ({
    name,
    meets: "all",
    lasts: true,
    answer: interference,
});
const ok = (name: string, body: unknown, headers: Record<string, string> = {}): CellFault =>
    answer(name, { status: 200, effect: true, body, headers });

/** What nobody sends who means well. */
const ANSWERS: readonly CellFault[] = [
    ok("40 MB", " ".repeat(40 * 1024 * 1024)),
    ok("a list of 500,000", `[${"{},".repeat(499_999)}{}]`),
    ok("nested 100,000 deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    ok("a name of 2 MB", { fqdn: "x".repeat(2_000_000), id: "y".repeat(2_000_000), name: "z".repeat(2_000_000) }),
    answer("a message of 2 MB", { status: 400, body: { code: 400, message: "m".repeat(2_000_000) } }),
    answer("a message that steers a terminal", {
        status: 400,
        body: { code: 400, message: CONTROLS, object: CONTROLS, errors: [{ name: CONTROLS, description: CONTROLS }] },
    }),
    answer("an HTML page that steers a terminal", { kind: "html", status: 503, body: `<html>${CONTROLS}</html>` }),
    ok("texts that steer a terminal", {
        fqdn: CONTROLS,
        id: CONTROLS,
        message: CONTROLS,
        status: CONTROLS,
        step: CONTROLS,
    }),
    ...TRAVERSALS.map((id) =>
        ok(`an id of ${id}`, { id, uuid: id, fqdn: id, name: id }, { location: `/v5/${encodeURIComponent(id)}` }),
    ),
    ok("a prototype", '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    ok("numbers beyond all bounds", '{"id":1e400,"rrset_ttl":-1e308,"total":9007199254740993,"step_nb":0.5}'),
    ok("a count of a million", [], { "total-count": "1000000", link: `<${ELSEWHERE}/v5>; rel="next"` }),
    ok("a count that is none", [], { "total-count": "-7e99x" }),
    ...[301, 302, 307, 308].map((status) =>
        answer(`${status} elsewhere`, { status, headers: { location: `${ELSEWHERE}/steal` } }),
    ),
    ...["999999999999", "-5", "NaN", "Fri, 31 Dec 9999 23:59:59 GMT"].map((wait) =>
        answer(`Retry-After: ${wait}`, { status: 429, headers: { "retry-after": wait }, body: { code: 429 } }),
    ),
    answer("2,000 headers", {
        status: 200,
        headers: Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`x-${at}`, "x".repeat(50)])),
    }),
];

/** Texts of a program that would be something else in a URL, a header or a terminal. */
const INPUTS = [
    ...TRAVERSALS,
    "%2e%2e%2f",
    CONTROLS,
    "a\r\nX-Injected: 1",
    "\u0000",
    "x".repeat(100_000),
    "__proto__",
    " ",
    "\ud800",
];

/** What steers a terminal, but for the line ends between lines. */
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** More memory than any case may keep. */
const MOST_KEPT = 400 * 1024 * 1024;

/** Whether a path is another one for who resolves it, or decodes it before that. */
function leadsElsewhere(path: string): boolean {
    return path
        .split("/")
        .slice(1)
        .some(
            (segment) =>
                segment === "" ||
                decodeURIComponent(segment)
                    .split("/")
                    .some((part) => /^\.\.?$/.test(part)),
        );
}

/** Nothing of it reaches a terminal or another route, and nothing is kept of it. */
function harmless(world: World): Findings {
    const findings: Findings = [];
    const said = [...world.lines, ...world.errors].find((text) => STEERING.test(text));
    if (said !== undefined) {
        findings.push(`a terminal would be steered: ${JSON.stringify(said.slice(0, 300))}`);
    }
    const long = [...world.lines, ...world.errors].find((text) => text.length > 30_000);
    if (long !== undefined) {
        findings.push(`a message of ${long.length} characters: ${JSON.stringify(long.slice(0, 100))}`);
    }
    const strayed = world.everAsked.find(leadsElsewhere);
    if (strayed !== undefined) {
        findings.push(`a path leads elsewhere: ${strayed}`);
    }
    if ("polluted" in {}) {
        findings.push("every object has got a property");
    }
    return findings;
}

/** Who lies in good form is believed, that there is nothing or that an order is under way: then it only must do no harm. */
async function playAnswer({ scenario, call, fault, ...cell }: Cell): Promise<Verdict> {
    const elsewhere = await Elsewhere.open();
    const answer: Interference = JSON.parse(JSON.stringify(fault.answer).replaceAll(ELSEWHERE, elsewhere.url));
    const held = (world: World) => [...harmless(world), ...elsewhere.visits()];
    try {
        if (!/^(a count|texts)/.test(fault.name)) {
            return await playCell({ scenario, call, ...cell, fault: { ...fault, answer } }, held);
        }
        const findings = await inWorld(async (world, stack) => {
            await scenario.prepare(world, stack);
            world.interfere = ({ index }) => (index === call ? answer : undefined);
            await scenario.run(world, stack);
            return held(world);
        });
        return { title: `${titleOf(scenario)}, call ${call}, ${fault.name}`, findings };
    } finally {
        elsewhere.close();
    }
}

interface Input {
    readonly each: Living;
    readonly property: string;
    readonly text: string;
}

/** Each text of each kind's inputs, in turn. */
const inputs: readonly Input[] = living.flatMap((each) =>
    Object.entries(each.least)
        .filter(([, value]) => typeof value === "string" || (Array.isArray(value) && typeof value[0] === "string"))
        .flatMap(([property]) => INPUTS.map((text) => ({ each, property, text }))),
);

/** A path with what is a kind's own taken out: which route it is. */
function routeOf(path: string): string {
    return path
        .split("/")
        .map((segment) => (/^[a-z]+[a-z\d]$/.test(segment) ? segment : "{}"))
        .join("/");
}

async function playInput({ each, property, text }: Input): Promise<Verdict> {
    const { kind, least } = each;
    const value = Array.isArray(least[property]) ? [text] : text;
    const known = new Set<string>();
    for (const scenario of scenarios.filter((one) => one.kind === kind)) {
        const { calls } = await twinOf(scenario);
        for (const call of calls) known.add(routeOf(call.slice(call.indexOf(" ") + 1)));
    }
    const findings = await inWorld(async (world, stack) => {
        const program = () => void declare(kind, "it", { ...least, [property]: value });
        await stack.preview(program);
        await stack.up(program);
        const isKnown = (route: string) => [...known].some((one) => `${one}/`.startsWith(`${route}/`));
        const strange = world.everAsked.filter((path) => !isKnown(routeOf(path)));
        const elsewhere = strange.map((path) => `another route is asked: ${path.slice(0, 200)}`);
        return [...new Set(elsewhere), ...harmless(world)];
    });
    return { title: `${kind} with ${property} ${JSON.stringify(text.slice(0, 60))}`, findings };
}

/** Plays it, and looks what is kept. */
async function bounded(work: () => Promise<Verdict>): Promise<Verdict> {
    const before = process.memoryUsage().heapUsed;
    const verdict = await work();
    const kept = process.memoryUsage().heapUsed - before;
    const findings = kept > MOST_KEPT ? [`${Math.round(kept / 2 ** 20)} MB more are in use`] : [];
    return { ...verdict, findings: [...verdict.findings, ...findings] };
}

const OPERATIONS = /^(preview|create|refresh|delete|update \d+)$/;
const lives: readonly Scenario[] = scenarios.filter(({ operation }) => OPERATIONS.test(operation));
let enumerated: Promise<Cell[]> | undefined;

async function allAnswers(): Promise<Cell[]> {
    const found: Cell[] = [];
    for (const scenario of lives) {
        found.push(...cellsOf(scenario, await twinOf(scenario), ANSWERS).filter(({ lasts }) => !lasts));
    }
    return found;
}

/** Answers and inputs that mean harm. */
export const hostile: Part = {
    name: "hostile",
    share: 4,
    async size() {
        enumerated ??= allAnswers();
        return inputs.length + (await enumerated).length;
    },
    async play(number) {
        const input = inputs[number];
        if (input !== undefined) {
            return bounded(() => playInput(input));
        }
        enumerated ??= allAnswers();
        return bounded(async () => playAnswer((await enumerated!)[number - inputs.length]!));
    },
    async sample(at) {
        if (at % 2 === 0) {
            return playInput(inputs[(at * 59) % inputs.length]!);
        }
        const { scenario, twin } = await someScenario(at);
        const some = cellsOf(scenario, twin, ANSWERS).filter(({ fault }) => fault.name !== "40 MB");
        return playAnswer(some[(at * 107) % some.length]!);
    },
};
