import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Part, Verdict } from "./part";
import { parts } from "./parts";
import { serveEngine } from "./processes/engineProcess";

const USAGE = `npm run soak -- [--minutes N] [--seed S] [--part NAME] [--workers N]
npm run soak -- --replay "NAME NUMBER" [--seed S]

Plays faults, kills and random programs on a virtual Gandi, and prints one line a part.

  --minutes N   how long in all (default 60)
  --seed S      a whole number that all chance comes from (default: another each time; it is printed)
  --part NAME   only this part: ${parts.map(({ name }) => name).join(", ")}
  --workers N   processes at a time (default: one for each processor)
  --replay ID   one case alone, as a failure names it

Exit status: 0 where all held, 1 where something did not, 2 for a command that can't be read.`;

/** No case takes longer, in milliseconds: one that does is stuck. */
const STUCK = 60_000;
/** And of a slow part. */
const STUCK_SLOW = 600_000;

class UsageError extends Error {}

interface Share {
    readonly part: string;
    readonly seed: number;
    readonly first: number;
    readonly step: number;
    /** Milliseconds. */
    readonly time: number;
}

/** What a worker tells: a case that it has played, or the size of its part. */
type Told = { readonly size: number } | (Verdict & { readonly number: number });

function partNamed(name: string): Part {
    const part = parts.find((each) => each.name === name);
    if (part === undefined) {
        throw new UsageError(`there is no part ${name}: it is one of ${parts.map((each) => each.name).join(", ")}`);
    }
    return part;
}

/** Plays cases of a part until there are none left or the time is over. */
async function work({ part: name, seed, first, step, time }: Share, tell: (told: Told) => void): Promise<void> {
    const until = performance.now() + time;
    const part = partNamed(name);
    const size = await part.size();
    tell({ size });
    // Neighbours are alike: a run that has no time for all sees some of everything.
    const stride = size === Number.POSITIVE_INFINITY ? 1 : strideFor(size);
    for (let at = first; at < size && performance.now() < until; at += step) {
        const number = size === Number.POSITIVE_INFINITY ? at : (at * stride + seed) % size;
        tell({ number, ...(await playOne(part, number, seed)) });
    }
}

/** A step that meets each of so many numbers once before it comes back to the first. */
function strideFor(size: number): number {
    let stride = Math.max(1, Math.floor(size * 0.618));
    const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
    while (common(stride, size) !== 1) stride++;
    return stride;
}

async function playOne(part: Part, number: number, seed: number): Promise<Verdict> {
    const title = `${part.name} ${number}`;
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<Verdict>((resolve) => {
        timer = setTimeout(() => resolve({ title, findings: ["it does not end"] }), part.isSlow ? STUCK_SLOW : STUCK);
    });
    try {
        return await Promise.race([part.play(number, seed), stuck]);
    } catch (error) {
        return { title, findings: [`it could not be played: ${(error as Error).stack}`] };
    } finally {
        clearTimeout(timer);
    }
}

/** Plays a part in all the workers, and prints its line. @returns how many cases failed */
async function playPart(name: string, seed: number, time: number, workers: number): Promise<number> {
    const begun = performance.now();
    let [size, played, counted, failed] = [0, 0, 0, 0];
    const notApplicable = new Map<string, number>();
    const hear = (told: Told): void => {
        if ("size" in told) {
            size = told.size;
            return;
        }
        played++;
        counted += told.count ?? 1;
        if (told.notApplicable !== undefined) {
            notApplicable.set(told.notApplicable, (notApplicable.get(told.notApplicable) ?? 0) + 1);
        }
        if (told.findings.length > 0) {
            failed++;
            console.log(`\n✗ ${told.title}\n  again: npm run soak -- --replay "${name} ${told.number}" --seed ${seed}`);
            for (const finding of told.findings) console.log(`  - ${finding}`);
        }
    };
    await Promise.all(
        Array.from({ length: workers }, (_, first) => inWorker({ part: name, seed, first, step: workers, time }, hear)),
    );
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    const of = Number.isFinite(size) ? ` of ${size}` : "";
    const cases = counted === played ? "" : ` in ${played} cases`;
    console.log(`${name}: ${counted}${of} played${cases}, ${failed} failed (${seconds} s, seed ${seed})`);
    for (const [reason, cases] of [...notApplicable].sort()) console.log(`  not applicable: ${reason} (${cases})`);
    return failed;
}

function inWorker(share: Share, hear: (told: Told) => void): Promise<void> {
    return new Promise((resolve, reject) => {
        const child = fork(__filename, ["--worker", JSON.stringify(share)]);
        child.on("message", (told) => hear(told as Told));
        child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    });
}

async function main(): Promise<number> {
    const { values } = parseArgs({
        options: {
            minutes: { type: "string", default: "60" },
            seed: { type: "string", default: String(Date.now() % 1_000_000) },
            part: { type: "string" },
            workers: { type: "string", default: String(availableParallelism()) },
            replay: { type: "string" },
            worker: { type: "string" },
            engine: { type: "string" },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) {
        console.log(USAGE);
        return 0;
    }
    if (values.engine !== undefined) {
        return serveEngine(values.engine);
    }
    if (values.worker !== undefined) {
        await work(JSON.parse(values.worker), (told) => process.send?.(told));
        return 0;
    }
    const seed = wholeNumber("seed", values.seed, 0);
    if (values.replay !== undefined) {
        const [name = "", number = ""] = values.replay.split(" ");
        const { title, findings } = await playOne(partNamed(name), wholeNumber("replay", number, 0), seed);
        console.log(
            [title, ...findings.map((finding) => `- ${finding}`), findings.length ? "failed" : "held"].join("\n"),
        );
        return findings.length ? 1 : 0;
    }
    const chosen = values.part === undefined ? parts : [partNamed(values.part)];
    const minutes = Number(values.minutes);
    if (!(minutes > 0)) {
        throw new UsageError(`--minutes is a number of more than 0, not ${values.minutes}`);
    }
    const shares = chosen.reduce((sum, { share }) => sum + share, 0);
    let failed = 0;
    for (const { name, share } of chosen) {
        const time = (minutes * 60_000 * share) / shares;
        failed += await playPart(name, seed, time, wholeNumber("workers", values.workers, 1));
    }
    return failed === 0 ? 0 : 1;
}

function wholeNumber(option: string, text: string, least: number): number {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least) {
        throw new UsageError(`--${option} is a whole number from ${least}, not ${text}`);
    }
    return number;
}

main().then(
    (status) => process.exit(status),
    (error: Error) => {
        console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error.stack);
        process.exit(2);
    },
);
