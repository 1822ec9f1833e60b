import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atLeast } from "../../cli/check/checkVersions";
import { ORGANIZATIONS, type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { Nameserver } from "../harness/nameserver";
import { ask } from "../sandbox/ask";
import { cli, type Setting } from "./cli";

let sandbox: Sandbox;
let directory: string;
let nameserver: Nameserver;
beforeAll(async () => {
    sandbox = await startSandbox({ delays: { operation: 0 }, zones: { "example.com": "" } });
    directory = mkdtempSync(join(tmpdir(), "check-"));
    nameserver = await Nameserver.start();
});
afterAll(async () => {
    rmSync(directory, { recursive: true });
    nameserver.close();
    await sandbox.close();
});
beforeEach(() => {
    sandbox.clearFaults();
    sandbox.clearRequests();
    nameserver.records.clear();
});

const NOBODY_ON_PATH = { PATH: "/nowhere" };
const check = (args: string[], { env, ...setting }: Setting = {}) =>
    cli(sandbox, ["check", ...args], { directory, env: { ...NOBODY_ON_PATH, ...env }, ...setting });
const about = (what: string, { lines }: { lines: string[] }) =>
    lines.filter((line) => line.slice(2).startsWith(`${what}:`));

describe("pulumi-gandi check", () => {
    it("tells of versions and of the token, and only reads", async () => {
        const outcome = await check([]);
        expect(outcome).toMatchObject({ code: 0, stderr: "" });
        expect(
            outcome.lines.map((line) => line.replace(/\d{4}-\d\d-\d\d/, "DATE").replace(process.versions.node, "20")),
        ).toEqual([
            expect.stringMatching(/^✓ pulumi-gandi: \d/),
            "✓ Node: 20",
            `- @pulumi/pulumi: is not installed in ${directory}: call this in the folder of a program`,
            "- Pulumi CLI: is not on PATH: https://www.pulumi.com/docs/iac/download-install/",
            "✓ token: a personal access token, of the environment variable GANDI_PERSONAL_ACCESS_TOKEN",
            "✓ token's life: until DATE, 180 days",
            `✓ organisation: first_organization, ${ORGANIZATIONS.first}`,
            `✓ organisation: client_organization, ${ORGANIZATIONS.client}`,
            "✓ domains: the token sees 1",
            "✓ zones on LiveDNS: the token sees 1",
            "✓ permissions: organization:view, domain:view, domain:tech, domain:contactadmin, payment:prepaid",
            "✓ orders: the token sees the prepaid account: 1000.00 EUR. Only an order tells whether one is taken",
        ]);
        expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    });

    it.each<[string, Record<string, string>, RegExp]>([
        [
            "that is missing",
            { GANDI_PERSONAL_ACCESS_TOKEN: "" },
            /^✗ token: no Gandi token: set the environment variable GANDI_P/m,
        ],
        [
            "that has expired",
            { GANDI_PERSONAL_ACCESS_TOKEN: TOKENS.expired },
            /^✗ token: .*Gandi refused the token \(401/m,
        ],
        [
            "that nobody knows",
            { GANDI_PERSONAL_ACCESS_TOKEN: "nobody" },
            /^✗ token: it may read nothing, or nobody knows it: /m,
        ],
        [
            "for an organisation that it does not reach",
            { GANDI_SHARING_ID: ORGANIZATIONS.second },
            /^✗ organisation: 5ec05ec0.* is none that/m,
        ],
    ])("finds fault with a token %s, and ends in 1", async (_, env, message) => {
        const { code, stdout } = await check(["example.com"], { env });
        expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(message) });
        expect(stdout).not.toMatch(/pulumi config|getOrganizations/);
    });

    it("has a word on an API key, on a read-only run, and on a token that lacks a permission", async () => {
        const env = { GANDI_PERSONAL_ACCESS_TOKEN: "", GANDI_KEY: TOKENS.apiKey, GANDI_READ_ONLY: "true" };
        const key = await check([], { env });
        expect(key.code).toBe(0);
        expect(about("token", key)).toEqual([expect.stringMatching(/^! token: an API key, .* has deprecated those/)]);
        expect(about("writes", key)).toEqual([
            "✓ writes: none is sent, as the environment variable GANDI_READ_ONLY says",
        ]);
        const token = sandbox.world.state.tokens.find(({ name }) => name === "first")!;
        token.readOnly = true;
        const reader = await check([]).finally(() => {
            token.readOnly = false;
        });
        expect(about("permissions", reader)).toEqual([
            expect.stringMatching(/^! permissions: lacks domain:tech, which/),
        ]);
        expect(about("orders", reader)).toEqual(["✓ orders: none can be paid with this token"]);
    });

    it("names the permission that a list lacks", async () => {
        const body = { code: 403, object: "HTTPForbidden", message: "Access was denied to this resource." };
        sandbox.addFault({ method: "GET", path: "/v5/livedns/domains", status: 403, body, times: 9 });
        const outcome = await check([]);
        expect(outcome.code).toBe(1);
        expect(about("zones on LiveDNS", outcome)[0]).toContain('"Manage domain name technical configurations"');
    });

    it("gives its results as JSON", async () => {
        const { stdout } = await check(["--json"]);
        expect(JSON.parse(stdout)).toContainEqual({ about: "domains", level: "ok", says: "the token sees 1" });
    });

    it.each([
        ["20.18.1", "20.18.1", "ok"],
        ["20.18.0", "20.18.1", "problem"],
        ["20.2.9", "20.18.1", "problem"],
        ["22.0.0", "20.18.1", "ok"],
        ["3.216.0-alpha.1", "3.216.0", "ok"],
    ])("calls %s, where %s is needed, %s", (found, oldest, level) => {
        expect(atLeast("it", found, oldest).level).toBe(level);
    });
});

describe("a domain", () => {
    const results = async (domain: string, ...more: string[]) =>
        about(domain, await check([domain, "--no-dns", ...more]));

    it("that is as it should be has three good lines", async () => {
        expect(await results("example.com")).toEqual([
            expect.stringMatching(/^✓ example\.com: registered until \d{4}-\d\d-\d\d, does not renew itself$/),
            "✓ example.com: on LiveDNS, whose nameservers the registry names",
            "✓ example.com: without DNSSEC",
        ]);
    });

    it("that can't be seen is a fault", async () => {
        const outcome = await check(["nowhere.example"]);
        expect(outcome.code).toBe(1);
        expect(about("nowhere.example", outcome)).toEqual([
            expect.stringMatching(/^✗ nowhere\.example: unknown to Gandi, or/),
        ]);
    });

    it("whose registry names others than LiveDNS is worth a look", async () => {
        sandbox.addDomain({ fqdn: "away.example", zone: "", nameservers: ["ns1.example.net", "ns2.example.net"] });
        expect((await results("away.example"))[1]).toMatch(
            /^! away\.example: on LiveDNS, but the registry names other/,
        );
    });

    it("is signed as its registry says, or not", async () => {
        sandbox.addDomain({ fqdn: "signed.example", zone: "" });
        const keys = "/v5/livedns/domains/signed.example/keys";
        await ask(sandbox, `POST ${keys}`, { body: { flags: 257 } });
        const dnssec = async () => (await results("signed.example"))[2];
        expect(await dnssec()).toMatch(/^! .*the zone is signed, but the registry has no key/);
        const [{ id, public_key, tag }] = await Promise.all(
            (await ask(sandbox, `GET ${keys}`)).json.map(
                async (key: { id: string }) => (await ask(sandbox, `GET ${keys}/${key.id}`)).json,
            ),
        );
        const atRegistry = "POST /v5/domain/domains/signed.example/dnskeys";
        await ask(sandbox, atRegistry, { body: { algorithm: 13, type: "ksk", public_key } });
        sandbox.advance(60_000);
        expect(await dnssec()).toBe(`✓ signed.example: DNSSEC: signed by ${tag}, as the registry says`);
        await ask(sandbox, `DELETE ${keys}/${id}`);
        expect(await dnssec()).toBe(
            `✗ signed.example: DNSSEC is broken: the registry has ${tag}, and the zone is signed by no such key`,
        );
    });
});

describe("the nameservers of a domain", () => {
    beforeEach(() => {
        const zone =
            '@ 300 MX 10 mail.example.net.\nwww 300 A 192.0.2.1\nnote 300 TXT "a \\"quoted\\" text"\nblog 300 CNAME www';
        sandbox.addDomain({ fqdn: "served.example", zone });
        nameserver.records.set("served.example SOA", ["ns1.gandi.net. hostmaster.gandi.net."]);
        nameserver.records.set("served.example MX", ["10 mail.example.net."]);
        nameserver.records.set("www.served.example A", ["192.0.2.1"]);
        nameserver.records.set("note.served.example TXT", ['a "quoted" text']);
        nameserver.records.set("blog.served.example CNAME", ["www.served.example."]);
    });
    const asked = async () =>
        about("served.example", await check(["served.example", "--server", nameserver.address]))[3];

    it("answer as the zone says", async () => {
        expect(await asked()).toBe(`✓ served.example: ${nameserver.address} answers as the zone says (4 RRsets asked)`);
    });

    it("answer something else, which is worth a look", async () => {
        nameserver.records.set("www.served.example A", ["192.0.2.66"]);
        nameserver.records.delete("note.served.example TXT");
        expect(await asked()).toMatch(
            /^! .* answers other than the zone: note TXT: ENODATA; www A is 192\.0\.2\.66\. A change/,
        );
    });

    it("do not serve the zone, which is a fault", async () => {
        nameserver.records.clear();
        expect(await asked()).toMatch(/^✗ .* does not serve the zone \(EREFUSED\)/);
    });
});

describe("without a domain", () => {
    /** A `pulumi` that has this state. */
    function pulumi(script: string): Setting {
        writeFileSync(join(directory, "pulumi"), `#!/bin/sh\n[ "$1" = version ] && echo v3.260.0 && exit\n${script}\n`);
        chmodSync(join(directory, "pulumi"), 0o755);
        writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        return { env: { PATH: `${directory}:${process.env.PATH}` } };
    }
    const urn = (kind: string) => `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gandi:${kind}::x`;

    it("it looks at those of the stack", async () => {
        const resources = [
            { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev" },
            { urn: urn("LiveDnsRecord"), id: "example.com/www/A" },
            { urn: urn("TsigKey"), id: "0-0", inputs: { domains: ["example.com"] } },
        ];
        writeFileSync(join(directory, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
        const outcome = await check(["--no-dns"], pulumi(`cat "${directory}/state.json"`));
        expect(about("Pulumi CLI", outcome)).toEqual(["✓ Pulumi CLI: 3.260.0"]);
        expect(about("example.com", outcome)).toHaveLength(3);
    });

    it("it says so where no stack is selected", async () => {
        const outcome = await check(["--no-dns"], pulumi("exit 255"));
        expect(outcome.code).toBe(0);
        expect(about("domains of this stack", outcome)).toEqual([
            expect.stringMatching(/^- .*no stack is selected here/),
        ]);
    });
});
