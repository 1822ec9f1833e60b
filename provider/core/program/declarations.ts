import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../define";
import { defaultsOf } from "../inputs/defaults";
import { masker } from "../inputs/masking";
import type { Declaration, Place } from "../kind";
import type { Props } from "../property";
import { PROVIDER_PACKAGE } from "./pointer";
import { ProgramError } from "./programError";
import { isDeferred, isSecret } from "./secretInputs";

interface Standing {
    readonly declarer: string;
    readonly title: string;
    readonly shown: string;
    readonly excludes: Place["excludes"];
}

/** What the program of one run has declared so far, by provider and canonical name. */
class Registry {
    private readonly declarers = new Map<string, string>();
    private readonly places = new Map<string, { all: Standing[]; excluding: Standing[] }>();

    /** @throws pulumi.RunError that names both resources */
    add(provider: number, declarer: string, { title, shown = title, places }: Declaration): void {
        const earlier = this.declarers.get(`${provider} ${title}`);
        if (earlier !== undefined && earlier !== declarer) {
            throw new ProgramError(
                "declared-twice",
                `${shown} is declared twice: by ${earlier} and by ${declarer}. Keep one, or put all its values into it.`,
            );
        }
        this.declarers.set(`${provider} ${title}`, declarer);
        for (const { name, excludes } of places) {
            this.stand(`${provider} ${name}`, { declarer, title, shown, excludes });
        }
    }

    private stand(place: string, standing: Standing): void {
        const there = this.places.get(place) ?? { all: [], excluding: [] };
        this.places.set(place, there);
        for (const excluding of there.excluding) {
            refuseExcluded(excluding, standing);
        }
        there.all.push(standing);
        if (standing.excludes !== undefined) {
            for (const other of there.all) {
                refuseExcluded(standing, other);
            }
            there.excluding.push(standing);
        }
    }
}

function refuseExcluded(excluding: Standing, other: Standing): void {
    const reason = excluding.declarer === other.declarer ? undefined : excluding.excludes?.(other.title);
    if (reason !== undefined) {
        throw new ProgramError(
            "excluded-by-another",
            `${other.declarer} declares ${other.shown}, but ${excluding.declarer} declares ${excluding.shown}: ${reason}`,
        );
    }
}

/**
 * Check can't know what else the program declares: it gets no resource name, and runs twice for a replacement. Keyed by
 * the run's monitor, because inline programs of the Automation API run several times in one process.
 */
const runs = new WeakMap<object, Registry>();

/**
 * Notes what a resource declares.
 * @throws pulumi.RunError that names both resources where another one declares the same, or what excludes it
 */
export function declare(
    name: string,
    kind: string,
    declarations: readonly Declaration[],
    opts: pulumi.CustomResourceOptions | undefined,
): void {
    const run = pulumi.runtime.getMonitor() ?? runs;
    const registry = runs.get(run) ?? new Registry();
    runs.set(run, registry);
    const provider = opts?.provider ?? opts?.parent?.getProvider(`${PROVIDER_PACKAGE}:dynamic:Resource`);
    for (const declaration of declarations) {
        registry.add(providerNumber(provider), `gandi.${kind} "${name}"`, declaration);
    }
}

/**
 * Notes what a resource of a kind declares. Properties that are known now fail in the constructor; those that are outputs
 * fail when they resolve. What is only read (`get`) is not declared.
 * @returns the properties to register, the first of those that say what it is guarded where an output is among them
 */
export function declaredOnce(
    definition: Definition,
    name: string,
    properties: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
    const { kind, beside, declaredAs = [] } = definition;
    const [guarded] = declaredAs;
    if (opts?.id !== undefined || guarded === undefined) {
        return properties;
    }
    const isBeside = beside !== undefined && properties[beside] !== undefined;
    const note = (values: readonly unknown[], secrets: readonly boolean[] = []) => {
        const inputs = Object.fromEntries(declaredAs.map((property, index) => [property, values[index]]));
        const hidden = values.filter((_value, index) => secrets[index]).map(String);
        const declarations = declaredBy(definition, inputs);
        const shown = masker(hidden);
        declare(
            name,
            kind,
            declarations.map((one) => ({
                ...one,
                title: isBeside ? `${one.title} ${name}` : one.title,
                shown: shown(one.title),
            })),
            opts,
        );
    };
    const defaults = defaultsOf(definition);
    const values = declaredAs.map((property) => properties[property] ?? defaults[property]);
    if (!values.some(isDeferred)) {
        note(values);
        return properties;
    }
    const checked = pulumi.all([pulumi.all(values), Promise.all(values.map(isSecret))]).apply(([resolved, secrets]) => {
        note(resolved, secrets);
        return resolved[0];
    });
    return { ...properties, [guarded]: checked };
}

/** Inputs that check refuses, or that are not whole, declare nothing. */
function declaredBy({ declares }: Definition, inputs: Props): Declaration[] {
    try {
        return declares?.(inputs) ?? [];
    } catch {
        return [];
    }
}

const providerNumbers = new WeakMap<pulumi.ProviderResource, number>();
let providerCount = 0;

function providerNumber(provider: pulumi.ProviderResource | undefined): number {
    if (provider === undefined) {
        return 0;
    }
    const number = providerNumbers.get(provider) ?? ++providerCount;
    providerNumbers.set(provider, number);
    return number;
}
