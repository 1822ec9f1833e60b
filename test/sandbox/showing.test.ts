import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "./ask";

const HOURS = 3_600_000;
const DOMAIN = "/v5/domain/domains/example.com";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({
        clock: "manual",
        delays: { operation: 2000, showing: 24 * HOURS },
        zones: { "example.com": "" },
    });
});
afterEach(() => sandbox.close());

const status = async (line: string, body?: unknown) => (await ask(sandbox, line, { body })).status;
const names = async () => (await ask(sandbox, `GET ${DOMAIN}/nameservers`)).json as string[];
const delegate = (...nameservers: string[]) => status(`PUT ${DOMAIN}/nameservers`, { nameservers });

describe("an operation that shows a day after it was accepted", () => {
    it("shows then, and not before, while the registry takes the next one", async () => {
        const old = await names();
        await expect(delegate("ns1.example.net")).resolves.toBe(202);
        sandbox.advance(1999);
        await expect(delegate("ns2.example.net")).resolves.not.toBe(202);
        sandbox.advance(1);
        await expect(delegate("ns2.example.net")).resolves.toBe(202);
        sandbox.advance(24 * HOURS - 1);
        await expect(names()).resolves.toEqual(old);
        sandbox.advance(1);
        await expect(names()).resolves.toEqual(["ns1.example.net"]);
        sandbox.advance(2000);
        await expect(names()).resolves.toEqual(["ns2.example.net"]);
    });

    it.each([
        ["hosts", { name: "ns1", ips: ["192.0.2.1"] }],
        ["dnskeys", { algorithm: 15, type: "ksk", public_key: Buffer.alloc(32, 7).toString("base64") }],
    ])("counts among the %s: the same again is refused, before it shows and after", async (list, body) => {
        const add = () => status(`POST ${DOMAIN}/${list}`, body);
        const there = async () => ((await ask(sandbox, `GET ${DOMAIN}/${list}`)).json as unknown[]).length;
        await expect(add()).resolves.toBe(202);
        sandbox.advance(2000);
        await expect(add()).resolves.toBe(409);
        await expect(there()).resolves.toBe(0);
        sandbox.advance(24 * HOURS);
        await expect(add()).resolves.toBe(409);
        await expect(there()).resolves.toBe(1);
    });

    it("can be stepped to its end by hand, or to an error: accepted, and never carried out", async () => {
        sandbox.setDelays({ showing: null });
        await delegate("ns1.example.net");
        sandbox.stepOperation("example.com", "next");
        sandbox.advance(100 * HOURS);
        await expect(names()).resolves.not.toContain("ns1.example.net");
        sandbox.stepOperation("example.com", "next");
        await expect(names()).resolves.toEqual(["ns1.example.net"]);

        await delegate("ns2.example.net");
        sandbox.stepOperation("example.com", "next");
        sandbox.stepOperation("example.com", "error");
        sandbox.advance(100 * HOURS);
        await expect(names()).resolves.toEqual(["ns1.example.net"]);
        await expect(delegate("ns2.example.net")).resolves.toBe(202);
    });
});
