import type { RRset as ApiRRset, NewRRset } from "../../provider/api/records";
import { DEFAULT_TTL } from "../../provider/dns";
import type { RRset } from "../../provider/dns/rrset";
import { planZone } from "../../provider/resources/zone/plan";
import { APEX_NS, byKey } from "../../provider/resources/zone/rrsets";
import type { Painted } from "../speech";

/** An RRset that comes (without `now`), goes (without `wanted`) or changes. */
export interface Change {
    readonly now: RRset | undefined;
    readonly wanted: RRset | undefined;
}

/** What a zone would become: nothing that is so already, in whatever spelling. */
export function changesBetween(zone: string, now: readonly ApiRRset[], wanted: readonly NewRRset[]): Change[] {
    const there = byKey(now.map(withTtl), zone);
    // A PUT without the NS of the apex keeps those that are there.
    const owned = new Set([...there.keys()].filter((key) => key !== APEX_NS));
    const want = Object.fromEntries(byKey(wanted, zone));
    // A restore goes back to what was: what stands there now may go.
    const how = { takesOver: false, adopt: true, held: new Map(), isOthers: () => false };
    const { writes, removals } = planZone({ zone, want, there, owned, ...how });
    return [
        ...writes.map(({ rrset, there: present }) => ({ now: present, wanted: rrset })),
        ...[...removals.values()].map((rrset) => ({ now: rrset, wanted: undefined })),
    ];
}

export function withTtl(rrset: ApiRRset): NewRRset {
    return { ...rrset, rrset_ttl: rrset.rrset_ttl ?? DEFAULT_TTL };
}

/** `+ www A 300 192.0.2.1`, in its colour. */
export function lineOf({ now, wanted }: Change): Painted {
    if (wanted === undefined) {
        return { colour: "red", text: `- ${shown(now!)}` };
    }
    return now === undefined
        ? { colour: "green", text: `+ ${shown(wanted)}` }
        : { colour: "yellow", text: `~ ${shown(now)}  ->  ${contentOf(wanted)}` };
}

/** A change for programs. */
export function dataOf({ now, wanted }: Change) {
    const { storedName: name, type } = (wanted ?? now)!;
    const content = (rrset: RRset | undefined) => rrset && { ttl: rrset.ttl, values: rrset.values };
    return { name, type, now: content(now) ?? null, wanted: content(wanted) ?? null };
}

function shown(rrset: RRset): string {
    return `${rrset.storedName} ${rrset.type} ${contentOf(rrset)}`;
}

function contentOf({ ttl, values }: RRset): string {
    return `${ttl} ${values.join(", ")}`;
}
