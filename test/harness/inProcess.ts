import type { dynamic } from "@pulumi/pulumi";
import { PartialFailure, type PlainObject, type ProviderProcess } from "../../engine/process/providerProcess";
import type { Clock } from "../../provider/api/clock";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { definitions } from "../../provider/resources/kinds";
import type { Sandbox } from "../../sandbox";
import { VirtualClock } from "../api/virtualClock";
import type { Runs } from "./runs";

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

/** Provider objects that run in the process of the tests, so that their clock can be driven. */
export interface InProcess {
    readonly clock: VirtualClock;
    /** A run that declares, and one that no longer does: what a run was asked to check it takes for declared. */
    runs(): Runs;
}

/** @param sandbox with `clock: "manual"` */
export function inProcess(sandbox: Sandbox): InProcess {
    const clock = new SharedClock(sandbox);
    return {
        clock,
        runs() {
            let [declaring, destroying] = [newRun(sandbox, clock), newRun(sandbox, clock)];
            const called = (run: () => Calls) => async () => run() as unknown as ProviderProcess;
            return {
                first: called(() => declaring),
                later: called(() => declaring),
                destroying: called(() => destroying),
                async anew() {
                    [declaring, destroying] = [newRun(sandbox, clock), newRun(sandbox, clock)];
                },
                close: async () => {},
            };
        },
    };
}

type Calls = Pick<ProviderProcess, "check" | "diff" | "create" | "update" | "read" | "delete">;

/** The provider objects of a run. */
export function providersOf(
    sandbox: Sandbox,
    clock: Clock = new VirtualClock(),
): (kind: string) => dynamic.ResourceProvider {
    const run = new Run({ clock });
    return (kind) => configured(providerFor(definitions[kind]!, run), sandbox);
}

function configured(provider: dynamic.ResourceProvider, { url, token }: Sandbox): dynamic.ResourceProvider {
    const config: Record<string, unknown> = { url, personalAccessToken: token };
    const get = (key: string) => config[key.replace("gandi:", "")];
    provider.configure!({ config: { get } } as dynamic.ConfigureRequest);
    return provider;
}

/** The calls of a provider process, by the kind in the URN. */
function newRun(sandbox: Sandbox, clock: Clock): Calls {
    const run = new Run({ clock });
    const providers = new Map<string, dynamic.ResourceProvider>();

    function provider(urn: string): dynamic.ResourceProvider {
        const [, kind] = /\/gandi:(\w+)::/.exec(urn)!;
        const known = providers.get(kind!) ?? configured(providerFor(definitions[kind!]!, run), sandbox);
        providers.set(kind!, known);
        return known;
    }

    return {
        async check(urn, olds, news) {
            const { inputs, failures } = await provider(urn).check!(olds, news);
            return { inputs: { ...plain(inputs), ...pointerOf(news) }, failures: failures ?? [] };
        },
        async diff(urn, id, oldOutputs, _oldInputs, news) {
            const { changes, replaces, deleteBeforeReplace } = await provider(urn).diff!(id, oldOutputs, news);
            return { changes, replaces: replaces ?? [], deleteBeforeReplace: deleteBeforeReplace ?? false };
        },
        async create(urn, props) {
            const { id, outs } = await partly(provider(urn).create(props));
            return { id, outputs: { ...plain(outs), ...pointerOf(props) } };
        },
        async update(urn, id, oldOutputs, _oldInputs, news) {
            const { outs } = await partly(provider(urn).update!(id, oldOutputs, news));
            return { ...plain(outs), ...pointerOf(news) };
        },
        async read(urn, id, outputs) {
            const read: dynamic.ReadResult = await provider(urn).read!(id, outputs);
            const inputs = read.inputs && { ...plain(read.inputs), ...pointerOf(outputs) };
            return { id: read.id ?? "", outputs: { ...plain(read.props), ...pointerOf(outputs) }, inputs };
        },
        delete: (urn, id, outputs) => provider(urn).delete!(id, outputs),
    };
}

const pointerOf = ({ __provider }: PlainObject) => ({ __provider });
const plain = (value: unknown): PlainObject => JSON.parse(JSON.stringify(value ?? {}));

async function partly<T>(work: Promise<T>): Promise<T> {
    try {
        return await work;
    } catch (error) {
        const { message, id, properties, reasons } = error as Partial<PartialFailure> & Error;
        throw id === undefined ? error : new PartialFailure(message, id, properties!, reasons!);
    }
}
