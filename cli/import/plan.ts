import { checkInputs } from "../../provider/core/inputs/check";
import { withoutDefaults } from "../../provider/core/inputs/defaults";
import type { Props } from "../../provider/core/property";
import { spelledOwner } from "../../provider/dns";
import { ownerOrUndefined } from "../../provider/dns/owner";
import type { RRset } from "../../provider/dns/rrset";
import { definitions } from "../../provider/resources/kinds";
import { expandZone } from "../../provider/resources/zone/expand";
import { isOfService } from "../../provider/resources/zone/heldBy";
import { ignoreProblem } from "../../provider/resources/zone/ignore";
import { zoneText } from "../zones/zoneText";
import { type Account, type Found, idsOfServices } from "./account";
import { Names } from "./names";
import { type Inventory, KINDS } from "./reading";

/** One resource of the program that is to be written. */
export interface Declared {
    readonly kind: string;
    readonly id: string;
    readonly name: string;
    /** The domain that it is about; empty where it is of none. */
    readonly domain: string;
    readonly inputs: Props;
    /** Whether it is not easily had again, and so not to be removed by a slip. */
    readonly isProtected: boolean;
    /** The account that it is in. */
    readonly account: Account;
    /** The zone file that stands for its records. */
    readonly zoneFile?: string;
}

/** How many there are of something, and how many of them the program declares. */
export interface Count {
    /** What they are called: `RRsets`, `Domain`. */
    readonly what: string;
    readonly there: number;
    readonly declared: number;
    /** How many the other tool that is taken over from does not declare. */
    readonly beyond?: number;
}

/** The program that is to be written, and what is not in it. */
export interface Plan {
    readonly resources: readonly Declared[];
    readonly counts: readonly Count[];
    /** What can't be declared, each with the reason. */
    readonly leftOut: readonly string[];
    /** What no program declares, for people. */
    readonly remarks: readonly string[];
}

export interface PlanOptions {
    /** One LiveDnsZone and a zone file a domain, or one LiveDnsRecord an RRset. */
    readonly style: "zone" | "records";
    /** Whether the registered domains are declared. */
    readonly domains: "adopt" | "skip";
    /** Whether a zone is all the program's: what others add shows as drift, and goes. */
    readonly isExclusive: boolean;
    /** Whether it is written, too, what is so by default. */
    readonly withDefaults: boolean;
    /** Whether somebody declares it already, and it is not this program's business. Default: nobody does. */
    isElsewhere?(found: Found): boolean;
    /** What to call it. Default: after what it is. */
    nameOf?(kind: string, id: string): string | undefined;
    /** Names that are taken, by kind. */
    readonly taken?: readonly { readonly kind: string; readonly name: string }[];
}

/** Those that money or other people's settings hang on. */
const PROTECTED = new Set([
    "Domain",
    "Nameservers",
    "DnssecKey",
    "LiveDnsKey",
    "TsigKey",
    "GlueRecord",
    "Mailbox",
    "MailSlot",
    "LiveDnsZone",
    "LiveDnsDomain",
]);
/** Of these a program takes new ones only. */
const NEW_ONLY = "Snapshot";

/** Makes a program of what there is. Nothing is asked here. */
export function planOf(inventories: readonly Inventory[], options: PlanOptions): Plan {
    return new Planner(inventories, options).plan();
}

class Planner {
    private readonly names: Names;
    private readonly resources: Declared[] = [];
    private readonly leftOut: string[] = [];
    private readonly remarks: string[] = [];
    private readonly counts = new Map<string, { there: number; declared: number }>();

    constructor(
        private readonly inventories: readonly Inventory[],
        private readonly options: PlanOptions,
    ) {
        this.names = new Names(options.taken);
    }

    plan(): Plan {
        const found = merged(this.inventories);
        for (const kind of KINDS.filter((one) => one !== NEW_ONLY)) {
            if (kind === "Domain" && this.options.domains === "skip") continue;
            for (const { place, each } of found.filter(({ each }) => each.kind === kind)) {
                this.take(each, place.account, found);
            }
        }
        for (const inventory of this.inventories) {
            this.zone(inventory);
        }
        this.remark(found.filter(({ each }) => each.kind === NEW_ONLY).length);
        const order = new Map([...this.inventories.map(({ place }) => place.fqdn), ""].map((one, at) => [one, at]));
        const at = ({ domain }: Declared) => order.get(domain) ?? order.size;
        return {
            resources: [...this.resources].sort((one, other) => at(one) - at(other)),
            counts: [...this.counts].map(([what, count]) => ({ what, ...count })).filter(({ there }) => there > 0),
            leftOut: this.leftOut,
            remarks: this.remarks,
        };
    }

    private take(each: Found, account: Account, others: readonly Placed[]): void {
        const { kind, id } = each;
        if (this.options.isElsewhere?.(each)) {
            return;
        }
        const inputs = {
            ...this.given(kind, each.inputs),
            ...besideOthers(
                each,
                others.map((other) => other.each),
            ),
        };
        // Of a zone with Gandi's own settings there is nothing to say.
        if (kind === "LiveDnsDomain" && Object.keys(inputs).length === 1) {
            return;
        }
        this.count(kind, this.declareSound(kind, id, inputs, account) ? 1 : 0);
    }

    private zone(inventory: Inventory): void {
        const { place } = inventory;
        const rrsets = this.withoutHeld(inventory);
        if (rrsets === undefined) {
            return;
        }
        const all = rrsets.map((rrset) => ({ rrset, found: foundOf(rrset) }));
        const own = all.filter(({ found }) => !this.options.isElsewhere?.(found));
        // A second LiveDnsZone would declare the zone once more.
        const isPart = own.length < all.length;
        if (this.options.style === "records" || isPart) {
            for (const { found } of own) {
                const inputs = this.given(found.kind, found.inputs);
                this.count("RRsets", this.declareSound(found.kind, found.id, inputs, place.account) ? 1 : 0);
            }
        } else if (own.length > 0) {
            this.wholeZone(place.fqdn, rrsets, place.account);
        }
    }

    /** Not those that Gandi has written for the redirections there: they come and go with them. */
    private withoutHeld({ place, found, rrsets }: Inventory): readonly RRset[] | undefined {
        const ids = idsOfServices(found);
        const held = (rrsets ?? []).filter((rrset) => ids.has(rrset.id) && isOfService(rrset));
        if (held.length > 0) {
            const what = `${held.length} ${held.length === 1 ? "RRset" : "RRsets"}`;
            const keys = held.map(({ key }) => key).join(", ");
            this.remarks.push(`${place.fqdn}: left out ${what} that Gandi writes for web redirections: ${keys}`);
        }
        return rrsets?.filter((rrset) => !held.includes(rrset));
    }

    /** A zone as its file; what no file can hold is left out by name. */
    private wholeZone(domain: string, rrsets: readonly RRset[], account: Account): void {
        const { text, leftOut } = zoneText(domain, rrsets);
        const { problems } = expandZone({ domain, zoneFile: text });
        const missing = problems.length > 0 ? rrsets : leftOut;
        const why = problems[0] ?? "no zone file can hold it";
        this.leftOut.push(...missing.map(({ key }) => `RRset ${key} of ${domain}: ${why}`));
        for (const rrset of rrsets) {
            this.count("RRsets", missing.includes(rrset) ? 0 : 1);
        }
        if (problems.length === 0 && missing.length < rrsets.length) {
            this.declare("LiveDnsZone", domain, { domain, ...this.exclusive(domain, missing) }, account, text);
        }
    }

    private exclusive(domain: string, others: readonly RRset[]): Props {
        if (!this.options.isExclusive) {
            return {};
        }
        const ignore = others.map(({ name, type }) => ({ name: String(name), type }));
        const unspeakable = ignore.find((pattern) => ignoreProblem(pattern, domain) !== undefined);
        if (unspeakable !== undefined) {
            this.remarks.push(`${domain}: shared and not exclusive, as no pattern stands for ${unspeakable.name}`);
            return {};
        }
        return { exclusive: true, ...(ignore.length === 0 ? {} : { ignore }) };
    }

    private given(kind: string, inputs: Props): Props {
        return this.options.withDefaults ? inputs : withoutDefaults(definitions[kind]!, inputs, undefined);
    }

    /** @returns whether it can be declared */
    private declareSound(kind: string, id: string, inputs: Props, account: Account): boolean {
        const reason = problemOf(kind, inputs);
        if (reason === undefined) {
            this.declare(kind, id, inputs, account);
        } else {
            this.leftOut.push(`${kind} ${id}: ${reason}`);
        }
        return reason === undefined;
    }

    private declare(kind: string, id: string, inputs: Props, account: Account, zoneFile?: string): void {
        const { domains, domain = inputs.fqdn ?? "", name, source, host, ip, type, flags, keytag } = inputs;
        const first = Array.isArray(domains) ? String(domains[0] ?? "") : "";
        const how = host === undefined ? type : undefined;
        const parts = [domain === "" ? first : domain, name, source, host, ip, how, flags, keytag];
        const given = this.options.nameOf?.(kind, id);
        const organization = account.naming?.organization?.id;
        this.resources.push({
            kind,
            id,
            name:
                given === undefined
                    ? this.names.of(kind, ...parts.filter((part) => part !== undefined).map(String))
                    : this.names.like(kind, given),
            domain: String(domain === "" && (domains as string[])?.length === 1 ? first : domain),
            inputs: organization === undefined ? inputs : { ...inputs, sharingId: organization },
            isProtected: PROTECTED.has(kind),
            account,
            ...(zoneFile === undefined ? {} : { zoneFile }),
        });
    }

    private count(what: string, declared: 0 | 1): void {
        const so = this.counts.get(what) ?? { there: 0, declared: 0 };
        this.counts.set(what, { there: so.there + 1, declared: so.declared + declared });
    }

    private remark(snapshots: number): void {
        const { inventories, remarks } = this;
        const notHere = inventories.filter(({ rrsets, unreadable }) => !rrsets && !unreadable.includes("RRsets"));
        if (notHere.length > 0) {
            remarks.push(`not on LiveDNS, so without records here: ${namesOf(notHere)}`);
        }
        for (const kind of new Set(inventories.flatMap(({ unreadable }) => unreadable))) {
            const where = inventories.filter(({ unreadable }) => unreadable.includes(kind));
            this.leftOut.push(`${kind} of ${namesOf(where)}: the token may not list them`);
        }
        if (snapshots > 0) {
            remarks.push(`${snapshots} snapshots stay as they are: a program takes new ones only`);
        }
    }
}

interface Placed {
    readonly place: Inventory["place"];
    readonly each: Found;
}

/** What was found, each once: a key of several zones is found in each of them. */
function merged(inventories: readonly Inventory[]): readonly Placed[] {
    const all = new Map<string, Placed>();
    for (const { place, found } of inventories) {
        for (const each of found) {
            const key = `${each.kind} ${each.id}`;
            const known = all.get(key)?.each.inputs.domains;
            const domains = Array.isArray(known) ? [...known, ...(each.inputs.domains as string[])] : undefined;
            all.set(key, {
                place: all.get(key)?.place ?? place,
                each: domains === undefined ? each : { ...each, inputs: { ...each.inputs, domains } },
            });
        }
    }
    return [...all.values()];
}

function foundOf({ zone, name, type, ttl, values, id, storedName }: RRset): Found {
    const owner = ownerOrUndefined(storedName, zone);
    const inputs = { domain: zone, name: owner === undefined ? storedName : spelledOwner(name, zone), type };
    return {
        kind: "LiveDnsRecord",
        id,
        inputs: { ...inputs, ...(ttl === undefined ? {} : { ttl }), values: [...values] },
    };
}

function namesOf(inventories: readonly Inventory[]): string {
    return inventories.map(({ place }) => place.fqdn).join(", ");
}

/** What says that this one is meant, and no other. */
function besideOthers({ kind, id, inputs }: Found, all: readonly Found[]): Props {
    if (kind === "Domain") {
        return { adopt: "only" };
    }
    if (kind === "Mailbox") {
        return { adopt: true };
    }
    if (kind === "TsigKey") {
        return { adopt: id };
    }
    const alike = all.filter(
        (one) =>
            one.kind === kind &&
            one.id !== id &&
            one.inputs.domain === inputs.domain &&
            one.inputs.flags === inputs.flags,
    );
    const ids = alike.map((one) => one.id.slice(one.id.lastIndexOf("/") + 1));
    return kind === "LiveDnsKey" && ids.length > 0 ? { alongside: ids } : {};
}

/** Why check would refuse it; undefined where it would not. */
function problemOf(kind: string, inputs: Props): string | undefined {
    const definition = definitions[kind]!;
    const { filled, problems } = checkInputs(definition, inputs);
    const all = problems.length > 0 ? problems : definition.problems(filled, undefined, new Set());
    return all.length === 0
        ? undefined
        : all.map(({ path, reason }) => (path === "" ? reason : `${path}: ${reason}`)).join("; ");
}
