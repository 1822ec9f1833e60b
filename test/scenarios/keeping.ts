import type * as pulumi from "@pulumi/pulumi";
import { PERSON } from "../harness/contacts";
import type { Program, Scenario, Stage } from "./stage";

interface Shape {
    /** What every resource's name ends in: another one is another resource. */
    suffix: string;
    /** In a component that has a provider of its own, of the same account. */
    moved?: boolean;
    token?: string;
    url?: string;
    /** One more record, which Gandi refuses. */
    fails?: boolean;
    /** What is no longer declared. */
    without?: string[];
}

const house: Program<Shape> = (gandi, pulumi, { suffix, moved, token, url, fails, without = [] }) => {
    class Home extends pulumi.ComponentResource {
        constructor() {
            super(
                "shop:index:Home",
                "home",
                {},
                { providers: [new gandi.Provider("same", { personalAccessToken: token!, url: url! })] },
            );
        }
    }
    const opts = moved ? { parent: new Home() } : {};
    const domain = "example.com";
    const declared: Record<string, (name: string) => pulumi.Resource> = {
        record: (name) =>
            new gandi.LiveDnsRecord(name, { domain, name: "www", type: "A", values: ["192.0.2.1"] }, opts),
        key: (name) => new gandi.LiveDnsKey(name, { domain, flags: 257 }, opts),
        dnssec: (name) =>
            new gandi.DnssecKey(name, { domain, algorithm: 15, type: "ksk", publicKey: `${"A".repeat(43)}=` }, opts),
        glue: (name) => new gandi.GlueRecord(name, { domain, name: "ns1", ips: ["192.0.2.53"] }, opts),
        slave: (name) => new gandi.AxfrSlave(name, { domain, ip: "192.0.2.54" }, opts),
        snapshot: (name) => new gandi.Snapshot(name, { domain }, opts),
        zone: (name) =>
            new gandi.LiveDnsZone(
                name,
                {
                    domain: "example.net",
                    records: [{ name: "api", type: "A", values: ["192.0.2.2"] }],
                    deletionPolicy: "delete",
                },
                opts,
            ),
    };
    const all = Object.entries(declared)
        .filter(([name]) => !without.includes(name))
        .map(([name, declare]) => declare(name + suffix));
    if (fails) {
        const elsewhere = { domain: "nobody.example", name: "www", type: "A", values: ["192.0.2.1"] };
        new gandi.LiveDnsRecord("refused", elsewhere, { dependsOn: all });
    }
};

const SANDBOX = { zones: { "example.com": "", "example.net": "" } };

/** All that the program declares, as it stands at Gandi. */
function standing({ sandbox }: Stage): Record<string, number> {
    const [com, net, domain] = [
        sandbox.state.zone("example.com")!,
        sandbox.state.zone("example.net")!,
        sandbox.state.domain("example.com")!,
    ];
    return {
        record: com.rrsets.filter(({ name }) => name === "www").length,
        key: com.keys.filter(({ deleted }) => !deleted).length,
        dnssec: domain.dnskeys.length,
        glue: Object.keys(domain.hosts).length,
        slave: com.slaves.length,
        snapshot: com.snapshots.filter(({ automatic }) => !automatic).length,
        zone: net.rrsets.filter(({ name }) => name === "api").length,
    };
}

const ALL = { record: 1, key: 1, dnssec: 1, glue: 1, slave: 1, snapshot: 1, zone: 1 };
const NONE = { record: 0, key: 0, dnssec: 0, glue: 0, slave: 0, snapshot: 0, zone: 0 };

const forced: Program<{ value: string; deletesFirst?: boolean; adopt?: boolean }> = (
    gandi,
    _pulumi,
    { value, deletesFirst = false, adopt = false },
) => {
    new gandi.LiveDnsRecord(
        "www",
        { domain: "example.com", name: "www", type: "A", values: [value], adopt },
        { replaceOnChanges: ["values"], deleteBeforeReplace: deletesFirst },
    );
};

const dependents: Program<{ type: "A" | "CNAME"; hasDependent: boolean; name: string }> = (gandi, pulumi, given) => {
    const base = new gandi.LiveDnsRecord("base", {
        domain: "example.com",
        name: "base",
        type: given.type,
        values: given.type === "A" ? ["192.0.2.1"] : ["www.example.net."],
    });
    if (given.hasDependent) {
        new gandi.LiveDnsRecord("dependent", {
            domain: "example.com",
            name: pulumi.interpolate`${base.name}-${given.name}`,
            type: "TXT",
            values: ["dependent"],
        });
    }
};

const shop: Program<{ type: "A" | "CNAME"; owner: object }> = (gandi, _pulumi, { type, owner }) => {
    const values = [type === "A" ? "192.0.2.1" : "www.example.net."];
    const base = new gandi.LiveDnsRecord("base", { domain: "example.com", name: "base", type, values });
    new gandi.Domain("shop", {
        fqdn: base.name.apply((name) => `${name}-shop.com`),
        owner: owner as never,
        maxPrice: 50,
        deletionPolicy: "delete",
    });
};

const reader: Program<{ reads: boolean }> = (gandi, _pulumi, { reads }) => {
    if (reads) {
        gandi.LiveDnsRecord.get("www", "example.com/www/A");
    } else {
        new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
    }
};

export const keeping: readonly Scenario[] = [
    {
        title: "renamed in a run that fails, everything is there after the next one, and one of each",
        sandbox: SANDBOX,
        async play(stage) {
            stage.program(house, { suffix: "" });
            await stage.up();
            expect(standing(stage)).toEqual(ALL);
            stage.program(house, { suffix: "-new", fails: true });
            await stage.fails("up");
            await stage.fails("up");
            expect(standing(stage)).toEqual(ALL);
            stage.program(house, { suffix: "-new" });
            await stage.up({ refresh: true });
            expect(standing(stage)).toEqual(ALL);
            await stage.hasNothingToDo();

            stage.program(house, { suffix: "-new", without: ["key", "snapshot", "record"] });
            await stage.up({ refresh: true });
            expect(standing(stage)).toEqual({ ...ALL, key: 0, snapshot: 0, record: 0 });
            await stage.destroy({ refresh: true });
            expect(standing(stage)).toEqual(NONE);
        },
    },
    {
        title: "renamed and given another provider of the account at once, everything stays; with its provider everything goes",
        sandbox: SANDBOX,
        async play(stage) {
            const { token, url } = stage.sandbox;
            stage.program(house, { suffix: "" });
            await stage.up();
            stage.program(house, { suffix: "-new", moved: true, token, url });
            await stage.up();
            expect(standing(stage)).toEqual(ALL);
            await stage.hasNothingToDo();
            stage.program(house, { suffix: "-newer" });
            await stage.up();
            expect(standing(stage)).toEqual(ALL);
            await stage.hasNothingToDo();
            stage.program(house, { suffix: "", without: Object.keys(ALL) });
            await stage.up();
            expect(standing(stage)).toEqual(NONE);
        },
    },
    {
        title: "a replacement that replaceOnChanges asks for happens, also with other values under the same id",
        async play(stage) {
            stage.program(forced, { value: "192.0.2.1" });
            await stage.up();
            stage.program(forced, { value: "192.0.2.2" });
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.2"] });
            await stage.hasNothingToDo();
            stage.program(forced, { value: "192.0.2.3", deletesFirst: true });
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.3"] });
            await stage.hasNothingToDo();
            await stage.taint("www");
            stage.program(forced, { value: "192.0.2.4" });
            expect((await stage.fails("up")).output).toMatch(/192\.0\.2\.3.*adopt: true/);
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.3"] });
            stage.program(forced, { value: "192.0.2.4", adopt: true });
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.4"] });
        },
    },
    {
        title: "what depends on a replaced record is made again, or goes where it has left the program",
        async play(stage) {
            stage.program(dependents, { type: "A", hasDependent: true, name: "one" });
            await stage.up();
            stage.program(dependents, { type: "CNAME", hasDependent: true, name: "one" });
            await stage.up();
            expect(stage.zone()).toEqual({ "base CNAME": ["www.example.net."], "base-one TXT": ['"dependent"'] });
            await stage.hasNothingToDo();
            stage.program(dependents, { type: "A", hasDependent: false, name: "one" });
            await stage.up();
            expect(stage.zone()).toEqual({ "base A": ["192.0.2.1"] });
            await stage.hasNothingToDo();
        },
    },
    {
        title: "a domain whose name is computed from a record that is deleted and made again is not ordered again",
        async play(stage) {
            stage.program(shop, { type: "A", owner: PERSON });
            await stage.up();
            const { id } = stage.sandbox.state.domain("base-shop.com")!;
            stage.program(shop, { type: "CNAME", owner: PERSON });
            const { requests } = await stage.up();
            expect(requests).toContain("DELETE /livedns/domains/example.com/records/base/A");
            expect(stage.sandbox.state.domain("base-shop.com")?.id).toBe(id);
            await stage.hasNothingToDo();
        },
    },
    {
        title: "a record that is only read becomes the program's own and the other way round, and stays",
        async play(stage) {
            stage.sandbox.setRRset("example.com", { name: "www", type: "A", values: ["192.0.2.1"] });
            stage.program(reader, { reads: true });
            await stage.up();
            stage.program(reader, { reads: false });
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.1"] });
            stage.program(reader, { reads: true });
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.1"] });
        },
    },
];
