import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createOrSelectStack } from "../../engine";
import type { Sandbox, SandboxOptions } from "../../sandbox";
import { firstStackFiles } from "./firstStack";
import { blocksOf } from "./pages";
import type { Reader } from "./reader";

/** What the reader of a page has before it begins, and what there is when it has ended. */
export interface World {
    /** What is at Gandi. */
    readonly account: Pick<SandboxOptions, "zones" | "seed">;
    /** The README's program, in the folder where the page begins, and its stack `prod`, which is up. */
    readonly hasStack?: boolean;
    prepare?(reader: Reader): Promise<void>;
    verify?(reader: Reader, sandbox: Sandbox): Promise<void>;
}

const TWO_DOMAINS: World["account"] = { seed: { domains: [{ fqdn: "example.com" }, { fqdn: "example.org" }] } };

const WWW = "/livedns/domains/example.com/records/www/A";

const DRIFT = { text: "pulumi preview --refresh --run-program --expect-no-changes --diff --suppress-progress\n" };

const WORLDS: Readonly<Record<string, World>> = {
    "README.md": {
        account: TWO_DOMAINS,
        async verify(reader, sandbox) {
            if (!reader.hasPulumi) return;
            await expect(reader.sandboxes[0]!.ask(WWW)).resolves.toMatchObject({ rrset_values: ["192.0.2.1"] });
            expect(sandbox.state.zone("example.com")?.rrsets).toContainEqual(
                expect.objectContaining({ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] }),
            );
            sandbox.setRRset("example.com", { name: "www", type: "A", values: ["192.0.2.66"] });
            const drifted = { code: 7, output: expect.stringMatching(/"192\.0\.2\.66" => "192\.0\.2\.1"/) };
            expect(await reader.run(DRIFT)).toMatchObject(drifted);
            sandbox.editToken("first", { status: "expired" });
            expect(await reader.run(DRIFT)).toMatchObject({ code: 1 });
        },
    },
    "docs/adopting.md": {
        account: {
            zones: { "example.com": "shop 300 IN A 192.0.2.1", "example.org": "www 300 IN A 192.0.2.1" },
        },
        hasStack: true,
    },
    "examples/ci-drift/README.md": { account: TWO_DOMAINS, hasStack: true },
    "docs/ci.md": { account: TWO_DOMAINS, hasStack: true },
    "docs/mail.md": {
        account: {
            seed: {
                domains: [
                    { fqdn: "example.com" },
                    { fqdn: "example.org" },
                    {
                        fqdn: "example.net",
                        records: [
                            { name: "@", type: "MX", ttl: 86400, values: ["1 smtp.google.com."] },
                            {
                                name: "@",
                                type: "TXT",
                                ttl: 86400,
                                values: ['"v=spf1 include:_spf.google.com ~all"', '"site-verification=abc"'],
                            },
                        ],
                    },
                ],
            },
        },
        hasStack: true,
        async verify(reader, sandbox) {
            if (!reader.hasPulumi) return;
            const { mailboxes, slots, forwards } = sandbox.state.domain("example.org")!;
            expect(mailboxes).toMatchObject([{ login: "alice", aliases: ["info"] }]);
            expect(slots).toHaveLength(1);
            expect(forwards).toEqual({ sales: ["alice@example.org", "sales@example.net"] });
            const rrsetOf = (fqdn: string) => (name: string, type: string) =>
                sandbox.state.zone(fqdn)?.rrsets.find((one) => one.name === name && one.type === type);
            expect(rrsetOf("example.org")("_dmarc", "TXT")).toBeDefined();
            const rrset = rrsetOf("example.net");
            expect(rrset("@", "MX")).toMatchObject({
                ttl: 300,
                values: ["10 spool.mail.gandi.net.", "50 fb.mail.gandi.net."],
            });
            expect(rrset("@", "TXT")?.values).toContain('"site-verification=abc"');
            expect(rrset("gm1._domainkey", "CNAME")).toBeDefined();
        },
    },
    "docs/moving.md": {
        account: {
            zones: {
                "example.com": "www 300 IN A 192.0.2.1",
                "example.net": "www 300 IN A 192.0.2.1",
                "example.org": "www 300 IN A 192.0.2.1\nwww 300 IN A 192.0.2.2",
                "shop.example": "www 300 IN A 192.0.2.1\nwww 300 IN A 192.0.2.2",
                "blog.example": "www 300 IN A 192.0.2.66",
            },
        },
        /** The old program, with the stack that the page shows. */
        async prepare(reader) {
            reader.write("Pulumi.yaml", "name: dns\nruntime: nodejs\n");
            if (!reader.hasPulumi) return;
            const [stack] = blocksOf("docs/moving.md").filter(
                ({ mark }) => mark?.kind === "file" && mark.name === "stack.json",
            );
            writeFileSync(join(reader.home, "old.json"), stack!.text);
            await reader.prepares("pulumi stack init prod\npulumi stack import --file ../old.json\n");
        },
        async verify(_reader, sandbox) {
            expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
            expect(sandbox.state.zone("example.com")?.rrsets).toContainEqual(
                expect.objectContaining({ name: "www", type: "A", values: ["192.0.2.1"] }),
            );
        },
    },
    "docs/commands.md": { account: TWO_DOMAINS, hasStack: true },
    "docs/engine.md": {
        account: TWO_DOMAINS,
        async prepare(reader) {
            const workDir = join(reader.directory, "infrastructure");
            for (const [name, text] of firstStackFiles()) reader.write(join("infrastructure", name), text);
            const options = { stateDir: join(workDir, ".test-state"), envVars: { PULUMI_CONFIG_PASSPHRASE: "test" } };
            mkdirSync(options.stateDir);
            await createOrSelectStack({ stackName: "test", workDir }, options);
        },
    },
};

export function worldOf(page: string): World {
    return WORLDS[page] ?? { account: TWO_DOMAINS };
}
