import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { UNTRIED } from "../../contract/facts/untried";
import type { Row } from "../../contract/report";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { contract } from "./contract";
import { addressOf, startServer } from "./server";

const ZONE = "/v5/livedns/domains/example.com";
const SEED = {
    domains: [
        {
            fqdn: "example.com",
            forwards: { sales: ["bob@example.org"] },
            mailboxes: { zoe: {} },
            freeSlots: [{ refund: 4.2 }],
        },
        { fqdn: "example.net", livedns: false },
    ],
};
const DEFAULT_ZONE = undefined;
const NO_ZONE = { zone_data: [] };
let sandbox: Sandbox;

async function start(options: SandboxOptions = {}): Promise<void> {
    sandbox = await startSandbox({ seed: SEED, clock: "manual", ...options });
}
afterEach(() => sandbox?.close());

/** What a user of the account would find changed. */
function account() {
    const { rrsets, snapshots } = sandbox.state.zone("example.com")!;
    const { forwards } = sandbox.state.domain("example.com")!;
    return { rrsets, forwards, snapshots: snapshots.filter(({ automatic }) => !automatic) };
}

const outcomes = (rows: Row[], fact: string) => rows.find((row) => row.fact === fact);
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");

describe("npm run contract against our sandbox", () => {
    test("finds that every fact holds, and leaves the account as it was", async () => {
        await start({ rateLimit: 1000 });
        const before = account();
        const { code, stdout, rows } = await contract(sandbox, [
            "--url",
            sandbox.url,
            "--write",
            "example.com",
            "--money",
        ]);
        const untried = rows.filter(({ outcome }) => outcome === "not tried").map(({ source }) => source);
        expect(rows.filter(({ outcome }) => outcome === "differs")).toEqual([]);
        expect(untried).toHaveLength(UNTRIED.length);
        expect(untried.every((source) => source.startsWith("Guess: "))).toBe(true);
        expect(stdout).toContain(`${rows.length - UNTRIED.length} holds, 0 differs, ${UNTRIED.length} not tried`);
        expect(account()).toEqual(before);
        expect(code).toBe(0);
    });

    test("sends nothing but GET where it may neither write nor order", async () => {
        await start();
        const { code, rows } = await contract(sandbox, ["--url", sandbox.url]);
        expect(writes()).toEqual([]);
        expect(code).toBe(0);
        expect(outcomes(rows, "a new RRset is a 201 with its location")).toMatchObject({
            outcome: "not tried",
            details: ["it needs --write DOMAIN"],
        });
        expect(outcomes(rows, "automatic renewal is switched with a 201")).toMatchObject({
            outcome: "not tried",
            details: ["it needs --money"],
        });
    });

    test("shows a fact that is false as one that differs, with what came instead", async () => {
        await start();
        sandbox.addFault({ method: "POST", path: `${ZONE}/records/f*`, status: 409, body: { message: "Not | so" } });
        const { code, stdout, rows } = await contract(sandbox, ["--url", sandbox.url, "--write", "example.com"]);
        expect(outcomes(rows, "a new RRset is a 201 with its location")).toMatchObject({
            outcome: "differs",
            details: ['status 409 instead of 201 {"message":"Not | so"}'],
        });
        expect(stdout).toContain('| differs: status 409 instead of 201 {"message":"Not \\| so"} |');
        expect(outcomes(rows, "the same RRset again is a 200")?.outcome).toBe("not tried");
        expect(code).toBe(1);
    });

    test("names the members of a body that differ, and no others", async () => {
        await start();
        const body = { code: 404, message: "Nothing here", object: "HTTPNotFound", secret: "hidden" };
        sandbox.addFault({ path: "/v5/domain/domains/nobody.com", status: 404, body });
        const { rows } = await contract(sandbox, ["--url", sandbox.url]);
        expect(outcomes(rows, "an unknown domain of the Domain API is a 404 HTTPNotFound")?.details).toEqual([
            'message: "Nothing here" instead of "The resource could not be found."',
        ]);
    });

    test("shows nothing of the account, whatever it is answered", async () => {
        const owner = { given: "Zoé", family: "Quux", email: "zoe@quux-private.fr", phone: "+33.698765432" };
        const contact = { ...owner, type: "individual", country: "FR", streetaddr: "12 rue Cachée" };
        await start({ seed: { domains: [{ fqdn: "quux-private.fr", owner: contact }] } });
        const [first] = sandbox.state.domains();
        const { authinfo, id, organization } = sandbox.state.domain(first!)!;
        const all = [...Object.values(owner), contact.streetaddr, authinfo, id, organization, sandbox.token, first!];
        sandbox.addFault({ path: "/v5/livedns/*", skip: 8, status: 500, body: { message: all.join(" ") } });
        sandbox.addFault({ path: "/v5/domain/check", status: 200, body: { products: all, currency: all.join() } });
        const { stdout, stderr, rows } = await contract(sandbox, ["--url", sandbox.url]);
        expect(rows.filter(({ outcome }) => outcome === "differs").length).toBeGreaterThan(5);
        for (const secret of all) {
            expect([secret, `${stdout}${stderr}${JSON.stringify(rows)}`.includes(secret)]).toEqual([secret, false]);
        }
        expect(stdout).toContain("example-1.tld");
        expect(stdout).toMatch(/Masked: .*\d+ × <token>/);
    });

    test("says which facts need a domain, of an account that has none on LiveDNS", async () => {
        await start({ seed: {} });
        const { code, rows } = await contract(sandbox, ["--url", sandbox.url]);
        expect(outcomes(rows, "the list of records is sorted by upper-cased name")).toMatchObject({
            outcome: "not tried",
            details: ["the account has no {domain}"],
        });
        expect(outcomes(rows, "the record types are listed")?.outcome).toBe("holds");
        expect(code).toBe(0);
    });

    test("takes no refusal of the token for an answer", async () => {
        await start();
        sandbox.addFault({ path: "/v5/domain/check", status: 403, body: { message: "Access was denied" } });
        const { rows } = await contract(sandbox, ["--url", sandbox.url]);
        expect(outcomes(rows, "availability needs a name")).toMatchObject({
            outcome: "not tried",
            details: ['GET /v5/domain/check was answered with 403 {"message":"Access was denied"}'],
        });
    });

    test("follows no redirect", async () => {
        await start();
        const elsewhere = await startServer();
        try {
            const headers = { location: `${addressOf(elsewhere.server)}/v5/livedns/dns/rrtypes` };
            sandbox.addFault({ path: "/v5/livedns/dns/rrtypes", status: 302, headers });
            const { rows } = await contract(sandbox, ["--url", sandbox.url]);
            expect(outcomes(rows, "the record types are listed")?.outcome).toBe("differs");
            expect(elsewhere.seen).toEqual([]);
        } finally {
            elsewhere.server.close();
        }
    });
});

describe("what is written", () => {
    test.each([
        ["can't be made", DEFAULT_ZONE, { method: "POST", path: `${ZONE}/snapshots`, status: 500 }],
        ["can't be read", [], { method: "GET", path: `${ZONE}/snapshots/*`, status: 500 }],
        ["lacks the zone", DEFAULT_ZONE, { method: "GET", path: `${ZONE}/snapshots/*`, status: 200, body: NO_ZONE }],
    ])("is nothing where the snapshot %s", async (_why, records, fault) => {
        await start({ seed: { domains: [{ fqdn: "example.com", records }] } });
        const before = account();
        sandbox.addFault(fault);
        const { code, stderr, rows } = await contract(sandbox, ["--url", sandbox.url, "--write", "example.com"]);
        expect(writes().filter(({ path }) => !path.includes("/snapshots"))).toEqual([]);
        expect(outcomes(rows, "a new RRset is a 201 with its location")?.outcome).toBe("not tried");
        expect(stderr).toContain("nothing was written, as there is no snapshot");
        expect(account()).toEqual(before);
        expect(code).toBe(1);
    });

    test("is told where it can't be removed, and the snapshot is kept", async () => {
        await start();
        sandbox.addFault({ method: "DELETE", path: `${ZONE}/records/f*`, status: 503 });
        const { code, stdout, stderr } = await contract(sandbox, ["--url", sandbox.url, "--write", "example.com"]);
        expect(stderr).toMatch(/left behind: the records of f\d+\._contract-\w+\.example\.com \(.* 503\)/);
        expect(stderr).toMatch(/left behind: the snapshot _contract-\w+, as the zone is another than before/);
        expect(stdout).not.toContain("example.com (");
        expect(account().snapshots).toHaveLength(1);
        expect(code).toBe(1);
    });

    test("is removed where the connection fails in between", async () => {
        await start();
        const before = account();
        sandbox.addFault({ method: "DELETE", path: `${ZONE}/snapshots/*`, kind: "drop-before", times: 2 });
        sandbox.addFault({ method: "PUT", kind: "drop-after", times: 3 });
        const { rows } = await contract(sandbox, ["--url", sandbox.url, "--write", "example.com"]);
        expect(rows.filter(({ details }) => /there was no answer/.test(details.join()))).toHaveLength(3);
        expect(account()).toEqual(before);
    });

    test("is gone where forwards can be neither made nor seen", async () => {
        await start();
        const before = account();
        sandbox.addFault({ path: "/v5/email/*", status: 404, body: { object: "HTTPNotFound" } });
        const { stderr, rows } = await contract(sandbox, ["--url", sandbox.url, "--write", "example.com"]);
        expect(outcomes(rows, "a new forward is a 201")).toMatchObject({
            outcome: "not tried",
            details: ["no forwards can be seen of the domain"],
        });
        expect(stderr).not.toContain("left behind");
        expect(account()).toEqual(before);
    });

    test("is removed where the run is interrupted while it waits", async () => {
        await start();
        const before = account();
        const interruption = new AbortController();
        const isThere = () => writes().some(({ path }) => path.includes("/forwards/"));
        const looking = setInterval(() => isThere() && interruption.abort(), 1);
        try {
            const { code, rows } = await contract(
                sandbox,
                ["--url", sandbox.url, "--write", "example.com"],
                interruption.signal,
            );
            expect(account()).toEqual(before);
            expect(rows.filter(({ details }) => details.includes("the run was interrupted")).length).toBeGreaterThan(1);
            expect(code).toBe(1);
        } finally {
            clearInterval(looking);
        }
    });

    test.each(["SIGINT", "SIGTERM"] as const)("is removed after %s, even twice", async (signal) => {
        await start({ clock: "real", latency: 5, delays: { operation: 0 } });
        const before = account();
        const child = spawn(process.execPath, ["scripts/contract.js", "--url", sandbox.url, "--write", "example.com"], {
            cwd: join(__dirname, "..", ".."),
            env: { ...process.env, GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token },
        });
        const ended = once(child, "exit");
        await until(() => account().rrsets.length > before.rrsets.length + 5);
        child.kill(signal);
        await until(() => writes().some(({ method, path }) => method === "DELETE" && path.includes("/records/f")));
        child.kill(signal);
        const [code] = await ended;
        expect(account()).toEqual(before);
        expect(code).toBe(1);
    });
});

async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}
