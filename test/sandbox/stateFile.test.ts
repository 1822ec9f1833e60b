import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runSandboxCommand, type SandboxOptions, startSandbox } from "../../sandbox";
import { ALICE, ask } from "./ask";

let options: SandboxOptions;
let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-state-"));
    options = { stateFile: join(folder, "state.json"), zones: { "example.com": "www A 192.0.2.1" } };
});
afterEach(() => rmSync(folder, { recursive: true }));

test("everything that lasts is there again, and what was seeded and changed stays changed", async () => {
    const first = await startSandbox(options);
    await ask(first, "DELETE /v5/livedns/domains/example.com/records");
    await ask(first, "POST /v5/livedns/domains/example.com/keys", { body: { flags: 257 } });
    await ask(first, "POST /v5/livedns/axfr/tsig");
    first.editDomain("example.com", { hosts: { ns1: ["192.0.2.1"] } });
    const before = [first.state.zone("example.com"), first.state.domain("example.com")];
    await first.close();

    const second = await startSandbox(options);
    expect([second.state.zone("example.com"), second.state.domain("example.com")]).toEqual(before);
    expect((await ask(second, "GET /v5/livedns/axfr/tsig")).json).toHaveLength(1);
    await second.close();
});

test("an order goes on where it was, at the time to which the clock was moved", async () => {
    const first = await startSandbox(options);
    await ask(first, "POST /v5/domain/domains", { body: { fqdn: "new.com", owner: ALICE, duration: 1 } });
    first.advance(86400_000);
    await ask(first, "POST /v5/domain/domains", { body: { fqdn: "newer.com", owner: ALICE, duration: 1 } });
    await first.close();

    const second = await startSandbox(options);
    expect(second.state.domains()).toEqual(["example.com", "new.com"]);
    second.advance(8000);
    expect(second.state.domains()).toEqual(["example.com", "new.com", "newer.com"]);
    expect(second.state.balance("first")).toBe(1000 - 2 * 14.4);
    await second.close();
});

test("a folder that is not there is made, before anything could be lost", async () => {
    options.stateFile = join(folder, "not", "there", "state.json");
    const sandbox = await startSandbox(options);
    expect(readdirSync(join(folder, "not", "there"))).toEqual(["state.json"]);
    await sandbox.close();
});

test("a state that can't be kept is refused at the start, in one sentence", async () => {
    writeFileSync(join(folder, "file"), "");
    options.stateFile = join(folder, "file", "state.json");
    await expect(startSandbox(options)).rejects.toThrow(/^the state can't be kept in .*: |can't be read: /);
    const { code, stderr } = await command("--port", "0", "--state", options.stateFile);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^pulumi-gandi sandbox: [^\n]+\n$/) });
});

test("a disk that fails later is told of, and does not end the sandbox", async () => {
    const told = new Promise<string>((resolve) => jest.spyOn(console, "error").mockImplementation(resolve));
    const sandbox = await startSandbox(options);
    rmSync(options.stateFile!);
    mkdirSync(options.stateFile!);
    await ask(sandbox, "DELETE /v5/livedns/domains/example.com/records");
    await expect(told).resolves.toMatch(/The sandbox goes on, but the state can't be kept in/);
    expect((await ask(sandbox, "GET /v5/domain/domains")).status).toBe(200);
    await expect(sandbox.close()).rejects.toThrow(/can't be kept/);
    jest.restoreAllMocks();
});

/** Runs the command to its end. */
async function command(...argv: string[]): Promise<{ code: number; stderr: string }> {
    let stderr = "";
    const code = await runSandboxCommand(argv, {
        stdout: { write: () => {} },
        stderr: {
            write: (text: string) => {
                stderr += text;
            },
        },
    });
    return { code, stderr };
}

test("nothing but the state file is left behind", async () => {
    await (await startSandbox(options)).close();
    expect(readdirSync(folder)).toEqual(["state.json"]);
});
