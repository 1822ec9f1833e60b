import * as pulumi from "@pulumi/pulumi";
import { AxfrSlave, Domain, DomainTransfer, LiveDnsDomain, LiveDnsKey, Snapshot } from "../../provider";
import { PERSON } from "../harness/contacts";

/** No engine is there to register them with: the declarations alone count. */
afterAll(() => pulumi.runtime.disconnect());

const domain = "example.com";
const owner = { ...PERSON, type: "individual" } as const;

describe("what one program declares twice, in whatever spelling, fails and names both (promise 8)", () => {
    it.each([
        [
            "a domain",
            () => new Domain("first", { fqdn: domain, owner }),
            () => new Domain("second", { fqdn: "EXAMPLE.com.", owner }),
            'Domain example.com is declared twice: by gandi.Domain "first" and by gandi.Domain "second"',
        ],
        [
            "a transfer",
            () => new DomainTransfer("first", { fqdn: domain, authinfo: "a code", owner }),
            () => new DomainTransfer("second", { fqdn: "Example.com", authinfo: "a code", owner }),
            "DomainTransfer example.com is declared twice",
        ],
        [
            "a zone",
            () => new LiveDnsDomain("first", { fqdn: domain }),
            () => new LiveDnsDomain("second", { fqdn: "example.COM" }),
            "LiveDnsDomain example.com is declared twice",
        ],
        [
            "a secondary",
            () => new AxfrSlave("first", { domain, ip: "2001:db8::1" }),
            () => new AxfrSlave("second", { domain: "EXAMPLE.com.", ip: "2001:DB8:0::0001" }),
            'AxfrSlave example.com/2001:db8::1 is declared twice: by gandi.AxfrSlave "first" and by gandi.AxfrSlave "second"',
        ],
        [
            "a signing key",
            () => new LiveDnsKey("first", { domain, flags: 257 }),
            () => new LiveDnsKey("second", { domain, flags: 257 }),
            "LiveDnsKey example.com/257 is declared twice",
        ],
        [
            "a snapshot's name",
            () => new Snapshot("first", { domain }),
            () => new Snapshot("second", { domain, name: "pulumi-gandi", triggers: { release: "2" } }),
            "Snapshot example.com/pulumi-gandi is declared twice",
        ],
    ])("%s", (_what, first, second, message) => {
        first();
        expect(second).toThrow(message);
    });

    it.each([
        ["another domain", () => new Domain("other", { fqdn: "example.org", owner })],
        ["another address", () => new AxfrSlave("other", { domain, ip: "2001:db8::2" })],
        ["other flags", () => new LiveDnsKey("zsk", { domain, flags: 256 })],
        ["a key alongside", () => new LiveDnsKey("next", { domain, flags: 257, alongside: ["example.com/1"] })],
        ["another name", () => new Snapshot("named", { domain, name: "before release" })],
        ["one that is only read", () => Snapshot.get("read", "example.com/1", { domain })],
    ])("but not %s", (_what, other) => {
        expect(other).not.toThrow();
    });
});
