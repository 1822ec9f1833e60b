import { NOTHING, type Summary, summary } from "./sourceOf";

test.each<[string, string, Partial<Summary>]>([
    [
        "a state of one module",
        "plain.tfstate",
        {
            things: ["LiveDnsDomain shop.example as shop", "LiveDnsRecord shop.example/www/A as www"],
            handsOff: ["terraform state rm gandi_livedns_domain.shop", "terraform state rm gandi_livedns_record.www"],
        },
    ],
    [
        "for_each, with keys that HCL must quote",
        "for-each.tfstate",
        {
            things: [
                'LiveDnsRecord shop.example/@/MX as this["apex/MX"]',
                'LiveDnsRecord shop.example/*.dev/CNAME as this["*.dev"]',
                'LiveDnsRecord shop.example/_dmarc/TXT as this["say \\"$${hi}\\""]',
            ],
            handsOff: [
                "terraform state rm 'gandi_livedns_record.this[\"apex/MX\"]'",
                "terraform state rm 'gandi_livedns_record.this[\"*.dev\"]'",
                'terraform state rm \'gandi_livedns_record.this["say \\"$${hi}\\""]\'',
            ],
        },
    ],
    [
        "count",
        "count.tfstate",
        {
            things: [
                "LiveDnsRecord shop.example/node0/AAAA as node[0]",
                "LiveDnsRecord shop.example/node1/AAAA as node[1]",
                "LiveDnsRecord shop.example/node2/AAAA as node[2]",
            ],
            handsOff: [
                "terraform state rm 'gandi_livedns_record.node[0]'",
                "terraform state rm 'gandi_livedns_record.node[1]'",
                "terraform state rm 'gandi_livedns_record.node[2]'",
            ],
        },
    ],
    [
        "modules within modules, with keys and numbers",
        "modules.tfstate",
        {
            things: [
                "LiveDnsRecord shop.example/eu/A as dns-a",
                'LiveDnsRecord blog.example/eu/A as site["blog.example"].dns[0]-a[0]',
                'LiveDnsRecord blog.example/us/A as site["blog.example"].dns[0]-a[1]',
            ],
            handsOff: [
                "terraform state rm module.dns.gandi_livedns_record.a",
                "terraform state rm 'module.site[\"blog.example\"].module.dns[0].gandi_livedns_record.a[0]'",
                "terraform state rm 'module.site[\"blog.example\"].module.dns[0].gandi_livedns_record.a[1]'",
            ],
        },
    ],
    [
        "each type of the provider",
        "every-type.tfstate",
        {
            things: [
                "DnssecKey shop.example/4711 as ksk",
                "Domain shop.example as shop",
                "Nameservers shop.example as shop?",
                "EmailForward shop.example/sales as sales",
                "GlueRecord shop.example/ns1 as ns1",
                "Nameservers blog.example as blog",
            ],
            untranslated: [
                "gandi_mailbox.alice: this package has no resource for it, so it stays where it is",
                "gandi_simplehosting_instance.web: this package has no resource for it, so it stays where it is",
                "gandi_simplehosting_vhost.web: this package has no resource for it, so it stays where it is",
                "gandi_web_accelerator.cdn: its type is not known here, so it stays where it is",
            ],
            handsOff: [
                "terraform state rm gandi_dnssec_key.ksk",
                "terraform state rm gandi_domain.shop",
                "terraform state rm gandi_email_forwarding.sales",
                "terraform state rm gandi_glue_record.ns1",
                "terraform state rm gandi_nameservers.blog",
            ],
        },
    ],
    [
        "data sources and other providers",
        "data-and-others.tfstate",
        {
            things: ["LiveDnsRecord shop.example/web/A as web"],
            remarks: [
                "data sources of Gandi, which are only read: 1",
                "resources of other providers, which stay with Terraform: 2",
            ],
            handsOff: ["terraform state rm gandi_livedns_record.web"],
        },
    ],
    [
        "OpenTofu, with an alias of the provider",
        "aliases.tfstate",
        {
            things: ["LiveDnsRecord shop.example/www/CNAME as www", "LiveDnsRecord client.example/www/A as client-www"],
            remarks: ["the provider has 2 configurations: --token-from reads the account of another token"],
            handsOff: [
                "tofu state rm gandi_livedns_record.www",
                "tofu state rm module.client.gandi_livedns_record.www",
            ],
        },
    ],
    [
        "tainted and deposed objects",
        "tainted-and-deposed.tfstate",
        {
            things: ["LiveDnsRecord shop.example/www/A as www"],
            untranslated: [
                "gandi_livedns_record.www (deposed object 00c0ffee): it is an old one that was replaced and not yet destroyed: finish that with an apply first",
            ],
            handsOff: ["terraform state rm gandi_livedns_record.www"],
        },
    ],
    [
        "a state that an old Terraform has upgraded",
        "upgraded.tfstate",
        {
            things: ["LiveDnsRecord shop.example/www/A as www"],
            untranslated: ["gandi_zone.old: its type is not known here, so it stays where it is"],
            handsOff: ["terraform state rm gandi_livedns_record.www"],
        },
    ],
    [
        "what is mutable, at the apex, declared twice, or nothing",
        "odd-records.tfstate",
        {
            things: [
                "LiveDnsRecord xn--bcher-kva.example/www/A as idn",
                "LiveDnsRecord shop.example/by-id/A as by_id",
                "LiveDnsRecord shop.example/www/A as twice",
                "LiveDnsRecord shop.example/www/A as copy-again",
            ],
            untranslated: [
                "gandi_livedns_record.acme: it is mutable, so that others write values of the same RRset: a LiveDnsRecord declares all of them",
                "gandi_livedns_record.ns: Gandi lists neither NS nor SOA of the apex, so it stays where it is; a LiveDnsRecord of your own can take it over",
                'gandi_livedns_record.broken: "5b5f4b2a": a domain name has two labels at least, like "example.com"',
                'gandi_email_forwarding.broken: "sales": a domain name has two labels at least, like "example.com"',
            ],
            handsOff: [
                "terraform state rm gandi_livedns_record.idn",
                "terraform state rm gandi_livedns_record.by_id",
                "terraform state rm gandi_livedns_record.twice",
                "terraform state rm module.copy.gandi_livedns_record.again",
            ],
        },
    ],
])("%s (%s) is read", async (_, file, expected) => {
    expect(await summary("from-tfstate", "terraform", file)).toEqual({ ...NOTHING, ...expected });
});
