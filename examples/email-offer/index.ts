import * as gandi from "pulumi-gandi";

const domain = "example.com";

// Gandi writes three CNAMEs for DKIM into the zone by itself, and leaves them when it goes off.
const mail = new gandi.EmailOffer("mail", { domain, antispam: true, dkim: true });

// The rest of what receivers go by is DNS, and yours: who may send (SPF), and what to do with what fails (DMARC).
new gandi.LiveDnsRecord("dmarc", {
    domain,
    name: "_dmarc",
    type: "TXT",
    values: ["v=DMARC1; p=none"],
    // It had a stricter one for its former mail.
    adopt: true,
});

export const version = mail.version;
