const pulumi = require("@pulumi/pulumi");
const gandi = require("pulumi-gandi");

const config = new pulumi.Config();
/** `begun`; then `unfinished`, as it is recorded; then `changed`, in the test. */
const stage = config.require("stage");
const isChanged = stage === "changed";

const second = new gandi.Provider("second", { personalAccessToken: config.requireSecret("secondToken") });
const legacy = new gandi.Provider("legacy", { key: config.requireSecret("apiKey"), pollInterval: 0.05 });

const person = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
    phone: "+33.123456789",
};
const company = { ...person, type: "company", orgname: "Example Books Ltd" };

// Registrations.
const ordered = new gandi.Domain("ordered", {
    fqdn: "Bücher.com",
    duration: 2,
    maxPrice: 40,
    currency: "EUR",
    owner: company,
    admin: { ...person, given: "Bob" },
    autorenew: { enabled: true },
    tags: isChanged ? ["books"] : ["shop", "books"],
});
new gandi.Domain("adopted", { fqdn: "example.com", adopt: true, tags: isChanged ? ["adopted"] : [] });
new gandi.Domain("given-up", {
    fqdn: "given-up.com",
    maxPrice: 20,
    owner: pulumi.secret({ ...person, given: "Carol" }),
    deletionPolicy: "delete",
});
new gandi.Domain("sold", {
    fqdn: "sold.com",
    adopt: true,
    owner: stage === "begun" ? person : company,
    ownerChange: "allow",
    maxPrice: 100,
    timeouts: { update: "2m" },
});
new gandi.DomainTransfer("moved", { fqdn: "moved.com", authinfo: "code-1", owner: company, maxPrice: 10 });

// At the registry.
const hosts = ["ns1", "ns2"].map(
    (name, index) =>
        new gandi.GlueRecord(name, {
            domain: "glue.com",
            name,
            ips: isChanged ? [`192.0.2.1${index}`] : ["2001:DB8::1", `192.0.2.${index}`],
        }),
);
new gandi.Nameservers("inside", {
    domain: "glue.com",
    nameservers: hosts.map(({ hostname }) => hostname),
    deletionPolicy: "livedns",
});
new gandi.Nameservers("elsewhere", {
    domain: "elsewhere.com",
    nameservers: ["NS1.example.net.", isChanged ? "ns3.example.net" : "ns2.example.net"],
    adopt: true,
    dnssec: "ignore",
});
const EC = [
    "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
    "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
];
new gandi.DnssecKey("signer", {
    domain: "elsewhere.com",
    algorithm: 13,
    type: "ksk",
    publicKey: EC[isChanged ? 1 : 0],
});

// Zones and records.
new gandi.LiveDnsDomain("zone", { fqdn: "example.com", automaticSnapshots: !isChanged });
new gandi.LiveDnsDomain("shop", { fqdn: ordered.fqdn, soaTtl: 3600 });
const records = new pulumi.ComponentResource("example:Records", "records");
const inside = { parent: records };
const domain = "Example.com";
new gandi.LiveDnsRecord(
    "apex",
    { domain, name: "@", type: "A", values: ["192.0.2.2", "192.0.2.1"], adopt: true },
    inside,
);
const www = new gandi.LiveDnsRecord(
    "www",
    { domain, name: "WWW", type: "AAAA", ttl: isChanged ? 600 : 300, values: ["2001:DB8:0::1"] },
    inside,
);
new gandi.LiveDnsRecord("mail", { domain, name: "@", type: "MX", values: ["10 mail", "20 MAIL.example.net."] }, inside);
new gandi.LiveDnsRecord("note", {
    domain,
    name: "note",
    type: "TXT",
    values: [`${"long text ".repeat(40)}; with "quotes" inside`],
});
new gandi.LiveDnsRecord("token", { domain, name: "_token", type: "TXT", values: [pulumi.secret("a secret value")] });
new gandi.LiveDnsRecord("alias", {
    domain,
    name: "bücher",
    type: isChanged ? "A" : "CNAME",
    values: [isChanged ? "192.0.2.7" : "www"],
    timeouts: { create: 60, delete: "1m" },
});
new gandi.LiveDnsRecord("place", { domain, name: isChanged ? "there" : "here", type: "A", values: ["192.0.2.9"] });
new gandi.LiveDnsRecord(
    "theirs",
    { domain: "second.com", name: "www", type: "A", values: ["192.0.2.1"] },
    { provider: second },
);
new gandi.LiveDnsRecord("legacy", { domain, name: "legacy", type: "A", values: ["192.0.2.1"] }, { provider: legacy });
gandi.LiveDnsRecord.get("read", "example.com/by-hand/A");
new gandi.LiveDnsZone("whole", {
    domain: "whole.com",
    exclusive: true,
    ignore: ["_acme-challenge.**", { name: "lab", type: "TXT" }],
    records: [
        { name: "@", type: "A", values: ["192.0.2.1"] },
        { name: "www", type: "CNAME", ttl: isChanged ? 900 : 600, values: ["@"] },
        { name: "_token", type: "TXT", values: [pulumi.secret("another secret value")] },
        ...(isChanged ? [] : [{ name: "old", type: "A", values: ["192.0.2.3"] }]),
    ],
});
new gandi.LiveDnsZone("shared", {
    domain: "shared.com",
    exclusive: false,
    zoneFile: "@ 3600 IN MX 10 mail\nmail 3600 IN A 192.0.2.25\n",
    deletionPolicy: "delete",
});
const ksk = new gandi.LiveDnsKey("ksk", { domain, flags: 257 });
new gandi.LiveDnsKey("ksk-next", { domain, flags: 257, alongside: [ksk.id] });
const transfer = new gandi.TsigKey("transfer", {
    domains: isChanged ? ["Example.com"] : ["shared.com", "Example.com"],
});
new gandi.AxfrSlave("paris", { domain, ip: isChanged ? "192.0.2.54" : "192.0.2.53" });
new gandi.AxfrSlave("lyon", { domain, ip: "2001:DB8::53" });
new gandi.Snapshot(
    "release",
    { domain, name: `release`, triggers: { release: isChanged ? 2 : 1 } },
    { dependsOn: www },
);
new gandi.Snapshot("named", { domain, name: isChanged ? "new name" : "old name" });

// What had not come to its end.
if (stage !== "begun") {
    const soon = { timeouts: { create: 2 } };
    new gandi.Domain("on-order", { fqdn: "on-order.com", owner: company, maxPrice: 20, ...soon });
    new gandi.DomainTransfer("moving", {
        fqdn: "moving.com",
        authinfo: "code-2",
        owner: person,
        maxPrice: 10,
        ...soon,
    });
    new gandi.GlueRecord("late-host", { domain: "late-host.com", name: "ns1", ips: ["192.0.2.1"], ...soon });
    new gandi.Nameservers("late-servers", {
        domain: "late-servers.com",
        nameservers: ["ns1.example.net", "ns2.example.net"],
        ...soon,
    });
    new gandi.LiveDnsKey("late-ksk", { domain: "late.com", flags: 257, ...soon });
    new gandi.Snapshot("late-snapshot", { domain: "late.com", ...soon });
    new gandi.TsigKey("half-associated", { domains: ["whole.com", "half.com"] });
    new gandi.LiveDnsZone("half-written", {
        domain: "half.com",
        records: ["a", "b", "c"].map((name) => ({ name, type: "A", values: ["192.0.2.1"] })),
    });
}

exports.keyName = transfer.keyName;
exports.secret = transfer.secret;
exports.ds = ksk.ds;
