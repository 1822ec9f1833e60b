import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import {
    createSnapshot,
    deleteSnapshot,
    listSnapshots,
    renameSnapshot,
    type SnapshotEntry as Seen,
} from "../api/snapshots";
import type { Definition } from "../core/definition";
import { makeOne } from "../core/doing/makeOne";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import { commonFields, commonInputs, type Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { declareOnce } from "../core/program/declarations";
import { resourceType } from "../core/program/pointer";
import { foretellDefaults, getOptions, optionsOf, propertiesOf } from "../core/program/registration";
import { domainName } from "../dns";
import { domainField, domainProblems } from "./domainInput";
import { lostDomain, unlessGone } from "./lostDomain";

/** The inputs of a {@link Snapshot}. */
export interface SnapshotArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another snapshot. */
    domain: pulumi.Input<string>;
    /**
     * The snapshot's name: one line, not empty. Another name renames it, and its content stays. Two snapshots of one
     * zone in a program need two names. Default: `pulumi-gandi`.
     */
    name?: pulumi.Input<string>;
    /** Any values. When one changes, a new snapshot is taken, and the old one is deleted then. Default: none. */
    triggers?: pulumi.Input<Record<string, unknown>>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link Snapshot.get} may be told beside the id. */
export type SnapshotState = Partial<SnapshotArgs>;

const DEFAULT_NAME = "pulumi-gandi";

/** How old a snapshot of the wanted name may be to count as that of a run which was killed before it saved, in ms. */
const INTERRUPTED_WITHIN = 15 * 60 * 1000;

const schema = z.object({
    domain: z.string(),
    name: nonEmpty(oneLine).default(DEFAULT_NAME),
    triggers: z.record(z.string(), z.unknown()).optional(),
    ...commonInputs,
});

type Inputs = z.infer<typeof schema>;
/** What an id says. */
type Address = Pick<Inputs, "domain"> & { snapshotId: string };

/** @internal */
export const snapshot: Definition<Inputs, Seen> = {
    kind: "Snapshot",
    inputs: schema,
    outputs: ["createdAt", "automatic"],
    identity: ["domain"],
    fields: { domain: domainField, triggers: { consequence: "replace" }, ...commonFields },

    id: ({ domain }, seen) => seen && `${domainName(domain)}/${seen.id}`,
    marks: ({ domain, name }) => `${domainName(domain!)} ${name}`,
    address(id): Address {
        const [, domain, snapshotId] = /^([^/]+)\/([^/]+)$/.exec(id) ?? [];
        if (domain === undefined || snapshotId === undefined) {
            throw new Error(`"${id}" is no id of a Snapshot: write domain/id, with the id that the API gives it`);
        }
        return { domain: domainName(domain), snapshotId };
    },

    problems: ({ domain }) => domainProblems(domain),

    /** The list says it all: without the snapshot, the zone has answered. A single one would come with its whole zone. */
    async observe(ctx, at) {
        const { domain, snapshotId } = at as Address;
        try {
            const snapshots = await listSnapshots(ctx.client, domainName(domain), { shared: true });
            return snapshots.find(({ id }) => id === snapshotId);
        } catch (error) {
            return lostDomain(ctx, domainName(domain), error);
        }
    },

    async ensure(ctx, { want, prior, unfinished, see, isReplaced, isGone, isTaken }) {
        if (prior === undefined) {
            return create(ctx, want, (id) => isReplaced(id) || isGone(id) || isTaken(id));
        }
        const { snapshotId } = prior as unknown as Address;
        const domain = domainName(want.domain);
        const there = await see();
        if (there === undefined && unfinished) {
            // It may not be listed yet: what is missing is waited for.
            return taken(ctx, snapshotId, want.name);
        }
        if (there === undefined) {
            throw new Error(
                `${domain}: the snapshot ${snapshotId} is gone: run \`pulumi up --refresh\` to take a new one`,
            );
        }
        if (there.name !== want.name) {
            await renameSnapshot(ctx.client, domain, snapshotId, want.name);
        }
        return there;
    },

    /** Both take a moment: a rename is answered with 202. */
    async converge(ctx, { want }, { id }) {
        const domain = domainName(want.domain);
        const find = async () => (await listSnapshots(ctx.client, domain)).find((candidate) => candidate.id === id);
        const found = await ctx.until(find, {
            done: (seen) => seen?.name === want.name,
            describe: () => `${domain}: waiting for the snapshot "${want.name}" to be listed`,
        });
        return found!;
    },

    describe: (_want, { name, created_at, automatic }) => ({
        inputs: { name },
        outputs: { createdAt: created_at, automatic },
    }),

    async remove(ctx, have) {
        const { domain, snapshotId } = have as unknown as Address;
        const zone = domainName(domain);
        await unlessGone(ctx, zone, deleteSnapshot(ctx.client, zone, snapshotId));
    },
};

/** Takes the snapshot, unless a run that was interrupted minutes ago did. */
async function create(ctx: Context, want: Inputs, isOther: (id: string) => boolean): Promise<Seen> {
    const domain = domainName(want.domain);
    const before = await listSnapshots(ctx.client, domain);
    const ours = before.findLast(
        ({ id, name, automatic, created_at }) =>
            !automatic &&
            name === want.name &&
            Math.abs(ctx.client.clock.wallTime() - Date.parse(created_at)) < INTERRUPTED_WITHIN &&
            !isOther(`${domain}/${id}`),
    );
    if (ours !== undefined) {
        ctx.log(`${domain}: the snapshot "${want.name}" of ${ours.created_at} is taken for this one, interrupted`);
        return ours;
    }
    const id = await makeOne<Seen, string>(ctx, {
        what: `${domain}: a snapshot "${want.name}"`,
        before,
        idOf: (snapshot) => snapshot.id,
        send: () => createSnapshot(ctx.client, domain, want.name, { repeat: "unconnected" }),
        list: () => listSnapshots(ctx.client, domain),
        isLike: (snapshot) =>
            snapshot.name === want.name && !snapshot.automatic && !isOther(`${domain}/${snapshot.id}`),
        take: (snapshot) => snapshot.id,
        advice: "Delete those that nobody needs, and run again",
    });
    return taken(ctx, id, want.name);
}

/** A snapshot that the list does not show yet. */
function taken({ client: { clock } }: Context, id: string, name: string): Seen {
    return { id, name, created_at: new Date(clock.wallTime()).toISOString(), automatic: false };
}

/**
 * A copy of a zone that LiveDNS keeps, as the zone is when the resource is created. `npx pulumi-gandi restore DOMAIN
 * SNAPSHOT` goes back to it. Its id is `domain/id` with the id that the API gives it.
 *
 * Taken with `POST /v5/livedns/domains/{fqdn}/snapshots`, renamed with `PATCH …/snapshots/{id}`, and done when `GET
 * …/snapshots` lists it with its name; deleted with `DELETE`. Another `domain` or other `triggers` replace it, the new
 * one first.
 *
 * A snapshot of the same name that was made within the last 15 minutes is taken for that of a run which was interrupted
 * before it could save, and a line says so. To take a new one on purpose, change `triggers`.
 *
 * @example
 * const before = new gandi.Snapshot("before-release", {
 *     domain: "example.com",
 *     name: "before release",
 *     triggers: { release: "2024-06" },
 * });
 * new gandi.LiveDnsRecord(
 *     "www",
 *     { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] },
 *     { dependsOn: before },
 * );
 */
export class Snapshot extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("Snapshot");

    /** Reads a snapshot that is there, automatic ones too, without managing it. `id` is `domain/id`. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: SnapshotState,
        opts?: pulumi.CustomResourceOptions,
    ): Snapshot {
        return new Snapshot(name, state as SnapshotArgs, getOptions(id, opts));
    }

    /** Whether a value is a Snapshot, of whichever copy of this package. */
    static override isInstance(value: unknown): value is Snapshot {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === Snapshot.__pulumiType;
    }

    /** The zone's domain, as given. */
    declare public readonly domain: pulumi.Output<string>;
    /** The snapshot's name. */
    declare public readonly name: pulumi.Output<string>;
    /** When it was taken: ISO 8601, UTC. */
    declare public readonly createdAt: pulumi.Output<string>;
    /** Whether LiveDNS took it by itself: never for one that this resource created. */
    declare public readonly automatic: pulumi.Output<boolean>;

    /**
     * Keeps a copy of a zone as it is now.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: SnapshotArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(snapshot, name, args, opts);
        super(
            Snapshot.__pulumiType,
            name,
            opts?.id === undefined ? declaredOnce(name, properties, opts) : properties,
            optionsOf(snapshot, opts),
        );
        foretellDefaults(this, snapshot, args, opts);
    }
}

/** A create could not tell two snapshots of one name apart from one that was interrupted. */
function declaredOnce(
    name: string,
    properties: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
    const named = { ...properties, name: properties.name ?? DEFAULT_NAME };
    const declared = declareOnce(
        name,
        "Snapshot",
        named,
        ["domain", "name"],
        (domain, snapshotName) => {
            try {
                return `the snapshot "${snapshotName}" of ${domainName(domain!)}`;
            } catch {
                return undefined;
            }
        },
        opts,
    );
    return { ...declared, name: properties.name };
}
