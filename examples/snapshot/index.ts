import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

const domain = "example.com";
const release = new pulumi.Config().get("release") ?? "1";

// Taken before anything else changes; another release takes another: `pulumi config set release 2`.
const before = new gandi.Snapshot("before", { domain, name: `before release ${release}`, triggers: { release } });

// `dependsOn` makes the change wait for the snapshot. Back again: npx pulumi-gandi restore example.com "before release 1"
new gandi.LiveDnsRecord(
    "release",
    { domain, name: "release", type: "TXT", ttl: 300, values: [`release=${release}`] },
    { dependsOn: before },
);

export const taken = before.createdAt;
