import { NOTHING, type Summary, summary } from "./sourceOf";

const USUAL = {
    ...NOTHING,
    handsOff: ['in dnsconfig.js, take out D("shop.example", …) as a whole, and every D_EXTEND of it'],
};

test.each<[string, string, Partial<Summary>]>([
    [
        "several records of one RRset",
        "plain.json",
        { things: ["LiveDnsRecord shop.example/@/A", "LiveDnsRecord shop.example/www/A"] },
    ],
    [
        "providers whose type only creds.json knows",
        "creds-json.json",
        {
            things: [
                "LiveDnsRecord shop.example/www/A",
                "Nameservers shop.example?",
                "LiveDnsRecord far.example/www/A",
            ],
            handsOff: [
                'in dnsconfig.js, take out D("shop.example", …) as a whole, and every D_EXTEND of it',
                'in dnsconfig.js, take out D("far.example", …) as a whole, and every D_EXTEND of it',
            ],
        },
    ],
    [
        "many types",
        "types.json",
        {
            things: [
                "LiveDnsRecord shop.example/@/MX",
                "LiveDnsRecord shop.example/@/TXT",
                "LiveDnsRecord shop.example/_sip._tcp/SRV",
                "LiveDnsRecord shop.example/@/CAA",
                "LiveDnsRecord shop.example/host/SSHFP",
                "LiveDnsRecord shop.example/_443._tcp.www/TLSA",
            ],
        },
    ],
    [
        "a domain with tags",
        "split-horizon.json",
        {
            things: ["LiveDnsRecord shop.example/main/A"],
            remarks: ["shop.example!inside: not at Gandi, but at bind"],
            handsOff: ['in dnsconfig.js, take out D("shop.example!outside", …) as a whole, and every D_EXTEND of it'],
        },
    ],
    [
        "two providers",
        "two-providers.json",
        {
            things: ["LiveDnsRecord shop.example/www/A"],
            remarks: ["far.example: not at Gandi, but at cloudflare"],
            handsOff: ['in dnsconfig.js, take the provider gandi out of D("shop.example", …), which goes on at bind'],
        },
    ],
    [
        "Gandi as registrar only",
        "registrar.json",
        {
            things: ["Nameservers shop.example?"],
            handsOff: ['in dnsconfig.js, give D("shop.example", …) a registrar of type NONE instead of gandi'],
        },
    ],
    [
        "IGNORE, NO_PURGE and ENSURE_ABSENT",
        "ignored.json",
        {
            things: ["LiveDnsRecord shop.example/www/A"],
            remarks: ["shop.example: 1 IGNORE and NO_PURGE not needed, as what nobody declares is left alone"],
        },
    ],
    [
        "records that only others have",
        "pseudo.json",
        {
            things: ["LiveDnsRecord shop.example/@/ALIAS", "LiveDnsRecord shop.example/sub/NS"],
            untranslated: [
                "@ CLOUDFLAREAPI_SINGLE_REDIRECT of shop.example: LiveDNS has no records of this type",
                "cdn R53_ALIAS of shop.example: LiveDNS has no records of this type",
            ],
            remarks: ["shop.example: NS and SOA at the apex are Gandi's own, and stay out of the program"],
        },
    ],
    [
        "dnscontrol 5",
        "version-5.json",
        { things: ["LiveDnsRecord shop.example/www/A", "LiveDnsRecord shop.example/@/RP"] },
    ],
    [
        "IDN, reverse zones, null lists",
        "null-lists.json",
        {
            things: [
                "LiveDnsRecord 2.0.192.in-addr.arpa/1/PTR",
                "LiveDnsRecord shop.example/bar/A",
                "LiveDnsRecord shop.example/shop.example/A",
            ],
            handsOff: [
                'in dnsconfig.js, take out D("2.0.192.in-addr.arpa", …) as a whole, and every D_EXTEND of it',
                'in dnsconfig.js, take out D("shop.example", …) as a whole, and every D_EXTEND of it',
            ],
        },
    ],
])("%s (%s) is read", async (_, file, expected) => {
    expect(await summary("from-dnscontrol", "dnscontrol", file)).toEqual({ ...USUAL, ...expected });
});
