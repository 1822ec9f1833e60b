import * as gandi from "pulumi-gandi";

const own = new gandi.SecondaryDns("own", {
    domains: ["example.com"],
    secondaries: ["192.0.2.53", "2001:db8::53"],
    // Of LiveDNS; Gandi's web interface names them.
    primaries: ["198.51.100.1"],
});

// A secret, as the key is in it: pulumi stack output namedConf --show-secrets > /etc/bind/gandi.conf
export const namedConf = own.configuration.apply(({ bind }) => bind);
