import type { ListOptions } from "../../api/client";
import { GandiError } from "../../api/errors";
import { listWebRedirections } from "../../api/webRedirections";
import type { Context } from "../../core/process/context";
import { ownerOrUndefined } from "../../dns/owner";
import type { RRset } from "../../dns/rrset";

/** By the key of an RRset what holds it, as messages call it: `the web redirection of www.example.com`. */
export type Holders = ReadonlyMap<string, string>;

/** A service of Gandi's that writes records into the zones of its customers by itself. */
interface Service {
    /** Whether a record looks like one of its own: where none does it is not asked, and most zones cost no request more. */
    writes(rrset: RRset): boolean;
    /** By owner name what of it needs a record of this zone. */
    holders(ctx: Context, zone: string, how: ListOptions): Promise<ReadonlyMap<string, string>>;
    /** What holds its records where the token may not see that: nothing of it is taken for nobody's. */
    readonly perhaps: string;
}

const REDIRECTOR = "webredir.vip.gandi.net.";
/** Recorded from fresh zones of 2019 to 2025; the last octet has changed over the years. */
const REDIRECTOR_ADDRESS = /^217\.70\.184\.\d+$/;

/** Whether an RRset is as Gandi writes it for the host of a web redirection, be there one or not. */
export function isRedirectors({ name, type, values, normalValues }: RRset): boolean {
    const isOwn = (value: string) => (name === "@" ? REDIRECTOR_ADDRESS.test(value) : value === REDIRECTOR);
    return type === (name === "@" ? "A" : "CNAME") && values.length > 0 && [...normalValues].every(isOwn);
}

const WEB_REDIRECTIONS: Service = {
    writes: isRedirectors,
    async holders({ client }, zone, how) {
        const seen = await listWebRedirections(client, zone, how);
        return new Map(
            seen.map(({ host }) => [ownerOrUndefined(`${host}.`, zone) ?? host, `the web redirection of ${host}`]),
        );
    },
    perhaps: "perhaps a web redirection, which this token may not see",
};

const SERVICES: readonly Service[] = [WEB_REDIRECTIONS];

/** Which of these RRsets a service of Gandi's holds: whoever takes them away breaks what its customer has there. */
export async function holdersOf(
    ctx: Context,
    zone: string,
    rrsets: Iterable<RRset>,
    how: ListOptions = {},
): Promise<Holders> {
    const all = [...rrsets];
    const held = await Promise.all(
        SERVICES.map(async (service) => {
            const like = all.filter(service.writes);
            const holderOf = like.length === 0 ? undefined : await asked(service, ctx, zone, how);
            return like.flatMap((rrset) => {
                const holder = holderOf?.(rrset.name);
                return holder === undefined ? [] : [[rrset.key, holder] as const];
            });
        }),
    );
    return new Map(held.flat());
}

async function asked({ holders, perhaps }: Service, ctx: Context, zone: string, how: ListOptions) {
    try {
        const found = await holders(ctx, zone, how);
        return (name: string) => found.get(name);
    } catch (error) {
        // A domain that is registered elsewhere has nothing of it.
        if (GandiError.is(error, "invisible")) return undefined;
        if (GandiError.is(error, "forbidden")) return () => perhaps;
        throw error;
    }
}
