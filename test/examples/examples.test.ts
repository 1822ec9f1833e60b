import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { createOrSelectStack } from "../../engine";
import { definitions } from "../../provider/resources/registry";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { shareSalt, stackEnv } from "../harness/stackEnv";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..", "..");
const ZONE_FILE = readFileSync(join(ROOT, "examples/quickstart/example.com.zone"), "utf8");
const DOMAIN = "example.com";

interface Example {
    readonly name: string;
    /** The resources that it shows. */
    readonly kinds: readonly string[];
    readonly sandbox?: SandboxOptions;
    /** What the run has made, seen from outside. */
    verify(sandbox: Sandbox, outputs: OutputMap): void | Promise<void>;
}

/** As each example's Pulumi.yaml says how to start the sandbox, where it is not said here. */
const QUICKSTART_ZONE: SandboxOptions = { zones: { [DOMAIN]: ZONE_FILE } };

async function ask(sandbox: Sandbox, path: string): Promise<unknown> {
    const answer = await fetch(`${sandbox.url}/v5${path}`, { headers: { authorization: `Bearer ${sandbox.token}` } });
    return answer.json();
}

const examples: readonly Example[] = [
    {
        name: "axfr-slave",
        kinds: ["AxfrSlave"],
        async verify(sandbox) {
            // In the order in which they came: the two are made at the same time.
            const slaves = (await ask(sandbox, `/livedns/domains/${DOMAIN}/axfr/slaves`)) as string[];
            expect([...slaves].sort()).toEqual(["192.0.2.53", "2001:0db8:0000:0000:0000:0000:0000:0053"]);
        },
    },
    {
        name: "dnssec-key",
        kinds: ["DnssecKey", "Nameservers"],
        async verify(sandbox, outputs) {
            await expect(ask(sandbox, `/domain/domains/${DOMAIN}/dnskeys`)).resolves.toMatchObject([{ algorithm: 13 }]);
            expect(outputs.ds?.value).toMatch(/^\d+ 13 2 [0-9A-F]{64}$/i);
        },
    },
    {
        name: "domain-transfer",
        kinds: ["DomainTransfer"],
        sandbox: { zones: {} },
        verify(sandbox, outputs) {
            expect(sandbox.state.domain(DOMAIN)).toBeDefined();
            expect(outputs.pending?.value).toBe(false);
        },
    },
    {
        name: "glue-record",
        kinds: ["GlueRecord", "Nameservers"],
        async verify(sandbox) {
            await expect(ask(sandbox, `/domain/domains/${DOMAIN}/hosts/ns2`)).resolves.toMatchObject({
                ips: ["192.0.2.2", "2001:0db8:0000:0000:0000:0000:0000:0002"],
            });
            await expect(ask(sandbox, `/domain/domains/${DOMAIN}/nameservers`)).resolves.toEqual([
                "ns1.example.com",
                "ns2.example.com",
            ]);
        },
    },
    {
        name: "livedns-key",
        kinds: ["LiveDnsKey"],
        async verify(sandbox, outputs) {
            await expect(ask(sandbox, `/livedns/domains/${DOMAIN}/keys`)).resolves.toHaveLength(2);
            expect(outputs.ds?.value).toHaveLength(2);
        },
    },
    {
        name: "livedns-zone",
        kinds: ["LiveDnsZone"],
        sandbox: { seed: JSON.parse(readFileSync(join(ROOT, "examples/livedns-zone/seed.json"), "utf8")) },
        verify(sandbox) {
            const rrsets = sandbox.state.zone(DOMAIN)?.rrsets ?? [];
            expect(rrsets).toContainEqual(expect.objectContaining({ name: "www", type: "CNAME", ttl: 600 }));
            expect(rrsets).toContainEqual(expect.objectContaining({ name: "_dmarc", type: "TXT" }));
        },
    },
    {
        name: "nameservers",
        kinds: ["Nameservers"],
        async verify(sandbox) {
            await expect(ask(sandbox, `/domain/domains/${DOMAIN}/nameservers`)).resolves.toEqual([
                "ns1.example.net",
                "ns2.example.net",
            ]);
        },
    },
    {
        name: "snapshot",
        kinds: ["Snapshot", "LiveDnsRecord"],
        async verify(sandbox) {
            await expect(ask(sandbox, `/livedns/domains/${DOMAIN}/snapshots`)).resolves.toContainEqual(
                expect.objectContaining({ name: "before release 1", automatic: false }),
            );
            expect(sandbox.state.zone(DOMAIN)?.rrsets).toContainEqual(
                expect.objectContaining({ name: "release", type: "TXT", values: ['"release=1"'] }),
            );
        },
    },
    {
        name: "tsig-key",
        kinds: ["TsigKey", "AxfrSlave"],
        async verify(sandbox, outputs) {
            await expect(ask(sandbox, `/livedns/domains/${DOMAIN}/axfr/tsig`)).resolves.toHaveLength(1);
            expect(outputs.secret?.secret).toBe(true);
        },
    },
];

/** Runs of their own have them: `test/scenarios` and `test/functions`. */
const ELSEWHERE = { quickstart: ["Domain", "LiveDnsDomain", "LiveDnsRecord"], lookups: [] };

test.each(examples)("examples/$name runs as it is", async ({ name, sandbox: options, verify }) => {
    const sandbox = await startSandbox({
        ...(options ?? QUICKSTART_ZONE),
        delays: { order: 0, operation: 0 },
    });
    const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-example-"));
    try {
        const example = join(ROOT, "examples", name);
        const project = readFileSync(join(example, "Pulumi.yaml"), "utf8");
        writeFileSync(join(dir, "Pulumi.yaml"), `${project}main: ${JSON.stringify(example)}\n`);
        shareSalt(dir, "test");
        const stack = await createOrSelectStack(
            { stackName: "test", workDir: dir },
            {
                stateDir: dir,
                envVars: { ...stackEnv(sandbox.token), PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
            },
        );
        await stack.setConfig("gandi:url", { value: sandbox.url });
        await stack.setConfig("gandi:pollInterval", { value: "0.02" });
        const { outputs } = await stack.up();
        await verify(sandbox, outputs);
    } finally {
        await sandbox.close();
        rmSync(dir, { recursive: true, force: true });
    }
});

test("there is an example of each resource", () => {
    const shown = [...examples.flatMap(({ kinds }) => kinds), ...Object.values(ELSEWHERE).flat()];
    expect([...new Set(shown)].sort()).toEqual(Object.keys(definitions).sort());
});
