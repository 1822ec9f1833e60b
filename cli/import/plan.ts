import { checkInputs } from "../../provider/core/inputs/check";
import { withoutDefaults } from "../../provider/core/inputs/defaults";
import type { Props } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { expandZone } from "../../provider/resources/zone/expand";
import type { Account, Found } from "./account";
import { Names } from "./names";

/** One resource of the program that is to be written. */
export interface Declared {
    readonly kind: string;
    readonly name: string;
    /** The domain that it is about; empty where it is of none. */
    readonly domain: string;
    readonly inputs: Props;
    /** Whether it is not easily had again, and so not to be removed by a slip. */
    readonly isProtected: boolean;
    /** The zone file that stands for its records. */
    readonly zoneFile?: string;
}

/** How many there are of something, and how many of them the program declares. */
export interface Count {
    /** What they are called: `RRsets`, `Domain`. */
    readonly what: string;
    readonly there: number;
    readonly declared: number;
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
}

/** Those that money or other people's settings hang on. */
const PROTECTED = new Set([
    "Domain",
    "Nameservers",
    "DnssecKey",
    "LiveDnsKey",
    "TsigKey",
    "GlueRecord",
    "LiveDnsZone",
    "LiveDnsDomain",
]);
/** In the order in which a program names them. */
const KINDS = [
    "Domain",
    "Nameservers",
    "GlueRecord",
    "DnssecKey",
    "LiveDnsDomain",
    "LiveDnsKey",
    "AxfrSlave",
    "EmailForward",
];

/** Reads what the account has of these domains, one list of each kind, and makes a program of it. */
export class Planner {
    private readonly names = new Names();
    private readonly resources: Declared[] = [];
    private readonly counts: Count[] = [];
    private readonly leftOut: string[] = [];
    private readonly remarks: string[] = [];

    constructor(
        private readonly account: Pick<Account, "list" | "zoneFile">,
        private readonly options: PlanOptions,
        private readonly progress: (line: string) => void,
    ) {}

    async plan(domains: readonly string[]): Promise<Plan> {
        for (const kind of KINDS.filter((one) => one !== "Domain" || this.options.domains === "adopt")) {
            this.take(kind, await this.list(kind, domains));
        }
        const keys = await this.list("TsigKey", domains);
        // A key of the organisation that none of these zones uses is no part of them.
        this.take(
            "TsigKey",
            keys.filter(({ inputs }) => ((inputs.domains as string[] | undefined) ?? []).length > 0),
        );
        if (this.options.style === "zone") {
            await this.zones(await this.list("LiveDnsZone", domains));
        } else {
            this.take("LiveDnsRecord", await this.list("LiveDnsRecord", domains), "RRsets");
        }
        const snapshots = await this.list("Snapshot", domains);
        if (snapshots.length > 0) {
            this.remarks.push(`${snapshots.length} snapshots stay as they are: a program takes new ones only`);
        }
        const order = new Map([...domains, ""].map((domain, at) => [domain, at]));
        const at = ({ domain }: Declared) => order.get(domain) ?? order.size;
        const resources = [...this.resources].sort((one, other) => at(one) - at(other));
        return { resources, counts: this.counts, leftOut: this.leftOut, remarks: this.remarks };
    }

    private async list(kind: string, domains: readonly string[]): Promise<readonly Found[]> {
        this.progress(`reading ${kind} of ${domains.length} ${domains.length === 1 ? "domain" : "domains"}`);
        return this.account.list(kind, domains);
    }

    private take(kind: string, found: readonly Found[], what = kind): void {
        const definition = definitions[kind]!;
        let declared = 0;
        let there = found.length;
        for (const each of found) {
            const inputs = { ...withoutDefaults(definition, each.inputs, undefined), ...besideOthers(each, found) };
            // Of a zone with Gandi's own settings there is nothing to say.
            if (kind === "LiveDnsDomain" && Object.keys(inputs).length === 1) {
                there--;
                continue;
            }
            const reason = problemOf(kind, inputs);
            if (reason !== undefined) {
                this.leftOut.push(`${kind} ${each.id}: ${reason}`);
                continue;
            }
            declared++;
            this.declare(kind, inputs);
        }
        this.count({ what, there, declared });
    }

    /** A zone as its file; where Gandi's own file says less than its list, as a list in the program. */
    private async zones(found: readonly Found[]): Promise<void> {
        let [there, declared] = [0, 0];
        for (const { inputs } of found) {
            const domain = String(inputs.domain);
            const keys = Object.keys(inputs.rrsets as object);
            there += keys.length;
            const text = await this.account.zoneFile(domain);
            const { rrsets, problems } = expandZone({ domain, zoneFile: text });
            const missing = problems.length > 0 ? keys : keys.filter((key) => !(key in rrsets));
            declared += keys.length - missing.length;
            const why = problems[0] ?? "it is not in the zone file that Gandi writes";
            this.leftOut.push(...missing.map((key) => `RRset ${key} of ${domain}: ${why}`));
            if (problems.length === 0) {
                this.declare("LiveDnsZone", { domain }, text);
            }
        }
        this.count({ what: "RRsets", there, declared });
    }

    private declare(kind: string, inputs: Props, zoneFile?: string): void {
        const { domains, domain = inputs.fqdn ?? "", name, source, ip, type, flags, keytag } = inputs;
        const first = Array.isArray(domains) ? String(domains[0] ?? "") : "";
        const parts = [domain === "" ? first : domain, name, source, ip, type, flags, keytag];
        this.resources.push({
            kind,
            name: this.names.of(kind, ...parts.filter((part) => part !== undefined).map(String)),
            domain: String(domain === "" && (domains as string[])?.length === 1 ? first : domain),
            inputs,
            isProtected: PROTECTED.has(kind),
            ...(zoneFile === undefined ? {} : { zoneFile }),
        });
    }

    private count(count: Count): void {
        if (count.there > 0) {
            this.counts.push(count);
        }
    }
}

/** What says that this one is meant, and no other. */
function besideOthers({ kind, id, inputs }: Found, all: readonly Found[]): Props {
    if (kind === "Domain") {
        return { adopt: "only" };
    }
    if (kind === "TsigKey") {
        return { adopt: id };
    }
    const alike = all.filter(
        (one) => one.id !== id && one.inputs.domain === inputs.domain && one.inputs.flags === inputs.flags,
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
