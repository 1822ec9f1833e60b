import type { Program, Scenario } from "./stage";

interface Given {
    servers: string[];
    key: string;
}

const slow: Program<Given> = (gandi, _pulumi, { servers, key }) => {
    const customTimeouts = { create: "1s", update: "1s", delete: "1s" };
    const domain = "example.com";
    const ns1 = new gandi.GlueRecord("ns1", { domain, name: "ns1", ips: ["192.0.2.1"] }, { customTimeouts });
    const ksk = new gandi.DnssecKey(
        "ksk",
        { domain, algorithm: 15, type: "ksk", publicKey: key },
        { customTimeouts, dependsOn: ns1 },
    );
    const own = new gandi.Nameservers(
        "own",
        { domain, nameservers: servers, dnssec: "ignore" },
        { customTimeouts, dependsOn: ksk },
    );
    return { pending: own.pending };
};

const given: Given = { servers: ["ns1.example.net", "ns2.example.net"], key: Buffer.alloc(32, 7).toString("base64") };

export const pending: readonly Scenario[] = [
    {
        title: "a registry that shows a day later: up succeeds, nothing is shown as a change or as drift, nothing is sent twice",
        sandbox: { clock: "manual", delays: { showing: 24 * 3_600_000 } },
        async play(stage) {
            stage.program(slow, given);
            const up = await stage.up();
            expect(up.changes).toEqual({ create: 4 });
            expect(up.output).toContain("does not show it yet: pending");
            expect(up.outputs.pending?.value).toBe(true);
            const sent = up.requests.filter((request) => !request.startsWith("GET"));
            expect(sent).toHaveLength(3);
            const changesNothing = async () => {
                await stage.hasNothingToDo();
                await stage.preview({ refresh: true, expectNoChanges: true });
                expect((await stage.up()).requests).toEqual([]);
            };
            await stage.refresh({ expectNoChanges: true });
            await changesNothing();

            stage.sandbox.advance(24 * 3_600_000);
            expect(stage.sandbox.state.domain("example.com")?.nameservers).toEqual(given.servers);
            await changesNothing();
            await stage.refresh({ expectNoChanges: true });
            const shown = await stage.up();
            expect(shown.outputs.pending?.value).toBeUndefined();
            expect(shown.requests).toEqual([]);
        },
    },
];
