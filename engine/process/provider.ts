import { annotateSecrets, fromWire, type PropertyMap, toPlain } from "../state/values";
import { type DiffResult, PartialFailure, type ProviderCalls } from "./providerCalls";

export interface CheckFailure {
    property: string;
    reason: string;
}

/** What the engine asks of a provider; secrets keep their marks. */
export interface Provider {
    check(
        urn: string,
        olds: PropertyMap,
        news: PropertyMap,
    ): Promise<{ inputs: PropertyMap; failures: CheckFailure[] }>;
    diff(
        urn: string,
        id: string,
        oldOutputs: PropertyMap,
        oldInputs: PropertyMap,
        news: PropertyMap,
        ignoreChanges: string[],
    ): Promise<DiffResult>;
    create(urn: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }>;
    /** An empty id means gone. */
    read(
        urn: string,
        id: string,
        outputs: PropertyMap,
        inputs: PropertyMap,
    ): Promise<{ id: string; outputs: PropertyMap; inputs: PropertyMap | undefined }>;
    update(
        urn: string,
        id: string,
        oldOutputs: PropertyMap,
        oldInputs: PropertyMap,
        news: PropertyMap,
        ignoreChanges: string[],
    ): Promise<PropertyMap>;
    delete(urn: string, id: string, outputs: PropertyMap, inputs: PropertyMap): Promise<void>;
}

/** The resource is there, but only partly made. */
export class InitError extends Error {
    constructor(
        readonly id: string,
        readonly outputs: PropertyMap,
        readonly reasons: string[],
    ) {
        const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
        super([`${count} occurred:`, ...reasons.map((reason) => `    * ${reason}`)].join("\n"));
        this.name = "InitError";
    }
}

/** A running dynamic provider. It is given secrets in clear; what it answers is marked again after what it was given. */
export class DynamicProvider implements Provider {
    constructor(private readonly calls: ProviderCalls) {}

    async check(urn: string, olds: PropertyMap, news: PropertyMap) {
        const { inputs, failures } = await this.calls.check(urn, toPlain(olds), toPlain(news));
        return { inputs: annotateSecrets(fromWire(inputs), news), failures };
    }

    diff(
        urn: string,
        id: string,
        oldOutputs: PropertyMap,
        oldInputs: PropertyMap,
        news: PropertyMap,
        ignoreChanges: string[],
    ) {
        return this.calls.diff(urn, id, toPlain(oldOutputs), toPlain(oldInputs), toPlain(news), { ignoreChanges });
    }

    async create(urn: string, inputs: PropertyMap) {
        const { id, outputs } = await initErrors(inputs, () => this.calls.create(urn, toPlain(inputs)));
        if (id === "") {
            throw new Error("provider did not return an ID from Create");
        }
        return { id, outputs: annotateSecrets(fromWire(outputs), inputs) };
    }

    async read(urn: string, id: string, outputs: PropertyMap, inputs: PropertyMap) {
        const result = await this.calls.read(urn, id, toPlain(outputs), toPlain(inputs));
        return {
            id: result.id,
            outputs: annotateSecrets(fromWire(result.outputs), outputs),
            inputs: result.inputs && annotateSecrets(fromWire(result.inputs), inputs),
        };
    }

    async update(
        urn: string,
        id: string,
        oldOutputs: PropertyMap,
        oldInputs: PropertyMap,
        news: PropertyMap,
        ignoreChanges: string[],
    ) {
        const outputs = await initErrors(news, () =>
            this.calls.update(urn, id, toPlain(oldOutputs), toPlain(oldInputs), toPlain(news), { ignoreChanges }),
        );
        return annotateSecrets(fromWire(outputs), news);
    }

    delete(urn: string, id: string, outputs: PropertyMap, inputs: PropertyMap) {
        return this.calls.delete(urn, id, toPlain(outputs), toPlain(inputs));
    }
}

async function initErrors<T>(inputs: PropertyMap, call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (error instanceof PartialFailure) {
            throw new InitError(error.id, annotateSecrets(fromWire(error.properties), inputs), error.reasons);
        }
        throw error;
    }
}

/** A provider whose inputs are not known yet, in preview: no process can be configured with them. */
export class UnconfiguredProvider implements Provider {
    async check(_urn: string, _olds: PropertyMap, news: PropertyMap) {
        return { inputs: news, failures: [] };
    }

    async diff(): Promise<DiffResult> {
        return { changes: true, replaces: [], deleteBeforeReplace: false };
    }

    async create(): Promise<never> {
        throw new Error("the provider's inputs are not known");
    }

    async read(_urn: string, id: string) {
        return { id, outputs: {}, inputs: undefined };
    }

    async update(): Promise<never> {
        throw new Error("the provider's inputs are not known");
    }

    async delete(): Promise<never> {
        throw new Error("the provider's inputs are not known");
    }
}
