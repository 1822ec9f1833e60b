import { z } from "zod";
import { Secrets } from "../../provider/core/inputs/secrets";
import { type Action, type Context, withContext } from "../../provider/core/process/context";
import { Run } from "../../provider/core/process/run";
import { resolveSettings } from "../../provider/core/process/settings";
import { closeServers, json, serve, type TestServer } from "../api/server";

const DOMAIN = { route: "GET /v5/domain/domains/{domain}", params: { domain: "example.com" } } as const;
const RECORDS = { route: "PUT /v5/livedns/domains/{fqdn}/records", params: { fqdn: "example.com" }, body: {} } as const;

let stop: AbortController;
beforeEach(() => {
    stop = new AbortController();
});
afterEach(closeServers);

function run<T>(server: TestServer, work: (ctx: Context) => Promise<T>): Promise<T> {
    const settings = resolveSettings(() => undefined, { GANDI_PERSONAL_ACCESS_TOKEN: "t", GANDI_URL: server.url });
    const action: Action = {
        operation: "update",
        inputs: {},
        secrets: new Secrets(z.object({}), {}),
        fallback: 60,
        run: new Run({ clock: server.clock, cancelled: stop.signal }),
        isDeclared: () => false,
    };
    return withContext(settings, action, work);
}

describe("an operation", () => {
    it("ends what its client has under way when its time is up", async () => {
        const server = await serve(() => server.clock.advance(75_000));
        await expect(run(server, ({ client }) => client.request(DOMAIN))).rejects.toThrow(
            "not done within 60 s; timeouts.update gives it more time",
        );
    });

    it("ends when its run is cancelled, with the reason", async () => {
        const server = await serve(() => stop.abort(new Error("the deployment was cancelled")));
        await expect(run(server, ({ client }) => client.request(DOMAIN))).rejects.toThrow(
            "the deployment was cancelled",
        );
    });

    it("sends nothing any more when it is over", async () => {
        const server = await serve(json(200, {}));
        const client = await run(server, async (ctx) => ctx.client);
        await expect(client.request(RECORDS)).rejects.toThrow("the operation is over");
        expect(server.received).toEqual([]);
    });

    it("leaves a look behind that comes too late, and what would follow it", async () => {
        const server = await serve(json(200, {}));
        let show = () => {};
        const shown = new Promise<void>((resolve) => {
            show = resolve;
        });
        let afterwards: Promise<unknown> | undefined;
        const wait = run(server, ({ client, until }) => {
            setImmediate(() => server.clock.advance(70_000));
            const observe = () => (afterwards = shown.then(() => client.request(RECORDS)));
            return until(observe, { done: () => true, describe: () => "example.com: waiting" });
        });
        await expect(wait).rejects.toThrow("timeouts.update gives it more time");
        show();
        await expect(afterwards).rejects.toThrow("the operation is over");
        expect(server.received).toEqual([]);
    });
});
