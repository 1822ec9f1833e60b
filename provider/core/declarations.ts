import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_PACKAGE } from "./resource";

/**
 * What the program of each run has declared so far, by provider and thing. Check can't know it: it gets no resource name,
 * and runs twice for a replacement. Keyed by the run's monitor, because inline programs of the Automation API run several
 * times in one process.
 */
const runs = new WeakMap<object, Map<string, string>>();

/**
 * Fails the second declaration of one thing in one program, naming both. Values that are known now fail in the
 * constructor; those that are outputs fail when they resolve.
 *
 * @param identity the properties that say which thing it is
 * @param thing its canonical name, e.g. `example.com/www/A`
 * @returns the properties to register, the first of `identity` guarded where an output is among them
 */
export function declareOnce(
    name: string,
    kind: string,
    properties: pulumi.Inputs,
    identity: readonly string[],
    thing: (...values: string[]) => string | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
    const provider = opts?.provider ?? opts?.parent?.getProvider(`${PROVIDER_PACKAGE}:dynamic:Resource`);
    const record = (values: string[]) => {
        const canonical = thing(...values);
        if (canonical !== undefined) {
            claimDeclaration(`gandi.${kind} "${name}"`, canonical, provider);
        }
    };
    const values = identity.map((property) => properties[property]);
    if (values.every((value) => typeof value === "string")) {
        record(values);
        return properties;
    }
    const [guarded] = identity as [string, ...string[]];
    if (!values.some((value) => pulumi.Output.isInstance(value) || value instanceof Promise)) {
        return properties;
    }
    const checked = pulumi.all(values).apply((resolved) => {
        if (resolved.every((value) => typeof value === "string")) {
            record(resolved);
        }
        return resolved[0];
    });
    return { ...properties, [guarded]: checked };
}

function claimDeclaration(declarer: string, thing: string, provider: pulumi.ProviderResource | undefined): void {
    const run = pulumi.runtime.getMonitor() ?? runs;
    let declared = runs.get(run);
    if (declared === undefined) {
        declared = new Map();
        runs.set(run, declared);
    }
    const key = `${providerName(provider)} ${thing}`;
    const earlier = declared.get(key);
    if (earlier !== undefined && earlier !== declarer) {
        throw new pulumi.RunError(
            `${thing} is declared twice: by ${earlier} and by ${declarer}. Keep one, or put all its values into it.`,
        );
    }
    declared.set(key, declarer);
}

const providerNames = new WeakMap<pulumi.ProviderResource, number>();
let providerCount = 0;

function providerName(provider: pulumi.ProviderResource | undefined): number {
    if (provider === undefined) {
        return 0;
    }
    const name = providerNames.get(provider) ?? ++providerCount;
    providerNames.set(provider, name);
    return name;
}
