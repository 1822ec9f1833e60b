// Every look-up in its Output form, for the default account and an explicit one; the test sees the stack's outputs.
const pulumi = require("@pulumi/pulumi");
const gandi = require("pulumi-gandi");

const config = new pulumi.Config("test");
const domain = pulumi.output("example.com");

const outputs = {
    domain: gandi.getDomainOutput({ fqdn: domain }).fqdn,
    domains: gandi.getDomainsOutput({ tld: pulumi.output("com") }).apply((found) => found.map(({ fqdn }) => fqdn)),
    authInfo: gandi.getDomainAuthInfoOutput({ fqdn: domain }),
    contacts: gandi.getContactsOutput({ domain }).owner.given,
    availability: gandi.checkAvailabilityOutput({ fqdn: "new.com", processes: [pulumi.output("create")] }).products[0]
        .total,
    claims: gandi.getClaimsOutput({ domain: "free.app" }).apply((claims) => claims === undefined),
    nameservers: gandi.getNameserversOutput({ domain }),
    renewals: gandi.getRenewalsOutput({ before: "2100-01-01" }),
    mailDomain: gandi.getMailDomainOutput({ domain: "elsewhere.example" }),
    webRedirections: gandi.getWebRedirectionsOutput({ domain }),
    glueRecords: gandi.getGlueRecordsOutput({ domain }),
    mailSlots: gandi.getMailSlotsOutput({ domain }),
    mailboxProducts: gandi.getMailboxProductsOutput().apply((found) => found.length),
    emailForwards: gandi.getEmailForwardsOutput({ domain, source: pulumi.output("sales*") }),
    emailOffer: gandi.getEmailOfferOutput({ domain }).dkim,
    mailboxes: gandi.getMailboxesOutput({ domain, login: pulumi.output("nobody") }),
    dnssecKeys: gandi.getDnssecKeysOutput({ domain }),
    ownerChange: gandi.getOwnerChangeOutput({ domain }).apply((change) => change === undefined),
    transfer: gandi.getTransferOutput({ domain }).apply((transfer) => transfer === undefined),
    liveDnsDomains: gandi.getLiveDnsDomainsOutput(),
    liveDnsDomain: gandi.getLiveDnsDomainOutput({ fqdn: domain }).automaticSnapshots,
    liveDnsNameservers: gandi.getLiveDnsNameserversOutput({ domain, generic: true }),
    recordTypes: gandi.getRecordTypesOutput().apply((types) => types.includes("TXT")),
    liveDnsKeys: gandi.getLiveDnsKeysOutput({ domain }),
    slaves: gandi.getSlavesOutput({ domain }),
    snapshots: gandi.getSnapshotsOutput({ domain, automatic: false })[0].name,
    snapshot: gandi.getSnapshotOutput({ domain, id: config.require("snapshot") }).zoneData[0].name,
    tsigKeys: gandi.getTsigKeysOutput()[0].id,
    tsigKey: gandi.getTsigKeyOutput({ id: config.require("tsigKey") }),
    organizations: gandi.getOrganizationsOutput().apply((found) => found.length),
    billing: gandi.getBillingOutput().prepaid.currency,
    secretArgument: gandi.getRecordsOutput({ domain: pulumi.secret("example.com") })[0].name,
};
for (const software of ["bind", "knot", "nsd", "powerdns"]) {
    outputs[software] = gandi.getTsigConfigurationOutput({ id: config.require("tsigKey"), software });
}

// Records that are looked up after this one is made, by what is only known then.
const made = new gandi.LiveDnsRecord("made", {
    domain: "example.com",
    name: "made",
    type: "A",
    values: ["192.0.2.7"],
});
outputs.byUnknown = gandi.getRecordsOutput({ domain, name: made.id.apply((id) => id.split("/")[1]) })[0].values;
outputs.afterwards = gandi.getRecordsOutput({ domain, name: "made", type: "A" }, { dependsOn: made })[0].values;

// Another account, whose token is an Output; and once more with a token that is none.
const second = new gandi.Provider("second", { personalAccessToken: config.requireSecret("second") });
const plain = new gandi.Provider("plain", { personalAccessToken: config.require("second") });
const names = (domains) => domains.map(({ fqdn }) => fqdn);
const component = new pulumi.ComponentResource("test:index:Component", "component", {}, { providers: [second] });
outputs.second = gandi.getDomainsOutput({}, { provider: second }).apply(names);
outputs.secondOfParent = gandi.getDomainsOutput({}, { parent: component }).apply(names);
outputs.secondInPlain = gandi.getDomains({}, { provider: second }).then(names, ({ message }) => message);
outputs.plain = gandi.getDomains({}, { provider: plain }).then(names);

if (config.get("fails") === "twice") {
    // Found out in an apply, as a look-up is.
    new gandi.LiveDnsRecord("again", { domain, name: "made", type: "A", values: ["192.0.2.7"] });
}
if (config.get("fails") === "expired") {
    const expired = new gandi.Provider("expired", { personalAccessToken: config.requireSecret("expired") });
    gandi.getDomainsOutput({}, { provider: expired });
}

module.exports = outputs;
