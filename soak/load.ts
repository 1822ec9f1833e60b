import { declare } from "./kinds";
import { type Findings, failureOf, isAtRest } from "./laws";
import type { Part, Verdict } from "./part";
import { World } from "./world";

const DOMAIN = "example.com";

/** The client's own bound of what is on its way, and some for what is closing. */
const MOST_SOCKETS = 2 * 16 + 8;

const address = (at: number) => `192.0.${Math.floor(at / 250) % 250}.${1 + (at % 250)}`;

function records(count: number, shift = 0, prefix = "r") {
    return () => {
        for (let at = 0; at < count; at++) {
            const values = [address(at + shift)];
            declare("LiveDnsRecord", `${prefix}${at}`, { domain: DOMAIN, name: `${prefix}${at}`, type: "A", values });
        }
    };
}

async function inWorld<T>(rateLimit: number | undefined, work: (world: World) => Promise<T>): Promise<T> {
    const world = await World.open({ zones: { [DOMAIN]: "" }, latency: 0, ...(rateLimit ? { rateLimit } : {}) });
    try {
        return await work(world);
    } finally {
        await world.close();
    }
}

/** What the zone holds, against what the program says. */
function holds(world: World, count: number, shift: number, prefix = "r"): Findings {
    const there = new Map(world.sandbox.state.zone(DOMAIN)!.rrsets.map(({ name, values }) => [name, values[0]]));
    const wrong = Array.from({ length: count }, (_, at) => at).filter(
        (at) => there.get(`${prefix}${at}`) !== address(at + shift),
    );
    return wrong.length === 0 ? [] : [`${wrong.length} of ${count} records are not as declared`];
}

/** No text that a person sees speaks of a 429. */
function isUnseen(world: World): Findings {
    const told = [...world.errors, ...world.texts].find((text) => /429 on|too many requests/i.test(text));
    return told === undefined ? [] : [`a 429 is seen: ${told.slice(0, 200)}`];
}

/** 10,000 records in one stack: made, looked at and removed with bounded sockets and timers. */
async function manyRecords(): Promise<Findings> {
    const count = 10_000;
    return inWorld(undefined, async (world) => {
        const most = { sockets: 0, timers: 0 };
        world.interfere = ({ index }) => {
            if (index % 250 === 0) {
                const resources = process.getActiveResourcesInfo();
                const all = (kind: string) => resources.filter((each) => each === kind).length;
                // Both ends of each connection are in this process.
                most.sockets = Math.max(most.sockets, all("TCPSocketWrap"));
                most.timers = Math.max(most.timers, all("Timeout"));
            }
            return undefined;
        };
        const stack = await world.stack();
        const findings = failureOf("up", await stack.up(records(count), { savesOnce: true }));
        const writes = world.requests.filter(({ method }) => method !== "GET").length;
        if (writes !== count) findings.push(`${writes} writes for ${count} records`);
        findings.push(...holds(world, count, 0));
        findings.push(...failureOf("refresh", await stack.refresh(undefined, { expectNoChanges: true })));
        const reads = world.requests.length;
        if (reads > Math.ceil(count / 500) + 2) findings.push(`${reads} requests to refresh ${count} records`);
        if (most.sockets > 2 * MOST_SOCKETS) findings.push(`${most.sockets} sockets at a time`);
        if (most.timers > 200) findings.push(`${most.timers} timers at a time`);
        return findings;
    });
}

/** 200 operations at a time, three times over: the writes of each RRset arrive in the order of the runs. */
async function sideBySide(): Promise<Findings> {
    const count = 200;
    return inWorld(undefined, async (world) => {
        const stack = await world.stack();
        const findings: Findings = [];
        for (const shift of [0, 1, 2]) {
            findings.push(...failureOf("up", await stack.up(records(count, shift), { parallel: count })));
        }
        const written = new Map<string, string[]>();
        for (const { method, path, body } of world.sandbox.requests()) {
            const name = /records(?:\/(r\d+)\/A)?$/.exec(path)?.[1] ?? JSON.parse(body || "{}").rrset_name;
            if (method === "GET" || name === undefined) continue;
            written.set(name, [...(written.get(name) ?? []), JSON.parse(body).rrset_values[0]]);
        }
        for (let at = 0; at < count; at++) {
            const expected = [address(at), address(at + 1), address(at + 2)].join();
            const order = written.get(`r${at}`)?.join();
            if (order !== expected) findings.push(`r${at} was written ${order}, not ${expected}`);
        }
        return [...findings, ...holds(world, count, 2), ...(await isAtRest(world, stack, records(count, 2)))];
    });
}

/** A limit of requests a minute is kept to, used, and never seen. */
async function limited(perMinute: number, stacks: number): Promise<Findings> {
    const count = Math.ceil((perMinute * 4) / stacks);
    return inWorld(perMinute, async (world) => {
        const findings: Findings = [];
        const names = Array.from({ length: stacks }, (_, at) => `s${at}-`);
        const begun = world.clock.now();
        const runs = names.map(async (prefix) => {
            const stack = await world.stack(prefix, { "gandi:requestsPerMinute": String(perMinute) });
            return failureOf(`up of ${prefix}`, await stack.up(records(count, 0, prefix), { savesOnce: true }));
        });
        findings.push(...(await Promise.all(runs)).flat());
        const minutes = (world.clock.now() - begun) / 60_000;
        // The first minute's requests may come at once. Of several, each slows down for what the others have asked.
        const used = (count * stacks) / perMinute / (minutes + 1);
        if (used < (stacks === 1 ? 0.9 : 0.4)) findings.push(`only ${Math.round(used * 100)} % of the limit was used`);
        for (const prefix of names) findings.push(...holds(world, count, 0, prefix));
        return [...findings, ...isUnseen(world)];
    });
}

const CASES: readonly (readonly [title: string, play: () => Promise<Findings>])[] = [
    ["10,000 records in one stack", manyRecords],
    ["200 operations at a time", sideBySide],
    ...[60, 500, 1_000].map((limit) => [`${limit} requests a minute`, () => limited(limit, 1)] as const),
    ...[60, 500, 1_000].map(
        (limit) => [`three stacks under ${limit} requests a minute`, () => limited(limit, 3)] as const,
    ),
];

/** Much at once, and limits. */
export const load: Part = {
    name: "load",
    share: 2,
    isSlow: true,
    async size() {
        return CASES.length;
    },
    async play(number): Promise<Verdict> {
        const [title, play] = CASES[number]!;
        return { title, findings: await play() };
    },
};
