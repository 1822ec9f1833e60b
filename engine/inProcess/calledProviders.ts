import type { dynamic } from "@pulumi/pulumi";
import { PartialFailure, type PlainObject, type ProviderCalls } from "../process/providerCalls";
import { typeOf } from "../state/urn";

/** The text that leads to a resource's code: set by its class, kept by the SDK's provider process. */
const POINTER = "__provider";

/**
 * Provider objects in this process, called as the SDK's provider process calls them: with nothing but what JSON holds,
 * either way.
 */
export class CalledProviders implements ProviderCalls {
    private readonly objects = new Map<string, dynamic.ResourceProvider>();

    constructor(
        /** The configured object of a type of resources, asked for once. */
        private readonly objectOf: (type: string) => dynamic.ResourceProvider,
        private readonly end: () => Promise<void> = async () => {},
    ) {}

    async check(urn: string, olds: PlainObject, news: PlainObject) {
        const { inputs, failures } = await this.object(urn).check!(plain(olds), plain(news));
        return { inputs: { ...plain(inputs), ...pointerOf(news) }, failures: failures ?? [] };
    }

    async diff(urn: string, id: string, oldOutputs: PlainObject, _oldInputs: PlainObject, news: PlainObject) {
        const answer = await this.object(urn).diff!(id, plain(oldOutputs), plain(news));
        const { changes, replaces = [], deleteBeforeReplace = false } = answer;
        return { changes, replaces, deleteBeforeReplace };
    }

    async create(urn: string, props: PlainObject) {
        const { id, outs } = await partly(this.object(urn).create(plain(props)));
        return { id, outputs: { ...plain(outs), ...pointerOf(props) } };
    }

    async update(urn: string, id: string, oldOutputs: PlainObject, _oldInputs: PlainObject, news: PlainObject) {
        const { outs } = await partly(this.object(urn).update!(id, plain(oldOutputs), plain(news)));
        return { ...plain(outs), ...pointerOf(news) };
    }

    async read(urn: string, id: string, outputs: PlainObject) {
        const read: dynamic.ReadResult = await this.object(urn).read!(id, plain(outputs));
        const inputs = read.inputs && { ...plain(read.inputs), ...pointerOf(outputs) };
        return { id: read.id ?? "", outputs: { ...plain(read.props), ...pointerOf(outputs) }, inputs };
    }

    async delete(urn: string, id: string, outputs: PlainObject) {
        await this.object(urn).delete!(id, plain(outputs));
    }

    close(): Promise<void> {
        return this.end();
    }

    private object(urn: string): dynamic.ResourceProvider {
        const type = typeOf(urn);
        const object = this.objects.get(type) ?? this.objectOf(type);
        this.objects.set(type, object);
        return object;
    }
}

const pointerOf = ({ [POINTER]: text }: PlainObject) => ({ [POINTER]: text });
const plain = (value: unknown): PlainObject => JSON.parse(JSON.stringify(value ?? {}));

async function partly<T>(work: Promise<T>): Promise<T> {
    try {
        return await work;
    } catch (error) {
        const { message, id, properties, reasons } = error as Partial<PartialFailure> & Error;
        throw id === undefined ? error : new PartialFailure(message, id, plain(properties), reasons ?? []);
    }
}
