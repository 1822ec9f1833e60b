import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { World, type WorldStack } from "../../soak/world";

let world: World;
let stack: WorldStack;
beforeEach(async () => {
    world = await World.open({ seed: { domains: [{ fqdn: "example.com" }, { fqdn: "empty.com", zone: "" }] } });
    stack = await world.stack();
});
afterEach(() => world.close());

const records = (fqdn = "example.com") =>
    Object.fromEntries(
        world.sandbox.state.zone(fqdn)!.rrsets.map(({ name, type, values }) => [`${name} ${type}`, values] as const),
    );
const program =
    (args: Partial<gandi.MailRecordsArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
    () => {
        new gandi.MailRecords("mail", { domain: "empty.com", ...args }, opts);
    };
const refused = async (args: Partial<gandi.MailRecordsArgs>) => {
    const { output, error } = await stack.preview(program(args));
    return `${output} ${error?.message ?? ""}`;
};

const SPF = '"v=spf1 include:_mailcust.gandi.net ?all"';
const OF_GANDI = {
    "@ MX": ["10 spool.mail.gandi.net.", "50 fb.mail.gandi.net."],
    "@ TXT": [SPF],
    "_dmarc TXT": ['"v=DMARC1; p=none"'],
    "_imap._tcp SRV": ["0 0 0 ."],
    "_imaps._tcp SRV": ["0 1 993 mail.gandi.net."],
    "_pop3._tcp SRV": ["0 0 0 ."],
    "_pop3s._tcp SRV": ["10 1 995 mail.gandi.net."],
    "_submission._tcp SRV": ["0 1 465 mail.gandi.net."],
    ...Object.fromEntries([1, 2, 3].map((at) => [`gm${at}._domainkey CNAME`, [`gm${at}.gandimail.net.`]])),
};

describe("MailRecords", () => {
    it("makes all that Gandi's mail needs, has nothing to do in a second run, and goes whole", async () => {
        const { changes } = await stack.up(program());
        // The stack, the component, and its records.
        expect(changes).toEqual({ create: 2 + Object.keys(OF_GANDI).length });
        expect(records("empty.com")).toEqual(OF_GANDI);
        expect((await stack.preview(program(), { expectNoChanges: true })).error).toBeUndefined();
        expect((await stack.refresh(undefined, { expectNoChanges: true })).error).toBeUndefined();
        await stack.destroy();
        expect(records("empty.com")).toEqual({});
    });

    it("takes what Gandi has put into a fresh zone, without adopt", async () => {
        const before = records();
        expect((await stack.up(program({ domain: "example.com" }))).error).toBeUndefined();
        expect(records()).toEqual({ ...before, ...OF_GANDI });
    });

    it("keeps the others' values of the apex TXT, and puts other senders into the one SPF", async () => {
        await stack.up(
            program({
                apexTxt: ["site-verification=abc", pulumi.output("other=1")],
                senders: ["include:_spf.example.net", "ip4:192.0.2.0/24"],
                spfAll: "~all",
            }),
        );
        expect([...records("empty.com")["@ TXT"]!].sort()).toEqual([
            '"other=1"',
            '"site-verification=abc"',
            '"v=spf1 include:_mailcust.gandi.net include:_spf.example.net ip4:192.0.2.0/24 ~all"',
        ]);
        await stack.up(program({ apexTxt: ["site-verification=abc"] }));
        expect([...records("empty.com")["@ TXT"]!].sort()).toEqual(['"site-verification=abc"', SPF]);
    });

    it.each([
        ["google", {}, ["1 smtp.google.com."], '"v=spf1 include:_spf.google.com ~all"'],
        [
            "microsoft365",
            { mx: ["0 empty-com.mail.protection.outlook.com."] },
            ["0 empty-com.mail.protection.outlook.com."],
            '"v=spf1 include:spf.protection.outlook.com -all"',
        ],
        [
            "fastmail",
            {},
            ["10 in1-smtp.messagingengine.com.", "20 in2-smtp.messagingengine.com."],
            '"v=spf1 include:spf.messagingengine.com ?all"',
        ],
        [
            "proton",
            {},
            ["10 mail.protonmail.ch.", "20 mailsec.protonmail.ch."],
            '"v=spf1 include:_spf.protonmail.ch ~all"',
        ],
        ["icloud", {}, ["10 mx01.mail.icloud.com.", "10 mx02.mail.icloud.com."], '"v=spf1 include:icloud.com ~all"'],
    ] as const)("makes those of %s", async (mail, more, mx, spf) => {
        expect((await stack.up(program({ mail, ...more }))).error).toBeUndefined();
        expect(records("empty.com")).toMatchObject({ "@ MX": mx, "@ TXT": [spf] });
        expect((await stack.preview(program({ mail, ...more }), { expectNoChanges: true })).error).toBeUndefined();
    });

    it("moves from one provider to another in one run, the new before the old goes", async () => {
        await stack.up(program());
        const { error } = await stack.up(
            program({ mail: "fastmail", dkim: { s1: "v=DKIM1; k=rsa; p=MIIB", s2: "s2.example.net." } }),
        );
        expect(error).toBeUndefined();
        expect(records("empty.com")).toEqual({
            "@ MX": ["10 in1-smtp.messagingengine.com.", "20 in2-smtp.messagingengine.com."],
            "@ TXT": ['"v=spf1 include:spf.messagingengine.com ?all"'],
            "_dmarc TXT": ['"v=DMARC1; p=none"'],
            "_imaps._tcp SRV": ["0 1 993 imap.fastmail.com."],
            "_submission._tcp SRV": ["0 1 587 smtp.fastmail.com."],
            "fm1._domainkey CNAME": ["fm1.empty.com.dkim.fmhosted.com."],
            "fm2._domainkey CNAME": ["fm2.empty.com.dkim.fmhosted.com."],
            "fm3._domainkey CNAME": ["fm3.empty.com.dkim.fmhosted.com."],
            "s1._domainkey TXT": ['"v=DKIM1; k=rsa; p=MIIB"'],
            "s2._domainkey CNAME": ["s2.example.net."],
        });
    });

    it("changes each of the others by itself", async () => {
        await stack.up(program());
        const dmarc = "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org";
        const { changes } = await stack.up(program({ dmarc, autoconfiguration: false, ttl: 600, ownership: "ab12" }));
        expect(changes).toMatchObject({ create: 1, update: 6, delete: 5 });
        expect(records("empty.com")).toMatchObject({ "_dmarc TXT": [`"${dmarc}"`], "mailsa TXT": ['"ab12"'] });
        await stack.up(program({ dmarc: false }));
        expect(records("empty.com")).toEqual(
            Object.fromEntries(Object.entries(OF_GANDI).filter(([key]) => key !== "_dmarc TXT")),
        );
    });

    it("takes over nothing unless it is told to (promise 2)", async () => {
        world.sandbox.setRRset("empty.com", { name: "@", type: "MX", ttl: 300, values: ["10 mx.example.net."] });
        const { error, output } = await stack.up(program());
        expect(`${output} ${error?.message}`).toMatch(/@ MX is there already with other values: 10 mx\.example\.net\./);
        expect(records("empty.com")["@ MX"]).toEqual(["10 mx.example.net."]);
        expect((await stack.up(program({ adopt: true }))).error).toBeUndefined();
        expect(records("empty.com")["@ MX"]).toEqual(OF_GANDI["@ MX"]);
    });

    it("knows the domain later, and is of the provider that the component has", async () => {
        const zone = () => {
            const added = new gandi.LiveDnsDomain("zone", { fqdn: "example.com" });
            const own = new gandi.Provider("own", {
                personalAccessToken: pulumi.secret(world.sandbox.token),
                url: world.sandbox.url,
            });
            const domain = added.fqdn.apply((fqdn) => fqdn);
            const mail = new gandi.MailRecords("mail", { domain, mail: "icloud", adopt: true }, { providers: [own] });
            return { is: gandi.MailRecords.isInstance(mail), keys: Object.keys(mail.records).sort().join() };
        };
        expect((await stack.preview(zone)).error).toBeUndefined();
        expect((await stack.up(zone)).error).toBeUndefined();
        expect(stack.played.outputs()).toEqual({ is: true, keys: "@ MX,@ TXT,_dmarc TXT,sig1._domainkey CNAME" });
        expect(records()["sig1._domainkey CNAME"]).toEqual(["sig1.dkim.example.com.at.icloudmailadmin.com."]);
    });

    it("is the same as entries of a zone", async () => {
        await stack.up(() => {
            const entries = gandi.MailRecords.entries({ domain: "empty.com", apexTxt: ["x=1"] });
            new gandi.LiveDnsZone("zone", { domain: "empty.com", exclusive: true, records: entries });
        });
        expect(records("empty.com")).toEqual({ ...OF_GANDI, "@ TXT": [SPF, '"x=1"'] });
    });

    it.each([
        ["a second SPF", { apexTxt: ["x", "v=spf1 -all"] }, /apexTxt\[1\]: is a second SPF/],
        ["a second SPF in quotes", { apexTxt: ['"v=spf1 -all"'] }, /apexTxt\[0\]: is a second SPF/],
        [
            "a whole SPF as a sender",
            { senders: ["v=spf1 include:a.example ~all"] },
            /senders\[0\]: .*is a whole SPF record/,
        ],
        ["a sender that is none", { senders: ["spf.example.net"] }, /senders\[0\]: .*no mechanism of SPF/],
        [
            "more senders than receivers look up",
            { senders: Array.from({ length: 10 }, (_, at) => `include:s${at}.example.net`) },
            /SPF would need 11 look-ups/,
        ],
        ["a provider that nobody knows", { mail: "hotmail" as never }, /mail: "hotmail" is none of gandi, google/],
        [
            "no MX where each customer has other ones",
            { mail: "microsoft365" as const },
            /mx: is required, as microsoft365/,
        ],
        ["a DKIM key that is neither", { dkim: { s1: "example.net" } }, /dkim: "example\.net" is neither a name/],
        ["a selector that is none", { dkim: { "s 1": "a.example.net." } }, /dkim: "s 1" is no selector/],
        ["a DMARC that is none", { dmarc: "p=none" }, /dmarc: "p=none" does not begin with v=DMARC1/],
    ] as const)("refuses %s in preview, by name (promise 8)", async (_what, args, message) => {
        expect(await refused(args as Partial<gandi.MailRecordsArgs>)).toMatch(message);
        expect(records("empty.com")).toEqual({});
    });
});
