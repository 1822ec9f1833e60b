import type { ResourceState } from "../state/resourceState";
import { isProviderType, parseProviderReference } from "../state/urn";
import { containsUnknown, equal, type PropertyMap } from "../state/values";
import { DynamicProvider, type Provider, UnconfiguredProvider } from "./provider";
import type { ProviderProcess } from "./providerProcess";
import { providerResource } from "./providerResource";

interface Entry {
    inputs: PropertyMap;
    process: Promise<ProviderProcess> | undefined;
}

/** The provider processes of a run, one for each provider reference, started when first needed. */
export class ProviderPool {
    private readonly entries = new Map<string, Entry>();

    constructor(
        private readonly start: (inputs: PropertyMap) => Promise<ProviderProcess>,
        /** The providers of the state: resources are deleted and refreshed with the provider they were made with. */
        known: ResourceState[],
    ) {
        for (const { type, urn, id, inputs } of known) {
            if (isProviderType(type)) {
                this.entries.set(`${urn}::${id}`, { inputs, process: undefined });
            }
        }
    }

    /** Sets a provider's inputs; a process that runs with other ones is ended. */
    async configure(urn: string, id: string, inputs: PropertyMap): Promise<void> {
        const reference = `${urn}::${id}`;
        const entry = this.entries.get(reference);
        if (entry !== undefined && equal(entry.inputs, inputs)) {
            return;
        }
        this.entries.set(reference, { inputs, process: undefined });
        await (await entry?.process)?.close();
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
        entry.process ??= this.start(entry.inputs);
        return new DynamicProvider(await entry.process);
    }

    async close(): Promise<void> {
        const started = [...this.entries.values()].flatMap((entry) => entry.process ?? []);
        const processes = await Promise.allSettled(started);
        await Promise.all(processes.map((each) => (each.status === "fulfilled" ? each.value.close() : undefined)));
    }
}
