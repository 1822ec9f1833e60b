import type { ResourceState } from "../state/resourceState";
import { isProviderType, parseProviderReference } from "../state/urn";
import { containsUnknown, equal, type PropertyMap } from "../state/values";
import { DynamicProvider, type Provider, UnconfiguredProvider } from "./provider";
import type { ProviderCalls } from "./providerCalls";
import { providerResource } from "./providerResource";

interface Entry {
    inputs: PropertyMap;
    running: Promise<ProviderCalls> | undefined;
}

/** The providers of a run, one for each provider reference, started when first needed. */
export class ProviderPool {
    private readonly entries = new Map<string, Entry>();

    constructor(
        private readonly start: (inputs: PropertyMap) => Promise<ProviderCalls>,
        /** The providers of the state: resources are deleted and refreshed with the provider they were made with. */
        known: ResourceState[],
    ) {
        for (const { type, urn, id, inputs } of known) {
            if (isProviderType(type)) {
                this.entries.set(`${urn}::${id}`, { inputs, running: undefined });
            }
        }
    }

    /** Sets a provider's inputs; one that runs with other ones is ended. */
    async configure(urn: string, id: string, inputs: PropertyMap): Promise<void> {
        const reference = `${urn}::${id}`;
        const entry = this.entries.get(reference);
        if (entry !== undefined && equal(entry.inputs, inputs)) {
            return;
        }
        this.entries.set(reference, { inputs, running: undefined });
        await (await entry?.running)?.close();
    }

    /** The provider that a custom resource was, or is to be, made with. */
    async of(resource: Pick<ResourceState, "type" | "provider">): Promise<Provider> {
        return isProviderType(resource.type) ? providerResource : this.get(resource.provider);
    }

    private async get(reference: string | undefined): Promise<Provider> {
        const entry = reference === undefined ? undefined : this.entries.get(reference);
        if (entry === undefined) {
            const { urn } = parseProviderReference(reference ?? "");
            throw new Error(`the state does not hold the provider ${urn} (${reference})`);
        }
        if (containsUnknown(entry.inputs)) {
            return new UnconfiguredProvider();
        }
        entry.running ??= this.start(entry.inputs);
        return new DynamicProvider(await entry.running);
    }

    async close(): Promise<void> {
        const started = [...this.entries.values()].flatMap((entry) => entry.running ?? []);
        const providers = await Promise.allSettled(started);
        await Promise.all(providers.map((each) => (each.status === "fulfilled" ? each.value.close() : undefined)));
    }
}
