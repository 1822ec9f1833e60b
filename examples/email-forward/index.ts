import * as gandi from "pulumi-gandi";

const domain = "example.com";
const team = ["alice@example.org", "bob@example.net"];

const sales = new gandi.EmailForward("sales", { domain, source: "sales", destinations: team });

// What is sent to any other address of the domain that is nobody's: but for forwards, mailboxes and their aliases.
new gandi.EmailForward("catch-all", { domain, source: "*", destinations: ["postmaster@example.org"] });

export const address = sales.address;
