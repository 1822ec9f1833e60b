import { RECORD_TYPES, rdataProblem } from "../../sandbox/validation/rdata";

/** Values that LiveDNS takes and values that it refuses, by type. */
const VALUES: Record<(typeof RECORD_TYPES)[number], { good: string[]; bad: string[] }> = {
    A: { good: ["192.0.2.1"], bad: ["192.0.2", "192.0.2.256", "2001:db8::1", "192.0.2.01", ""] },
    AAAA: { good: ["2001:db8::1", "::ffff:192.0.2.1"], bad: ["192.0.2.1", "2001:db8:::1", "fe80::1%eth0", ""] },
    ALIAS: { good: ["a.example.net."], bad: ["a b", ""] },
    CAA: { good: ['0 issue "letsencrypt.org"', "128 iodef x"], bad: ["0 issue", "issue x", '0 issue "a" b'] },
    CDS: { good: ["12345 13 2 ABCD"], bad: ["12345 13 2", "12345 13 2 xyz"] },
    CNAME: { good: ["www", "@", "a_b.example.net."], bad: ["a..b", "-a", "a b", `${"x".repeat(64)}.net.`, ""] },
    DNAME: { good: ["example.net."], bad: ["a b"] },
    DS: { good: ["12345 13 2 01cc 01ee"], bad: ["12345 13 2", "key 13 2 ab"] },
    HTTPS: { good: ["0 pool.example.net.", '1 . alpn="h3,h2" port=8443'], bad: ["1", "x .", "1 a b=c d!"] },
    KEY: { good: ["256 3 13 AAAA BBBB=="], bad: ["256 3 13", "256 3 13 ?"] },
    LOC: { good: ["52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m", "42 N 71 W 0"], bad: ["52 22 N", "x"] },
    MX: { good: ["10 mail", "0 ."], bad: ["mail", "10", "65536 mail", "10 a b", "-1 mail", "10 192.0.2.1"] },
    NAPTR: { good: ['100 10 "S" "SIP+D2U" "" _sip._udp', '1 1 "u" "E2U+sip" "!^.*$!sip:a b@c!" .'], bad: ["100 10 S"] },
    NS: { good: ["ns1.example.net.", "4.3.2.1.in-addr.arpa."], bad: ["ns1 ns2", "6.2.3.4.", "6.2.3.4", "2001:db8::1"] },
    OPENPGPKEY: { good: ["mQCN AzJG="], bad: ["?"] },
    PTR: { good: ["host.example.net."], bad: ["host!"] },
    RP: { good: ["admin.example.net. .", "a b"], bad: ["a", "a b c"] },
    SPF: { good: ['"v=spf1 -all"'], bad: ["v=spf1 -all"] },
    SRV: { good: ["0 1 993 mail.gandi.net.", "0 0 0 ."], bad: ["0 1 mail", "0 1 70000 mail", "0 0 0"] },
    SSHFP: { good: ["1 1 7491973e5f8b39d5"], bad: ["1 1", "1 1 xyz"] },
    SVCB: { good: ["1 . port=53"], bad: ["port=53"] },
    TLSA: { good: ["3 1 1 ABCD EF"], bad: ["3 1 1", "3 1 ABCD"] },
    TXT: {
        good: ['"a"', '"a" "b"', '""', '"\\"q\\\\"', `"${"\\233".repeat(255)}"`],
        bad: ["a", '"a', '"a" b', '"a"b', `"${"\\233".repeat(256)}"`, ""],
    },
    WKS: { good: ["192.0.2.1 tcp smtp"], bad: ["tcp smtp"] },
};

const problem = (type: string, value: string) => rdataProblem({ name: "x", type, ttl: 300, values: [value] }, value);

describe.each(RECORD_TYPES)("%s", (type) => {
    test.each(VALUES[type].good)("takes %j", (value) => {
        expect(problem(type, value)).toBeUndefined();
    });
    test.each(VALUES[type].bad)("refuses %j", (value) => {
        expect(problem(type, value)).toEqual(expect.any(String));
    });
});
