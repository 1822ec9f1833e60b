import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

const config = new pulumi.Config();

// Ordered once, and only when its full price, taxes included, is not above maxPrice. The present registrar has days to
// answer: until then `transferPending` is true, and each `up` looks again.
const transfer = new gandi.DomainTransfer("move", {
    fqdn: "example.com",
    // From the present registrar: `pulumi config set --secret transferCode <code>`. In the sandbox any code will do.
    authinfo: config.getSecret("transferCode") ?? pulumi.secret("sandbox-code-1"),
    maxPrice: 10,
    owner: {
        type: "individual",
        given: "Alice",
        family: "Doe",
        email: "alice@example.org",
        streetaddr: "5 rue neuve",
        city: "Paris",
        zip: "75001",
        country: "FR",
        phone: "+33.123456789",
    },
});

export const pending = transfer.transferPending;
