import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
    sandbox = await startSandbox({ delays: { operation: 0 }, zones: { "example.com": "" } });
});
afterAll(() => sandbox.close());

/** Runs the built command as a shell does. */
function run(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; text: string }> {
    const child = spawn(process.execPath, [join(__dirname, "../../dist/cli/main.js"), ...args], {
        env: { PATH: process.env.PATH, GANDI_URL: sandbox.url, GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token, ...env },
    });
    let text = "";
    child.stdout.on("data", (data) => {
        text += data;
    });
    child.stderr.on("data", (data) => {
        text += data;
    });
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, text })));
}

describe("pulumi-gandi", () => {
    it("resets a transfer code", async () => {
        const before = sandbox.state.domain("example.com")!.authinfo;
        const { code, text } = await run(["reset-authinfo", "example.com"]);
        expect({ code, text }).toEqual({
            code: 0,
            text: expect.stringContaining("example.com: the transfer code is being reset"),
        });
        sandbox.advance(1000);
        expect(sandbox.state.domain("example.com")!.authinfo).not.toBe(before);
    });

    it("says what is wrong when nothing is to be sent again, the token is missing, or words are", async () => {
        const [none, noToken, noWords] = await Promise.all([
            run(["resend-foa", "example.com", "alice@example.org"]),
            run(["reset-authinfo", "example.com"], { GANDI_PERSONAL_ACCESS_TOKEN: "" }),
            run(["reset-authinfo"]),
        ]);
        expect(none).toEqual({
            code: 1,
            text: expect.stringContaining("example.com: no change of owner waits for an answer"),
        });
        expect(noToken).toEqual({ code: 1, text: expect.stringContaining("no Gandi token") });
        expect(noWords).toEqual({
            code: 2,
            text: expect.stringContaining("usage: pulumi-gandi reset-authinfo DOMAIN\n"),
        });
    });
});
