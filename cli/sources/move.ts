import { RRset } from "../../provider/dns/rrset";
import { expandZone } from "../../provider/resources/zone/expand";
import { isNobodys } from "../../provider/resources/zone/freshZone";
import { CommandFailure } from "../command";
import type { Count, Declared, Plan } from "../import/plan";
import { type Inventory, KINDS } from "../import/reading";
import { someOf } from "./someOf";
import type { Entry, Source, Untranslated } from "./source";

/** What the account has and the tool does not declare. */
interface Beyond {
    readonly kind: string;
    readonly id: string;
    readonly title: string;
    /** Whether Gandi puts it into a fresh zone. */
    readonly isNobodys: boolean;
}

/** The settings of a zone, of which there mostly is nothing to say, and what is there to be left alone. */
const UNTOLD = ["LiveDnsDomain", "Snapshot"];

const GONE = "it is not at Gandi, so there is nothing to take over";
const OWN_SERVERS = "the domain has LiveDNS's own nameservers, which no program needs to declare";

/** A move of what another tool declares, no more and no less, into a program. */
export class Move {
    /** What there is, without what the tool does not declare. */
    readonly inventories: readonly Inventory[];
    private readonly entries: readonly Entry[];
    private readonly untranslated: readonly Untranslated[];
    private readonly wanted: ReadonlyMap<string, readonly Entry[]>;
    private readonly there = new Set<string>();
    private readonly beyond = new Map<string, Beyond>();

    constructor(
        private readonly source: Source,
        private readonly all: readonly Inventory[],
        /** The domains of the source that the account does not have. */
        private readonly elsewhere: readonly string[],
    ) {
        const domains = new Set(all.map(({ place }) => place.fqdn));
        this.entries = source.entries.filter(({ domain }) => domains.has(domain));
        this.untranslated = source.untranslated.filter(({ domain }) => domain === undefined || domains.has(domain));
        const wanted = new Map<string, Entry[]>();
        for (const entry of this.entries) {
            wanted.set(keyOf(entry), [...(wanted.get(keyOf(entry)) ?? []), entry]);
        }
        this.wanted = wanted;
        this.inventories = all.map((inventory) => ({
            ...inventory,
            found: inventory.found.filter(({ kind, id }) => this.isWanted(kind, id, `${kind} ${id}`)),
            rrsets: inventory.rrsets?.filter((rrset) =>
                this.isWanted("LiveDnsRecord", rrset.id, `RRset ${rrset.key} of ${rrset.zone}`, isNobodys(rrset)),
            ),
        }));
    }

    /** What the tool calls it. */
    readonly nameOf = (kind: string, id: string): string | undefined =>
        this.wanted.get(`${kind} ${id}`)?.find(({ name }) => name !== undefined)?.name;

    /** @throws CommandFailure where an exclusive zone would remove what only this program does not declare */
    refuseExclusive(): void {
        const records = this.told().filter(({ kind }) => kind === "LiveDnsRecord");
        if (records.length > 0) {
            throw new CommandFailure(
                `--exclusive: an exclusive zone removes what it does not declare, and ${this.source.file} does not declare ${someOf(records.map(({ title }) => title))}: import without it, or add them there first`,
            );
        }
    }

    /** A plan of what is wanted, with the word on all that is not in it. */
    completed(plan: Plan): Plan {
        const foreign = this.servedElsewhere();
        const lacking = this.entries.filter(
            (entry) =>
                !entry.isOptional &&
                !this.there.has(keyOf(entry)) &&
                this.isTold(entry) &&
                !foreign.includes(entry.domain),
        );
        const { domains, file } = this.source;
        const [gone, others] = [true, false].map((isSure) =>
            this.elsewhere.filter((name) => domains.get(name) === isSure),
        );
        return {
            ...plan,
            counts: this.counts(plan.counts),
            leftOut: [
                ...plan.leftOut,
                ...this.untranslated.map(({ name, why }) => `${name}: ${why}`),
                ...lacking.map(({ title, kind }) => `${title}: ${kind === "Nameservers" ? OWN_SERVERS : GONE}`),
                ...gone!.map((name) => `${name}: it is not in this account, in what this token sees`),
            ],
            remarks: [
                ...plan.remarks,
                ...this.remarks(plan),
                ...(foreign.length > 0
                    ? [`none of its records is at Gandi, so it is served elsewhere: ${someOf(foreign)}`]
                    : []),
                ...(others!.length > 0
                    ? [`of ${file}, not in this account, in what this token sees: ${someOf(others!)}`]
                    : []),
            ],
        };
    }

    /** The order of the move, for people: the first that is printed. */
    order(plan: Plan, { out, isProved }: { readonly out: string; readonly isProved: boolean }): string[] {
        const { tool, stop, afterwards } = this.source;
        return [
            `The order of the move from ${tool}:`,
            `1. Prove: ${isProved ? "this command did, and has changed nothing at Gandi" : "leave --no-proof out"}`,
            `2. Stop its schedule: ${stop}`,
            "3. Take its hands off, as what is removed there is deleted at Gandi:",
            ...this.handsOff(plan).map((line) => `   ${line}`),
            `   ${afterwards}`,
            `4. The first pulumi up of ${out}/, which takes over what is there`,
        ];
    }

    /** The same for programs. */
    answer(plan: Plan): object {
        const { tool, file } = this.source;
        const beyond = [...this.beyond.values()].map(({ kind, id }) => ({ kind, id }));
        return { tool, file, handsOff: this.handsOff(plan), untranslated: this.untranslated, beyond };
    }

    private isWanted(kind: string, id: string, title: string, isNobodys = false): boolean {
        const key = `${kind} ${id}`;
        const isWanted = this.wanted.has(key);
        if (isWanted) this.there.add(key);
        else if (!UNTOLD.includes(kind)) this.beyond.set(key, { kind, id, title, isNobodys });
        return isWanted;
    }

    /** Nobody knows what is there of what the token may not list: that has been said. */
    private isTold({ kind, domain }: Entry): boolean {
        const what = kind === "LiveDnsRecord" ? "RRsets" : kind;
        return !this.all.some(({ place, unreadable }) => place.fqdn === domain && unreadable.includes(what));
    }

    /** Domains that the source does not say to be at Gandi, and of whose records none is. */
    private servedElsewhere(): string[] {
        const records = this.entries.filter((entry) => entry.kind === "LiveDnsRecord" && this.isTold(entry));
        const served = new Set(records.filter((entry) => this.there.has(keyOf(entry))).map(({ domain }) => domain));
        return [...new Set(records.map(({ domain }) => domain))].filter(
            (domain) => !served.has(domain) && this.source.domains.get(domain) === false,
        );
    }

    private told(): Beyond[] {
        return [...this.beyond.values()].filter(({ isNobodys }) => !isNobodys);
    }

    private counts(counts: readonly Count[]): Count[] {
        const whats = [...this.beyond.values()].map(({ kind }) => (kind === "LiveDnsRecord" ? "RRsets" : kind));
        const known = new Map(counts.map((count) => [count.what, count]));
        const isThere = (what: string) => known.has(what) || whats.includes(what);
        return [...KINDS, "RRsets"].filter(isThere).map((what) => {
            const { there, declared } = known.get(what) ?? { there: 0, declared: 0 };
            const beyond = whats.filter((one) => one === what).length;
            return { what, there: there + beyond, declared, ...(beyond > 0 ? { beyond } : {}) };
        });
    }

    private remarks({ resources }: Plan): readonly string[] {
        const { file, remarks } = this.source;
        if (resources.length === 0) {
            return remarks;
        }
        const told = this.told();
        const fresh = this.beyond.size - told.length;
        const isUnnamed =
            resources.some(({ kind }) => kind === "LiveDnsZone") &&
            this.entries.some(({ kind, name }) => kind === "LiveDnsRecord" && name !== undefined);
        return [
            ...(told.length > 0
                ? [
                      `${file} does not declare, and so neither does the program: ${someOf(told.map(({ title }) => title))}. \`npx pulumi-gandi import --missing\` in its folder adds them`,
                  ]
                : []),
            ...(fresh > 0 ? [`RRsets that Gandi puts into a new zone, and nobody declares: ${fresh}`] : []),
            ...(isUnnamed ? ["the names of single records are lost, as a LiveDnsZone stands for all of a zone"] : []),
            ...remarks,
        ];
    }

    /** Of what the program declares only: whatever else the tool has, it may go on with. */
    private handsOff({ resources }: Plan): readonly string[] {
        const declared = new Set(resources.flatMap(keysOf));
        const there = this.entries.filter((entry) => this.there.has(keyOf(entry)));
        // A zone with Gandi's own settings is declared by nothing, and removed by nobody.
        const isTaken = (entry: Entry) => entry.kind === "LiveDnsDomain" || declared.has(keyOf(entry));
        const kept = new Set(there.filter((entry) => !isTaken(entry)).map(({ title }) => title));
        return this.source.handsOff(there.filter(({ title }) => !kept.has(title)));
    }
}

function keyOf({ kind, id }: Pick<Entry, "kind" | "id">): string {
    return `${kind} ${id}`;
}

/** A zone declares what stands in its file. */
function keysOf({ kind, id, domain, zoneFile }: Declared): string[] {
    return zoneFile === undefined
        ? [keyOf({ kind, id })]
        : Object.keys(expandZone({ domain, zoneFile }).rrsets).map((key) =>
              keyOf({ kind: "LiveDnsRecord", id: RRset.ofKey(domain, key).id }),
          );
}
