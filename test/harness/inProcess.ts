import type { dynamic } from "@pulumi/pulumi";
import { PartialFailure, type PlainObject } from "../../engine/process/providerProcess";
import type { Clock } from "../../provider/api/clock";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { definitions } from "../../provider/resources/kinds";
import type { Sandbox } from "../../sandbox";
import { VirtualClock } from "../api/virtualClock";
import { type Calls, type Runs, runsOf } from "./runs";

/** The clock of the provider, which the sandbox's follows: days of an API pass at once. */
class SharedClock extends VirtualClock {
    constructor(private readonly sandbox: Sandbox) {
        super();
        this.started = sandbox.now();
    }

    override advance(ms: number): void {
        super.advance(ms);
        this.sandbox.advance(ms);
    }
}

/** Provider objects whose clock can be driven. */
export interface Driven {
    readonly clock: VirtualClock;
    runs(): Runs;
}

/** @param sandbox with `clock: "manual"` */
export function driven(sandbox: Sandbox): Driven {
    const clock = new SharedClock(sandbox);
    const config = configOf(sandbox);
    const looking = lookingAt(sandbox, config, clock);
    return { clock, runs: () => runsOf(async () => new CalledProviders(config, new Run({ clock })), looking) };
}

/** Has the wall time of another clock, and as much time of its own as it is told. */
class OnlookersClock extends VirtualClock {
    constructor(private readonly other: Clock) {
        super();
    }

    override wallTime(): number {
        return this.other.wallTime();
    }
}

/** Longer than any answer of the API is shared. */
const A_WHILE = 3_600_000;

/**
 * Runs of their own that look at a sandbox: they meet no fault, what they ask is in none of its lists, and the other
 * runs share none of what they read. It is an error if they write.
 */
export function lookingAt(
    { faults, log }: Sandbox,
    config: Record<string, string>,
    wall: Clock,
    environment: Record<string, string> = {},
): Runs["looking"] {
    const clock = new OnlookersClock(wall);
    const onlooker = new CalledProviders(config, new Run({ clock, environment, log: () => {} }));
    const runs = runsOf(async () => onlooker);
    return async (look) => {
        clock.advance(A_WHILE);
        const written: string[] = [];
        const [logged, taken] = [jest.spyOn(log, "begin"), jest.spyOn(faults, "take")];
        logged.mockImplementation(({ method, path }) => {
            written.push(...(method === "GET" ? [] : [`${method} ${path}`]));
        });
        taken.mockReturnValue(undefined);
        try {
            await look(runs);
        } finally {
            logged.mockRestore();
            taken.mockRestore();
            expect(written).toEqual([]);
        }
    };
}

/** The provider objects of a run. */
export function providersOf(
    sandbox: Sandbox,
    clock: Clock = new VirtualClock(),
): (kind: string) => dynamic.ResourceProvider {
    const run = new Run({ clock });
    return (kind) => configured(kind, configOf(sandbox), run);
}

/** The stack's configuration that every provider of a sandbox needs. */
export function configOf({ url, token }: Pick<Sandbox, "url" | "token">): Record<string, string> {
    return { "gandi:url": url, "gandi:personalAccessToken": token };
}

/** The provider object of a kind as the SDK's process has it: made by the run, and given the stack's configuration. */
export function configured(kind: string, config: Record<string, string>, run: Run): dynamic.ResourceProvider {
    const provider = providerFor(definitions[kind]!, run);
    provider.configure!({ config: { get: (key: string) => config[key] } } as dynamic.ConfigureRequest);
    return provider;
}

/**
 * The provider objects of one run in the process of the tests, called as the SDK's process calls them: each by the kind in
 * the URN, with nothing but what JSON holds, either way.
 */
export class CalledProviders implements Calls {
    private readonly providers = new Map<string, dynamic.ResourceProvider>();

    constructor(
        private readonly config: Record<string, string>,
        private readonly run: Run,
    ) {}

    async check(urn: string, olds: PlainObject, news: PlainObject) {
        const { inputs, failures } = await this.provider(urn).check!(plain(olds), plain(news));
        return { inputs: { ...plain(inputs), ...pointerOf(news) }, failures: failures ?? [] };
    }

    async diff(urn: string, id: string, oldOutputs: PlainObject, _oldInputs: PlainObject, news: PlainObject) {
        const answer = await this.provider(urn).diff!(id, plain(oldOutputs), plain(news));
        const { changes, replaces = [], deleteBeforeReplace = false } = answer;
        return { changes, replaces, deleteBeforeReplace };
    }

    async create(urn: string, props: PlainObject) {
        const { id, outs } = await partly(this.provider(urn).create(plain(props)));
        return { id, outputs: { ...plain(outs), ...pointerOf(props) } };
    }

    async update(urn: string, id: string, oldOutputs: PlainObject, _oldInputs: PlainObject, news: PlainObject) {
        const { outs } = await partly(this.provider(urn).update!(id, plain(oldOutputs), plain(news)));
        return { ...plain(outs), ...pointerOf(news) };
    }

    async read(urn: string, id: string, outputs: PlainObject) {
        const read: dynamic.ReadResult = await this.provider(urn).read!(id, plain(outputs));
        const inputs = read.inputs && { ...plain(read.inputs), ...pointerOf(outputs) };
        return { id: read.id ?? "", outputs: { ...plain(read.props), ...pointerOf(outputs) }, inputs };
    }

    async delete(urn: string, id: string, outputs: PlainObject) {
        await this.provider(urn).delete!(id, plain(outputs));
    }

    async close() {
        await this.run.origins.close();
    }

    private provider(urn: string): dynamic.ResourceProvider {
        const [, kind = ""] = /\/gandi:(\w+)::/.exec(urn)!;
        const known = this.providers.get(kind) ?? configured(kind, this.config, this.run);
        this.providers.set(kind, known);
        return known;
    }
}

const pointerOf = ({ __provider }: PlainObject) => ({ __provider });
const plain = (value: unknown): PlainObject => JSON.parse(JSON.stringify(value ?? {}));

async function partly<T>(work: Promise<T>): Promise<T> {
    try {
        return await work;
    } catch (error) {
        const { message, id, properties, reasons } = error as Partial<PartialFailure> & Error;
        throw id === undefined ? error : new PartialFailure(message, id, plain(properties), reasons ?? []);
    }
}
