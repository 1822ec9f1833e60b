import { mapTexts } from "./expected";

/** Where a run works. */
export interface Place {
    /** A domain of the account that is on LiveDNS; undefined where it has none. */
    domain: string | undefined;
    /** What tells this run's names from all others. */
    run: string;
}

/** Below this name of the domain, and nowhere else, a run writes. */
export const labelOf = ({ run }: Place) => `_contract-${run}`;

/** The domain that a run orders for itself. */
export const ownDomain = ({ run }: Place) => `contract-${run}.com`;

/** Whether a name of the zone, relative or absolute, or a source of forwards, is the label or below it. */
export function isBelowLabel(name: string, place: Place): boolean {
    const lower = name.toLowerCase();
    const label = labelOf(place);
    return [label, `${label}.`, `${label}.${place.domain}.`].some((end) => lower === end || lower.endsWith(`.${end}`));
}

/** Whether a domain is one that the run orders for itself. */
export function isOwn(fqdn: unknown, { run }: Place): boolean {
    return typeof fqdn === "string" && new RegExp(`^([a-z0-9]+-)?contract-${run}\\.com$`).test(fqdn);
}

/** What the placeholders of the fact of this number stand for: see `Claim`. */
export function namesOf(place: Place, number: number): Record<string, string> {
    const here = `f${number}.${labelOf(place)}`;
    return {
        ...(place.domain === undefined ? {} : { "{domain}": place.domain, "{DOMAIN}": place.domain.toUpperCase() }),
        "{here}": here,
        "{HERE}": here.toUpperCase(),
        "{own}": ownDomain(place),
        "{new}": `f${number}-${ownDomain(place)}`,
    };
}

/** A placeholder that stands for nothing here. */
export class NoSuchName extends Error {
    constructor(placeholder: string) {
        super(`the account has no ${placeholder}`);
    }
}

/** A value with names in place of placeholders. @throws NoSuchName */
export function filled<Value>(value: Value, names: Record<string, string>): Value {
    return mapTexts(value, (text) =>
        text.replace(/\{(domain|DOMAIN|here|HERE|own|new|id)\}/g, (placeholder) => {
            const name = names[placeholder];
            if (name === undefined) {
                throw new NoSuchName(placeholder);
            }
            return name;
        }),
    );
}
