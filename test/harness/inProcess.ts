import type { dynamic } from "@pulumi/pulumi";
import { CalledProviders } from "../../engine/inProcess/calledProviders";
import type { Clock } from "../../provider/api/clock";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { definitions } from "../../provider/resources/kinds";
import type { Sandbox } from "../../sandbox";
import { VirtualClock } from "../api/virtualClock";
import { type Runs, runsOf } from "./runs";

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
    return { clock, runs: () => runsOf(async () => calledProviders(config, new Run({ clock })), looking) };
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
    const onlooker = calledProviders(config, new Run({ clock, environment, log: () => {} }));
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

/** The provider objects of one run in the process of the tests. */
export function calledProviders(config: Record<string, string>, run: Run): CalledProviders {
    return new CalledProviders(
        (type) => configured(kindOf(type), config, run),
        () => run.origins.close(),
    );
}

const kindOf = (type: string) => type.slice(type.lastIndexOf(":") + 1);
