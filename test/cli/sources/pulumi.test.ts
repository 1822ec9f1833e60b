import { NOTHING, type Summary, summary } from "./sourceOf";

test.each<[string, string, Partial<Summary>]>([
    [
        "a stack",
        "plain.json",
        {
            things: ["LiveDnsDomain shop.example as shop", "LiveDnsRecord shop.example/www/A as wwwRecord"],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::wwwRecord --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/domain:Domain::shop --yes",
            ],
        },
    ],
    [
        "components",
        "components.json",
        {
            things: ["LiveDnsRecord blog.example/@/MX as blog-mx", "LiveDnsRecord shop.example/@/MX as blog-mx"],
            remarks: ["resources of other packages, which stay in the old stack: 1"],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::blog-mx --yes",
                "pulumi state delete 'urn:pulumi:prod::shop::acme:dns:Site$gandi:livedns/record:Record::blog-mx' --yes",
            ],
        },
    ],
    [
        "each type of the package",
        "every-type.json",
        {
            things: [
                "Domain shop.example as shop",
                "Nameservers blog.example as blog-ns",
                "DnssecKey shop.example/4711 as ksk",
                "GlueRecord shop.example/ns1 as ns1",
                "EmailForward shop.example/sales as sales",
            ],
            untranslated: [
                "urn:pulumi:prod::shop::gandi:email/mailbox:Mailbox::alice: this package has no resource for it, so it stays where it is",
                "urn:pulumi:prod::shop::gandi:simplehosting/instance:Instance::web: this package has no resource for it, so it stays where it is",
                "urn:pulumi:prod::shop::gandi:simplehosting/vHost:VHost::web: this package has no resource for it, so it stays where it is",
                "urn:pulumi:prod::shop::gandi:index/livednsRecord:LivednsRecord::other: its type is not known here, so it stays where it is",
            ],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:email/forwarding:Forwarding::sales --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:domains/glueRecord:GlueRecord::ns1 --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:domains/dNSSecKey:DNSSecKey::ksk --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:domains/nameservers:Nameservers::blog-ns --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:domains/domain:Domain::shop --yes",
            ],
        },
    ],
    [
        "what is protected",
        "protected.json",
        {
            things: ["LiveDnsRecord shop.example/www/A as www", "LiveDnsRecord shop.example/mail/A as mail"],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::mail --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::www --force --yes",
            ],
        },
    ],
    [
        "what is only read, and what was replaced",
        "read-and-replaced.json",
        {
            things: ["LiveDnsRecord shop.example/mail/A as mail"],
            untranslated: [
                "urn:pulumi:prod::shop::gandi:livedns/record:Record::mail: it is an old one that was replaced and not yet deleted: finish that with an up there first",
            ],
            remarks: ["resources of Gandi that are got, and only read: 1"],
            handsOff: ["pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::mail --yes"],
        },
    ],
    [
        "a run that was interrupted",
        "interrupted.json",
        {
            things: ["LiveDnsRecord shop.example/www/A as www"],
            untranslated: [
                "urn:pulumi:prod::shop::gandi:livedns/record:Record::new: a run was interrupted while it worked on it: `pulumi refresh` there finds out what has become of it",
            ],
            handsOff: ["pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::www --yes"],
        },
    ],
    [
        "encrypted values",
        "secrets.json",
        {
            things: ["LiveDnsRecord shop.example/www/A as www"],
            handsOff: ["pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::www --yes"],
        },
    ],
    [
        "what others depend on",
        "dependents.json",
        {
            things: [
                "LiveDnsRecord shop.example/_acme/CNAME as validation",
                "LiveDnsRecord shop.example/last/A as last",
            ],
            remarks: ["resources of other packages, which stay in the old stack: 1"],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::last --yes",
                "# the next one is refused while this depends on it: urn:pulumi:prod::shop::aws:acm/certificateValidation:CertificateValidation::cert",
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::validation --yes",
            ],
        },
    ],
    [
        "version 4",
        "features.json",
        {
            things: ["LiveDnsRecord shop.example/www/A as www"],
            handsOff: ["pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::www --yes"],
        },
    ],
    [
        "strange names",
        "names.json",
        {
            things: [
                "LiveDnsRecord shop.example/www/A as shop::www",
                "LiveDnsRecord shop.example/b/A as a/b 'c' $(d)",
                "LiveDnsRecord shop.example/p/A as __proto__",
            ],
            handsOff: [
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::__proto__ --yes",
                "pulumi state delete 'urn:pulumi:prod::shop::gandi:livedns/record:Record::a/b '\\''c'\\'' $(d)' --yes",
                "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::shop::www --yes",
            ],
        },
    ],
])("%s (%s) is read", async (_, file, expected) => {
    expect(await summary("from-pulumi", "pulumi", file)).toEqual({ ...NOTHING, ...expected });
});
