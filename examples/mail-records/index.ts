import * as gandi from "pulumi-gandi";

const domain = "example.com";

// What Gandi's mail needs; another provider is `mail: "fastmail"`, say.
const mail = new gandi.MailRecords("mail", {
    domain,
    // Who else sends for the domain goes into the one SPF, and other TXT of the apex stand beside it.
    senders: ["include:_spf.newsletter.example"],
    apexTxt: ["site-verification=0123456789"],
    // The zone has another provider's mail so far: without this that is an error.
    adopt: true,
    dmarc: "v=DMARC1; p=none; rua=mailto:dmarc@example.com",
});

export const records = Object.keys(mail.records);
