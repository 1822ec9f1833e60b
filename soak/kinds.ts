import * as gandi from "../provider";
import { definitions } from "../provider/resources/kinds";
import { BARE, ELSEWHERE, everyKind, seedEveryKind } from "../test/harness/everyKind";
import type { World } from "./world";

/** The arguments of a resource's class. */
export type Args = Readonly<Record<string, unknown>>;

/** One kind, with what a program may say of it. */
export interface Living {
    readonly kind: string;
    /** What a program says that has no more than it needs. */
    readonly least: Args;
    /** What it says instead later, one after the other: each asks Gandi for a change. */
    readonly updates: readonly Args[];
    /** What makes Gandi delete it where a program would otherwise leave it. */
    readonly deleting: Args;
    /** What takes over one that exists. */
    readonly adopting: Args;
    /** What makes it another one; none where that is refused. */
    readonly other: Args | undefined;
}

/** The policies that are called otherwise than `delete`. */
const DELETING: Readonly<Record<string, string>> = { Nameservers: "livedns" };

/** Another identity of the kinds that are replaced for it. */
const OTHERS: Readonly<Record<string, Args>> = {
    AxfrSlave: { ip: "192.0.2.54" },
    DnssecKey: { domain: BARE },
    EmailForward: { source: "support" },
    EmailOffer: { domain: BARE },
    GlueRecord: { name: "ns2" },
    LiveDnsDomain: { fqdn: BARE },
    LiveDnsKey: { domain: BARE },
    LiveDnsRecord: { name: "other" },
    LiveDnsZone: { domain: BARE },
    MailSlot: { domain: BARE },
    Nameservers: { domain: ELSEWHERE, adopt: true },
    Snapshot: { domain: BARE },
    WebRedirection: { host: "blog" },
};

/** The word of kinds that, without a state, can't tell what a killed run has made from somebody else's. */
const FROM_THE_FIRST: Readonly<Record<string, Args>> = { Mailbox: { adopt: true } };

/** The kinds that there are, from the definitions: a new one joins when `everyKind.ts` has its inputs. */
export const living: readonly Living[] = everyKind.map(([kind, { least, updates = [], momentary = {} }]) => {
    const { properties } = definitions[kind]!;
    return {
        kind,
        least: asArgs({ ...least, ...FROM_THE_FIRST[kind] }),
        updates: updates.map((update) => asArgs({ ...least, ...FROM_THE_FIRST[kind], ...update })),
        deleting: "deletionPolicy" in properties ? { deletionPolicy: DELETING[kind] ?? "delete" } : {},
        adopting: momentary.adopt === undefined ? {} : { adopt: true },
        other: OTHERS[kind],
    };
});

/** Inputs as a class takes them: a zone's RRsets are records there. */
function asArgs({ rrsets, ...inputs }: Args): Args {
    if (rrsets === undefined) {
        return inputs;
    }
    const records = Object.entries(rrsets as Record<string, object>).map(([key, rrset]) => {
        const [name, type] = key.split(" ");
        return { name, type, ...rrset };
    });
    return { ...inputs, records };
}

type Class = new (name: string, args: Args, opts?: object) => InstanceType<typeof gandi.LiveDnsRecord>;

/** Declares a resource in the program that runs. */
export function declare(kind: string, name: string, args: Args, opts?: object): InstanceType<Class> {
    const class_ = Reflect.get(gandi, kind) as Class;
    return new class_(name, args, opts);
}

/** What all the kinds need at Gandi. */
export function seed(world: World): void {
    seedEveryKind(world.sandbox);
}

/** What no text may show in clear. */
export function secretsOf(world: World): string[] {
    const { tsig, domains } = world.sandbox.world.state;
    return [
        ...Object.values(world.sandbox.tokens),
        ...[...tsig.values()].map(({ secret }) => secret),
        ...[...domains.values()].map(({ authinfo }) => authinfo),
    ].filter((secret) => secret.length > 3);
}
