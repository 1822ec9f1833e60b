import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxOptions, startSandbox } from "../../sandbox";
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

test("nothing but the state file is left behind", async () => {
    await (await startSandbox(options)).close();
    expect(readdirSync(folder)).toEqual(["state.json"]);
});
