import * as gandi from "pulumi-gandi";

const domain = "example.com";

// LiveDNS makes the key and signs the zone with it. Its DS record goes to the parent zone: by a gandi.DnssecKey where
// the domain is registered at Gandi, else by whoever is the registrar.
const present = new gandi.LiveDnsKey("ksk", { domain, flags: 257 });

// The next key of a roll-over stands alongside the present one until resolvers know it; then the present one leaves.
const next = new gandi.LiveDnsKey("ksk-next", { domain, flags: 257, alongside: [present.id] });

export const ds = [present.ds, next.ds];
