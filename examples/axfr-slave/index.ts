import * as gandi from "pulumi-gandi";

const domain = "example.com";
const secondaries = { paris: "192.0.2.53", lyon: "2001:db8::53" };

// One resource an address, so that one comes or goes without touching the others.
for (const [place, ip] of Object.entries(secondaries)) {
    new gandi.AxfrSlave(place, { domain, ip });
}

// Resolvers ask them only when the zone names them, beside LiveDNS's own nameservers.
export const addresses = Object.values(secondaries);
