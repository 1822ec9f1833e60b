import { randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as gandi from "pulumi-gandi";

const domain = "example.com";

// Set it with: pulumi config set --secret alicesPassword … It is sent to make the mailbox, and where you change it later.
const password =
    new pulumi.Config().getSecret("alicesPassword") ?? pulumi.secret(`Aa1-${randomBytes(12).toString("hex")}000`);

// It takes a slot of its type that is paid and free; where there is none, preview says so. With all its mail it stays at
// Gandi when it leaves the program, unless deletionPolicy says "delete".
const alice = new gandi.Mailbox("alice", {
    domain,
    login: "alice",
    password,
    aliases: ["sales", "shop*"],
    antispam: true,
    responder: {
        enabled: true,
        message: "I am back on Monday.",
        startsAt: "2030-07-10T18:00:00Z",
        endsAt: "2030-07-26T09:00:00Z",
    },
});

// One that exists is taken over with its mail and its password.
new gandi.Mailbox("office", { domain, login: "office", aliases: ["info", "contact"], adopt: true });

export const address = alice.address;
