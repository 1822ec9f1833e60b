import { startSandbox } from "../../sandbox";
import { ask } from "./ask";

test("a sandbox listens on loopback only", async () => {
    await expect(startSandbox({ host: "0.0.0.0" })).rejects.toThrow(/loopback/);
});

test("two sandboxes share nothing", async () => {
    const [one, two] = await Promise.all([startSandbox({ zones: { "one.com": "" } }), startSandbox()]);
    expect((await ask(one, "GET /v5/domain/domains")).json).toHaveLength(1);
    expect((await ask(two, "GET /v5/domain/domains")).json).toHaveLength(0);
    await Promise.all([one.close(), two.close()]);
});

test("a closed sandbox answers no more, even one that was about to", async () => {
    const sandbox = await startSandbox({ latency: 600_000 });
    const waiting = ask(sandbox, "GET /v5/domain/domains");
    const ended = expect(waiting).rejects.toThrow();
    await sandbox.close();
    await ended;
    await expect(ask(sandbox, "GET /v5/domain/domains")).rejects.toThrow();
});

test("with the real clock an order becomes a domain by itself", async () => {
    const sandbox = await startSandbox({ delays: { order: 0 } });
    const owner = {
        country: "FR",
        email: "a@example.org",
        family: "Doe",
        given: "Alice",
        streetaddr: "1",
        type: "individual",
    };
    await ask(sandbox, "POST /v5/domain/domains", { body: { fqdn: "new.com", owner } });
    expect((await ask(sandbox, "GET /v5/domain/domains/new.com")).status).toBe(200);
    await sandbox.close();
});

test("zones are given as a list too, and a bad one names its domain and line", async () => {
    const sandbox = await startSandbox({ zones: [{ fqdn: "Example.com", text: "www A 192.0.2.1" }] });
    expect(sandbox.state.zone("example.com")?.rrsets).toMatchObject([{ name: "www" }]);
    await sandbox.close();
    await expect(startSandbox({ zones: { "example.com": "www NOPE x" } })).rejects.toThrow("example.com: line 1");
});
