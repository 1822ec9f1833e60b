import { PERSON } from "../harness/contacts";
import type { Program, Run, Scenario, Stage } from "./stage";

const record: Program<{ ttl: number }> = (gandi, _pulumi, { ttl }) => {
    new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", ttl, values: ["192.0.2.1"] });
};

const domain: Program<{ owner: typeof PERSON; deletionPolicy: "retain" | "delete" }> = (gandi, _pulumi, given) => {
    const shop = new gandi.Domain(
        "shop",
        {
            fqdn: "shop.com",
            maxPrice: 20,
            deletionPolicy: given.deletionPolicy,
            owner: { ...given.owner, type: "individual" },
        },
        { customTimeouts: { create: "1s" } },
    );
    new gandi.LiveDnsRecord("www", { domain: shop.fqdn, name: "www", type: "A", values: ["192.0.2.1"] });
};

/** Steps that would change something. */
const planned = ({ steps }: Run) => steps.filter((step) => /^(create|update|delete|replace)/.test(step));

type Exported = Awaited<ReturnType<Stage["exportStack"]>>;

/** What a state holds of each resource. */
const held = ({ deployment }: Exported) =>
    deployment.resources.map(({ urn, id, inputs, outputs }: Record<string, unknown>) => ({ urn, id, inputs, outputs }));

async function plansNothing(stage: Stage, operation: "preview" | "up" | "refresh" | "destroy", options?: object) {
    const before = await stage.exportStack();
    const run = await stage.fails(operation, options);
    expect(run.output).toContain("401");
    expect(run.output).toContain("the stack configuration gandi:personalAccessToken");
    expect(held(await stage.exportStack())).toEqual(held(before));
    return run;
}

export const failures: readonly Scenario[] = [
    {
        title: "an expired token plans nothing in refresh, preview --refresh, up and destroy, and the state stays",
        async play(stage) {
            await stage.config("gandi:personalAccessToken", stage.sandbox.token, true);
            stage.program(record, { ttl: 300 });
            await stage.up();
            const zone = stage.zone();

            stage.sandbox.editToken("first", { status: "expired" });
            await plansNothing(stage, "refresh");
            expect(planned(await plansNothing(stage, "preview", { refresh: true }))).toEqual([]);
            stage.program(record, { ttl: 600 });
            await plansNothing(stage, "up");
            await plansNothing(stage, "destroy");
            expect(stage.zone()).toEqual(zone);

            stage.sandbox.editToken("first", { status: "valid" });
            stage.program(record, { ttl: 300 });
            await stage.hasNothingToDo();

            await stage.config("gandi:url", "http://127.0.0.1:9");
            const { output } = await stage.fails("up");
            expect(output).toContain(`this resource lives at ${stage.sandbox.url}`);
            expect(output).toContain("http://127.0.0.1:9");
            await stage.config("gandi:url", stage.sandbox.url);
        },
    },
    {
        title: "an order past its time is kept and gone on with, never placed twice; a changed deletionPolicy counts at once",
        sandbox: { delays: { order: 3_600_000 } },
        async play(stage) {
            const { sandbox } = stage;
            stage.program(domain, { owner: PERSON, deletionPolicy: "retain" });
            const late = await stage.fails("up");
            expect(late.output).toMatch(/shop\.com.*(1 s|timeouts\.create)/);
            expect(sandbox.state.orders("shop.com")).toHaveLength(1);

            sandbox.stepOrder("shop.com", "done");
            await stage.up();
            expect(sandbox.state.orders("shop.com")).toHaveLength(1);
            expect(stage.zone("shop.com")).toMatchObject({ "www A": ["192.0.2.1"] });

            stage.program(domain, { owner: PERSON, deletionPolicy: "delete" });
            const policy = await stage.up();
            expect(policy.updated).toEqual({ shop: ["deletionPolicy"] });
            expect(policy.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);

            await stage.destroy();
            expect(sandbox.state.domain("shop.com")).toBeUndefined();
            expect(sandbox.state.orders("shop.com")).toHaveLength(1);
        },
    },
];
