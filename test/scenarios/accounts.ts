import type { Program, Scenario } from "./stage";

const DKIM = "v=DKIM1; k=rsa; p=hush-this-is-kept-secret";

const program: Program<object> = (gandi, pulumi) => {
    const config = new pulumi.Config();
    const clientB = new gandi.Provider("client-b", {
        personalAccessToken: config.requireSecret("tokenOfB"),
        requestsPerMinute: 600,
    });
    new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
    new gandi.LiveDnsRecord("dkim", {
        domain: "example.com",
        name: "mail._domainkey",
        type: "TXT",
        values: [config.requireSecret("dkim")],
    });
    // The same name in both programs' eyes, but another account's: no declaration twice.
    new gandi.LiveDnsRecord(
        "b-www",
        { domain: "example.org", name: "www", type: "A", values: ["192.0.2.2"] },
        { provider: clientB },
    );
    const site = new pulumi.ComponentResource("shop:index:Site", "site", {}, { providers: [clientB] });
    new gandi.LiveDnsRecord(
        "b-api",
        { domain: "example.org", name: "api", type: "A", values: ["192.0.2.3"] },
        { parent: site },
    );
};

// biome-ignore lint/suspicious/noExplicitAny: Pulumi's deployment JSON
type Json = any;

export const accounts: readonly Scenario[] = [
    {
        title: "two accounts in one program: each zone through its own token, and every secret encrypted in the state",
        sandbox: {
            zones: { "example.com": "" },
            seed: { domains: [{ fqdn: "example.org", organization: "second", zone: "" }] },
        },
        secrets: [DKIM],
        async play(stage) {
            const { sandbox } = stage;
            await stage.config("tokenOfB", sandbox.tokens.second, true);
            await stage.config("dkim", DKIM, true);
            stage.program(program, {});
            await stage.up();
            expect(stage.zone()).toEqual({ "www A": ["192.0.2.1"], "mail._domainkey TXT": [`"${DKIM}"`] });
            expect(stage.zone("example.org")).toEqual({ "www A": ["192.0.2.2"], "api A": ["192.0.2.3"] });
            const { deployment } = await stage.exportStack();
            const provider = deployment.resources.find(({ urn }: Json) => urn.endsWith("::client-b"));
            expect(provider.inputs).toMatchObject({
                "gandi:url": sandbox.url,
                "gandi:pollInterval": "0.02",
                "gandi:requestsPerMinute": "600",
                "gandi:personalAccessToken": { plaintext: JSON.stringify(sandbox.tokens.second) },
            });

            sandbox.setRRset("example.org", { name: "www", type: "A", values: ["203.0.113.66"] });
            expect((await stage.up({ refresh: true })).updated).toEqual({ "b-www": ["values"] });
            expect(stage.zone("example.org")).toMatchObject({ "www A": ["192.0.2.2"] });
            await stage.hasNothingToDo();

            await stage.destroy();
            expect([stage.zone(), stage.zone("example.org")]).toEqual([{}, {}]);
        },
    },
];
