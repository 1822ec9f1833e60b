import * as gandi from "pulumi-gandi";

const domain = "example.com";
const addresses = {
    ns1: ["192.0.2.1", "2001:db8::1"],
    ns2: ["192.0.2.2", "2001:db8::2"],
};

// The nameservers of example.com lie in example.com itself, so the registry must know their addresses.
const hosts = Object.entries(addresses).map(([name, ips]) => new gandi.GlueRecord(name, { domain, name, ips }));

// `hostname` makes the delegation wait for the glue records; and on the way out it goes first.
const delegation = new gandi.Nameservers("delegation", {
    domain,
    nameservers: hosts.map(({ hostname }) => hostname),
    deletionPolicy: "livedns",
});

export const nameservers = delegation.nameservers;
