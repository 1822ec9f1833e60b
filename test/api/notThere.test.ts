import { getOwnerChange } from "../../provider/api/changeowner";
import type { Client } from "../../provider/api/client";
import { getClaims, getCreateStatus } from "../../provider/api/orders";
import { getTransfer } from "../../provider/api/transfers";
import { closeServers, json, raw, serve } from "./server";

afterEach(closeServers);

/** No document says what the 404 of these reads holds, and each new Domain or DomainTransfer begins with one of them. */
describe.each([
    ["an order", (client: Client) => getCreateStatus(client, "example.com"), { state: "none" }],
    ["a trademark notice", (client: Client) => getClaims(client, "example.com"), undefined],
    ["a change of owner", (client: Client) => getOwnerChange(client, "example.com"), undefined],
    ["a transfer", (client: Client) => getTransfer(client, "example.com"), undefined],
] as const)("%s", (_, read, none) => {
    test.each([
        ["an error in JSON", json(404, { code: 404, message: "The resource could not be found.", object: "Order" })],
        ["{}", json(404, {})],
        ["null", json(404, null)],
        ["a list", json(404, [])],
        ["text", raw(404, "Not Found", { "content-type": "text/plain" })],
        ["HTML", raw(404, "<html>Not Found</html>", { "content-type": "text/html" })],
        ["nothing", raw(404, "")],
    ] as const)("is not there by a 404 that holds %s", async (_, answer) => {
        const server = await serve(answer);
        expect(await read(server.client())).toEqual(none);
    });

    test.each([
        [401, "unauthorized"],
        [500, "server"],
    ] as const)("is unknown by a %d", async (status, kind) => {
        const server = await serve(json(status, { message: "no" }));
        await expect(read(server.client())).rejects.toMatchObject({ kind });
    });
});
