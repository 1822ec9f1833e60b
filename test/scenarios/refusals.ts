import type { Program, Scenario } from "./stage";

const impossible: Program<object> = (gandi) => {
    const record = { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] };
    const attempts: Record<string, () => unknown> = {
        credential: () => new gandi.Provider("nobody", {}),
        import: () => new gandi.LiveDnsRecord("imported", record, { import: "example.com/www/A" }),
        twice: () => [
            new gandi.LiveDnsRecord("first", record),
            new gandi.LiveDnsRecord("second", { ...record, domain: "EXAMPLE.com.", name: "WWW" }),
        ],
    };
    for (const [what, attempt] of Object.entries(attempts)) {
        try {
            attempt();
            console.log(`${what}: went through`);
        } catch (error) {
            console.log(`${what}: ${(error as Error).message}`);
        }
    }
};

const twiceByOutputs: Program<object> = (gandi, pulumi) => {
    for (const name of ["first", "second"]) {
        new gandi.LiveDnsRecord(name, {
            domain: pulumi.output("example.com"),
            name: pulumi.output(Promise.resolve("www")),
            type: "A",
            values: ["192.0.2.1"],
        });
    }
};

const wrong: Program<object> = (gandi) => {
    const wrongRecord = { domain: "example.com", name: "@", type: "CNAME", ttl: 5, values: ["a", "b"], value: ["a"] };
    new gandi.LiveDnsRecord("wrong", wrongRecord);
};

const manyWrong: Program<object> = (gandi) => {
    for (let number = 1; number <= 12; number++) {
        const values = number % 3 === 0 ? ["192.0.2.1"] : [`address ${number}`];
        new gandi.LiveDnsRecord(`r${number}`, { domain: "example.com", name: `r${number}`, type: "A", values });
    }
};

const one: Program<object> = (gandi) => {
    new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
};

export const refusals: readonly Scenario[] = [
    {
        title: "what a program can't mean is refused where it is written, and says what to do instead",
        async play(stage) {
            stage.program(impossible, {});
            const { output } = await stage.preview();
            expect(output).toContain('credential: gandi.Provider "nobody" needs a personalAccessToken of its own');
            expect(output).toMatch(/import: gandi\.LiveDnsRecord "imported": the import option.*adopt: true/);
            expect(output).toMatch(/twice: example\.com\/www\/A is declared twice: by .*"first" and by .*"second"/);

            stage.program(twiceByOutputs, {});
            expect((await stage.fails("preview")).output).toMatch(
                /example\.com\/www\/A is declared twice: by .*"(first|second)" and by .*"(first|second)"/,
            );
        },
    },
    {
        title: "all that is wrong with a resource is said at once, in preview, and nothing is asked",
        async play(stage) {
            stage.program(wrong, {});
            const { output, requests } = await stage.fails("preview");
            expect(requests).toEqual([]);
            for (const reason of [/value:.*did you mean values\?/, /ttl/, /apex/i, /one CNAME at most/]) {
                expect(output).toMatch(reason);
            }
        },
    },
    {
        title: "all the resources of a program that will be refused are named by one preview, and no others",
        async play(stage) {
            stage.program(manyWrong, {});
            const { output, requests } = await stage.fails("preview");
            expect(requests).toEqual([]);
            for (let number = 1; number <= 12; number++) {
                const warned = new RegExp(`gandi\\.LiveDnsRecord "r${number}": values\\[0\\]: "address ${number}"`);
                expect(warned.test(output)).toBe(number % 3 !== 0);
            }
        },
    },
    {
        title: "a token in plain configuration is refused, with the command that mends it",
        async play(stage) {
            stage.program(one, {});
            await stage.config("gandi:personalAccessToken", "a-token-in-clear");
            expect((await stage.fails("preview")).output).toContain(
                "pulumi config set --secret gandi:personalAccessToken",
            );
        },
    },
];
