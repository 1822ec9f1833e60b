import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { World, type WorldStack } from "../../soak/world";

let world: World;
let stack: WorldStack;
beforeEach(async () => {
    world = await World.open({ seed: { domains: [{ fqdn: "example.com" }, { fqdn: "example.org" }] } });
    stack = await world.stack();
});
afterEach(() => world.close());

const zone = (fqdn = "example.com") => world.sandbox.state.zone(fqdn)!;
const ARGS = { domains: ["example.com"], secondaries: ["192.0.2.53"], primaries: ["198.51.100.1", "2001:db8::1"] };
const program =
    (args: Partial<gandi.SecondaryDnsArgs> = {}) =>
    () => {
        const own = new gandi.SecondaryDns("own", { ...ARGS, ...args });
        return { configuration: own.configuration, is: gandi.SecondaryDns.isInstance(own) };
    };
const configuration = () => (stack.played.outputs() as { configuration: gandi.SecondaryConfigurations }).configuration;

describe("SecondaryDns", () => {
    it("makes key and secondaries, has nothing to do in a second run, and ends the transfers with it", async () => {
        const { error, changes } = await stack.up(program());
        expect({ error, changes }).toEqual({ error: undefined, changes: { create: 4 } });
        expect(zone()).toMatchObject({ slaves: ["192.0.2.53"], tsig: [expect.any(String)] });
        expect((await stack.preview(program(), { expectNoChanges: true })).error).toBeUndefined();
        await stack.destroy();
        expect(zone()).toMatchObject({ slaves: [], tsig: [] });
    });

    it("lets secondaries and zones come and go one by one, with the key that they have", async () => {
        await stack.up(program());
        const [key] = zone().tsig;
        const more = { domains: ["Example.com.", "example.org"], secondaries: ["192.0.2.53", "2001:db8::53"] };
        expect((await stack.up(program(more))).changes).toMatchObject({ create: 3, update: 1 });
        expect(zone("example.org").tsig).toEqual([key]);
        expect(zone("example.org").slaves).toHaveLength(2);
        await stack.up(program({ secondaries: ["2001:db8::53"] }));
        expect(zone().slaves).toEqual(["2001:0db8:0000:0000:0000:0000:0000:0053"]);
        expect(zone("example.org")).toMatchObject({ slaves: [], tsig: [] });
        expect(zone().tsig).toEqual([key]);
    });

    it("has the configuration of each nameserver, a secret", async () => {
        await stack.up(program({ domains: [pulumi.output("example.com"), "example.org"] }));
        const { secret } = [...world.sandbox.world.state.tsig.values()][0]!;
        const name = `${zone().tsig[0]}.gandi.net`;
        expect(configuration()).toEqual({
            bind: [
                `key "${name}" {\n    algorithm hmac-sha512;\n    secret "${secret}";\n};\n`,
                ...["example.com", "example.org"].map(
                    (domain) =>
                        `zone "${domain}" {\n    type secondary;\n    file "${domain}.zone";\n` +
                        `    primaries { 198.51.100.1 key "${name}"; 2001:db8::1 key "${name}"; };\n};\n`,
                ),
            ].join(""),
            knot: expect.stringContaining(
                `  - domain: example.org\n    master: livedns\n    acl: notify-from-livedns\n`,
            ),
            nsd: expect.stringContaining(`    request-xfr: 2001:db8::1 ${name}\n`),
            powerdns: [
                `pdnsutil import-tsig-key ${name} hmac-sha512 ${secret}\n`,
                ...["example.com", "example.org"].map(
                    (domain) =>
                        `pdnsutil create-secondary-zone ${domain} 198.51.100.1 2001:db8::1\n` +
                        `pdnsutil activate-tsig-key ${domain} ${name} secondary\n`,
                ),
            ].join(""),
        });
        expect(JSON.stringify(stack.played.deployment)).not.toContain(secret);
    });

    it.each([
        ["no domain", { domains: [] }, /domains: needs at least one/],
        ["no secondary", { secondaries: [] }, /secondaries: needs at least one/],
        ["no primary", { primaries: [] }, /primaries: needs at least one/],
        [
            "a secondary by its name",
            { secondaries: ["ns1.example.com"] },
            /secondaries: "ns1\.example\.com" is no IPv4/,
        ],
        ["a primary that is none", { primaries: ["10.0.0"] }, /primaries: "10\.0\.0" is no IPv4/],
        ["a domain that is none", { domains: ["not a domain"] }, /domains\[0\]: /],
    ])("refuses %s in preview, by name (promise 8)", async (_what, args, message) => {
        const { output, error } = await stack.preview(program(args));
        expect(`${output} ${error?.message ?? ""}`).toMatch(message);
        expect(zone()).toMatchObject({ slaves: [], tsig: [] });
    });
});
