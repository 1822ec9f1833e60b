import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { ProviderProcess, ProviderProcessEnded } from "../../engine/process/providerProcess";
import { pointer, resourceType } from "../../provider/core/program/pointer";
import { arrived, become, hold } from "../attack/moment";
import { type Gandi, PROGRAM_DIR, startGandi } from "../harness/gandi";

const KIND = "LiveDnsKey";
const URN = `urn:pulumi:test::test::${resourceType(KIND)}::it`;
const KEYS = "/livedns/domains/example.com/keys";

let gandi: Gandi;
let engine: Http2Server;
let sessions: ServerHttp2Session[];
let provider: ProviderProcess;

beforeEach(async () => {
    gandi = await startGandi({ zones: { "example.com": "" } });
    sessions = [];
    engine = createServer().on("session", (session) => sessions.push(session));
    await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
    provider = await ProviderProcess.start({
        engine: `127.0.0.1:${(engine.address() as AddressInfo).port}`,
        programDir: PROGRAM_DIR,
        config: { "gandi:url": gandi.sandbox.url, "gandi:personalAccessToken": gandi.sandbox.token },
    });
});
afterEach(async () => {
    await provider.close();
    end();
    await gandi.close();
});

/** The engine is killed: its connections break. */
function end(): void {
    for (const session of sessions) {
        session.destroy();
    }
    engine.close();
}

async function inputs(): Promise<Record<string, unknown>> {
    const wanted = { domain: "example.com", flags: 257, __provider: pointer(KIND) };
    const { inputs, failures } = await provider.check(URN, {}, wanted);
    expect(failures).toEqual([]);
    return inputs;
}

describe("a provider process whose engine is killed", () => {
    it("ends by itself", async () => {
        await inputs();
        await become(() => sessions.length === 1);
        end();
        await expect(provider.exited).resolves.toEqual({ code: 0, signal: null });
    });

    it("lets the request in flight end, and begins no other", async () => {
        const wanted = await inputs();
        hold(gandi.sandbox, { method: "POST", path: KEYS }, 200);
        const create = expect(provider.create(URN, wanted)).rejects.toThrow(ProviderProcessEnded);
        await arrived(gandi.sandbox);
        end();
        await create;
        expect(gandi.sandbox.requests().map(({ method, status }) => [method, status])).toEqual([
            ["GET", 200],
            ["POST", 201],
        ]);
        expect(gandi.sandbox.state.zone("example.com")?.keys).toHaveLength(1);
    });
});
