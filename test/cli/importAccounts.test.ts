import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { rrsetKey } from "../../sandbox/state/model";
import { cli } from "./cli";

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
    const many = Array.from({ length: 22 }, (_, at) => [
        `d${String(at).padStart(2, "0")}.example`,
        "www 300 A 192.0.2.1",
    ]);
    sandbox = await startSandbox({
        zones: Object.fromEntries(many),
        seed: {
            domains: [
                { fqdn: "carol.example", organization: "client", zone: "www 300 A 192.0.2.2" },
                { fqdn: "bob.example", organization: "second", zone: "www 300 A 192.0.2.3" },
                { fqdn: "away.example", livedns: false },
            ],
        },
    });
});
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gandi-import-test-"));
    sandbox.clearRequests();
});
afterEach(() => {
    sandbox.clearFaults();
    rmSync(directory, { recursive: true, force: true });
});
afterAll(() => sandbox.close());

const run = (args: string[], env: Record<string, string> = {}) => cli(sandbox, ["import", ...args], { directory, env });
const program = () => readFileSync(join(directory, "gandi", "index.ts"), "utf8");
const forbidden = { status: 403, body: { code: 403, message: "Access was denied to this resource." } };

it("spans the organisations of a token and further tokens, and names no token in any file", async () => {
    const words = ["d00.example", "carol.example", "bob.example"];
    const { code, lines } = await run([...words, "--token-from", "BOB_TOKEN"], { BOB_TOKEN: TOKENS.second });
    expect({ code, lines }).toEqual({
        code: 0,
        lines: [
            "Domain: 3 at Gandi, 3 declared, 0 left out",
            "RRsets: 3 at Gandi, 3 declared, 0 left out",
            "6 taken over, 0 would be written, 0 orders, 0.00 EUR; a preview after a refresh is empty",
            "gandi/ holds the program. Next: cd gandi && npm install && pulumi stack init && pulumi up",
            'The token of BOB_TOKEN goes into the stack: printf %s "$BOB_TOKEN" | pulumi config set --secret bobToken',
        ],
    });
    expect(program()).toContain(
        'const bobAccount = new gandi.Provider("bob", { personalAccessToken: config.requireSecret("bobToken") });',
    );
    expect(program()).toContain('{ fqdn: "bob.example", adopt: "only" }, { protect: true, provider: bobAccount }');
    expect(program()).toContain('{ fqdn: "carol.example", adopt: "only", sharingId: clientOrganizationId }');
    expect(program()).toContain(
        'new gandi.Domain("d00-example", { fqdn: "d00.example", adopt: "only" }, { protect: true });',
    );
    const files = readdirSync(directory, { recursive: true, withFileTypes: true, encoding: "utf8" });
    for (const { parentPath, name } of files.filter((entry) => entry.isFile())) {
        expect(readFileSync(join(parentPath, name), "utf8")).not.toMatch(
            new RegExp(`${TOKENS.first}|${TOKENS.second}`),
        );
    }
    expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
}, 30_000);

test.each([
    ["a variable that is not set", {}, 2, "--token-from BOB_TOKEN: there is no environment variable of this name"],
    ["a token that has expired", { BOB_TOKEN: TOKENS.expired }, 1, "environment variable BOB_TOKEN"],
    ["a value that is no token", { BOB_TOKEN: "two words" }, 1, "environment variable BOB_TOKEN"],
])("says of %s which it is", async (_, env, code, said) => {
    const { stderr, ...outcome } = await run(
        ["bob.example", "--token-from", "BOB_TOKEN"],
        env as Record<string, string>,
    );
    expect(outcome.code).toBe(code);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("GANDI_PERSONAL_ACCESS_TOKEN must");
});

it("asks once for each kind of a domain, however many records there are", async () => {
    await run(["d01.example", "--no-proof"]);
    const paths = sandbox.requests().filter(({ path }) => path.includes("d01.example"));
    expect(new Set(paths.map(({ path }) => path)).size).toBe(paths.length);
    expect(paths.length).toBeLessThanOrEqual(13);
});

it("goes on where it was interrupted, and leaves nothing of that behind in the end", async () => {
    sandbox.addFault({ path: "/v5/livedns/domains/d21.example/keys", status: 400, body: { message: "no" } });
    const first = await run(["--match", "d*", "--no-proof"]);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("read 20 of 22 domains");
    expect(readdirSync(directory)).toEqual(["gandi.reading"]);
    expect(statSync(join(directory, "gandi.reading")).mode & 0o777).toBe(0o600);
    sandbox.clearFaults();
    sandbox.clearRequests();
    const other = await run(["--match", "d*", "--no-proof", "-o", "other"]);
    expect(other.stderr).not.toContain("going on");
    sandbox.clearRequests();
    const second = await run(["--match", "d*", "--no-proof"]);
    expect(second.stderr).toMatch(/going on with what was read at \S+: 20 of 22 domains/);
    expect(second.lines).toContain("RRsets: 22 at Gandi, 22 declared, 0 left out");
    const asked = sandbox.requests().filter(({ path }) => /d\d\d\.example/.test(path));
    expect(asked.every(({ path }) => /d2[01]\.example/.test(path))).toBe(true);
    expect(readdirSync(directory).sort()).toEqual(["gandi", "other"]);
});

it("reads anew what another token has read, or what nobody can read", async () => {
    sandbox.addFault({ path: "/v5/livedns/domains/d21.example/keys", status: 400, body: { message: "no" } });
    await run(["--match", "d*", "--no-proof"]);
    sandbox.clearFaults();
    const env = { GANDI_PERSONAL_ACCESS_TOKEN: "", GANDI_KEY: TOKENS.apiKey };
    const other = await run(["--match", "d*", "--no-proof"], env);
    expect(other).toMatchObject({ code: 0, stderr: expect.not.stringContaining("going on") });
});

it("names what the token may not list, and reads the rest", async () => {
    sandbox.addFault({ path: "/v5/email/forwards/d02.example", ...forbidden });
    sandbox.addFault({ path: "/v5/livedns/domains/d03.example/records", ...forbidden });
    const { code, lines, stderr } = await run(["d02.example", "d03.example", "--no-proof"]);
    expect(code).toBe(3);
    expect(lines[0]).toBe("Domain: 2 at Gandi, 2 declared, 0 left out");
    expect(lines[1]).toBe("RRsets: 1 at Gandi, 1 declared, 0 left out");
    expect(stderr).toContain("EmailForward of d02.example: the token may not list them");
    expect(stderr).toContain("RRsets of d03.example: the token may not list them");
});

it("says which domains have no zone here", async () => {
    const { code, lines } = await run(["away.example", "--no-proof"]);
    expect({ code, lines }).toEqual({
        code: 0,
        lines: [
            "Domain: 1 at Gandi, 1 declared, 0 left out",
            "Nameservers: 1 at Gandi, 1 declared, 0 left out",
            "not on LiveDNS, so without records here: away.example",
            expect.stringContaining("gandi/ holds the program"),
        ],
    });
});

describe("RRsets that no zone file can hold", () => {
    const odd = { name: "odd", type: "TXT", ttl: 300, values: ['"one\ntwo"'] };
    const without = { name: "empty", type: "A", ttl: 300, values: [] };
    beforeAll(() => {
        const { rrsets } = sandbox.world.state.zones.get("d04.example")!;
        for (const rrset of [odd, without]) rrsets.set(rrsetKey(rrset.name, rrset.type), rrset);
    });

    test.each(["zone", "records"])("are left out by name and counted (--style %s)", async (style) => {
        const { code, lines, stderr } = await run(["d04.example", "--style", style, "--no-proof"]);
        expect(code).toBe(3);
        expect(lines).toContain("RRsets: 3 at Gandi, 1 declared, 2 left out");
        expect(stderr).toMatch(/odd.TXT/);
        expect(stderr).toMatch(/empty.A/);
    });

    it("are left to others by an exclusive zone, which removes none of them", async () => {
        const { code, lines } = await run(["d04.example", "--exclusive"]);
        expect(code).toBe(3);
        expect(lines).toContainEqual(expect.stringMatching(/^2 taken over, 0 would be written/));
        expect(program()).toContain('ignore: [{ name: "empty", type: "A" }, { name: "odd", type: "TXT" }]');
        expect(program()).toContain("exclusive: true");
    }, 30_000);
});

test.each([
    [["--exclusive", "--style", "records", "--all"], "--exclusive is for zones"],
    [["--all", "--stack", "dev"], "--stack is for --missing"],
    [["--all", "--stack-import", "f", "--no-proof"], "--stack-import is made of the proof"],
    [["--all", "d00.example"], "name domains, or give --all"],
    [["--list", "--missing"], "name domains, or give --all"],
])("%j is called wrongly", async (args, said) => {
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
    expect(sandbox.requests()).toEqual([]);
});

it("lists the organisation of each domain where there are several", async () => {
    const { lines } = await run(["--list", "--match", "*a*.example"]);
    expect(lines[0]).toMatch(/^domain +organization +ends +renews +delegation +RRsets +beside Gandi's defaults$/);
    expect(lines[1]).toMatch(/^away\.example +first_organization .* elsewhere +not on LiveDNS +own nameservers$/);
    expect(lines[2]).toMatch(/^carol\.example +client_organization .* LiveDNS +1 \(1 own\) +-$/);
});

it("speaks of the environment and not of a stack, whatever fails", async () => {
    const body = { code: 401, message: "no" };
    sandbox.addFault({ path: "/v5/livedns/domains/d05.example/axfr/slaves", status: 401, body });
    const { code, stderr } = await run(["d05.example"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/d05\.example: Gandi refused the token .*GANDI_PERSONAL_ACCESS_TOKEN.* \[token-refused\]$/m);
    expect(stderr).not.toMatch(/gandi:sharingId|gandi:timeout|pulumi config|--run-program/);
});

it("makes no file of a name that is no domain", async () => {
    const names = ["../../../escaped.example", "d06.example"];
    sandbox.addFault({ path: "/v5/livedns/domains", status: 200, body: names.map((fqdn) => ({ fqdn })) });
    sandbox.addFault({ path: "/v5/domain/domains", status: 200, body: names.map((fqdn) => ({ fqdn })) });
    const { code, lines, stderr } = await run(["--all", "--no-proof"]);
    expect({ code, lines }).toMatchObject({
        code: 0,
        lines: ["Domain: 1 at Gandi, 1 declared, 0 left out", expect.anything(), expect.anything()],
    });
    expect(stderr).toContain("../../../escaped.example is left out, as it is no domain name");
    expect(readdirSync(join(directory, "gandi", "zones"))).toEqual(["d06.example.zone"]);
});

describe("a token that sees half of the account", () => {
    it("that may list neither domains nor zones is an error of the token", async () => {
        const { code, stderr } = await run(["--all", "--no-proof"], { GANDI_PERSONAL_ACCESS_TOKEN: "nobody-s" });
        expect(code).toBe(1);
        expect(stderr).toMatch(
            /the token may not do this \(403 on GET \/v5\/domain\/domains\).*\[permission-missing\]$/m,
        );
    });

    it("that may list one of them says so, and takes what it sees", async () => {
        sandbox.addFault({ path: "/v5/domain/domains", ...forbidden });
        const { code, lines, stderr } = await run(["d07.example", "--no-proof"]);
        expect(code).toBe(3);
        expect(stderr).toContain("Domain of d07.example: the token may not list them");
        expect(stderr).toContain("the token may not list registered domains: what only they would show is not seen");
        expect(lines).toContain("RRsets: 1 at Gandi, 1 declared, 0 left out");
    });
});

it("leaves nothing behind where there is nothing to declare", async () => {
    sandbox.addDomain({ fqdn: "bare.example", zone: "" });
    const { code, stderr } = await run(["bare.example", "--domains", "skip", "--no-proof"]);
    expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining("nothing of bare.example can be declared"),
    });
    expect(readdirSync(directory)).toEqual([]);
});
