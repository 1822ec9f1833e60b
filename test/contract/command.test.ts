import { runContractCommand } from "../../contract/command";
import { type Sandbox, startSandbox } from "../../sandbox";
import { contract } from "./contract";
import { addressOf, startServer } from "./server";

let sandbox: Sandbox;
beforeEach(async () => {
    sandbox = await startSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

describe("the command refuses", () => {
    test.each([
        ["no address", [], "--url is missing"],
        ["an address that is none", ["--url", "api.gandi.net"], "without a path"],
        ["an address with a path", ["--url", "https://api.gandi.net/v5"], "without a path"],
        ["an address with a password", ["--url", "https://me:secret@api.gandi.net"], "without a path"],
        ["to send the token in clear", ["--url", "http://api.gandi.net"], "only an address on loopback may be http"],
        ["a domain that is none", ["--url", "https://api.gandi.net", "--write", "a b"], "--write takes a domain"],
        ["money at Gandi itself", ["--url", "https://api.gandi.net", "--money"], "--money is refused"],
        [
            "money at a name like the test environment's",
            ["--url", "https://api.sandbox.gandi.net.evil.example", "--money"],
            "--money is refused",
        ],
        [
            "money at another port of it",
            ["--url", "https://api.sandbox.gandi.net:8443", "--money"],
            "--money is refused",
        ],
        ["a token as an argument", ["--url", "https://api.gandi.net", "--token", "pat"], "Unknown option '--token'"],
    ])("%s", async (_what, args, message) => {
        const { code, stdout, stderr } = await contract(sandbox, args);
        expect(stderr).toContain(message);
        expect(stdout).toBe("");
        expect(code).toBe(2);
    });

    test("money at what is on loopback, but no sandbox", async () => {
        const { server, seen } = await startServer();
        try {
            const { code, stderr } = await contract(sandbox, ["--url", addressOf(server), "--money"]);
            expect(stderr).toContain("--money is refused");
            expect(seen).toEqual(["GET /_sandbox/domains undefined"]);
            expect(code).toBe(2);
        } finally {
            server.close();
        }
    });

    test("to run without a token", async () => {
        const stderr: string[] = [];
        const code = await runContractCommand(["--url", "https://api.gandi.net"], {
            stdout: { write: () => undefined },
            stderr: { write: (text) => stderr.push(text) },
            env: {},
            version: "0.0.0",
            signal: new AbortController().signal,
        });
        expect(stderr.join("")).toContain("GANDI_PERSONAL_ACCESS_TOKEN is not set");
        expect(code).toBe(2);
    });

    test("to try anything with a token that may not read", async () => {
        sandbox.editToken("first", { status: "expired" });
        const { code, stderr } = await contract(sandbox, ["--url", sandbox.url]);
        expect(stderr).toContain("GET /v5/livedns/domains?per_page=100 was answered with 401");
        expect(code).toBe(1);
    });
});

test("--help says how it is called", async () => {
    const { stdout } = await contract(sandbox, ["--help"]);
    expect(stdout).toMatch(/^Usage: npm run contract -- --url URL/);
});
