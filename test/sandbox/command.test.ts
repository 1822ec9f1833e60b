import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { ORGANIZATIONS, runSandboxCommand, TOKENS } from "../../sandbox";

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-command-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
}

/** Runs the command; `use` gets what its first line says, and when it returns the command is told to end. */
async function run(argv: string[], use: (url: string, token: string) => Promise<void> = async () => {}) {
    const end = new AbortController();
    const written = { out: "", err: "" };
    let using: Promise<void> | undefined;
    const io = {
        stdout: {
            write: (text: string) => {
                written.out += text;
                const [, url = "", token = ""] = /^Gandi sandbox: (\S+) token (\S+)\n/.exec(written.out) ?? [];
                if (url && !using) {
                    using = use(url, token).finally(() => end.abort());
                }
            },
        },
        stderr: { write: (text: string) => (written.err += text) },
        signal: end.signal,
    };
    const code = await runSandboxCommand(argv, io);
    await using;
    return { code, ...written };
}

async function listed(url: string, token: string, path: string) {
    const { body } = await request(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return (await body.json()) as Record<string, unknown>[];
}

test("the first line tells URL and token, and the sandbox answers there until it is ended", async () => {
    const zone = file("example.com.zone", "www 300 A 192.0.2.1\n");
    const named = file("any.txt", "$ORIGIN example.org.\n@ A 192.0.2.1\n");
    const json = file(
        "seed.json",
        '{"domains": [{"fqdn": "second.com", "organization": "second"}, {"fqdn": "first.com"}]}',
    );
    const argv = ["--port", "0", "--seed", zone, "--seed", named, "--seed", json];
    let domains: unknown;
    let records: unknown;
    const { code, out } = await run(argv, async (url, token) => {
        domains = (await listed(url, token, "/v5/domain/domains")).map(({ fqdn }) => fqdn);
        records = await listed(url, token, "/v5/livedns/domains/example.com/records");
    });
    expect(code).toBe(0);
    expect(domains).toEqual(["example.com", "example.org", "first.com"]);
    expect(records).toMatchObject([{ rrset_name: "www", rrset_ttl: 300 }]);
    expect(out).toMatch(/^Gandi sandbox: http:\/\/127\.0\.0\.1:\d+ token \S{40}\n/);
    expect(out).toContain("X-Sandbox-Token");
});

test("the state file carries the state to the next run", async () => {
    const argv = ["--port", "0", "--state", join(folder, "state.json"), "--seed", file("example.com.zone", "")];
    await run(argv, async (url, token) => {
        const { body } = await request(`${url}/v5/livedns/domains/example.com/records/www/A`, {
            method: "PUT",
            headers: { authorization: `Bearer ${token}` },
            body: '{"rrset_values":["192.0.2.1"]}',
        });
        await body.dump();
    });
    let records: unknown;
    await run(argv, async (url, token) => {
        records = await listed(url, token, "/v5/livedns/domains/example.com/records");
    });
    expect(records).toMatchObject([{ rrset_name: "www", rrset_values: ["192.0.2.1"] }]);
});

describe("what it begins with", () => {
    async function domainsOf(...argv: string[]): Promise<unknown> {
        let domains: unknown;
        await run(["--port", "0", ...argv], async (url, token) => {
            domains = (await listed(url, token, "/v5/domain/domains")).map(({ fqdn }) => fqdn);
        });
        return domains;
    }

    test("is example.com with Gandi's own records, and how a stack is pointed at it is said", async () => {
        let records: unknown;
        const { out } = await run(["--port", "0"], async (url, token) => {
            records = await listed(url, token, "/v5/livedns/domains/example.com/records");
            await expect(listed(url, token, "/v5/domain/domains")).resolves.toHaveLength(1);
        });
        expect(records).toContainEqual(expect.objectContaining({ rrset_name: "www", rrset_type: "CNAME" }));
        expect(out).toContain("Domains: example.com\n");
        const [, url, token] = /^Gandi sandbox: (\S+) token (\S+)\n/.exec(out) ?? [];
        expect(out).toContain(`\n  pulumi config set gandi:url ${url}\n`);
        expect(out).toContain(`\n  pulumi config set --secret gandi:personalAccessToken ${token}\n`);
    });

    test("is nothing with --empty", async () => {
        expect(await domainsOf("--empty")).toEqual([]);
    });

    test("is the seed alone where there is one", async () => {
        expect(await domainsOf("--seed", file("example.org.zone", ""))).toEqual(["example.org"]);
    });

    test("is what a state file holds, be it nothing", async () => {
        const state = join(folder, "state.json");
        expect(await domainsOf("--empty", "--state", state)).toEqual([]);
        expect(await domainsOf("--state", state)).toEqual([]);
        expect(await domainsOf("--state", join(folder, "another.json"))).toEqual(["example.com"]);
    });
});

test("--help shows the options", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("--rate-limit");
});

test.each([
    ["an unknown option", ["--colour"], /there is no option --colour/],
    ["a misspelt option", ["--prot", "0"], /there is no option --prot: did you mean "port"\?/],
    ["a port that is none", ["--port", "eighty"], /--port/],
    ["a negative latency", ["--latency=-1"], /--latency/],
    ["a host that is no loopback address", ["--host", "0.0.0.0"], /loopback/],
    [
        "a seed that is not there",
        ["--seed", "/nowhere/example.com.zone"],
        /\/nowhere\/example\.com\.zone can't be read/,
    ],
    ["a seed beside --empty", ["--empty", "--seed", "seed.json"], /--empty and --seed/],
    ["an argument too many", ["example.com"], /example\.com/],
])("%s is a line on stderr and exit code 2", async (_case, argv, line) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(line);
});

test.each([
    ["example.com.zone", "www A 192.0.2.1\nwww NOPE x\n", /example\.com\.zone: line 2: unknown record type NOPE/],
    ["zone.txt", "www A 192.0.2.1\n", /zone\.txt: .*\$ORIGIN/],
    ["seed.json", "{", /seed\.json: no valid JSON/],
    [
        "seed.json",
        '{"domains": [{"fqdn": "a.com", "organisation": "first"}]}',
        /domains\[0\]: unknown key "organisation"/,
    ],
    ["seed.json", '{"domains": [{"fqdn": "a.com", "organization": "third"}]}', /unknown organization "third"/],
])("a seed that can't be read names its file: %s with %j", async (name, text, line) => {
    const { code, err } = await run(["--port", "0", "--seed", file(name, text)]);
    expect(code).toBe(2);
    expect(err).toMatch(line);
});

test("a state file of something else is not overwritten", async () => {
    const { code, err } = await run(["--port", "0", "--state", file("state.json", "precious")]);
    expect(code).toBe(1);
    expect(err).toContain("is not a state file");
});

test("a state file where none can be is a line, and no wait", async () => {
    const { code, err } = await run(["--port", "0", "--state", "/proc/nothing/state.json"]);
    expect(code).toBe(1);
    expect(err).toContain("the state can't be kept in /proc/nothing/state.json");
});

test("--json tells what the greeting tells as one JSON value", async () => {
    const end = new AbortController();
    let out = "";
    const stdout = {
        write(text: string) {
            out += text;
            end.abort();
        },
    };
    await expect(
        runSandboxCommand(["--port", "0", "--json"], { stdout, stderr: stdout, signal: end.signal }),
    ).resolves.toBe(0);
    expect(JSON.parse(out)).toEqual({
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        token: TOKENS.first,
        tokens: TOKENS,
        organizations: ORGANIZATIONS,
        control: expect.stringMatching(/\/_sandbox\/$/),
        controlToken: expect.any(String),
        domains: ["example.com"],
    });
});

test("a port in use is a line that says what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run(["--port", String(port)]);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`port ${port} .* in use; choose another with --port`));
    await new Promise((resolve) => other.close(resolve));
});
