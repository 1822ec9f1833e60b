import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "./ask";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({ clock: "manual", zones: { "example.com": "www 300 IN A 192.0.2.1" } });
});
afterEach(() => sandbox.close());

const ZONE = "/v5/livedns/domains/example.com";
const RECORDS = `${ZONE}/records`;
const get = async (path: string) => (await ask(sandbox, `GET ${path}`)).json;
const put = (path: string, body?: unknown, headers?: Record<string, string>) =>
    ask(sandbox, `PUT ${path}`, { body, headers });

describe("a long list", () => {
    beforeEach(() => {
        for (let index = 0; index < 249; index += 1) {
            sandbox.setRRset("example.com", { name: `h${index}`, type: "A", values: ["192.0.2.1"] });
        }
    });

    test("comes in pages of 100 with the total and links to what is left", async () => {
        const { json, headers } = await ask(sandbox, `GET ${RECORDS}?rrset_type=A`);
        expect(json).toHaveLength(100);
        expect(headers["total-count"]).toBe("250");
        const root = `${sandbox.url}${RECORDS}?rrset_type=A`;
        expect(headers.link).toBe(
            `<${root}&page=2&per_page=100>; rel="next", <${root}&page=3&per_page=100>; rel="last"`,
        );
    });

    test("has every RRset exactly once over its pages", async () => {
        const pages = await Promise.all([1, 2, 3, 4].map((page) => get(`${RECORDS}?page=${page}`)));
        expect(pages.map((page) => page.length)).toEqual([100, 100, 50, 0]);
        const names = pages.flat().map((rrset: { rrset_name: string }) => rrset.rrset_name);
        expect(new Set(names).size).toBe(250);
    });

    test("comes whole when so many are asked for, and then without a link", async () => {
        const { json, headers } = await ask(sandbox, `GET ${RECORDS}?per_page=500`);
        expect(json).toHaveLength(250);
        expect(headers.link).toBeUndefined();
    });
});

describe("PUT of a zone as text", () => {
    const text = { "content-type": "text/plain" };

    test("replaces the records", async () => {
        const zone = '$TTL 600\n@ MX 10 mail\nmail 1h IN A 192.0.2.3\nt TXT plain "quo ted"\n';
        expect((await put(RECORDS, zone, text)).status).toBe(201);
        expect(sandbox.state.zone("example.com")?.rrsets).toEqual([
            { name: "@", type: "MX", ttl: 600, values: ["10 mail"] },
            { name: "mail", type: "A", ttl: 3600, values: ["192.0.2.3"] },
            { name: "t", type: "TXT", ttl: 600, values: ['"plain" "quo ted"'] },
        ]);
    });

    test("takes what the zone answers as text", async () => {
        const before = sandbox.state.zone("example.com")?.rrsets;
        const own = await ask(sandbox, `GET ${RECORDS}`, { headers: { accept: "text/plain" } });
        expect((await put(RECORDS, own.text, text)).status).toBe(201);
        expect(sandbox.state.zone("example.com")?.rrsets).toEqual(before);
    });

    test.each([
        ["an unknown type", "www IN NOPE x"],
        ["a bad address", "www IN A 192.0.2.999"],
        ["a low TTL", "www 60 IN A 192.0.2.1"],
        ["CNAME beside A", "www IN A 192.0.2.1\nwww IN CNAME x"],
    ])("refuses %s and leaves the zone as it is", async (_case, zone) => {
        const before = sandbox.state.zone("example.com")?.rrsets;
        const answer = await put(RECORDS, zone, text);
        expect(answer.status).toBe(400);
        expect(answer.json.errors[0].name).toBe("items");
        expect(sandbox.state.zone("example.com")?.rrsets).toEqual(before);
    });
});

test("PUT of a zone refuses all of it for one bad item", async () => {
    const items = [
        { rrset_name: "a", rrset_type: "A", rrset_values: ["192.0.2.1"] },
        { rrset_name: "b", rrset_type: "A", rrset_values: ["192.0.2.1"], rrset_ttl: 1 },
    ];
    const answer = await put(RECORDS, { items });
    expect(answer.json.errors).toMatchObject([{ name: "items.1.rrset_ttl" }]);
    expect(sandbox.state.zone("example.com")?.rrsets).toMatchObject([{ name: "www" }]);
});

test("PATCH of an RRset adds and removes values, and removes the RRset with its last one", async () => {
    const patch = (body: unknown) => ask(sandbox, `PATCH ${RECORDS}/www/A`, { body });
    await patch({ add_rrset_values: ["192.0.2.2"], remove_rrset_values: ["192.0.2.1"], rrset_ttl: 600 });
    expect(await get(`${RECORDS}/www/A`)).toMatchObject({ rrset_values: ["192.0.2.2"], rrset_ttl: 600 });
    await patch({ remove_rrset_values: ["192.0.2.2"] });
    expect((await ask(sandbox, `GET ${RECORDS}/www/A`)).status).toBe(404);
});

describe("signing keys", () => {
    test("are made by flags, told by Location, and shown whole one by one only", async () => {
        const created = await ask(sandbox, `POST ${ZONE}/keys`, { body: { flags: 257 } });
        expect(created.status).toBe(201);
        expect(Object.keys(created.json)).toEqual(["message"]);
        const path = String(created.headers.location).slice(sandbox.url.length);
        const key = await get(path);
        expect(key).toMatchObject({ flags: 257, algorithm: 13, deleted: false, fingerprint: expect.any(String) });
        expect(key.ds).toBe(`example.com. 3600 IN DS ${key.tag} 13 2 ${key.fingerprint}`);
        expect(Buffer.from(key.public_key, "base64")).toHaveLength(64);
        const [listed] = await get(`${ZONE}/keys`);
        expect(listed).toMatchObject({ id: key.id, ds: key.ds });
        for (const detail of ["public_key", "tag", "fingerprint"]) {
            expect(listed).not.toHaveProperty(detail);
        }
    });

    test("are deleted softly and undeleted", async () => {
        await ask(sandbox, `POST ${ZONE}/keys`, { body: { flags: 256 } });
        const [{ id }] = await get(`${ZONE}/keys`);
        expect((await ask(sandbox, `DELETE ${ZONE}/keys/${id}`)).status).toBe(204);
        expect(await get(`${ZONE}/keys`)).toMatchObject([{ id, deleted: true }]);
        expect((await ask(sandbox, `PATCH ${ZONE}/keys/${id}`, { body: { deleted: true } })).status).toBe(400);
        expect((await ask(sandbox, `PATCH ${ZONE}/keys/${id}`, { body: { deleted: false } })).status).toBe(200);
        expect(await get(`${ZONE}/keys`)).toMatchObject([{ id, deleted: false }]);
    });

    test("have no other flags than 256 and 257", async () => {
        expect((await ask(sandbox, `POST ${ZONE}/keys`, { body: { flags: 0 } })).status).toBe(400);
    });
});

describe("snapshots", () => {
    test("keep the zone as it was", async () => {
        const created = await ask(sandbox, `POST ${ZONE}/snapshots`, { body: { name: "before" } });
        expect(created).toMatchObject({ status: 201, json: { id: expect.any(String), message: expect.any(String) } });
        await ask(sandbox, `DELETE ${RECORDS}`);
        expect(await get(`${ZONE}/snapshots/${created.json.id}`)).toMatchObject({
            name: "before",
            automatic: false,
            zone_data: [{ rrset_name: "www", rrset_type: "A", rrset_ttl: 300, rrset_values: ["192.0.2.1"] }],
        });
        const text = await ask(sandbox, `GET ${ZONE}/snapshots/${created.json.id}`, {
            headers: { accept: "text/plain" },
        });
        expect(text.text).toBe("www 300 IN A 192.0.2.1\n");
    });

    test("are taken by themselves after each change, unless that is switched off", async () => {
        await put(`${RECORDS}/a/A`, { rrset_values: ["192.0.2.1"] });
        expect(await get(`${ZONE}/snapshots?automatic=true`)).toHaveLength(1);
        await ask(sandbox, `PATCH ${ZONE}`, { body: { automatic_snapshots: false } });
        await put(`${RECORDS}/b/A`, { rrset_values: ["192.0.2.1"] });
        expect(await get(`${ZONE}/snapshots`)).toHaveLength(1);
        expect(await get(`${ZONE}/snapshots?automatic=false`)).toEqual([]);
    });

    test("that were taken by themselves are kept up to fifty", async () => {
        await ask(sandbox, `POST ${ZONE}/snapshots`, { body: { name: "mine" } });
        for (let count = 0; count < 51; count += 1) {
            await put(`${RECORDS}/a/A`, { rrset_values: [`192.0.2.${count}`] });
        }
        const { json } = await ask(sandbox, `GET ${ZONE}/snapshots`);
        expect(json).toHaveLength(51);
        expect(json[0].name).toBe("mine");
    });

    test("without a name are numbered by day, and listed in either order", async () => {
        for (let count = 0; count < 2; count += 1) {
            await ask(sandbox, `POST ${ZONE}/snapshots`, { body: {} });
        }
        const names = (list: { name: string }[]) => list.map(({ name }) => name.split(" ")[1]);
        expect(names(await get(`${ZONE}/snapshots`))).toEqual(["1", "2"]);
        expect(names(await get(`${ZONE}/snapshots?sort_by=-date_created`))).toEqual(["2", "1"]);
    });

    test("are renamed after a while and deleted at once", async () => {
        const { id } = (await ask(sandbox, `POST ${ZONE}/snapshots`, { body: { name: "old" } })).json;
        expect((await ask(sandbox, `PATCH ${ZONE}/snapshots/${id}`, { body: { name: "new" } })).status).toBe(202);
        expect((await get(`${ZONE}/snapshots/${id}`)).name).toBe("old");
        sandbox.advance(2000);
        expect((await get(`${ZONE}/snapshots/${id}`)).name).toBe("new");
        expect((await ask(sandbox, `DELETE ${ZONE}/snapshots/${id}`)).status).toBe(204);
        expect((await ask(sandbox, `GET ${ZONE}/snapshots/${id}`)).status).toBe(404);
    });
});

describe("zone transfers", () => {
    test("go to slaves, whose addresses come expanded", async () => {
        expect((await put(`${ZONE}/axfr/slaves/2001:db8::1`)).status).toBe(201);
        expect((await put(`${ZONE}/axfr/slaves/192.0.2.53`)).status).toBe(201);
        expect((await put(`${ZONE}/axfr/slaves/2001:DB8:0::1`)).status).toBe(201);
        expect(await get(`${ZONE}/axfr/slaves`)).toEqual(["192.0.2.53", "2001:0db8:0000:0000:0000:0000:0000:0001"]);
        expect((await put(`${ZONE}/axfr/slaves/nowhere`)).status).toBe(400);
    });

    test("stop a while after the slave is removed", async () => {
        await put(`${ZONE}/axfr/slaves/192.0.2.53`);
        const removed = await ask(sandbox, `DELETE ${ZONE}/axfr/slaves/192.0.2.53`);
        expect([removed.status, removed.text]).toEqual([202, ""]);
        expect(await get(`${ZONE}/axfr/slaves`)).toEqual(["192.0.2.53"]);
        sandbox.advance(2000);
        expect(await get(`${ZONE}/axfr/slaves`)).toEqual([]);
        expect((await ask(sandbox, `DELETE ${ZONE}/axfr/slaves/192.0.2.53`)).status).toBe(404);
    });

    test("are signed with TSIG keys, whose secret is not in the answer that makes them", async () => {
        const { status, json } = await ask(sandbox, "POST /v5/livedns/axfr/tsig");
        expect(status).toBe(201);
        expect(json).toEqual({ id: json.id, key_name: `${json.id}.gandi.net`, href: expect.any(String) });
        const key = await get(`/v5/livedns/axfr/tsig/${json.id}`);
        expect(Object.keys(key.config_samples)).toEqual(["bind", "knot", "nsd", "powerdns"]);
        expect(await get("/v5/livedns/axfr/tsig")).toMatchObject([{ id: json.id, secret: key.secret }]);
        for (const software of Object.keys(key.config_samples)) {
            expect(await get(`/v5/livedns/axfr/tsig/${json.id}/config/${software}`)).toContain(key.secret);
        }
        const plain = await ask(sandbox, `GET /v5/livedns/axfr/tsig/${json.id}/config/bind`, {
            headers: { accept: "text/plain" },
        });
        expect(plain.text).toMatch(/^key "/);
        expect((await ask(sandbox, `GET /v5/livedns/axfr/tsig/${json.id}/config/other`)).status).toBe(400);
        expect((await ask(sandbox, `DELETE /v5/livedns/axfr/tsig/${json.id}`)).status).toBe(404);
    });

    test("use a TSIG key once it is associated with the domain", async () => {
        const { id } = (await ask(sandbox, "POST /v5/livedns/axfr/tsig")).json;
        expect((await put(`${ZONE}/axfr/tsig/${id}`)).status).toBe(201);
        expect(await get(`${ZONE}/axfr/tsig`)).toMatchObject([{ id, key_name: `${id}.gandi.net` }]);
        expect((await ask(sandbox, `DELETE ${ZONE}/axfr/tsig/${id}`)).status).toBe(202);
        sandbox.advance(2000);
        expect(await get(`${ZONE}/axfr/tsig`)).toEqual([]);
    });
});
