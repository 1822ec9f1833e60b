import { isRecordType, lint, normalize, recordTypes } from "../../provider/dns";

const normal = (type: string, text: string) => normalize(type, text, "example.com");
const DIGEST = "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a";

describe("spellings of one value", () => {
    test.each([
        ["A", ["192.0.2.1", " 192.0.2.1\t", "( 192.0.2.1 )", "\\# 4 c0000201", "\\# 4 C000 0201"]],
        ["AAAA", ["2001:db8::1", "2001:0DB8:0:0:0:0:0:0001", "2001:db8::0:1"]],
        ["CNAME", ["www.example.com.", "www", "WWW", "\\119ww", "www.EXAMPLE.com."]],
        ["CNAME", ["xn--fa-hia.de.", "faß.de.", "FAß.de."]],
        ["ALIAS", ["cafe.example.", "CAFE.example."]],
        ["NS", ["example.com.", "@"]],
        ["MX", ["10 mail.example.com.", "010 mail", "10\tMAIL", "\\# 20 000a046d61696c076578616d706c6503636f6d00"]],
        ["SRV", ["0 5 5060 sip.example.com.", "00 05 05060 sip"]],
        ["TXT", ['"hello world"', '"hello " "world"', '"hello\\032world"', "hello\\ world"]],
        ["TXT", ['"\\195\\169"', '"é"', "é"]],
        ["TXT", ['"ab"', '"a" "b"', '"a""b"', "a b"]],
        ["CAA", ['0 issue "ca.example.net"', "0 ISSUE ca.example.net", '000 Issue "ca.example.net"']],
        ["SSHFP", [`4 2 ${DIGEST}`, `04 2 ${DIGEST.toUpperCase()}`, `4 2 ${DIGEST.slice(0, 7)} ${DIGEST.slice(7)}`]],
        ["TLSA", [`3 1 1 ${DIGEST}`, `3 1 1 ${DIGEST.slice(0, 32)} ${DIGEST.slice(32).toUpperCase()}`]],
        ["DS", [`60485 13 2 ${DIGEST}`, `60485 ECDSAP256SHA256 SHA-256 ${DIGEST.toUpperCase()}`]],
        ["CDS", ["0 0 0 00", "00 0 0 00"]],
        ["KEY", ["256 3 13 mdsswUyr", "256 DNSSEC ECDSAP256SHA256 mdss wUyr"]],
        ["OPENPGPKEY", ["mDMEXEcE", "mDME XEcE"]],
        ["NAPTR", ['100 10 "u" "e2u+sip" "!^.*$!sip:a@b!" .', "0100 10 U E2U+SIP !^.*$!sip:a@b! ."]],
        [
            "LOC",
            ["42 0 0.000 N 71 0 0.000 W -24m 1m 10000m 10m", "42 N 71 W -24", "42 0 N 71 0 0 W -24.00m 1.99m 19999m"],
        ],
        ["HTTPS", ["1 . alpn=h3,h2 port=443", '1 . port="443" alpn="h3,h2"', '1 . key3="\\001\\187" alpn=h3,h2']],
        ["SVCB", ["0 a.example.net.", "0 A.EXAMPLE.net."]],
        ["SVCB", ["1 . mandatory=alpn,port alpn=h2 port=1", "1 . alpn=h2 port=1 mandatory=port,alpn"]],
        ["HTTPS", ["1 . ipv6hint=2001:db8::1", "1 . ipv6hint=2001:DB8:0:0::1"]],
        ["SVCB", ['1 . alpn="f\\\\\\\\oo\\\\,bar,h2"', "1 . alpn=f\\\\\\092oo\\092,bar,h2"]],
        ["RP", ["admin.example.com. .", "ADMIN ."]],
        ["WKS", ["192.0.2.1 6 25 80", "192.0.2.1 TCP http smtp SMTP"]],
    ])("%s: %j", (type, spellings) => {
        expect(spellings.map((text) => normal(type, text))).toEqual(spellings.map(() => spellings[0]));
    });
});

describe("values that only look alike", () => {
    test.each([
        ["TXT", '"Hello"', '"hello"'],
        ["TXT", '"a  b"', '"a b"'],
        ["TXT", '"a "', '"a"'],
        ["CAA", '0 issue "CA.example.net"', '0 issue "ca.example.net"'],
        ["OPENPGPKEY", "mDMEXEcE", "MDMEXEcE"],
        ["NAPTR", '1 1 "u" "" "!A!b!" .', '1 1 "u" "" "!a!b!" .'],
        ["HTTPS", "1 . alpn=h2,h3", "1 . alpn=h3,h2"],
        ["HTTPS", "1 . key667=A", "1 . key667=a"],
        ["CNAME", "www.example.org.", "www.example.org"],
        ["MX", "10 mail", "20 mail"],
    ])("%s: %s is not %s", (type, one, other) => {
        expect(normal(type, one)).not.toBe(normal(type, other));
    });
});

describe("a value that DNS does not accept says why", () => {
    test.each([
        ["A", "2001:db8::1", "use type AAAA"],
        ["AAAA", "192.0.2.1", "use type A"],
        ["A", "192.0.02.1", 'write "192.0.2.1"'],
        ["AAAA", "fe80::1%eth0", "zone index"],
        ["A", "192.0.2.1 192.0.2.2", "one field too many"],
        ["A", "", "missing"],
        ["A", "192.0.2.1\n192.0.2.2", "one line"],
        ["CNAME", "a..b.", "two dots"],
        ["CNAME", `${"a".repeat(64)}.`, "63 are the most"],
        ["CNAME", `${`${"a".repeat(49)}.`.repeat(5)}${"b".repeat(4)}.`, "longer than 253"],
        ["CNAME", "\\256.", "no escape"],
        ["MX", "mail.example.com.", "the preference"],
        ["MX", "65536 mail", "65535 is the most"],
        ["MX", '10 "mail"', "in quotes"],
        ["SRV", "0 0 5060", "the target is missing"],
        ["TXT", `"${"a".repeat(256)}"`, "255 at most"],
        ["TXT", '"a', "never closed"],
        ["TXT", "(a", "never closed"],
        ["TXT", "a)", 'without "("'],
        ["TXT", "a\\", "backslash"],
        ["TXT", "\ud800", "Unicode"],
        ["TXT", '"" '.repeat(66_001), "too many fields"],
        ["TXT", `${'"a" '.repeat(40_000)}`, "longer than a record"],
        ["CAA", "256 issue x", "255 is the most"],
        ["CAA", "0 is-sue x", "letters and digits"],
        ["SSHFP", `4 1 ${DIGEST}`, "type 1 has 20"],
        ["TLSA", "3 1 1 abc", "hexadecimal"],
        ["DS", `1 13 1 ${DIGEST}`, "digest type 1 has 20"],
        ["CDS", "0 0 0 0", "0 0 0 00"],
        ["KEY", "256 3 13", "missing"],
        ["OPENPGPKEY", "AB==", "not base64"],
        ["LOC", "91 N 0 E 0m", "90 is the most"],
        ["LOC", "90 0 0.001 N 0 E 0m", "more than 90"],
        ["LOC", "1 0 60 N 0 E 0m", "60 or more"],
        ["LOC", "1 X 0 E 0m", "ends with N or S"],
        ["LOC", "1 N 0 E 1.234m", "2 decimals"],
        ["LOC", "1 N 0 E 42849673m", "it is from"],
        ["HTTPS", "1 . alpn=", "empty protocol name"],
        ["HTTPS", "1 . alpn=h2 alpn=h2", "twice"],
        ["HTTPS", "1 . mandatory=alpn", "not there"],
        ["HTTPS", "1 . mandatory=mandatory", "name itself"],
        ["HTTPS", "1 . no-default-alpn", "without alpn"],
        ["HTTPS", "1 . port=65536", "65535"],
        ["HTTPS", "1 . ech=!", "base64"],
        ["HTTPS", "1 . key01=a", "no parameter"],
        ["HTTPS", '1 . key1="h2"', "not the octets"],
        ["HTTPS", "1 . ohttp=1", "no value"],
        ["HTTPS", "1 . dohpath=/q", "{?dns}"],
        ["WKS", "192.0.2.1 tcp gizmo", "write its port"],
        ["A", "\\# 5 c0000201", "not 5"],
        ["A", "\\# 5 c000020100", "too many"],
        ["A", "\\# 3 c00002", "too early"],
        ["A", "\\# x", "generic notation"],
        ["LOC", "\\# 1 00", "16 octets"],
        ["LOC", "\\# 16 00ff16138903210070c3da8000988d20", "two decimal digits"],
    ])("%s %j: %s", (type, value, reason) => {
        const error = expect.objectContaining({
            name: "DnsValueError",
            type,
            value,
            reason: expect.stringContaining(reason),
        });
        expect(() => normal(type, value)).toThrow(error);
    });
});

describe("the generic notation of RFC 3597 is the value itself", () => {
    test.each([
        ["AAAA", "\\# 16 20010db8000000000000000000000001", "2001:db8::1"],
        ["TXT", "\\# 6 0161 03622263", '"ab\\"c"'],
        ["CAA", "\\# 7 00056973737565", '0 issue ""'],
        ["SRV", "\\# 7 00010002000300", "1 2 3 ."],
        ["NAPTR", "\\# 14 0064 000a 0155 00 03612162 016100", '100 10 "u" "" "a!b" a.'],
        ["LOC", "\\# 16 001216138903210070c3da8000988d20", "42 0 0.000 N 71 0 0.000 W -24m 1m 10000m 10m"],
        ["HTTPS", "\\# 10 0001 00 0001 0003 026832", "1 . alpn=h2"],
        ["WKS", "\\# 9 c000020106 00000040", "192.0.2.1 6 25"],
        ["KEY", "\\# 5 0100030d01", "256 3 13 AQ=="],
        ["RP", "\\# 6 016100 016200", "a. b."],
    ])("%s %s", (type, generic, own) => {
        expect(normal(type, generic)).toBe(own);
    });
});

describe("lint finds what is legal but surely a mistake", () => {
    test.each([
        ["CNAME", "www.example.org", ['"www.example.org."', '"www.example.org.example.com."']],
        ["MX", "10 mail.example.org", ['"mail.example.org."']],
        ["MX", "10 192.0.2.1", ["IP address"]],
        ["CNAME", "https://www.example.org/", ['"www.example.org."']],
        ["RP", "admin@example.com .", ['"admin.example.com."']],
        ["TXT", "v=DKIM1; k=rsa", ['write "v=DKIM1; k=rsa"']],
        ["TXT", "a b", ["quotes"]],
        ["A", "192.0.2.1 ; web", ["remove it"]],
        ["CAA", "0 issue ca.example.net; account=1", ['0 issue "ca.example.net; account=1"']],
        ["CAA", '0 iodef "a@example.com"', ['"mailto:a@example.com"']],
        ["CAA", '0 issue "https://ca.example.net/"', ['"ca.example.net"']],
        ["CAA", '1 issue "ca.example.net"', ["128"]],
        ["TLSA", "3 1 1 aa", ["32"]],
        ["TLSA", `4 2 1 ${DIGEST}`, ["usage 4", "selector 2"]],
        ["HTTPS", "0 a. alpn=h2", ["alias"]],
        ["HTTPS", "1 . key65535=a", ["reserved"]],
        ["TXT", '"-----BEGIN PRIVATE KEY-----"', ["private key"]],
        ["TXT", '"Private-key-format: v1.3"', ["private key"]],
        ["KEY", "256 3 8 MIICXAIBAAKBgQ==", ["private key"]],
        ["KEY", "256 3 8 MIIEvQIBADANBg==", ["private key"]],
        ["OPENPGPKEY", "xcZY", ["private key"]],
        ["OPENPGPKEY", "lQVY", ["private key"]],
        ["OPENPGPKEY", "x8ZY", ["private key"]],
    ])("%s %s", (type, value, expected) => {
        const found = lint(type, value, "example.com");
        for (const part of expected) expect(found.join("\n")).toContain(part);
    });

    test("and nothing in a good value", () => {
        const good = [
            ["CNAME", "www"],
            ["CNAME", "www.example.org."],
            ["MX", "0 ."],
            ["TXT", '"v=DKIM1; k=rsa"'],
            ["OPENPGPKEY", "mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB3gmzlC/Ub7O1u10="],
            [
                "KEY",
                "256 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
            ],
            ["TXT", '"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ=="'],
        ] as const;
        expect(good.flatMap(([type, value]) => lint(type, value, "example.com"))).toEqual([]);
    });

    test("a finding never repeats a private key", () => {
        expect(lint("TXT", '"-----BEGIN RSA PRIVATE KEY----- MIIEow"', "example.com").join()).not.toContain("MIIEow");
    });
});

test("every type of LiveDNS is known, in the order of the API document", () => {
    const documented =
        "A AAAA ALIAS CAA CDS CNAME DNAME DS KEY LOC MX NAPTR NS OPENPGPKEY PTR RP SPF SRV SSHFP TLSA TXT WKS";
    expect(recordTypes.filter((type) => !["HTTPS", "SVCB"].includes(type)).join(" ")).toBe(documented);
    expect([isRecordType("HTTPS"), isRecordType("https"), isRecordType("toString")]).toEqual([true, false, false]);
});

test("the value of an unknown type only has its white space made even", () => {
    expect(normal("EUI48", " 00-00-5E-00-53-2a ; lab")).toBe("00-00-5E-00-53-2a");
    expect(normal("X25", '  "a b"   c ')).toBe('"a b" c');
});

test("the zone may have a final dot, and may be written in any case", () => {
    expect(normalize("CNAME", "www", "EXAMPLE.com.")).toBe("www.example.com.");
});
