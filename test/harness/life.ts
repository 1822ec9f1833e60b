import { isDeepStrictEqual } from "node:util";
import { PartialFailure, type PlainObject } from "../../engine/process/providerProcess";
import { pointer, resourceType } from "../../provider/core/program/pointer";
import type { Calls, Runs } from "./runs";

/** What a run does, or would do, to a resource. */
export type Op = "create" | "same" | "update" | "replace";

interface State {
    id: string;
    inputs: PlainObject;
    outputs: PlainObject;
}

/** A message without the code behind it: what codes there are, and when, is test/core/codes.test.ts's. */
export const withoutCode = (message: string) => message.replace(/ \[[a-z-]+\]$/, "");

/** Inputs that check refused, each reason as the engine shows it. */
export class Refused extends Error {
    constructor(readonly reasons: string[]) {
        super(reasons.join("\n"));
    }
}

/**
 * The life of one resource in the providers of its runs, its rules those of the engine: check, diff, create
 * before delete (or the reverse), read, delete, and a state between the runs.
 */
export class Life {
    state: State | undefined;
    /** Set by a partial failure: the next `up` updates whatever diff says. */
    private failedHalfway = false;
    private readonly urn: string;

    constructor(
        private readonly runs: Runs,
        readonly kind: string,
        private readonly text = pointer(kind),
    ) {
        this.urn = `urn:pulumi:test::test::${resourceType(kind)}::it`;
    }

    /** The same resource in runs of another configuration, such as another token. */
    under(runs: Runs): Life {
        const other = new Life(runs, this.kind, this.text);
        other.state = this.state;
        return other;
    }

    /** The inputs as check returns them. Throws Refused with all the reasons. */
    async check(news: PlainObject, olds: PlainObject = this.state?.inputs ?? {}): Promise<PlainObject> {
        const { inputs, failures } = await (await this.provider()).check(this.urn, olds, {
            ...news,
            __provider: this.text,
        });
        if (failures.length > 0) {
            for (const { property } of failures) {
                // With a name the CLI prints the property's whole value in clear.
                expect(property).toBe("");
            }
            throw new Refused(failures.map(({ reason }) => reason));
        }
        return inputs;
    }

    /** The reasons for which check refuses these inputs, without their codes; empty when it does not. */
    async reasons(news: PlainObject): Promise<string[]> {
        try {
            await this.check(news);
            return [];
        } catch (error) {
            if (error instanceof Refused) {
                return error.reasons.map(withoutCode);
            }
            throw error;
        }
    }

    /** What `up` would do. */
    async preview(news: PlainObject): Promise<Op> {
        return (await this.plan(news)).op;
    }

    /**
     * Makes it so, as `pulumi up` does. A second run then has nothing to do, and neither has a refresh (promise 3): all
     * tests hold that but those that say `unsettled`, as they are about one that has, or about several at once.
     */
    async up(news: PlainObject, { unsettled = false } = {}): Promise<Op> {
        const op = await this.makeSo(news);
        if (!unsettled) {
            await this.runs.looking(async (runs) => {
                const again = this.under(runs);
                const found = {
                    secondRun: await again.preview(news),
                    refresh: await again.refresh(),
                    runAfterIt: await again.preview(news),
                };
                expect(found).toEqual({ secondRun: "same", refresh: "same", runAfterIt: "same" });
            });
        }
        return op;
    }

    private async makeSo(news: PlainObject): Promise<Op> {
        const { op, inputs, deleteBeforeReplace } = await this.plan(news);
        const old = this.state;
        switch (op) {
            case "create":
                await this.create(inputs);
                break;
            case "update":
                await this.update(old!, inputs);
                break;
            case "replace": {
                const fresh = await this.check(news, {});
                if (deleteBeforeReplace) {
                    await this.delete(await this.provider(), old!);
                }
                await this.create(fresh);
                if (!deleteBeforeReplace) {
                    await this.delete(await this.provider(), old!);
                }
                break;
            }
            default:
                this.state = { ...old!, inputs };
        }
        return op;
    }

    /** Reads what is there, as `pulumi refresh` does. */
    async refresh(): Promise<"same" | "gone" | "changed"> {
        const old = this.state!;
        const { id, inputs, outputs } = await (await this.provider()).read(this.urn, old.id, old.outputs, old.inputs);
        if (id === "") {
            this.state = undefined;
            await this.runs.anew();
            return "gone";
        }
        this.state = { id, inputs: inputs ?? old.inputs, outputs };
        return isDeepStrictEqual(outputs, old.outputs) && isDeepStrictEqual(this.state.inputs, old.inputs)
            ? "same"
            : "changed";
    }

    /** What `X.get(name, id, state)` reads. */
    async get(id: string, state: PlainObject = {}): Promise<State> {
        const read = await (await this.provider()).read(this.urn, id, { ...state, __provider: this.text }, {});
        return { id: read.id, inputs: read.inputs ?? {}, outputs: read.outputs };
    }

    /** Creates without a state, as a run does whose predecessor was killed before it could save one. */
    async createAgain(news: PlainObject): Promise<void> {
        await this.runs.anew();
        this.state = undefined;
        await this.create(await this.check(news, {}));
    }

    /** Deletes it, as a run does whose program no longer declares it. */
    async destroy(): Promise<void> {
        await this.delete(await this.runs.destroying(), this.state!);
        this.state = undefined;
    }

    /** Creates it under the same id and deletes the old one then, as the engine does for a rename, a move or a taint. */
    async recreate(news: PlainObject): Promise<void> {
        const old = this.state!;
        await this.create(await this.check(news, {}));
        await this.delete(await this.provider(), old);
    }

    /** The process of the run that is under way. */
    private provider(): Promise<Calls> {
        return this.state === undefined ? this.runs.first() : this.runs.later();
    }

    private async plan(news: PlainObject): Promise<{ op: Op; inputs: PlainObject; deleteBeforeReplace: boolean }> {
        const inputs = await this.check(news);
        const old = this.state;
        if (old === undefined) {
            return { op: "create", inputs, deleteBeforeReplace: false };
        }
        const diff = await (await this.provider()).diff(this.urn, old.id, old.outputs, old.inputs, inputs);
        const changes = (diff.changes ?? !isDeepStrictEqual(old.inputs, inputs)) || this.failedHalfway;
        const replaced = diff.changes === true && diff.replaces.length > 0;
        const op = replaced ? "replace" : changes ? "update" : "same";
        return { op, inputs, deleteBeforeReplace: diff.deleteBeforeReplace };
    }

    private async create(inputs: PlainObject): Promise<void> {
        await this.saving(inputs, async () => {
            const { id, outputs } = await (await this.provider()).create(this.urn, inputs);
            this.state = { id, inputs, outputs };
        });
    }

    private async update(old: State, inputs: PlainObject): Promise<void> {
        await this.saving(old.inputs, async () => {
            const outputs = await (await this.provider()).update(this.urn, old.id, old.outputs, old.inputs, inputs);
            this.state = { id: old.id, inputs, outputs };
        });
    }

    private async saving(inputsAfterFailure: PlainObject, work: () => Promise<void>): Promise<void> {
        try {
            await work();
            this.failedHalfway = false;
        } catch (error) {
            if (error instanceof PartialFailure) {
                this.state = { id: error.id, inputs: inputsAfterFailure, outputs: error.properties };
                this.failedHalfway = true;
            }
            throw error;
        }
    }

    private async delete(provider: Calls, old: State): Promise<void> {
        await provider.delete(this.urn, old.id, old.outputs, old.inputs);
    }
}
