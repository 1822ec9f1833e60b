import type * as pulumiModule from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { createOrSelectStack } from "../../engine";
import { PlayedStack } from "../../engine/inProcess/playedStack";
import * as gandi from "../../provider";
import { Run } from "../../provider/core/process/run";
import { type Sandbox, startSandbox } from "../../sandbox";
import { VirtualClock } from "../api/virtualClock";
import { calledProviders, configOf } from "../harness/inProcess";
import { Stage } from "../scenarios/stage";
import { comparable } from "./things";

function program(gandi_: typeof gandi, pulumi_: typeof pulumiModule, { values = ["192.0.2.1"], name = "www" }) {
    const domain = "example.com";
    const www = new gandi_.LiveDnsRecord("www", { domain, name, type: "A", values });
    new gandi_.LiveDnsRecord("text", {
        domain: "example.com",
        name: "t",
        type: "TXT",
        values: [pulumi_.secret("hidden")],
    });
    return { id: www.id, ttl: www.ttl };
}

let sandbox: Sandbox;
let lines: string[];

beforeEach(async () => {
    sandbox = await startSandbox({ zones: { "example.com": "" } });
    lines = [];
});

afterEach(() => sandbox.close());

function play(): Promise<PlayedStack> {
    const { "gandi:url": url = "", "gandi:personalAccessToken": token = "" } = configOf(sandbox);
    const config = { "gandi:url": { value: url }, "gandi:personalAccessToken": { value: token, secret: true } };
    return PlayedStack.create("dev", config, async (inputs) => {
        const run = new Run({ clock: new VirtualClock(), log: (line) => lines.push(line) });
        return calledProviders(inputs, run);
    });
}

const given =
    (values: { values?: string[]; name?: string } = {}) =>
    () =>
        program(gandi, pulumi, values);
const www = () => sandbox.state.zone("example.com")?.rrsets.find(({ name }) => name === "www")?.values;

/** Without what differs between two sandboxes, two projects, two places of a program and two ciphers. */
const masked = (state: unknown, { url }: Sandbox): unknown =>
    JSON.parse(
        JSON.stringify(state)
            .replaceAll(url, "<url>")
            .replaceAll("::scenario::", "::played::")
            .replaceAll("::scenario-dev", "::played-dev")
            .replace(/"(ciphertext|plaintext)":"(\\.|[^"\\])*"/g, '"sealed":"<secret>"')
            .replace(/,?"(sourcePosition|stackTrace)":("[^"]*"|\[[^\]]*\])/g, ""),
    );

it("leaves the state that the same program leaves through processes", async () => {
    const engine = {
        open: (workDir: string, envVars: Record<string, string>) =>
            createOrSelectStack({ stackName: "dev", workDir }, { envVars }),
    };
    const stage = await Stage.open(engine, { title: "", secrets: ["hidden"], play: async () => {} });
    const stack = await play();
    try {
        for (const values of [{}, { values: ["192.0.2.2"] }, { name: "other" }]) {
            stage.program(program, values);
            const through = await stage.up();
            const played = await stack.up(given(values));
            expect(played.error).toBeUndefined();
            expect(played.changes).toEqual(through.changes);
            expect(stack.outputs()).toEqual({ id: through.outputs.id?.value, ttl: through.outputs.ttl?.value });
        }
        const own = (deployment: object) =>
            comparable({ deployment }).resources.filter(({ urn }: { urn: string }) => urn.includes("gandi:"));
        const { deployment } = await stage.exportStack();
        expect(masked(own(stack.deployment), sandbox)).toEqual(masked(own(deployment), stage.sandbox));
    } finally {
        await stage.close();
    }
});

it("finds nothing to do in a second run and in a refresh, and deletes what it has made", async () => {
    const stack = await play();
    await stack.up(given());

    expect((await stack.preview(given(), { expectNoChanges: true })).error).toBeUndefined();
    expect((await stack.refresh()).changes).toEqual({ same: 3 });
    expect(JSON.stringify(stack.deployment)).not.toContain("hidden");
    expect(JSON.stringify(stack.deployment)).not.toContain(sandbox.token);

    expect((await stack.destroy()).changes).toEqual({ delete: 3 });
    expect([www(), stack.resources()]).toEqual([undefined, []]);
});

it("fails as a run in processes does", async () => {
    const stack = await play();

    expect((await stack.up(given({ values: ["nowhere"] }))).output).toContain(
        'values[0]: "nowhere": "nowhere" is not an IPv4 address',
    );
    const thrown = await stack.up(() => {
        given()();
        throw new Error("the program's own");
    });
    expect(thrown.output).toContain("the program's own");
    expect(thrown.error?.message).toContain("update failed");
});

it.each(["before", "after"])("can be killed %s a request has its effect, and the next run goes on", async (when) => {
    const stack = await play();
    await stack.up(given());
    const { faults } = sandbox;
    const take = faults.take.bind(faults);
    const killing = jest.spyOn(faults, "take").mockImplementation((method, path) => {
        if (method === "PUT") {
            stack.kill();
            sandbox.addFault({ kind: when === "before" ? "drop-before" : "drop-after", times: 1 });
        }
        return take(method, path);
    });

    const killed = await stack.up(given({ values: ["192.0.2.7"] }));
    killing.mockRestore();

    expect(killed.killed).toBe(true);
    expect(JSON.stringify(stack.deployment)).toContain("pending_operations");
    const next = await stack.up(given({ values: ["192.0.2.7"] }));
    expect([next.error, www()]).toEqual([undefined, ["192.0.2.7"]]);
    expect((await stack.preview(given({ values: ["192.0.2.7"] }), { expectNoChanges: true })).error).toBeUndefined();
});
