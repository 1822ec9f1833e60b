import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

const { dns } = gandi;
const domain = "example.com";
const config = new pulumi.Config();

// The whole zone as one resource. What somebody else adds shows as drift, and the next `up` removes it; but the
// challenges of certificate clients, and the records of another stack below `lab`, are their own business.
const zone = new gandi.LiveDnsZone("zone", {
    domain,
    exclusive: true,
    ignore: ["_acme-challenge.**", "**.lab"],
    records: [
        { name: "@", type: "A", values: ["192.0.2.1"] },
        { name: "@", type: "AAAA", values: ["2001:db8::1"] },
        { name: "@", type: "MX", values: [dns.mx(10, "mail"), dns.mx(20, "mail.example.net.")] },
        { name: "@", type: "TXT", values: [dns.spf(["mx", "include:_spf.example.net", "-all"])] },
        {
            name: "@",
            type: "CAA",
            values: [dns.caa("issue", "letsencrypt.org"), dns.caa("iodef", "mailto:ca@example.com")],
        },
        { name: "@", type: "HTTPS", values: [dns.https(1, ".", { alpn: ["h3", "h2"] })] },
        { name: "www", type: "CNAME", ttl: 600, values: ["@"] },
        { name: "mail", type: "A", values: ["192.0.2.25"] },
        {
            name: "_dmarc",
            type: "TXT",
            values: [dns.dmarc({ policy: "reject", aggregateReports: ["dmarc@example.com"] })],
        },
        { name: "_imaps._tcp", type: "SRV", values: [dns.srv(0, 1, 993, "mail")] },
        {
            name: "_443._tcp.mail",
            type: "TLSA",
            values: [dns.tlsa(3, 1, 1, "8cb0fc6c527506a053f4f14c8464bebbd6dede2738d11468dd953d7d6a3021f1")],
        },
        {
            name: "mail",
            type: "SSHFP",
            values: [dns.sshfp(4, 2, "d4e2f1b3a59687c8d7e6f5041322314053647586979880a1b2c3d4e5f6071829")],
        },
        // A secret value is encrypted in the state, and nothing else of the zone is.
        { name: "_token", type: "TXT", values: [config.getSecret("verification") ?? pulumi.secret("to be replaced")] },
    ],
});

export const rrsets = zone.rrsets;
