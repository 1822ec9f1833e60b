import type { Program, Scenario } from "./stage";

interface Shape {
    renamed: string;
    inComponent: boolean;
    type: "A" | "CNAME";
    ttl: number;
}

const shop: Program<Shape> = (gandi, pulumi, { renamed, inComponent, type, ttl }) => {
    const record = (resource: string, name: string, more: object = {}, opts: object = {}) =>
        new gandi.LiveDnsRecord(
            resource,
            { domain: "example.com", name, type: "A", values: ["192.0.2.1"], ...more },
            opts,
        );
    class Site extends pulumi.ComponentResource {
        constructor(name: string) {
            super("shop:index:Site", name);
            record(`${name}-www`, "www", {}, { parent: this });
            record(`${name}-api`, "api", {}, { parent: this });
        }
    }
    new Site(`site-${renamed}`);
    record(renamed, "renamed");
    const home = inComponent ? { parent: new pulumi.ComponentResource("shop:index:Home", "home") } : {};
    record("moved", "moved", {}, home);
    record("aliased", "aliased", {}, inComponent ? { ...home, aliases: [{ parent: pulumi.rootStackResource }] } : {});
    record("typed", "typed", type === "A" ? {} : { type, values: ["www"] });
    record("tainted", "tainted");
    record("replaced", "replaced", { ttl }, { replaceOnChanges: ["ttl"] });
};

const swap: Program<{ first: string; second: string }> = (gandi, _pulumi, { first, second }) => {
    new gandi.LiveDnsRecord("a", { domain: "example.com", name: first, type: "A", values: ["192.0.2.1"] });
    new gandi.LiveDnsRecord("b", { domain: "example.com", name: second, type: "A", values: ["192.0.2.2"] });
};

export const identity: readonly Scenario[] = [
    {
        title: "renamed, moved into a component, aliased, tainted or replaced, a record is never missing",
        async play(stage) {
            stage.program(shop, { renamed: "old", inComponent: false, type: "A", ttl: 300 });
            await stage.up();
            const before = stage.zone();
            await stage.taint("tainted");

            stage.program(shop, { renamed: "new", inComponent: true, type: "CNAME", ttl: 600 });
            const run = await stage.up();
            expect(run.steps.filter((step) => /^(create|delete|update|replace).*::aliased$/.test(step))).toEqual([]);
            expect(stage.zone()).toEqual({
                ...Object.fromEntries(Object.entries(before).filter(([key]) => key !== "typed A")),
                "typed CNAME": ["www.example.com."],
            });
            expect(stage.sandbox.state.zone("example.com")?.rrsets).toContainEqual(
                expect.objectContaining({ name: "replaced", ttl: 600 }),
            );
            expect(run.requests.filter((request) => request.startsWith("DELETE"))).toEqual([
                "DELETE /livedns/domains/example.com/records/typed/A",
            ]);
            await stage.hasNothingToDo();
        },
    },
    {
        title: "two resources that swap their names are refused, with the resource to use instead, and nothing is lost",
        async play(stage) {
            stage.program(swap, { first: "blue", second: "green" });
            await stage.up();
            const before = stage.zone();
            stage.program(swap, { first: "green", second: "blue" });
            const { output } = await stage.fails("up");
            expect(output).toMatch(/(green|blue) A is there already with other values: 192\.0\.2\.[12]/);
            expect(output).toContain("LiveDnsZone");
            expect(stage.zone()).toEqual(before);
        },
    },
];
