import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { definitions } from "../../provider/resources/kinds";
import { describeWithPulumi } from "../engine/pulumiCli";
import { COMMAND, type SandboxProcess, startSandboxProcess } from "../harness/sandboxProcess";
import { stackEnv } from "../harness/stackEnv";
import { embedded, pulumiCli } from "../scenarios/engines";
import type { Engine } from "../scenarios/stage";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..", "..");
const DOMAIN = "example.com";
const RECORDS = `/livedns/domains/${DOMAIN}/records`;

interface Example {
    /** Its project: a folder of `examples/`, or the clone itself. */
    readonly project: string;
    /** The resources that it shows. */
    readonly kinds: readonly string[];
    /** What the run has made, seen from outside. */
    verify(sandbox: SandboxProcess, outputs: OutputMap): Promise<void>;
}

const examples: readonly Example[] = [
    {
        project: ".",
        kinds: ["Domain", "LiveDnsDomain", "LiveDnsRecord"],
        async verify(sandbox, outputs) {
            expect(outputs.expires?.value).toMatch(/^\d{4}-/);
            const rrsets = await sandbox.ask(RECORDS);
            expect(rrsets).toContainEqual(
                expect.objectContaining({ rrset_name: "xn--bcher-kva", rrset_values: ["www.example.com."] }),
            );
        },
    },
    {
        project: "examples/axfr-slave",
        kinds: ["AxfrSlave"],
        async verify(sandbox) {
            // In the order in which they came: the two are made at the same time.
            const slaves = (await sandbox.ask(`/livedns/domains/${DOMAIN}/axfr/slaves`)) as string[];
            expect([...slaves].sort()).toEqual(["192.0.2.53", "2001:0db8:0000:0000:0000:0000:0000:0053"]);
        },
    },
    {
        project: "examples/dnssec-key",
        kinds: ["DnssecKey", "Nameservers"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}/dnskeys`)).resolves.toMatchObject([{ algorithm: 13 }]);
            expect(outputs.ds?.value).toMatch(/^\d+ 13 2 [0-9A-F]{64}$/i);
        },
    },
    {
        project: "examples/domain-transfer",
        kinds: ["DomainTransfer"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}`)).resolves.toMatchObject({ fqdn: DOMAIN });
            expect(outputs.pending?.value).toBe(false);
        },
    },
    {
        project: "examples/email-forward",
        kinds: ["EmailForward"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/email/forwards/${DOMAIN}`)).resolves.toMatchObject([
                { source: "*", destinations: ["postmaster@example.org"] },
                { source: "sales", destinations: ["alice@example.org", "bob@example.net"] },
            ]);
            expect(outputs.address?.value).toBe("sales@example.com");
        },
    },
    {
        project: "examples/email-offer",
        kinds: ["EmailOffer", "LiveDnsRecord"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/email/offers/${DOMAIN}`)).resolves.toMatchObject({ dkim: "active" });
            await expect(sandbox.ask(RECORDS)).resolves.toContainEqual(
                expect.objectContaining({ rrset_name: "gm1._domainkey", rrset_values: ["gm1.gandimail.net."] }),
            );
            expect(outputs.version?.value).toBe(3);
        },
    },
    {
        project: "examples/glue-record",
        kinds: ["GlueRecord", "Nameservers"],
        async verify(sandbox) {
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}/hosts/ns2`)).resolves.toMatchObject({
                ips: ["192.0.2.2", "2001:0db8:0000:0000:0000:0000:0000:0002"],
            });
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}/nameservers`)).resolves.toEqual([
                "ns1.example.com",
                "ns2.example.com",
            ]);
        },
    },
    {
        project: "examples/livedns-key",
        kinds: ["LiveDnsKey"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/keys`)).resolves.toHaveLength(2);
            expect(outputs.ds?.value).toHaveLength(2);
        },
    },
    {
        project: "examples/livedns-zone",
        kinds: ["LiveDnsZone"],
        async verify(sandbox) {
            const rrsets = await sandbox.ask(RECORDS);
            expect(rrsets).toContainEqual(
                expect.objectContaining({ rrset_name: "www", rrset_type: "CNAME", rrset_ttl: 600 }),
            );
            expect(rrsets).toContainEqual(expect.objectContaining({ rrset_name: "_dmarc", rrset_type: "TXT" }));
        },
    },
    {
        project: "examples/lookups",
        kinds: ["LiveDnsRecord"],
        async verify(sandbox, outputs) {
            expect(await sandbox.ask(RECORDS)).toContainEqual(
                expect.objectContaining({ rrset_name: "www", rrset_values: ["192.0.2.1"] }),
            );
            expect(outputs.addresses?.value).toMatchObject([{ values: ["192.0.2.1"] }]);
            expect(outputs.transfer?.secret).toBe(true);
        },
    },
    {
        project: "examples/mail-records",
        kinds: ["LiveDnsRecord"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/records/@/TXT`)).resolves.toMatchObject({
                rrset_values: expect.arrayContaining([
                    '"v=spf1 include:_mailcust.gandi.net include:_spf.newsletter.example ?all"',
                ]),
            });
            expect(outputs.records?.value).toContain("gm1._domainkey CNAME");
        },
    },
    {
        project: "examples/mail-slot",
        kinds: ["MailSlot"],
        async verify(sandbox, outputs) {
            const slots = (await sandbox.ask(`/email/slots/${DOMAIN}`)) as { id: number }[];
            expect(slots).toMatchObject([{ mailbox_type: "standard_2023", status: "inactive" }]);
            expect(outputs.slotId?.value).toBe(`${DOMAIN}/${slots[0]!.id}`);
        },
    },
    {
        project: "examples/mailbox",
        kinds: ["Mailbox"],
        async verify(sandbox, outputs) {
            const mailboxes = await sandbox.ask(`/email/mailboxes/${DOMAIN}`);
            expect(mailboxes).toMatchObject([
                { login: "office", alias_count: 2 },
                { login: "alice", alias_count: 2, antispam: true },
            ]);
            expect(outputs.address?.value).toBe("alice@example.com");
        },
    },
    {
        project: "examples/nameservers",
        kinds: ["Nameservers"],
        async verify(sandbox) {
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}/nameservers`)).resolves.toEqual([
                "ns1.example.net",
                "ns2.example.net",
            ]);
        },
    },
    {
        project: "examples/secondary-dns",
        kinds: ["TsigKey", "AxfrSlave"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/axfr/slaves`)).resolves.toHaveLength(2);
            expect(outputs.namedConf?.secret).toBe(true);
        },
    },
    {
        project: "examples/snapshot",
        kinds: ["Snapshot", "LiveDnsRecord"],
        async verify(sandbox) {
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/snapshots`)).resolves.toContainEqual(
                expect.objectContaining({ name: "before release 1", automatic: false }),
            );
            expect(await sandbox.ask(RECORDS)).toContainEqual(
                expect.objectContaining({ rrset_name: "release", rrset_type: "TXT", rrset_values: ['"release=1"'] }),
            );
        },
    },
    {
        project: "examples/tsig-key",
        kinds: ["TsigKey", "AxfrSlave"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/axfr/tsig`)).resolves.toHaveLength(1);
            expect(outputs.secret?.secret).toBe(true);
        },
    },
    {
        project: "examples/web-redirection",
        kinds: ["WebRedirection"],
        async verify(sandbox, outputs) {
            await expect(sandbox.ask(`/domain/domains/${DOMAIN}/webredirs`)).resolves.toEqual(
                expect.arrayContaining([
                    expect.objectContaining({ host: "shop.example.com", type: "http301", protocol: "http" }),
                    expect.objectContaining({
                        host: "blog.example.com",
                        type: "http302",
                        cert_uuid: expect.any(String),
                    }),
                ]),
            );
            await expect(sandbox.ask(`/livedns/domains/${DOMAIN}/records/shop/CNAME`)).resolves.toMatchObject({
                rrset_values: ["webredir.vip.gandi.net."],
            });
            expect(outputs.hostname?.value).toBe("shop.example.com");
        },
    },
];

/** The command line by which a project says how its sandbox is started. */
function sandboxLine(project: string): string {
    const [, line] = /# The local sandbox: (.+)$/m.exec(readFileSync(join(ROOT, project, "Pulumi.yaml"), "utf8")) ?? [];
    if (line === undefined) {
        throw new Error(`${project}/Pulumi.yaml does not say how its sandbox is started`);
    }
    return line;
}

/** The commands for after the run that a program names. */
function commandsIn(program: string): string[][] {
    const lines = [...readFileSync(program, "utf8").matchAll(/npx pulumi-gandi (.+)$/gm)].map(([, args]) => args!);
    return lines.map((args) => [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!));
}

/** A clone, as far as its examples need one. */
function clone(): string {
    const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-example-"));
    cpSync(join(ROOT, "Pulumi.yaml"), join(dir, "Pulumi.yaml"));
    cpSync(join(ROOT, "examples"), join(dir, "examples"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "junction");
    return dir;
}

async function runs(engine: Engine, { project, verify }: Example): Promise<void> {
    const dir = clone();
    const cwd = join(dir, project);
    const sandbox = await startSandboxProcess(sandboxLine(project), cwd);
    try {
        const stateDir = join(cwd, "state");
        mkdirSync(stateDir);
        const env = { PULUMI_BACKEND_URL: `file://${stateDir}`, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
        const stack = await engine.open(cwd, { ...stackEnv(sandbox.token), ...env });
        await stack.setConfig("gandi:url", { value: sandbox.url });
        await stack.setConfig("gandi:pollInterval", { value: "0.02" });
        const { outputs } = await stack.up();
        await verify(sandbox, outputs);

        for (const args of commandsIn(join(cwd, project === "." ? "examples/quickstart" : ".", "index.ts"))) {
            const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
                env: { ...process.env, GANDI_URL: sandbox.url, GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token },
                encoding: "utf8",
            });
            expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: "" });
        }
    } finally {
        await sandbox.stop();
        rmSync(dir, { recursive: true, force: true });
    }
}

describe("on the embedded engine, on the sandbox that its Pulumi.yaml names", () => {
    test.each(examples)("$project runs", (example) => runs(embedded, example));
});

describeWithPulumi("on the Pulumi CLI, on the sandbox that its Pulumi.yaml names", (pulumiDir) => {
    test.each(examples)("$project runs", (example) => runs(pulumiCli(pulumiDir), example));
});

test("each example is run, and there is one of each resource", () => {
    const projects = readdirSync(join(ROOT, "examples")).filter((name) =>
        existsSync(join(ROOT, "examples", name, "Pulumi.yaml")),
    );
    expect(examples.map(({ project }) => project)).toEqual([".", ...projects.map((name) => `examples/${name}`)]);
    const shown = examples.flatMap(({ kinds }) => kinds);
    expect([...new Set(shown)].sort()).toEqual(Object.keys(definitions).sort());
});
