import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import type { Client, ListOptions } from "../api/client";
import { unlessGoneFromZone } from "../api/gone";
import {
    createSnapshot,
    deleteSnapshot,
    listSnapshots,
    renameSnapshot,
    type SnapshotEntry as Seen,
} from "../api/snapshots";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { makeOne } from "../core/doing/makeOne";
import { Failure } from "../core/failures";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { plainly } from "../core/property";
import { domainProperty } from "./properties";

/** The inputs of a {@link Snapshot}. */
export interface SnapshotArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another snapshot. */
    domain: Input<string>;
    /**
     * The snapshot's name: one line, not empty. Another name renames it, and its content stays. Two snapshots of one
     * zone in a program need two names. Default: `pulumi-gandi`.
     */
    name?: Input<string>;
    /** Any values. When one changes, a new snapshot is taken, and the old one is deleted then. Default: none. */
    triggers?: Input<Record<string, unknown>>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link Snapshot.get} may be told beside the id. */
export type SnapshotState = Partial<SnapshotArgs>;

/** How old a snapshot of the wanted name may be to count as that of a run which was killed before it saved, in ms. */
const INTERRUPTED_WITHIN = 15 * 60 * 1000;

/** @internal */
export const snapshot = define({
    kind: "Snapshot",
    properties: {
        domain: domainProperty,
        name: plainly(nonEmpty(oneLine).default("pulumi-gandi")),
        triggers: { schema: z.record(z.string(), z.unknown()).optional(), consequence: "replace" },
    },
    id: ["domain"],
    given: { name: "snapshotId", of: (seen?: Seen) => seen?.id },
    idLike: "domain/id, with the id that the API gives it",
    livesIn: "domain",
    // A create could not tell two of one name apart from one that was interrupted.
    declaredAs: ["domain", "name"],
    marks: ({ domain, name }) => `${domain} ${name}`,
    outputs: ["createdAt", "automatic"],
    changing: [],

    /** The list says it all: without the snapshot, the zone has answered. A single one would come with its whole zone. */
    observe: ({ client }, { domain, snapshotId }) => find(client, domain, snapshotId, { shared: true }),

    async ensure(ctx, want, { prior, unfinished, observe, isReplaced, isGone, isTaken }) {
        const { domain, name } = want;
        if (prior === undefined) {
            return create(ctx, domain, name, (id) => isReplaced(id) || isGone(id) || isTaken(id));
        }
        const { snapshotId } = prior;
        const there = await observe();
        if (there === undefined && unfinished) {
            // It may not be listed yet: what is missing is waited for.
            return taken(ctx, snapshotId, name);
        }
        if (there === undefined) {
            throw new Failure(
                "removed-meanwhile",
                `${domain}: the snapshot ${snapshotId} is gone: run \`pulumi up --refresh\` to take a new one`,
            );
        }
        if (there.name !== name) {
            await renameSnapshot(ctx.client, domain, snapshotId, name);
        }
        return there;
    },

    /** Both take a moment: a rename is answered with 202. */
    async converge(ctx, { domain, name }, { id }) {
        const found = await ctx.until(() => find(ctx.client, domain, id), {
            done: (seen) => seen?.name === name,
            describe: () => `${domain}: waiting for the snapshot "${name}" to be listed`,
        });
        return found!;
    },

    describe: ({ name, created_at, automatic }) => ({
        inputs: { name },
        outputs: { createdAt: created_at, automatic },
    }),

    remove: ({ client }, { domain, snapshotId }) =>
        unlessGoneFromZone(client, domain, deleteSnapshot(client, domain, snapshotId)),

    /** No program has made those that LiveDNS takes by itself. */
    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const snapshots = await listSnapshots(client, domain, { automatic: false });
            return snapshots.map((seen) => ({ at: { domain }, seen }));
        }),
});

async function find(client: Client, domain: string, id: string, how?: ListOptions): Promise<Seen | undefined> {
    const snapshots = await listSnapshots(client, domain, how);
    return snapshots.find((candidate) => candidate.id === id);
}

/** Takes the snapshot, unless a run that was interrupted minutes ago did. */
async function create(ctx: Context, domain: string, name: string, isOther: (id: string) => boolean): Promise<Seen> {
    const { client } = ctx;
    const isLike = (snapshot: Seen) =>
        snapshot.name === name && !snapshot.automatic && !isOther(`${domain}/${snapshot.id}`);
    const before = await listSnapshots(client, domain);
    const ours = before.findLast(
        (snapshot) =>
            isLike(snapshot) &&
            Math.abs(client.clock.wallTime() - Date.parse(snapshot.created_at)) < INTERRUPTED_WITHIN,
    );
    if (ours !== undefined) {
        ctx.log(`${domain}: the snapshot "${name}" of ${ours.created_at} is taken for this one, interrupted`);
        return ours;
    }
    const id = await makeOne<Seen, string>(ctx, {
        what: `${domain}: a snapshot "${name}"`,
        before,
        idOf: (snapshot) => snapshot.id,
        send: () => createSnapshot(client, domain, name, { repeat: "unconnected" }),
        list: () => listSnapshots(client, domain),
        isLike,
        take: (snapshot) => snapshot.id,
        advice: "Delete those that nobody needs, and run again",
    });
    return taken(ctx, id, name);
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
export class Snapshot extends GandiResource {
    /** @internal */
    static override readonly definition = snapshot;

    /** Reads a snapshot that is there, automatic ones too, without managing it. `id` is `domain/id`. */
    static get(name: string, id: Input<ID>, state?: SnapshotState, opts?: CustomResourceOptions): Snapshot {
        return new Snapshot(name, state as SnapshotArgs, getOptions(id, opts));
    }

    /** Whether a value is a Snapshot, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is Snapshot;

    /** The zone's domain, as given. */
    declare public readonly domain: Output<string>;
    /** The snapshot's name. */
    declare public readonly name: Output<string>;
    /** When it was taken: ISO 8601, UTC. */
    declare public readonly createdAt: Output<string>;
    /** Whether LiveDNS took it by itself: never for one that this resource created. */
    declare public readonly automatic: Output<boolean>;

    /** Keeps a copy of a zone as it is now. */
    constructor(name: string, args: SnapshotArgs, opts?: CustomResourceOptions) {
        super(...registration(snapshot, name, args, opts));
        foretellDefaults(this, snapshot, args, opts);
    }
}
