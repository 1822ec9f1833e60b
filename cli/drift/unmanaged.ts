import { nameOf, typeOf } from "../../engine/state/urn";
import type { Props } from "../../provider/core/property";
import { RRset } from "../../provider/dns/rrset";
import { definitions } from "../../provider/resources/kinds";
import { isNobodys } from "../../provider/resources/zone/freshZone";
import { isOfService } from "../../provider/resources/zone/heldBy";
import { type Found, idsOfServices } from "../import/account";
import { type Place, withAccounts } from "../import/accounts";
import type { Speech } from "../speech";
import type { Preview } from "./preview";

/** What Gandi has and no resource declares. */
export interface Unmanaged {
    readonly found: readonly {
        readonly kind: string;
        readonly id: string;
        /** Nothing in this domain is declared. */
        readonly isAll?: true;
    }[];
}

/**
 * RRsets are told one by one, a zone and the offer of each domain's mail have no settings worth a word, and snapshots are
 * there to be left alone.
 */
const LEFT_OUT = ["LiveDnsZone", "LiveDnsDomain", "EmailOffer", "Snapshot"];

/** A resource of a program. */
export interface DeclaredResource {
    readonly kind: string;
    readonly name: string;
    readonly id: string | undefined;
    readonly inputs: Props;
}

/**
 * What the account of the environment has in the domains of a program that the program does not declare; of other domains
 * only that they are there. What Gandi puts into a fresh zone is nobody's, and the RRsets of an
 * exclusive zone are its own: those are drift, or ignored on purpose.
 */
export async function unmanagedBeside(preview: Preview, { env, note }: Speech): Promise<Unmanaged> {
    const declared = declaredIn(preview);
    return withAccounts({ env, note }, { readOnly: "drift --unmanaged" }, async (places) => {
        const touched = new Set(declared.flatMap(domainsOf));
        const strange = places.filter(({ fqdn }) => !touched.has(fqdn));
        const found = await allIn(places.filter(({ fqdn }) => touched.has(fqdn)));
        const isManaged = judgeOf(declared, found);
        return {
            found: [
                ...strange.map(({ fqdn }) => ({ kind: "Domain", id: fqdn, isAll: true as const })),
                ...found.filter((one) => !isManaged(one)).map(({ kind, id }) => ({ kind, id })),
            ],
        };
    });
}

async function allIn(places: readonly Place[]): Promise<readonly Found[]> {
    const kinds = Object.keys(definitions).filter((kind) => !LEFT_OUT.includes(kind));
    const accounts = [...new Set(places.map(({ account }) => account))];
    const lists = accounts.flatMap((account) => {
        const here = places.filter((place) => place.account === account).map(({ fqdn }) => fqdn);
        return kinds.map((kind) => account.list(kind, here));
    });
    return (await Promise.all(lists)).flat();
}

/** What a program declares, of this package's kinds. */
export function declaredIn({ steps }: Preview): DeclaredResource[] {
    return steps.flatMap(({ urn, old, new: wanted }) => {
        const kind = typeOf(urn).replace(/^pulumi-nodejs:dynamic\/gandi:/, "");
        const { inputs } = wanted ?? old ?? { inputs: {} };
        return Object.hasOwn(definitions, kind)
            ? [{ kind, name: nameOf(urn), id: old?.id ?? idOf(kind, inputs), inputs }]
            : [];
    });
}

/** Undefined where only an `up` will tell. */
function idOf(kind: string, inputs: Props): string | undefined {
    try {
        return definitions[kind]!.id(inputs);
    } catch {
        return undefined;
    }
}

/** The domains that a resource is about. */
export function domainsOf({ kind, id, inputs }: DeclaredResource): string[] {
    const { domains } = inputs;
    return Array.isArray(domains)
        ? domains.map(String)
        : kind === "TsigKey" || id === undefined
          ? []
          : [id.split("/")[0]!];
}

/** Tells what these resources declare, or what is nobody's, or Gandi's own doing for what was found beside. */
export function judgeOf(
    declared: readonly DeclaredResource[],
    found: readonly Found[] = [],
): (found: Found) => boolean {
    const services = idsOfServices(found);
    const ids = new Set(
        declared.flatMap(({ kind, id, inputs }) => [
            `${kind} ${id}`,
            ...definitions[kind]!.alsoDeclares(inputs).map((one) => `${one.kind} ${one.id}`),
        ]),
    );
    const exclusive = declared.filter(({ kind, inputs }) => kind === "LiveDnsZone" && inputs.exclusive === true);
    const zones = new Set(exclusive.map(({ id }) => id));
    return ({ kind, id, inputs }) => {
        if (ids.has(`${kind} ${id}`)) return true;
        if (kind !== "LiveDnsRecord") return false;
        const { domain, name, type, ttl, values } = inputs as Record<string, string> & {
            ttl: number;
            values: string[];
        };
        const rrset = RRset.there(domain!, name!, type!, { ttl, values });
        return zones.has(domain) || isNobodys(rrset) || (services.has(id) && isOfService(rrset));
    };
}
