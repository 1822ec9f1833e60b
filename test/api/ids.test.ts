import { createSnapshot } from "../../provider/api/snapshots";
import { idSchema } from "../../provider/api/wire";
import { closeServers, json, serve } from "./server";

afterAll(closeServers);

it.each(["b1f0a5b0-0000-4000-8000-000000000001", "12", "0f", "2024.01", 7])("%j is an id", (id) => {
    expect(idSchema.parse(id)).toBe(String(id));
});

it.each(["", "../..", "a/b", "a?sharing_id=x", "a#b", "a b", "\u001b[31m", "x".repeat(201), null, {}])(
    "%j is none: it would become a part of paths and of a state",
    (id) => {
        expect(idSchema.safeParse(id).success).toBe(false);
    },
);

it("of an answer is refused with its route", async () => {
    const client = (await serve(json(201, { id: "../x" }))).client();
    await expect(createSnapshot(client, "example.com")).rejects.toThrow(/is no id.*POST \/v5\/livedns/);
});
