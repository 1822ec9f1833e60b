import { Client, type ClientOptions, Interrupted } from "../../contract/client";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
beforeEach(async () => {
    sandbox = await startSandbox({ zones: { "example.com": "" } });
});
afterEach(() => sandbox.close());

const QUESTION = { line: "GET /v5/livedns/dns/rrtypes" };

async function withClient(options: Partial<ClientOptions>, use: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({
        origin: sandbox.url,
        token: sandbox.token,
        bounds: {
            place: { domain: "example.com", run: "ab12" },
            write: "example.com",
            isPlayground: true,
            snapshots: new Set(),
        },
        pace: 0,
        wait: async () => undefined,
        signal: new AbortController().signal,
        heard: () => undefined,
        ...options,
    });
    try {
        await use(client);
    } finally {
        await client.close();
    }
}

test("requests keep their distance, but for those that look for a limit", async () => {
    const waited: number[] = [];
    await withClient({ pace: 500, wait: async (ms) => void waited.push(ms) }, async (client) => {
        await client.asking("read")(QUESTION);
        await client.asking("read")(QUESTION);
        await client.asking("write")(QUESTION);
        expect(waited).toEqual([500, 500]);
        await client.asking("limit")(QUESTION);
        expect(waited).toEqual([500, 500]);
    });
});

test("an interrupted run sends nothing more, but for what cleans up", async () => {
    await withClient({ signal: AbortSignal.abort() }, async (client) => {
        await expect(client.asking("read")(QUESTION)).rejects.toThrow(Interrupted);
        expect(sandbox.requests()).toEqual([]);
        expect(await client.cleaning(QUESTION)).toMatchObject({ status: 200 });
    });
});

test("what is refused is not sent", async () => {
    await withClient({}, async (client) => {
        const line = "DELETE /v5/livedns/domains/example.com/records";
        await expect(client.asking("read")({ line })).rejects.toThrow(`${line} was not sent`);
        await expect(client.cleaning({ line })).rejects.toThrow(`${line} was not sent`);
        expect(sandbox.requests()).toEqual([]);
    });
});

test("no Accept is sent that nobody asked for", async () => {
    await withClient({}, async (client) => {
        await client.asking("read")(QUESTION);
        await client.asking("read")({ ...QUESTION, token: null });
        const [first, second] = sandbox.requests();
        expect(first?.headers).not.toHaveProperty("accept");
        expect(second?.headers).not.toHaveProperty("authorization");
    });
});
