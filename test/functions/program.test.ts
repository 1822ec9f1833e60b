import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOrSelectStack, type Stack } from "../../engine";
import { type Sandbox, startSandbox } from "../../sandbox";
import { stackEnv } from "../harness/stackEnv";

jest.setTimeout(300_000);

let sandbox: Sandbox;
let stack: Stack;
let tsigKey: string;
const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-lookups-"));

async function post(path: string, body = {}): Promise<string> {
    const answer = await fetch(`${sandbox.url}/v5${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
    });
    return ((await answer.json()) as { id: string }).id;
}

/** A stack of a program, with the first organisation's token in its environment. */
async function stackOf(main: string, stackName: string): Promise<Stack> {
    writeFileSync(join(dir, "Pulumi.yaml"), `name: lookups\nruntime: nodejs\nmain: ${JSON.stringify(main)}\n`);
    return createOrSelectStack({ stackName, workDir: dir }, { envVars: stackEnv(sandbox.token) });
}

beforeAll(async () => {
    sandbox = await startSandbox({
        seed: {
            mailDomains: [{ fqdn: "elsewhere.example" }],
            domains: [
                { fqdn: "example.com", records: [{ name: "first", type: "A", values: ["192.0.2.1"] }] },
                { fqdn: "second.org", organization: "second" },
            ],
        },
    });
    tsigKey = await post("/livedns/axfr/tsig");
    const snapshot = await post("/livedns/domains/example.com/snapshots", { name: "before" });

    stack = await stackOf(join(__dirname, "program", "index.js"), "dev");
    await stack.setAllConfig({
        "gandi:url": { value: sandbox.url },
        "test:snapshot": { value: snapshot },
        "test:tsigKey": { value: tsigKey },
        "test:second": { value: sandbox.tokens.second, secret: true },
        "test:expired": { value: sandbox.tokens.expired, secret: true },
    });
});
afterAll(async () => {
    await sandbox?.close();
    rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => sandbox.clearRequests());

const asked = () => sandbox.requests().map(({ method, path }) => `${method} ${path}`);

/** All that was written to the disk: state, its back-ups, the stack's configuration. */
function written(at = dir): string {
    return readdirSync(at)
        .map((name) => join(at, name))
        .map((path) => (statSync(path).isDirectory() ? written(path) : readFileSync(path, "utf8")))
        .join("\n");
}

describe("look-ups in a program", () => {
    it("ask nothing for what is not known yet, in a preview that is to create it", async () => {
        await stack.preview();
        expect(asked()).toContain("GET /v5/domain/domains/example.com");
        expect(asked().filter((request) => request.includes("/made"))).toEqual([]);
    });

    it("give their answers as Outputs, and keep secrets secret (promise 7)", async () => {
        const { outputs } = await stack.up();
        const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
        expect(values).toMatchObject({
            domain: "example.com",
            domains: ["example.com"],
            contacts: "Alice",
            availability: expect.any(Number),
            claims: true,
            nameservers: expect.any(Array),
            glueRecords: [],
            dnssecKeys: [],
            ownerChange: true,
            transfer: true,
            liveDnsDomains: [{ fqdn: "example.com" }],
            liveDnsDomain: true,
            recordTypes: true,
            liveDnsKeys: [],
            slaves: [],
            snapshots: "before",
            snapshot: "first",
            tsigKeys: tsigKey,
            tsigKey: { id: tsigKey, keyName: `${tsigKey}.gandi.net`, secret: expect.stringMatching(/=$/) },
            organizations: 2,
            billing: "EUR",
            byUnknown: ["192.0.2.7"],
            afterwards: ["192.0.2.7"],
            second: ["second.org"],
            secondOfParent: ["second.org"],
            plain: ["second.org"],
        });
        expect(values.liveDnsNameservers).toHaveLength(3);
        expect(values.authInfo).toBe(sandbox.state.domain("example.com")!.authinfo);

        const secrets = Object.keys(outputs).filter((name) => outputs[name]!.secret);
        expect(secrets.sort()).toEqual(["authInfo", "bind", "knot", "nsd", "powerdns", "secretArgument", "tsigKey"]);
        for (const secret of [values.authInfo, values.tsigKey.secret, sandbox.tokens.second]) {
            expect(written()).not.toContain(secret);
        }
        for (const software of ["bind", "knot", "nsd", "powerdns"]) {
            expect(values[software]).toContain(values.tsigKey.secret);
        }
    });

    it("can't wait for a provider's token in the plain form, and say which form can", async () => {
        const { secondInPlain } = await stack.outputs();
        expect(secondInPlain!.value).toBe(
            'getDomains: personalAccessToken of the gandi.Provider "second" is an Output, for which the plain form can\'t wait: use getDomainsOutput [invalid-input]',
        );
    });

    it.each([
        [
            "where a token has expired (promise 6)",
            "expired",
            /^error: getDomains: .*Gandi refused the token \(401 on GET \/v5\/domain\/domains\).*came from personalAccessToken of the gandi.Provider "expired"/m,
        ],
        [
            "where two resources turn out to be one",
            "twice",
            /^error: .*example.com\/made\/A is declared twice: by gandi.LiveDnsRecord "made" and by gandi.LiveDnsRecord "again"/m,
        ],
    ])("fail the run with one readable line %s", async (_where, how, message) => {
        await stack.setConfig("test:fails", { value: how });
        let shown = "";
        const show = (text: string) => {
            shown += text;
        };
        await expect(stack.preview({ onOutput: show, onError: show })).rejects.toThrow();
        expect(shown).toMatch(message);
        expect(shown).not.toContain("    at ");
        expect(shown).not.toContain(sandbox.tokens.expired);
    });
});

test("the example asks for domains, a price, records and a transfer code", async () => {
    const example = await stackOf(join(__dirname, "..", "..", "examples", "lookups", "index.ts"), "example");
    await example.setConfig("gandi:url", { value: sandbox.url });
    const { outputs } = await example.up();
    expect(outputs).toMatchObject({
        notRenewed: { value: [expect.stringMatching(/^example.com ends \d{4}-/)] },
        price: { value: expect.stringMatching(/^available, \d+(\.\d+)? EUR$/) },
        addresses: { value: [{ name: "www", type: "A", ttl: 10800, values: ["192.0.2.1"] }] },
        transfer: { value: `The transfer code is ${sandbox.state.domain("example.com")!.authinfo}`, secret: true },
    });
});
