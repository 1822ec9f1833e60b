import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

// The plain form asks now: for values that the program itself decides by.
async function domainsThatEnd(): Promise<string[]> {
    const domains = await gandi.getDomains({ tld: "com" });
    return domains
        .filter(({ autorenew }) => !autorenew)
        .map(({ fqdn, dates }) => `${fqdn} ends ${dates.registryEndsAt}`);
}
export const notRenewed = domainsThatEnd();

// The price of a name, before anybody declares it: for three years, taxes included.
export const price = gandi
    .checkAvailability({ fqdn: "example-books.net", duration: 3 })
    .then(({ products, currency }) => `${products[0]?.status}, ${products[0]?.total} ${currency}`);

// The Output form takes Inputs, and asks when they are known. This one asks after the record is made.
const www = new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
export const addresses = gandi.getRecordsOutput({ domain: www.domain, name: "www" }, { dependsOn: www });

// What is a secret has an Output form only, and stays a secret wherever it goes.
const code = gandi.getDomainAuthInfoOutput({ fqdn: "example.com" });
export const transfer = pulumi.interpolate`The transfer code is ${code}`;
