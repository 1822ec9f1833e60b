import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { type RRset as ApiRRset, deleteRRset, listRecords, readRRset, rrsetIn } from "../../api/records";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import type { Timeouts } from "../../core/inputs/timeouts";
import { sameSet } from "../../core/inputs/values";
import { foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, type Property, plainly } from "../../core/property";
import { checkRRset, DEFAULT_TTL, keepSpelling, type OwnerName, type RecordTypeInput } from "../../dns";
import { ownerOrUndefined } from "../../dns/owner";
import { normalValues, RRset } from "../../dns/rrset";
import { domainProperty, ownerProperty, ttlSchema } from "../properties";
import { create, put } from "./singleRRset";
import { declaredRRset } from "./zoneDeclarations";

/** The inputs of a {@link LiveDnsRecord}. */
export interface LiveDnsRecordArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another record. */
    domain: Input<string>;
    /** The owner name relative to the zone: `www`, `@` for the apex, `*` for the wildcard. Another name is another record. */
    name: Input<string>;
    /**
     * The record type in upper case, e.g. `A`, `MX`, `TXT`: one of `gandi.dns.recordTypes`. Another type is another
     * record.
     */
    type: Input<RecordTypeInput>;
    /**
     * All the values of the RRset, one string each, at least one and none twice, in any order and spelling. TXT is
     * given as plain text of any length, or in presentation form with quotes. Names with a final dot are absolute,
     * those without are relative to the zone.
     */
    values: Input<readonly Input<string>[]>;
    /** Whole seconds that resolvers may cache it: 300 to 2592000. Default: 10800. */
    ttl?: Input<number>;
    /** Take over an RRset that is there with other values. Default: false, which makes that an error showing them. */
    adopt?: Input<boolean>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link LiveDnsRecord.get} may be told beside the id. */
export type LiveDnsRecordState = Partial<LiveDnsRecordArgs>;

const typeProperty: Property<string> = { schema: z.string(), normal: (type) => type.toUpperCase() };

/** Neither their order nor their spelling counts, which is a matter of their type, and of the zone that names count from. */
const valuesProperty: Property<string[]> = {
    schema: z.array(z.string()),
    normal: (values, { type, domain }) =>
        typeof type === "string" && typeof domain === "string" ? normalValues(type, values, domain) : values,
    same: (old, wanted) => sameSet(old, wanted, (value) => value),
    // What others have written is shown as they did.
    spelled: (given, there, { type, domain }, shown = there) =>
        keepSpelling(String(type), shown, given, String(domain)),
    written: (shown) => shown,
};

/** @internal */
export const liveDnsRecord = define({
    kind: "LiveDnsRecord",
    properties: {
        domain: domainProperty,
        name: ownerProperty,
        type: typeProperty,
        ttl: plainly(ttlSchema),
        values: valuesProperty,
        adopt: momentary(z.boolean().default(false)),
    },
    id: ["domain", "name", "type"],
    idLike: "domain/name/type, e.g. example.com/www/A",
    livesIn: "domain",
    // A CNAME and another type cannot stand side by side for a moment (RFC 1034 section 3.6.2).
    deleteBeforeReplace: "type",
    declares: ({ domain, ...place }) => [declaredRRset(new RRset(domain, place))],
    changing: [],

    problems({ domain }, { given: { name, type, ttl, values } }) {
        const reasons =
            domain === undefined
                ? checkRRset({ type, ttl, values }, "zone.invalid")
                : checkRRset({ name, type, ttl, values }, domain);
        return reasons.map((reason) => ({ path: "", reason }));
    },

    async observe({ client }, { domain, name, type, _storedName }): Promise<ApiRRset | undefined> {
        const found = await readRRset(client, domain, stored(name, _storedName), type);
        return found ?? rrsetIn(await listRecords(client, domain, { shared: true }), name, type);
    },

    ensure(ctx, want, { prior }) {
        const rrset = new RRset(want.domain, want, want);
        return prior === undefined
            ? create(ctx, rrset, want.adopt)
            : put(ctx, rrset, stored(want.name, prior._storedName));
    },

    describe: (seen, { name, ttl }) => ({
        inputs: { ttl: seen.rrset_ttl ?? ttl ?? DEFAULT_TTL, values: seen.rrset_values },
        // The server keeps the case of a name, and answers 500 to a PUT in another.
        outputs: seen.rrset_name === name ? {} : { _storedName: seen.rrset_name },
    }),

    async remove({ client }, { domain, name, type, _storedName }) {
        await deleteRRset(client, domain, stored(name, _storedName), type);
    },

    /** But for the NS of the apex, which lists leave out: Gandi's own, unless a program has set them. */
    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const rrsets = await listRecords(client, domain);
            return rrsets.flatMap((seen) => {
                const name = ownerOrUndefined(seen.rrset_name, domain);
                return name === undefined ? [] : [{ at: { domain, name, type: seen.rrset_type }, seen }];
            });
        }),
});

/** The name as the server keeps it. */
function stored(name: OwnerName, storedName: unknown): string {
    return typeof storedName === "string" ? storedName : name;
}

/**
 * One RRset of a zone on LiveDNS: all the values of one name and type. Its id is `domain/name/type`.
 *
 * Created with `POST /v5/livedns/domains/{fqdn}/records`, changed with `PUT …/records/{name}/{type}`, deleted with
 * `DELETE`; each is done at once. Another `domain`, `name` or `type` replaces it, the new one first; where only the
 * type changes the old one goes first, as a CNAME tolerates nothing beside it.
 *
 * An RRset that is there already with the same values is taken, and gets this TTL; with other values it is an error that
 * shows them, unless `adopt` is set or it is one of those that Gandi puts into a fresh zone. A record beside a CNAME is an
 * error, and so is an RRset that the program declares twice. A zone that the token may not see is an error; only the
 * record's own absence is "gone".
 * @example
 * new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
 */
export class LiveDnsRecord extends GandiResource {
    /** @internal */
    static override readonly definition = liveDnsRecord;

    /** Reads an RRset that is there, without managing it. `id` is `domain/name/type`, e.g. `example.com/www/A`. */
    static get(name: string, id: Input<ID>, state?: LiveDnsRecordState, opts?: CustomResourceOptions): LiveDnsRecord {
        return new LiveDnsRecord(name, state as LiveDnsRecordArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsRecord, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is LiveDnsRecord;

    /** The zone's domain, as given. */
    declare public readonly domain: Output<string>;
    /** The owner name, as given. */
    declare public readonly name: Output<string>;
    /** The record type. */
    declare public readonly type: Output<string>;
    /** Seconds that resolvers may cache it. */
    declare public readonly ttl: Output<number>;
    /** The values, spelled as given where they are equal. */
    declare public readonly values: Output<string[]>;

    /** Declares one RRset of a zone: all the values of one name and type. */
    constructor(name: string, args: LiveDnsRecordArgs, opts?: CustomResourceOptions) {
        super(...registration(liveDnsRecord, name, args, opts));
        foretellDefaults(this, liveDnsRecord, args, opts);
    }
}
