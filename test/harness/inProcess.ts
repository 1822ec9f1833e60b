import type { dynamic } from "@pulumi/pulumi";
import { PartialFailure, type PlainObject, type ProviderProcess } from "../../engine/process/providerProcess";
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
    /**
     * A run that declares, and one that no longer does: what a run was asked to check it takes for declared. To load the
     * modules of one costs a second, so tests share them and tell their resources apart by their domains.
     */
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

/** The provider objects of a run, which remember nothing of an earlier one: they are of modules of their own. */
export function providersOf(
    { url, token }: Sandbox,
    clock = new VirtualClock(),
): (kind: string) => dynamic.ResourceProvider {
    const config: Record<string, unknown> = { url, personalAccessToken: token };
    const get = (key: string) => config[key.replace("gandi:", "")];
    const { provider, registry } = load();
    return (kind) => {
        const made = provider.providerFor(registry.definitions[kind]!, clock);
        made.configure!({ config: { get } } as dynamic.ConfigureRequest);
        return made;
    };
}

/** The calls of a provider process, by the kind in the URN. Its modules are its own, as those of a process are. */
function newRun({ url, token }: Sandbox, clock: VirtualClock): Calls {
    const config: Record<string, unknown> = { url, personalAccessToken: token };
    const get = (key: string) => config[key.replace("gandi:", "")];
    let modules: ReturnType<typeof load> | undefined;
    const providers = new Map<string, dynamic.ResourceProvider>();

    function provider(urn: string): dynamic.ResourceProvider {
        const [, kind] = /\/gandi:(\w+)::/.exec(urn)!;
        modules ??= load();
        const known =
            providers.get(kind!) ??
            modules.provider.providerFor(modules.registry.definitions[kind!]!, clock, modules.run);
        known.configure!({ config: { get } } as dynamic.ConfigureRequest);
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

function load() {
    jest.resetModules();
    const { Run } = require("../../provider/core/process/run") as typeof import("../../provider/core/process/run");
    return {
        provider:
            require("../../provider/core/process/provider") as typeof import("../../provider/core/process/provider"),
        registry: require("../../provider/resources/kinds") as typeof import("../../provider/resources/kinds"),
        run: new Run(),
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
