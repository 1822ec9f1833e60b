import * as gandi from "pulumi-gandi";

const domain = "example.com";

// The secondary signs its requests with the key, and LiveDNS answers to its address only.
const key = new gandi.TsigKey("transfer", { domains: [domain] });
new gandi.AxfrSlave("secondary", { domain, ip: "192.0.2.53" });

export const keyName = key.keyName;
// A secret in the state, too: `pulumi stack output secret --show-secrets`.
export const secret = key.secret;
