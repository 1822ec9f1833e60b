import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { SharedLedger } from "../../provider/core/process/keeping/sharedLedger";
import { nameOfThisProcess } from "../../provider/core/process/keeping/writers";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { pointer } from "../../provider/core/program/pointer";
import type { Props } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { VirtualClock } from "../api/virtualClock";
import type { Gandi } from "../harness/gandi";

/** A resource of a program. */
export interface Declaration {
    readonly kind: string;
    readonly inputs: Props;
    /** The name of the explicit provider; the default one if left out. */
    readonly provider?: string;
    /** What `replaceOnChanges` names. */
    readonly replaceOnChanges?: string;
    readonly deleteBeforeReplace?: boolean;
    /** `trigger` stands for each reason of the engine's own (`replaceWith`, `replacementTrigger`). */
    readonly replaced?: "taint" | "trigger";
    /** What a policy makes of the inputs after check. */
    readonly remediated?: Props;
    /** Its create or update fails before the provider is asked. */
    readonly fails?: boolean;
}

export type Program = Readonly<Record<string, Declaration>>;

export interface Resource {
    readonly name: string;
    readonly kind: string;
    readonly provider: string;
    readonly id: string;
    readonly inputs: Props;
    readonly outputs: Props;
    /** Replaced, and not deleted yet. */
    readonly isPendingDelete?: boolean;
}

export interface Options {
    readonly refresh?: boolean;
    readonly continueOnError?: boolean;
    /** The run is killed before it deletes anything. */
    readonly killedBeforeDeletes?: boolean;
}

/**
 * A stack whose operations call the provider objects as the Pulumi engine does (3.260): the same calls in the same order,
 * with a process for each provider instance, started when it is first needed; all in the process of the tests.
 */
export class CalledStack {
    resources: Resource[] = [];
    private readonly base = mkdtempSync(join(tmpdir(), "pulumi-gandi-ledgers-"));
    private operations = 0;

    constructor(private readonly gandi: Gandi) {}

    async up(program: Program, options: Options = {}): Promise<"done" | "failed"> {
        return new Update(this, this.providers(), program, options).run();
    }

    /** What Gandi shows of a resource now; undefined where it is gone. */
    async look({ kind, id, outputs }: Resource): Promise<Props | undefined> {
        const read = await this.providers()("onlooker", kind).read!(id, outputs);
        return read.id === undefined ? undefined : (read.props as Props);
    }

    /** Without the program: no check is called. */
    async destroy({ refresh = false }: Options = {}): Promise<void> {
        const update = new Update(this, this.providers(), {}, { refresh });
        await update.run();
        if (update.undeleted !== undefined) {
            throw update.undeleted;
        }
    }

    /** Others could have written where the providers of the next run would write. */
    distrust(): void {
        chmodSync(this.base, 0o777);
    }

    close(): void {
        rmSync(this.base, { recursive: true, force: true });
    }

    /** The provider objects of one operation, by provider instance and kind. */
    private providers(): (provider: string, kind: string) => dynamic.ResourceProvider {
        const address = `127.0.0.1:${++this.operations}`;
        const runs = new Map<string, Run>();
        const clock = new VirtualClock();
        const config: Props = { url: this.gandi.sandbox.url, personalAccessToken: this.gandi.sandbox.token };
        const get = (key: string) => config[key.replace("gandi:", "")];
        return (provider, kind) => {
            const writer = `${nameOfThisProcess()}-${runs.size}`;
            const run =
                runs.get(provider) ??
                new Run({ ledger: SharedLedger.open(address, () => {}, { base: this.base, writer }), clock });
            runs.set(provider, run);
            const made = providerFor(definitions[kind]!, run);
            made.configure!({ config: { get } } as dynamic.ConfigureRequest);
            return made;
        };
    }
}

class Update {
    private readonly seen = new Set<string>();
    private failed = false;
    /** Why a resource could not be deleted. */
    undeleted: unknown;

    constructor(
        private readonly stack: CalledStack,
        private readonly providerOf: (provider: string, kind: string) => dynamic.ResourceProvider,
        private readonly program: Program,
        private readonly options: Options,
    ) {}

    async run(): Promise<"done" | "failed"> {
        if (this.options.refresh) {
            for (const resource of this.stack.resources) {
                await this.refresh(resource);
            }
        }
        for (const [name, declaration] of Object.entries(this.program)) {
            if (!this.failed || this.options.continueOnError) {
                await this.register(name, declaration).catch(() => {
                    this.failed = true;
                });
            }
            this.seen.add(name);
        }
        if ((!this.failed || this.options.continueOnError) && !this.options.killedBeforeDeletes) {
            for (const resource of this.stack.resources.filter(
                ({ name, isPendingDelete }) => isPendingDelete || !this.seen.has(name),
            )) {
                await this.delete(resource).catch((error: unknown) => {
                    this.failed = true;
                    this.undeleted ??= error;
                });
            }
        }
        return this.failed ? "failed" : "done";
    }

    private async refresh(resource: Resource): Promise<void> {
        const provider = this.providerOf(resource.provider, resource.kind);
        const read = await provider.read!(resource.id, resource.outputs);
        if (read.id === undefined) {
            this.set(resource, undefined);
            return;
        }
        const now = {
            ...resource,
            outputs: withPointer(resource.kind, read.props),
            inputs: read.inputs ?? resource.inputs,
        };
        this.set(resource, now);
        await provider.diff!(now.id, now.outputs, withPointer(now.kind, now.inputs));
    }

    private async register(name: string, declaration: Declaration): Promise<void> {
        const { kind, provider: instance = "default" } = declaration;
        this.deletesFirst = false;
        const provider = this.providerOf(instance, kind);
        const old = this.stack.resources.find((each) => each.name === name && !each.isPendingDelete);
        if (old === undefined || declaration.replaced === "taint") {
            const inputs = await this.check(provider, {}, declaration);
            await this.replace(provider, old, { name, ...declaration, provider: instance }, inputs);
            return;
        }
        const inputs = await this.check(provider, old.inputs, declaration);
        if (!(await this.isReplaced(provider, old, declaration, instance, inputs))) {
            await this.update(provider, old, declaration, inputs);
            return;
        }
        const fresh = await this.check(provider, {}, declaration);
        await this.replace(provider, old, { name, ...declaration, provider: instance }, fresh);
    }

    /** Says with it, for an update, whether anything differs. */
    private async isReplaced(
        provider: dynamic.ResourceProvider,
        old: Resource,
        declaration: Declaration,
        instance: string,
        inputs: Props,
    ): Promise<boolean> {
        if (old.provider !== instance || declaration.replaced === "trigger") {
            return true;
        }
        const diff = await provider.diff!(old.id, old.outputs, inputs);
        this.deletesFirst = declaration.deleteBeforeReplace ?? diff.deleteBeforeReplace ?? false;
        this.changes = diff.changes ?? !isDeepStrictEqual(old.inputs, inputs);
        const property = declaration.replaceOnChanges;
        const onChanges =
            diff.changes === undefined &&
            property !== undefined &&
            !isDeepStrictEqual(old.inputs[property], inputs[property]);
        return (diff.replaces ?? []).length > 0 || onChanges;
    }

    private deletesFirst = false;
    private changes = false;

    private async check(
        provider: dynamic.ResourceProvider,
        olds: Props,
        { kind, inputs, remediated }: Declaration,
    ): Promise<Props> {
        const checked = await provider.check!(olds, withPointer(kind, inputs));
        if ((checked.failures ?? []).length > 0) {
            throw new Error(checked.failures!.map(({ reason }) => reason).join("; "));
        }
        return withPointer(kind, { ...(checked.inputs as Props), ...remediated });
    }

    private async update(
        provider: dynamic.ResourceProvider,
        old: Resource,
        { fails }: Declaration,
        inputs: Props,
    ): Promise<void> {
        if (fails) {
            throw new Error("this one fails");
        }
        const outputs = this.changes
            ? withPointer(old.kind, (await provider.update!(old.id, old.outputs, inputs)).outs as Props)
            : old.outputs;
        this.set(old, { ...old, inputs, outputs });
    }

    private async replace(
        provider: dynamic.ResourceProvider,
        old: Resource | undefined,
        declaration: Declaration & { name: string; provider: string },
        inputs: Props,
    ): Promise<void> {
        const deletesFirst = old !== undefined && (declaration.deleteBeforeReplace ?? this.deletesFirst);
        if (deletesFirst) {
            await this.delete(old);
        }
        if (declaration.fails) {
            throw new Error("this one fails");
        }
        const { id, outs } = await provider.create(inputs);
        if (old !== undefined && !deletesFirst) {
            this.set(old, { ...old, isPendingDelete: true });
        }
        const { name, kind } = declaration;
        const outputs = withPointer(kind, outs as Props);
        this.stack.resources.push({ name, kind, provider: declaration.provider, id, inputs, outputs });
    }

    private async delete(resource: Resource): Promise<void> {
        await this.providerOf(resource.provider, resource.kind).delete!(resource.id, resource.outputs);
        this.set(resource, undefined);
    }

    private set(old: Resource, now: Resource | undefined): void {
        this.stack.resources = this.stack.resources.flatMap((each) => {
            if (each !== old) {
                return [each];
            }
            return now === undefined ? [] : [now];
        });
    }
}

function withPointer(kind: string, props: Props): Props {
    return { ...props, __provider: pointer(kind) };
}
