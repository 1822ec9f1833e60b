import type { Deployment } from "../../engine";
import { nameOf, typeOf } from "../../engine/state/urn";
import { resourceType } from "../../provider/core/program/pointer";
import { jsonText } from "../speech";
import type { Declared } from "./plan";

/** A resource of a state, as far as it is needed here. */
interface StateEntry {
    readonly urn: string;
    readonly id?: string;
    readonly inputs?: object;
    readonly outputs?: object;
}

/**
 * What `pulumi import --file` reads (Pulumi 3.254 and later): each resource with inputs and outputs as an `up` has made them,
 * so that nothing is asked of Gandi. Secrets stand in Pulumi's own form, in clear: whoever reads the file reads them.
 *
 * @param deployment the state of the proof
 */
export function stackImportOf({ deployment }: Deployment, resources: readonly Declared[]): string {
    const ours = new Set(resources.map(({ kind, name }) => `${resourceType(kind)} ${name}`));
    const entries = (deployment as { resources?: readonly StateEntry[] }).resources ?? [];
    return jsonText({
        resources: entries.flatMap(({ urn, id, inputs, outputs }) => {
            const [type, name] = [typeOf(urn), nameOf(urn)];
            return ours.has(`${type} ${name}`) ? [{ type, name, id, inputs, outputs }] : [];
        }),
    });
}
