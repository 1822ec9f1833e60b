import { a, domain, gandi, life, small, somebody, there, useOwnZone, zone } from "./ownZone";

useOwnZone();

/** `count` RRsets, each with one address. */
const many = (count: number, address = "192.0.2.1") =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`host-${i} A`, a(address)]));
const requests = () => gandi.sandbox.requests().map((request) => `${request.method} ${request.path}`);
const snapshots = () => gandi.sandbox.state.zone(domain)!.snapshots;
/** The path of something in the zone. */
const path = (rest: string) => `/livedns/domains/${domain}/${rest}`;

describe("a zone that is shared", () => {
    it("is created with its own RRsets, and left alone by the second run (promise 3)", async () => {
        somebody("other", "A", "203.0.113.1");
        await life.up(zone(small));
        expect(there()).toEqual({
            "@ MX": { ttl: 10800, values: ["10 mail.example.net."] },
            "@ TXT": { ttl: 10800, values: ['"v=spf1 -all"'] },
            "other A": a("203.0.113.1"),
            "www A": a("192.0.2.2", "192.0.2.1"),
        });
        expect(life.state?.id).toBe(domain);
        await expect(life.preview(zone(small))).resolves.toBe("same");
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(zone(small))).resolves.toBe("same");
    });

    it("writes only what differs, and removes only what it has made", async () => {
        somebody("other", "A", "203.0.113.1");
        await life.up(zone({ ...small, "old A": a("192.0.2.9") }));
        gandi.writes();
        await expect(life.up(zone({ ...small, "www A": a("192.0.2.3"), "new A": a("192.0.2.4") }))).resolves.toBe(
            "update",
        );
        expect(gandi.writes().sort()).toEqual([
            `DELETE ${path("records/old/A")}`,
            `POST ${path("records")}`,
            `PUT ${path("records/www/A")}`,
        ]);
        expect(Object.keys(there()).sort()).toEqual(["@ MX", "@ TXT", "new A", "other A", "www A"]);
    });

    it("gets a new TTL where the list leaves TTLs out", async () => {
        await life.up(zone(small));
        const body = [{ rrset_name: "www", rrset_type: "A", rrset_values: ["192.0.2.1", "192.0.2.2"] }];
        gandi.sandbox.addFault({ method: "GET", path: path("records"), status: 200, body });
        gandi.writes();
        await life.up(zone({ ...small, "www A": { ttl: 600, values: ["192.0.2.2", "192.0.2.1"] } }));
        expect(there()["www A"]?.ttl).toBe(600);
        await expect(life.refresh()).resolves.toBe("changed");
        await life.up(zone({ "www A": { ttl: 600, values: ["192.0.2.2", "192.0.2.1"] } }));
        expect(gandi.writes().filter((write) => write === `PUT ${path("records/www/A")}`)).toHaveLength(1);
    });

    it.each([
        ["a value", { "www A": a("192.0.2.2", "203.0.113.66") }],
        ["one more value", { "www A": a("192.0.2.2", "192.0.2.1", "203.0.113.66") }],
        ["a TTL", { "www A": { ...a("192.0.2.2", "192.0.2.1"), ttl: 600 } }],
    ])("sees drift of %s as exactly that, and repairs it (promise 4)", async (_what, edit) => {
        await life.up(zone(small));
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", ...edit["www A"] });
        await expect(life.refresh()).resolves.toBe("changed");
        expect(life.state?.inputs.rrsets).toEqual({ ...small, ...edit });
        gandi.writes();
        await expect(life.up(zone(small))).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT ${path("records/www/A")}`]);
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("sees what was removed as exactly that, and makes it again (promise 4)", async () => {
        await life.up(zone(small));
        gandi.sandbox.deleteRRset(domain, "www", "A");
        await life.refresh();
        expect(Object.keys(life.state?.inputs.rrsets as object).sort()).toEqual(["@ MX", "@ TXT"]);
        await life.up(zone(small));
        expect(there()["www A"]).toEqual(a("192.0.2.2", "192.0.2.1"));
    });

    it("never shows or touches what is not its own, even with hundreds of changes (promise 2)", async () => {
        somebody("other", "A", "203.0.113.1");
        await life.up(zone(many(60)));
        expect(gandi.writes()).toHaveLength(60);
        await expect(life.refresh()).resolves.toBe("same");
        expect(life.state?.inputs.rrsets).not.toHaveProperty(["other A"]);
        expect(there()["other A"]).toEqual(a("203.0.113.1"));
    });

    it("does not take what is there with other values, unless told to adopt it (promise 2)", async () => {
        somebody("www", "A", "203.0.113.9");
        somebody("@", "TXT", '"hello"');
        await expect(life.up(zone(small))).rejects.toThrow(
            /nothing is changed.*@ TXT \("hello", TTL 300\).*adopt: true.*www A \(203\.0\.113\.9, TTL 300\)/,
        );
        expect(gandi.writes()).toEqual([]);
        await life.up(zone(small, { adopt: true }));
        expect(there()["www A"]).toEqual(a("192.0.2.2", "192.0.2.1"));
        gandi.writes();
        await expect(life.up(zone(small))).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("does not stand beside somebody's CNAME", async () => {
        somebody("www", "CNAME", "shop.example.net.");
        await expect(life.up(zone(small))).rejects.toThrow(
            /www CNAME \(shop\.example\.net\..*excludes every other type/,
        );
        expect(Object.keys(there())).toEqual(["www CNAME"]);
    });

    it("changes a name from a CNAME to addresses and back", async () => {
        const alias = { "www CNAME": a("web.example.net.") };
        const addresses = { "www A": a("192.0.2.1"), "www AAAA": a("2001:db8::1") };
        await life.up(zone(alias));
        await life.up(zone(addresses));
        expect(there()).toEqual(addresses);
        await life.up(zone(alias));
        expect(there()).toEqual(alias);
    });

    it("replaces what Gandi put into a fresh zone where it is in the way, and leaves the rest of it", async () => {
        gandi.sandbox.addDomain({ fqdn: "fresh.example" });
        await life.up({ domain: "fresh.example", rrsets: { "@ A": a("192.0.2.1"), "www A": a("192.0.2.1") } });
        const after = there("fresh.example");
        expect(after["@ A"]).toEqual(a("192.0.2.1"));
        expect(after["www A"]).toEqual(a("192.0.2.1"));
        expect(after).not.toHaveProperty(["www CNAME"]);
        expect(after).toHaveProperty(["webmail CNAME"]);
    });

    it("writes to a name in the case that the server keeps", async () => {
        somebody("WWW", "A", "203.0.113.9");
        await life.up(zone({ "www A": a("192.0.2.1") }, { adopt: true }));
        await expect(life.refresh()).resolves.toBe("same");
        expect(there()).toEqual({ "WWW A": a("192.0.2.1") });
    });
});

describe("an exclusive zone", () => {
    const exclusive = (rrsets: object, more: object = {}) => zone(rrsets, { exclusive: true, ...more });

    it("shows what strangers add, and removes it then", async () => {
        await life.up(exclusive(small));
        somebody("stranger", "A", "203.0.113.1");
        await expect(life.refresh()).resolves.toBe("changed");
        expect(life.state?.inputs.rrsets).toEqual({ ...small, "stranger A": a("203.0.113.1") });
        await expect(life.up(exclusive(small))).resolves.toBe("update");
        expect(there()).not.toHaveProperty(["stranger A"]);
        await expect(life.refresh()).resolves.toBe("same");
    });

    it.each([
        ["a few changes", 1],
        ["many changes", 40],
    ])("keeps and reports, with %s, what it has never shown (promise 2)", async (_what, size) => {
        await life.up(exclusive(small));
        somebody("stranger", "A", "203.0.113.1");
        await life.up(exclusive({ ...small, ...many(size) }), { unsettled: true });
        expect(there()["stranger A"]).toEqual(a("203.0.113.1"));
        expect(Object.keys(there())).toHaveLength(3 + size + 1);
        await gandi.lines.matching(new RegExp(`${domain}: kept stranger A, which nobody here has seen`));
    });

    it("fails in preview where a new one would remove what is there, unless told to adopt the zone", async () => {
        somebody("old", "A", "203.0.113.1");
        somebody("www", "A", "203.0.113.2");
        const [removed, changed] = (await life.reasons(exclusive(small))).sort();
        expect(removed).toMatch(/would remove 1 that are there: old A \(203\.0\.113\.1, TTL 300\).*adopt: true/);
        expect(changed).toMatch(/www A \(203\.0\.113\.2, TTL 300\) is there already with other values/);
        expect(gandi.writes()).toEqual([]);
        await life.up(exclusive(small, { adopt: true }));
        await gandi.lines.matching(new RegExp(`${domain}: taking the zone over removes old A`));
        expect(Object.keys(there()).sort()).toEqual(Object.keys(small).sort());
    });

    it("takes over a fresh zone without adopt, and clears Gandi's records away", async () => {
        gandi.sandbox.addDomain({ fqdn: "new.example" });
        await life.up({ domain: "new.example", rrsets: { "@ A": a("192.0.2.1") }, exclusive: true, maxRemovals: 0 });
        expect(there("new.example")).toEqual({ "@ A": a("192.0.2.1") });
        await gandi.lines.matching(
            /^new\.example: taking the zone over removes what Gandi put into the fresh zone: .*@ MX.*webmail CNAME/,
        );
    });

    it("lets preview pass for a zone that the same run is going to make", async () => {
        await expect(life.reasons({ ...exclusive(small), domain: "later.example" })).resolves.toEqual([]);
    });

    it("leaves to others what ignore names", async () => {
        const ignore = ["_acme-challenge.**", { type: "TXT", name: "*._domainkey" }];
        somebody("_acme-challenge.www", "TXT", '"proof"');
        somebody("k1._domainkey", "TXT", '"key"');
        await life.up(exclusive(small, { ignore }));
        somebody("_acme-challenge", "TXT", '"proof"');
        await expect(life.refresh()).resolves.toBe("same");
        await life.up(exclusive({ ...small, ...many(40) }, { ignore }));
        expect(there()).toHaveProperty(["_acme-challenge.www TXT"]);
        expect(there()).toHaveProperty(["_acme-challenge TXT"]);
        expect(there()).toHaveProperty(["k1._domainkey TXT"]);
        somebody("k1._domainkey", "CNAME", "k1.example.net.");
        await expect(life.refresh()).resolves.toBe("changed");
    });

    it("writes many changes at once, after a snapshot where automatic ones are off", async () => {
        await life.up(exclusive(small));
        gandi.writes();
        await life.up(exclusive({ ...small, ...many(30) }));
        expect(gandi.writes()).toEqual([`PUT ${path("records")}`]);
        gandi.sandbox.world.state.zones.get(domain)!.automaticSnapshots = false;
        const before = snapshots().length;
        await life.up(exclusive({ ...small, ...many(30, "192.0.2.7") }));
        expect(gandi.writes()).toEqual([`POST ${path("snapshots")}`, `PUT ${path("records")}`]);
        expect(snapshots()).toHaveLength(before + 1);
        const today = new Date().toISOString().slice(0, 10);
        expect(snapshots().map(({ name }) => name)).toContainEqual(
            expect.stringContaining(`before a change by Pulumi, ${today}T`),
        );
    });

    it("makes 1,000 RRsets in a fresh zone with 9 requests, previews with none, refreshes with 2", async () => {
        gandi.sandbox.addDomain({ fqdn: domain });
        gandi.sandbox.world.state.zones.get(domain)!.automaticSnapshots = false;
        const big = exclusive(many(1000));
        await life.up(big);
        expect(requests()).toEqual([
            `GET /v5${path("records")}`,
            // Whether something of Gandi's holds what it has put there, of which preview and create share the answers.
            `GET /v5/domain/domains/${domain}/webredirs`,
            `GET /v5/email/offers/${domain}`,
            `GET /v5/email/mailboxes/${domain}`,
            `GET /v5/email/forwards/${domain}`,
            `GET /v5${path("records")}`,
            `GET /v5/livedns/domains/${domain}`,
            `POST /v5${path("snapshots")}`,
            `PUT /v5${path("records")}`,
        ]);
        expect(Object.keys(there())).toHaveLength(1000);
        gandi.sandbox.clearRequests();
        await expect(life.preview(big)).resolves.toBe("same");
        expect(requests()).toEqual([]);
        await expect(life.refresh()).resolves.toBe("same");
        expect(requests()).toHaveLength(2);
    });

    it("is refused whole by the API where one RRset is, and nothing has changed", async () => {
        await life.up(exclusive(small));
        gandi.sandbox.addFault({ method: "PUT", status: 400, times: 1, body: { message: "no" } });
        await expect(life.up(exclusive({ ...small, ...many(30) }))).rejects.toThrow(/400/);
        expect(Object.keys(there())).toHaveLength(3);
        await life.up(exclusive({ ...small, ...many(30) }));
        expect(Object.keys(there())).toHaveLength(33);
    });
});

describe("the NS of the apex", () => {
    const ns = { "@ NS": a("ns1.example.net.", "ns2.example.net.") };

    it("are warned of in preview where none is LiveDNS's", async () => {
        const warning = /none of the nameservers at the apex is one of LiveDNS's/;
        await life.preview(zone({ "@ NS": a("ns1.example.net.", "ns-1-a.gandi.net.") }));
        await life.preview(zone(ns));
        await expect(gandi.lines.matching(warning)).resolves.toContain("(ns1.example.net., ns2.example.net.)");
        expect(gandi.lines.all.filter((line) => warning.test(line))).toHaveLength(1);
    });

    it("are left alone unless given", async () => {
        somebody("@", "NS", "ns9.example.net.");
        await life.up(zone(small, { exclusive: true }));
        await life.up(zone(many(30), { exclusive: true }));
        await expect(life.refresh()).resolves.toBe("same");
        expect(there()["@ NS"]).toEqual(a("ns9.example.net."));
    });

    it.each([
        ["alone", {}],
        ["with the whole zone", many(30)],
    ])("are made, read and removed %s where they are given", async (_how, more) => {
        await life.up(zone({ ...ns, ...more }, { exclusive: true }));
        expect(there()["@ NS"]).toEqual(ns["@ NS"]);
        await expect(life.refresh()).resolves.toBe("same");
        somebody("@", "NS", "ns1.example.net.");
        await expect(life.refresh()).resolves.toBe("changed");
        const rest = Object.fromEntries(Object.keys(more).map((key) => [key, a("192.0.2.77")]));
        await life.up(zone({ "www A": a("192.0.2.1"), ...rest }, { exclusive: true }));
        expect(there()).not.toHaveProperty(["@ NS"]);
    });
});

describe("maxRemovals", () => {
    it("stops in check a run that would remove more, and says how many", async () => {
        await life.up(zone({ ...small, ...many(11) }));
        const [reason, ...others] = await life.reasons(zone(small));
        expect(others).toEqual([]);
        expect(reason).toMatch(/would remove 11 RRsets \(host-0 A, .* and 1 more\), more than maxRemovals \(10\)/);
        await expect(life.up(zone(small, { maxRemovals: 11 }))).resolves.toBe("update");
        expect(Object.keys(there()).sort()).toEqual(Object.keys(small).sort());
    });

    it("stops the taking over of a zone, too", async () => {
        somebody("one", "A", "203.0.113.1");
        somebody("two", "A", "203.0.113.1");
        const reasons = await life.reasons(zone(small, { exclusive: true, adopt: true, maxRemovals: 1 }));
        expect(reasons).toEqual([expect.stringMatching(/would remove 2 RRsets \(one A, two A\)/)]);
    });
});

describe("a failure in the middle", () => {
    const wanted = () => zone({ ...small, "bad A": a("192.0.2.9") });
    const refusal = { method: "PUT", path: "*/records/bad/A", status: 400, body: { message: "no such luck" } };

    it("says what was and what was not applied, and the next run completes it (promise 5)", async () => {
        await life.up(zone({ "bad A": a("192.0.2.8"), "old A": a("192.0.2.8") }));
        gandi.sandbox.addFault({ ...refusal, delay: 100 });
        await expect(life.up(wanted())).rejects.toThrow(
            /4 of 5 changes are made \(@ MX, @ TXT, www A, removal of old A\), not made: bad A\. .*no such luck/,
        );
        expect(Object.keys(life.state?.outputs.rrsets as object).sort()).toEqual(["@ MX", "@ TXT", "bad A", "www A"]);
        gandi.sandbox.clearFaults();
        gandi.writes();
        await life.up(wanted());
        expect(gandi.writes()).toEqual([`PUT ${path("records/bad/A")}`]);
        await expect(life.preview(wanted())).resolves.toBe("same");
    });

    it("forgets nothing that a first run has made (promise 5)", async () => {
        gandi.sandbox.addFault({
            method: "POST",
            path: path("records"),
            skip: 2,
            status: 403,
            body: { message: "no" },
        });
        await expect(life.up(wanted())).rejects.toThrow(/2 of 4 changes are made/);
        gandi.sandbox.clearFaults();
        const made = Object.keys(there());
        expect(made).toHaveLength(2);
        await life.up({ ...wanted(), deletionPolicy: "delete" });
        await life.destroy();
        expect(there()).toEqual({});
    });

    it("goes on with the RRsets of a run that was killed before it saved (promise 5)", async () => {
        await life.up(wanted());
        gandi.writes();
        await life.createAgain({ ...wanted(), exclusive: true });
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
        ["a server error", { status: 502 }],
        ["a lost answer", { kind: "drop-after" }],
    ] as const)("is none where it is %s (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await life.up(wanted());
        expect(Object.keys(there())).toHaveLength(4);
    });
});

describe("deleting it", () => {
    it("keeps all at Gandi by default, and says so (promise 2)", async () => {
        await life.up(zone(small));
        await life.destroy();
        expect(Object.keys(there())).toHaveLength(3);
        await gandi.lines.matching(new RegExp(`${domain}: the zone keeps its RRsets`));
    });

    it.each([
        ["a shared one", false, 3],
        ["an exclusive one", true, 30],
    ])("removes what %s has, and nothing else, where it is told to", async (_what, exclusive, size) => {
        await life.up(zone(many(size), { exclusive, deletionPolicy: "delete" }));
        gandi.sandbox.world.state.zones.get(domain)!.automaticSnapshots = false;
        somebody("other", "A", "203.0.113.1");
        const before = snapshots().length;
        await life.destroy();
        expect(there()).toEqual({ "other A": a("203.0.113.1") });
        expect(snapshots()).toHaveLength(before + 1);
    });
});

describe("moving an RRset in one run", () => {
    const www = () => ({ domain, name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
    const rest = { "mail A": a("192.0.2.2") };
    const whole = { ...rest, "www A": a("192.0.2.1") };
    const token = () => ({ "gandi:personalAccessToken": gandi.sandbox.token });

    it("from a LiveDnsRecord into a zone keeps it", async () => {
        const run = gandi.runs(token());
        try {
            const record = gandi.life("LiveDnsRecord");
            await record.up(www());
            await life.under(run).up(zone(whole));
            await record.under({ ...run, destroying: run.first }).destroy();
            expect(there()["www A"]).toEqual(a("192.0.2.1"));
        } finally {
            await run.close();
        }
    });

    it("from a zone into a LiveDnsRecord keeps it", async () => {
        await life.up(zone(whole));
        const run = gandi.runs(token());
        try {
            const record = gandi.life("LiveDnsRecord").under(run);
            await record.up(www());
            const zoneLater = life.under({ ...run, later: run.first });
            await zoneLater.up(zone(rest));
            expect(Object.keys(there()).sort()).toEqual(["mail A", "www A"]);
        } finally {
            await run.close();
        }
    });
});
