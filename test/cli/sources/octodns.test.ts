import { NOTHING, type Summary, summary } from "./sourceOf";

const USUAL = {
    ...NOTHING,
    handsOff: [
        'take "shop.example." out of the zones of octoDNS\'s configuration; where "*" stands there, move its YAML away',
    ],
};

test.each<[string, string, Partial<Summary>]>([
    [
        "one value and several",
        "plain",
        { things: ["LiveDnsRecord shop.example/mail/A", "LiveDnsRecord shop.example/www/A"] },
    ],
    [
        "several types at the apex",
        "apex",
        {
            things: [
                "LiveDnsRecord shop.example/@/A",
                "LiveDnsRecord shop.example/@/MX",
                "LiveDnsRecord shop.example/*.dev/CNAME",
            ],
            remarks: ["shop.example: NS and SOA at the apex are Gandi's own, and stay out of the program"],
        },
    ],
    [
        "a folder for each zone",
        "split",
        {
            things: [
                "LiveDnsRecord shop.example/@/TXT",
                "LiveDnsRecord shop.example/*/CNAME",
                "LiveDnsRecord shop.example/www/AAAA",
            ],
            untranslated: [
                "blog.example.zone/: the folder of a zone ends with a dot; another split_extension is not read",
            ],
        },
    ],
    [
        "a zone in a file and a folder",
        "hybrid",
        { things: ["LiveDnsRecord shop.example/mail/A", "LiveDnsRecord shop.example/www/A"] },
    ],
    [
        "records that are ignored, or for some providers",
        "settings",
        {
            things: [
                "LiveDnsRecord shop.example/far/CNAME?",
                "LiveDnsRecord shop.example/loose/TXT",
                "LiveDnsRecord shop.example/near/A?",
            ],
        },
    ],
    [
        "dynamic and geographic records",
        "dynamic",
        {
            things: ["LiveDnsRecord shop.example/@/A", "LiveDnsRecord shop.example/www/A"],
            remarks: [
                "@ A of shop.example: its geo part is nothing that Gandi has; declared is what it answers now",
                "www A of shop.example: its dynamic part is nothing that Gandi has; declared is what it answers now",
            ],
        },
    ],
    [
        "anchors and merges",
        "anchors",
        {
            things: [
                "LiveDnsRecord shop.example/api/A",
                "LiveDnsRecord shop.example/old/A",
                "LiveDnsRecord shop.example/www/A",
                "LiveDnsRecord shop.example/www/AAAA",
            ],
        },
    ],
    [
        "IDN, in either spelling",
        "names",
        {
            things: [
                "LiveDnsRecord xn--bcher-kva.example/www/A",
                "LiveDnsRecord xn--strae-oqa.example/xn--gre-6ka8i/A",
            ],
            handsOff: [
                'take "xn--bcher-kva.example." out of the zones of octoDNS\'s configuration; where "*" stands there, move its YAML away',
                'take "xn--strae-oqa.example." out of the zones of octoDNS\'s configuration; where "*" stands there, move its YAML away',
            ],
        },
    ],
    [
        "names that YAML could take for something else",
        "scalars",
        {
            things: [
                "LiveDnsRecord shop.example/12/A",
                "LiveDnsRecord shop.example/012/A",
                "LiveDnsRecord shop.example/__proto__/TXT",
                "LiveDnsRecord shop.example/null/A",
                "LiveDnsRecord shop.example/on/A",
            ],
        },
    ],
    [
        "a configuration and shared records beside the zones",
        "beside",
        {
            things: ["LiveDnsRecord shop.example/www/A"],
            untranslated: ["fwd URLFWD of shop.example: LiveDNS has no records of this type"],
            remarks: [
                "production.yaml is not read, as it is called like no zone",
                "shared.yaml is not read, as it is called like no zone",
            ],
        },
    ],
])("%s (%s) is read", async (_, file, expected) => {
    expect(await summary("from-octodns", "octodns", file)).toEqual({ ...USUAL, ...expected });
});
