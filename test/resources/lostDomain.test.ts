import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRRset } from "../../provider/api/records";
import type { Context } from "../../provider/core/process/context";
import { lostDomain } from "../../provider/core/process/lostDomain";
import { closeServers, json, serve } from "../api/server";

afterEach(closeServers);

test("a thousand readers of one failed read are each told once what to do", async () => {
    const server = await serve(json(404, { code: 404, message: "Unknown domain", object: "LocalizedHTTPNotFound" }));
    const client = server.client();
    const ctx = { client, isGoneDomain: () => false } as unknown as Context;
    const reading = async (name: string) => {
        try {
            return await readRRset(client, "example.com", name, "A");
        } catch (error) {
            return lostDomain(ctx, "example.com", error);
        }
    };
    const failures = await Promise.allSettled(Array.from({ length: 1000 }, (_, index) => reading(`www${index}`)));
    const messages = failures.map((failure) => (failure as PromiseRejectedResult).reason.message as string);
    expect(messages.map((message) => message.split("goneDomains").length - 1)).toEqual(Array(1000).fill(1));
    expect(server.received).toHaveLength(2);
});

test("nothing of the provider edits an error that was thrown", () => {
    const provider = join(__dirname, "../../provider");
    const sources = readdirSync(provider, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const edits = sources.filter((file) =>
        /\.(message|cause|stack|reasons)\s*(\+|\?\?|\|\|)?=(?!=)/.test(
            readFileSync(join(provider, file), "utf8").replaceAll("this.", ""),
        ),
    );
    expect(sources.length).toBeGreaterThan(50);
    expect(edits).toEqual([]);
});
