import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

const domain = "example.com";

// These nameservers sign the zone.
const delegation = new gandi.Nameservers("delegation", {
    domain,
    nameservers: ["ns1.example.net", "ns2.example.net"],
    deletionPolicy: "livedns",
});

// The registry publishes the DS record of their key. The delegation comes first, and changes last: it is not changed
// while keys are at the registry.
const ksk = new gandi.DnssecKey(
    "ksk",
    {
        domain,
        algorithm: 13, // ECDSAP256SHA256
        type: "ksk",
        publicKey: "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
    },
    { dependsOn: delegation },
);

export const ds = pulumi.interpolate`${ksk.keyTag} ${ksk.algorithm} ${ksk.digestType} ${ksk.digest}`;
