import { randomUUID } from "node:crypto";
import { equal, type PropertyMap } from "../state/values";
import type { Provider } from "./provider";

/**
 * A provider is a resource too, managed by the engine: its outputs are its inputs, its id is a uuid, and it is only ever
 * updated, since a dynamic provider knows no DiffConfig that could ask for a replacement.
 */
export const providerResource: Provider = {
    async check(_urn, _olds, news) {
        return { inputs: news, failures: [] };
    },
    async diff(_urn, _id, oldOutputs, _oldInputs, news) {
        return { changes: !equal(oldOutputs, news), replaces: [], deleteBeforeReplace: false };
    },
    async create(_urn, inputs: PropertyMap) {
        return { id: randomUUID(), outputs: inputs };
    },
    async read(_urn, id, outputs, inputs) {
        return { id, outputs, inputs };
    },
    async update(_urn, _id, _oldOutputs, _oldInputs, news) {
        return news;
    },
    async delete() {},
};
