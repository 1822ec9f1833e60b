import * as gandi from "pulumi-gandi";

// The registry is told to send the world to these two. Without deletionPolicy they would stay when the stack goes.
const delegation = new gandi.Nameservers("delegation", {
    domain: "example.com",
    nameservers: ["ns1.example.net", "ns2.example.net"],
    deletionPolicy: "livedns",
});

export const nameservers = delegation.nameservers;
