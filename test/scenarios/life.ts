import type { Scenario } from "./stage";

export const life: readonly Scenario[] = [
    {
        title: "the quickstart: price shown, ordered, drift seen exactly and repaired, and the domain kept by destroy",
        sandbox: { zones: {}, delays: { order: 100 } },
        async play(stage) {
            const { sandbox } = stage;
            stage.quickstart();
            const preview = await stage.preview();
            expect(preview.output).toContain("example.com: available, 14.40 EUR for 1 year, taxes included");
            expect(preview.requests).toEqual([
                "GET /domain/domains",
                "GET /domain/domains/example.com",
                "GET /domain/domains/example.com/createstatus",
                "GET /domain/check",
                "GET /billing/info",
                "GET /domain/domains/example.com/claims",
            ]);

            const up = await stage.up();
            expect(up.output).toContain("example.com: ordering for 14.40 EUR");
            expect(up.outputs.fqdn).toEqual({ value: "example.com", secret: false });
            expect(sandbox.state.orders("example.com")).toHaveLength(1);
            expect(sandbox.state.domain("example.com")?.autorenew.enabled).toBe(true);
            const zone = stage.zone();
            expect(zone).toMatchObject({
                "xn--bcher-kva CNAME": ["www.example.com."],
                "@ MX": ["10 mx1.mail.example.net.", "20 mx2.mail.example.net."],
                "mail._domainkey TXT": [expect.stringMatching(/^"v=DKIM1; k=rsa; .*" ".*"$/)],
            });
            await stage.hasNothingToDo();

            sandbox.setRRset("example.com", { name: "www", type: "A", ttl: 3600, values: ["203.0.113.66"] });
            sandbox.setRRset("example.com", { name: "*.preview", type: "A", ttl: 301, values: ["192.0.2.20"] });
            sandbox.deleteRRset("example.com", "www", "AAAA");
            sandbox.editDomain("example.com", { autorenew: { enabled: false } });
            const drift = await stage.preview({ refresh: true });
            expect(drift.updated).toEqual({
                example: ["autorenew"],
                "www A": ["values"],
                "*.preview A": ["ttl"],
            });
            expect(drift.changes).toMatchObject({ update: 3, create: 1 });
            await stage.refresh();
            const repair = await stage.up();
            expect(repair.updated).toEqual(drift.updated);
            expect(stage.zone()).toEqual(zone);
            expect(sandbox.state.domain("example.com")?.autorenew.enabled).toBe(true);

            const destroy = await stage.destroy();
            expect(destroy.output).toContain("[retain]");
            // What Gandi put into the fresh zone and the program has not declared.
            expect(Object.keys(stage.zone()).sort()).toEqual([
                "_imap._tcp SRV",
                "_pop3._tcp SRV",
                "_pop3s._tcp SRV",
                "_submission._tcp SRV",
                "webmail CNAME",
            ]);
            expect(sandbox.state.domain("example.com")).toBeDefined();
            expect(sandbox.state.orders("example.com")).toHaveLength(1);
        },
    },
];
