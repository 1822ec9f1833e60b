import type { Program, Scenario } from "./stage";

interface Shape {
    ignored: string;
    retained: boolean;
    isProtected: boolean;
}

const program: Program<Shape> = (gandi, _pulumi, { ignored, retained, isProtected }) => {
    const record = (name: string, values: string[], opts: object) =>
        new gandi.LiveDnsRecord(name, { domain: "example.com", name, type: "TXT", ttl: 300, values }, opts);
    const last = record("ignored", [ignored], { ignoreChanges: ["values"] });
    record("after", ["one"], { dependsOn: last });
    if (retained) {
        record("retained", ["one"], { retainOnDelete: true });
    }
    if (isProtected) {
        record("protected", ["one"], { protect: true });
    }
};

export const options: readonly Scenario[] = [
    {
        title: "the options dependsOn, ignoreChanges, retainOnDelete and protect are obeyed",
        async play(stage) {
            stage.program(program, { ignored: "one", retained: true, isProtected: true });
            const { requests } = await stage.up();
            expect(requests).toHaveLength(4);
            const bodies = stage.sandbox.requests().map(({ body }) => JSON.parse(body).rrset_name);
            expect(bodies.indexOf("after")).toBeGreaterThan(bodies.indexOf("ignored"));
            const zone = stage.zone();

            stage.program(program, { ignored: "two", retained: false, isProtected: true });
            const letGo = await stage.up();
            expect(letGo.requests).toEqual([]);
            expect(stage.zone()).toEqual(zone);

            stage.program(program, { ignored: "one", retained: false, isProtected: false });
            expect((await stage.fails("up")).output).toContain("because it is protected");
            expect(stage.zone()).toEqual(zone);
        },
    },
];
