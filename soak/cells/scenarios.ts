import type { Program } from "../../engine/inProcess/functionProgram";
import type { Played } from "../../engine/inProcess/playedStack";
import * as gandi from "../../provider";
import type { Sandbox } from "../../sandbox";
import { PERSON } from "../../test/harness/contacts";
import { BARE, domainOf } from "../../test/harness/everyKind";
import { type Args, declare, type Living, living } from "../kinds";
import type { World, WorldStack } from "../world";

/** One operation of a stack that holds one resource. */
export interface Scenario {
    readonly kind: string;
    /** `create`, `update 1` … and which inputs where there are several. */
    readonly operation: string;
    /** What went before, without faults. */
    prepare(world: World, stack: WorldStack): Promise<void>;
    /** The operation. */
    run(world: World, stack: WorldStack): Promise<Played>;
    /** What the program says then. */
    readonly program: Program;
    /** Whether the stack is to have nothing then. */
    readonly isGone?: true;
    /** The program that takes over by its id what a killed run has made, of a kind that can't be told otherwise. */
    readonly adopting?: (id: string) => Program;
    /** Whether it sets right what only a refresh sees. */
    readonly hasDrifted?: boolean;
    /** Whether people must agree before it is done: the run after that sees it. */
    readonly waitsForPeople?: boolean;
    /** Changes the resource by hand, where the stack has it already. */
    readonly drift?: (world: World) => void;
}

/** More inputs than the least, for kinds that do other things with them. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, Args>>>> = {
    Domain: {
        full: {
            admin: { ...PERSON, city: "Lyon" },
            tech: { ...PERSON, city: "Nice" },
            autorenew: { enabled: true, duration: 2 },
            tags: ["shop", "new"],
            nameservers: ["ns1.example.net", "ns2.example.net"],
        },
    },
    LiveDnsZone: {
        large: { records: records(30, "192.0.2.1") },
        exclusive: { exclusive: true, adopt: true },
        "large and exclusive": { exclusive: true, adopt: true, records: records(30, "192.0.2.1") },
    },
    TsigKey: { associated: { domains: [domainOf("TsigKey"), BARE] } },
    Nameservers: { "DNSSEC ignored": { dnssec: "ignore" } },
    LiveDnsRecord: {
        alias: { name: "alias", type: "CNAME", values: ["example.net."] },
        text: { name: "@", type: "TXT", values: ["v=spf1 -all", "another"] },
    },
    Snapshot: { named: { name: "before the move" } },
    LiveDnsDomain: { "without snapshots": { automaticSnapshots: false } },
};

/** What the large zones say later. */
const LARGE_UPDATES: readonly Args[] = [
    { records: records(30, "192.0.2.9") },
    { records: records(3, "192.0.2.1"), maxRemovals: 50 },
];

function records(count: number, value: string): Args[] {
    return Array.from({ length: count }, (_, at) => ({ name: `r${at}`, type: "A", values: [value] }));
}

/** Somebody else's change of what a program has. */
// biome-ignore lint/suspicious/noExplicitAny: each knows the arguments of its kind
const DRIFTS: Readonly<Record<string, (world: World, args: any) => void>> = {
    AxfrSlave: ({ sandbox }, { domain }) => {
        sandbox.world.state.zones.get(domain)!.slaves = [];
    },
    Domain: ({ sandbox }, { fqdn }) => {
        const domain = sandbox.state.domain(fqdn);
        if (domain !== undefined) sandbox.editDomain(fqdn, { owner: { ...domain.owner, city: "Brest" } });
    },
    EmailForward: ({ sandbox }, { domain }) => {
        const [source] = Object.keys(sandbox.state.domain(domain)!.forwards);
        if (source !== undefined) sandbox.editDomain(domain, { forwards: { [source]: ["eve@example.com"] } });
    },
    EmailOffer: ({ sandbox }, { domain, antispam }) =>
        sandbox.editDomain(domain, { emailOffer: { antispam: antispam ? "inactive" : "active" } }),
    GlueRecord: ({ sandbox }, { domain }) => {
        const [host] = Object.keys(sandbox.state.domain(domain)!.hosts);
        if (host !== undefined) sandbox.editDomain(domain, { hosts: { [host]: ["192.0.2.99"] } });
    },
    LiveDnsDomain: ({ sandbox }, { fqdn, automaticSnapshots = true }) => {
        sandbox.world.state.zones.get(fqdn)!.automaticSnapshots = !automaticSnapshots;
    },
    LiveDnsRecord: ({ sandbox }, { domain, name, type }) => {
        if (!isThere(sandbox, domain, name.toLowerCase(), type)) return;
        const drifted = { A: "192.0.2.99", CNAME: "drifted.example.", TXT: '"drifted"' }[String(type)]!;
        sandbox.setRRset(domain, { name: name.toLowerCase(), type, values: [drifted] });
    },
    LiveDnsZone: ({ sandbox }, { domain, records: [{ name, type }] }) => {
        if (isThere(sandbox, domain, name, type)) sandbox.setRRset(domain, { name, type, values: ["192.0.2.99"] });
    },
    Nameservers: ({ sandbox }, { domain }) =>
        sandbox.editDomain(domain, { nameservers: ["ns9.example.net", "ns8.example.net"] }),
    Snapshot: ({ sandbox }, { domain }) => {
        for (const snapshot of sandbox.world.state.zones.get(domain)!.snapshots) snapshot.name = "another";
    },
    TsigKey: ({ sandbox }, { domains = [] }) => {
        for (const domain of domains as string[]) sandbox.world.state.zones.get(domain)!.tsig = [];
    },
    WebRedirection: ({ sandbox }, { domain }) => {
        const [host] = Object.keys(sandbox.state.domain(domain)!.webRedirections);
        if (host === undefined) return;
        const name = host.slice(0, -domain.length - 1);
        sandbox.editDomain(domain, { webRedirections: { [name]: { url: "https://drifted.example/" } } });
    },
};

/** What is not there any more, and somebody makes, is that somebody's. */
function isThere(sandbox: Sandbox, domain: string, name: string, type: string): boolean {
    return sandbox.state.zone(domain)!.rrsets.some((rrset) => rrset.name === name && rrset.type === type);
}

const nothing: Program = () => {};

/** All the scenarios there are, from the kinds. */
export const scenarios: readonly Scenario[] = living.flatMap((each) => {
    const variants = Object.entries({ "": {}, ...VARIANTS[each.kind] });
    return variants.flatMap(([name, more]) => ofVariant(each, name, more));
});

function ofVariant(each: Living, name: string, more: Args): Scenario[] {
    const { kind, deleting, adopting, other } = each;
    const least = { ...each.least, ...more };
    const hasOwnUpdates = name === "" || kind === "Domain";
    const later = name.startsWith("large") ? LARGE_UPDATES : hasOwnUpdates ? each.updates : [];
    const updates = later.map((update) => ({ ...update, ...(kind === "Domain" ? more : {}) }));
    const says =
        (args: Args, opts?: () => object): Program =>
        () =>
            void declare(kind, "it", args, opts?.());
    const made = async (_world: World, stack: WorldStack) => void (await stack.up(says({ ...least, ...deleting })));
    const drift = DRIFTS[kind];
    const operation = (what: string) => (name === "" ? what : `${what} (${name})`);
    const scenario = (what: string, rest: Omit<Scenario, "kind" | "operation">): Scenario => ({
        kind,
        operation: operation(what),
        ...rest,
    });
    const program = says({ ...least, ...deleting });
    const none = async () => {};
    const byId = kind === "TsigKey" && { adopting: (adopt: string) => says({ ...least, ...deleting, adopt }) };
    const drifts = drift && { drift: (world: World) => drift(world, least) };
    const all = [
        scenario("preview", { prepare: none, program, run: (_, stack) => stack.preview(program) }),
        scenario("create", { prepare: none, program, ...byId, run: (_, stack) => stack.up(program) }),
        scenario("refresh", { prepare: made, program, ...drifts, run: (_, stack) => stack.refresh() }),
        scenario("delete", {
            prepare: made,
            program: nothing,
            ...drifts,
            isGone: true,
            run: (_, stack) => stack.destroy(),
        }),
        scenario("drop", {
            prepare: made,
            program: nothing,
            ...drifts,
            isGone: true,
            run: (_, stack) => stack.up(nothing),
        }),
        scenario("up and refresh", {
            prepare: made,
            program,
            ...drifts,
            run: (_, stack) => stack.up(program, { refresh: true }),
        }),
    ];
    if (Object.keys(adopting).length > 0) {
        const taking = says({ ...least, ...deleting, ...(kind === "TsigKey" ? {} : adopting) });
        all.push(
            scenario("adopt", {
                prepare: async (world) => {
                    const other = await world.stack("other");
                    await other.up(program);
                },
                program: taking,
                run: (_, stack) => stack.up(taking),
            }),
        );
    }
    if (drift !== undefined) {
        all.push(
            scenario("repair", {
                hasDrifted: true,
                prepare: async (world, stack) => {
                    await made(world, stack);
                    drift(world, least);
                },
                program,
                run: (_, stack) => stack.up(program, { refresh: true }),
            }),
        );
    }
    updates.forEach((update, at) => {
        const waitsForPeople = update.ownerChange === "allow";
        const changed = says({ ...least, ...update, ...deleting });
        all.push(
            scenario(`update ${at + 1}`, {
                prepare: made,
                program: changed,
                waitsForPeople,
                ...drifts,
                run: (_, stack) => stack.up(changed),
            }),
        );
    });
    if (other !== undefined) {
        const replaced = says({ ...least, ...other, ...deleting });
        all.push(scenario("replace", { prepare: made, program: replaced, run: (_, stack) => stack.up(replaced) }));
    }
    // What can't be had twice is taken over under another name.
    const renamed: Program = () => {
        declare(kind, "renamed", { ...least, ...deleting, ...(kind === "Domain" ? adopting : {}) });
    };
    if (!["TsigKey", "LiveDnsKey", "DomainTransfer"].includes(kind)) {
        all.push(scenario("rename", { prepare: made, program: renamed, run: (_, stack) => stack.up(renamed) }));
    }
    const own = says({ ...least, ...deleting, ...(each.kind === "Domain" ? adopting : {}) }, () => ({
        provider: new gandi.Provider("own", { personalAccessToken: OWN_TOKEN.value }),
    }));
    if (kind !== "TsigKey" && kind !== "LiveDnsKey" && kind !== "DomainTransfer") {
        all.push(
            scenario("another provider", {
                prepare: async (world, stack) => {
                    OWN_TOKEN.value = world.sandbox.token;
                    await made(world, stack);
                },
                program: own,
                run: (_, stack) => stack.up(own),
            }),
        );
    }
    return all;
}

/** The token that an explicit provider is given. */
const OWN_TOKEN = { value: "" };
