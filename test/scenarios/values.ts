import type { Program, Scenario } from "./stage";

const derived: Program<{ text: string }> = (gandi, pulumi, { text }) => {
    const source = new gandi.LiveDnsRecord("source", {
        domain: "example.com",
        name: "source",
        type: "TXT",
        values: [text],
    });
    const existing = gandi.LiveDnsRecord.get("existing", "example.com/existing/A");
    const domain = gandi.Domain.get("domain", "example.com");
    new gandi.LiveDnsRecord("values", {
        domain: "example.com",
        name: "values",
        type: "TXT",
        values: [pulumi.interpolate`id=${source.id}`, pulumi.interpolate`ends=${domain.expiresAt}`],
    });
    new gandi.LiveDnsRecord("name", {
        domain: "example.com",
        name: source.id.apply((id) => id.split("/")[1]!.replace("source", "derived")),
        type: "A",
        values: existing.values,
    });
    return { address: existing.values };
};

const unknownId: Program<object> = (gandi) => {
    gandi.LiveDnsRecord.get("nothing", "example.com/nothing/A");
};

export const values: readonly Scenario[] = [
    {
        title: "what is read with get, and values that are only known during up, go into other records",
        sandbox: { zones: { "example.com": "existing 300 IN A 192.0.2.9" } },
        async play(stage) {
            stage.program(derived, { text: "hello" });
            expect((await stage.preview()).changes).toMatchObject({ create: 4 });
            const { outputs } = await stage.up();
            expect(outputs.address?.value).toEqual(["192.0.2.9"]);
            const expires = new Date(stage.sandbox.state.domain("example.com")!.endsAt).toISOString().slice(0, 10);
            expect(stage.zone()).toEqual({
                "existing A": ["192.0.2.9"],
                "derived A": ["192.0.2.9"],
                "source TXT": ['"hello"'],
                "values TXT": ['"id=example.com/source/TXT"', expect.stringContaining(`ends=${expires}`)],
            });
            expect((await stage.preview({ expectNoChanges: true })).changes).toMatchObject({ same: 4 });
            stage.program(unknownId, {});
            expect((await stage.fails("preview")).output).toContain(
                "there is no LiveDnsRecord example.com/nothing/A at Gandi",
            );
        },
    },
];
