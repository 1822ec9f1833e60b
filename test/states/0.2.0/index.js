const pulumi = require("@pulumi/pulumi");
const gandi = require("pulumi-gandi");

const config = new pulumi.Config();
/** `begun`; then `unfinished`, as it is recorded; then `changed`, in the test. */
const stage = config.require("stage");
const isChanged = stage === "changed";

const person = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: pulumi.secret(isChanged ? "alice@example.net" : "alice@example.org"),
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
    phone: "+33.123456789",
};

// Inputs that are new, and secrets inside of others.
new gandi.Domain("inside", {
    fqdn: "inside.com",
    maxPrice: 20,
    owner: person,
    acceptIcannContract: true,
    nameservers: ["ns1.inside.com", "ns2.inside.com"],
    nameserversIps: { "ns1.inside.com": ["192.0.2.1"], "ns2.inside.com": ["192.0.2.2"] },
    deletionPolicy: "delete",
});

// Defaults, which are in the outputs alone, and what counts at the moment only.
const domain = "example.com";
new gandi.LiveDnsRecord("plain", { domain, name: "plain", type: "A", values: [isChanged ? "192.0.2.2" : "192.0.2.1"] });
new gandi.LiveDnsRecord("default-given", { domain, name: "given", type: "A", ttl: 10800, values: ["192.0.2.1"] });
new gandi.LiveDnsRecord("stray", { domain, name: "example.com.example.com.", type: "A", values: ["192.0.2.3"] });
new gandi.LiveDnsKey("ksk", { domain, flags: 257, timeouts: { create: isChanged ? 90 : 60 } });
new gandi.Snapshot("kept", { domain });

// Keys by their ids.
const found = new gandi.TsigKey("found", { domains: [domain], adopt: config.require("keyId") });
new gandi.TsigKey("beside", { domains: isChanged ? [] : [domain], alongside: [found.id] });

// What the registry has accepted and does not show; `late` was read with a token that lost its right.
if (stage !== "begun") {
    const soon = { timeouts: { create: 1 } };
    new gandi.Nameservers("unshown-servers", {
        domain: "unshown.com",
        nameservers: ["ns1.example.net", isChanged ? "ns3.example.net" : "ns2.example.net"],
        adopt: true,
        ...soon,
    });
    new gandi.GlueRecord("unshown-host", { domain: "unshown.com", name: "ns1", ips: ["192.0.2.1"], ...soon });
    new gandi.DnssecKey("unshown-key", {
        domain: "signed.com",
        algorithm: 15,
        type: "ksk",
        publicKey: "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
        ...soon,
    });
    new gandi.GlueRecord("late-host", { domain: "late.com", name: "ns1", ips: ["192.0.2.1"], ...soon });
}
