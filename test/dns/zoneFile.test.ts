import { parseZoneFile, toZoneFile, ZoneFileError } from "../../provider/dns";

const parse = (text: string) => parseZoneFile(text, { zone: "example.com" });

function problems(text: string) {
    try {
        parse(text);
    } catch (error) {
        if (error instanceof ZoneFileError) return error.problems;
        throw error;
    }
    throw new Error("the file was read");
}

test("a zone file of every kind of line is read", () => {
    const { rrsets, soa, warnings } = parse(
        `\ufeff$TTL 1h30m ; a default
@ IN SOA ns1.gandi.net. hostmaster (
        2024010101 ; the serial
        3h 1h 1w 3h )
   IN NS ns1.gandi.net.
      NS NS2.gandi.net.
www 300 IN A 192.0.2.1
    300 A 192.0.2.2
    IN 600 AAAA 2001:DB8::1\r
web A 192.0.2.3 ; falls back to $TTL
$ORIGIN sub
*.b  CNAME www
text TXT ( "a;" ; a comment
      "b" )
example.com. CAA 0 issue ca.example.net
TYPE TYPE257 \\# 7 00056973737565
`.replace("www A 192.0.2.3", "web A 192.0.2.3"),
    );
    expect(rrsets).toEqual([
        { name: "@", type: "NS", ttl: 5400, values: ["ns1.gandi.net.", "ns2.gandi.net."] },
        { name: "www", type: "A", ttl: 300, values: ["192.0.2.1", "192.0.2.2"] },
        { name: "www", type: "AAAA", ttl: 600, values: ["2001:db8::1"] },
        { name: "web", type: "A", ttl: 5400, values: ["192.0.2.3"] },
        { name: "*.b.sub", type: "CNAME", ttl: 5400, values: ["www.sub.example.com."] },
        { name: "text.sub", type: "TXT", ttl: 5400, values: ['"a;b"'] },
        { name: "@", type: "CAA", ttl: 5400, values: ['0 issue "ca.example.net"'] },
        { name: "type.sub", type: "CAA", ttl: 5400, values: ['0 issue ""'] },
    ]);
    expect(soa).toEqual({
        ttl: 5400,
        primary: "ns1.gandi.net.",
        mailbox: "hostmaster.example.com.",
        serial: 2024010101,
        refresh: 10800,
        retry: 3600,
        expire: 604800,
        minimum: 10800,
    });
    expect(warnings).toEqual([]);
});

test("the zone as LiveDNS writes it is read", () => {
    const text = [
        "@ 10800 IN SOA ns1.gandi.net. hostmaster.gandi.net. 1579092697 10800 3600 604800 10800",
        "@ 10800 IN A 217.70.184.38",
        '@ 10800 IN TXT "v=spf1 include:_mailcust.gandi.net ?all"',
        "_imap._tcp 10800 IN SRV 0 0 0   .",
    ].join("\n");
    expect(parse(text).rrsets.map(({ name, type, values }) => [name, type, ...values])).toEqual([
        ["@", "A", "217.70.184.38"],
        ["@", "TXT", '"v=spf1 include:_mailcust.gandi.net ?all"'],
        ["_imap._tcp", "SRV", "0 0 0 ."],
    ]);
});

test("without $TTL a record takes the TTL above it, and the first one the default", () => {
    const { rrsets } = parseZoneFile("a A 192.0.2.1\nb 600 A 192.0.2.1\nc A 192.0.2.1", {
        zone: "example.com",
        defaultTtl: 900,
    });
    expect(rrsets.map(({ ttl }) => ttl)).toEqual([900, 600, 600]);
    expect(parse("a A 192.0.2.1").rrsets[0]!.ttl).toBe(10800);
});

test("a record that stands there twice counts once", () => {
    expect(parse("a A 192.0.2.1\nA A 192.0.2.1").rrsets).toEqual([
        { name: "a", type: "A", ttl: 10800, values: ["192.0.2.1"] },
    ]);
});

test("a zone transfer ends with the SOA that it starts with", () => {
    const soa = "@ 60 SOA a. b. 7 1 1 1 1\n";
    expect(parse(`${soa}a A 192.0.2.1\n${soa}`).soa?.serial).toBe(7);
    expect(problems(`${soa}@ 60 SOA a. b. 8 1 1 1 1`)).toEqual([{ line: 2, column: 6, reason: "a second SOA" }]);
});

test("what is surely a mistake is a warning", () => {
    expect(parse("t TXT v=spf1 -all\nc CNAME www.example.org").warnings).toEqual([
        { line: 1, column: 7, reason: expect.stringContaining("quotes") },
        { line: 2, column: 9, reason: expect.stringContaining('"www.example.org."') },
    ]);
});

test.each([
    ["_dmarc IN TXT v=DMARC1; p=reject", 1, 15, 'write "v=DMARC1; p=reject", or "v=DMARC1" if it is one'],
    ["a A 192.0.2.1\n\nb TXT spf ; a comment\nc A 192.0.2.1", 3, 7, 'is lost: write "spf ; a comment", or "spf" if'],
    ["a TXT ( one;two\n )", 1, 9, 'is lost: write "one;two"'],
    ["a SPF v=spf1;x", 1, 7, 'write "v=spf1;x"'],
    ["a CAA 0 issue ca.example.net; policy=ev", 1, 7, 'write 0 issue "ca.example.net; policy=ev"'],
    ["a HTTPS 1 . key700=a;b", 1, 9, "in quotes"],
    ["a TXT v=spf1 -all", 1, 7, "one pair of quotes"],
    ["a MX 10 mail.example.net", 1, 6, 'write "mail.example.net."'],
    ["a CNAME 192.0.2.1", 1, 9, "must be a name"],
    ["a AAAA ::ffff:192.0.2.1", 1, 8, "type A"],
    ['a CAA 0 issue "https://ca.example.net/"', 1, 7, '"ca.example.net"'],
    ["www.example.com A 192.0.2.1", 1, 1, 'write "www.example.com.", or "www.example.com.example.com." if'],
    ["$ORIGIN sub\n@ A 192.0.2.1\nexample.com A 192.0.2.1", 3, 1, "stands for example.com.sub.example.com.:"],
    ["$ORIGIN example.com\n@ A 192.0.2.1", 1, 9, 'write "example.com.", or "example.com.example.com." if'],
    ["a A 192.0.2.1\n@ NS ns1.example.net.\n@ NS ns2.example.net.", 2, 3, "leave the NS of the former provider out"],
])("%j is doubted at line %i, column %i: %s", (text, line, column, reason) => {
    const { warnings, doubts } = parse(text);
    expect(warnings).toEqual([{ line, column, reason: expect.stringContaining(reason) }]);
    expect(doubts).toEqual(warnings);
});

test.each([
    ["a A 192.0.2.1 ; a comment"],
    ['a TXT "one; two" ; a comment'],
    ['a TXT ( "a;" ; a comment\n "b" )'],
    ['a CAA 0 issue ";" ; nobody'],
    ["a MX 10 mail ; a comment;with more"],
    ["a HTTPS 1 . alpn=h2 ; a comment"],
    ["$ORIGIN .\nexample.com A 192.0.2.1\nwww.example.com A 192.0.2.1"],
    ["example.com.example.com. A 192.0.2.1"],
    ["@ NS ns-1-a.gandi.net.\n@ NS ns2.example.net."],
    ["sub NS ns1.example.net."],
])("%j is read without a word", (text) => {
    expect(parse(text).warnings).toEqual([]);
});

test("the lowest of several TTLs in an RRset counts, with a warning (RFC 2181, section 5.2)", () => {
    const { rrsets, warnings, doubts } = parse(
        "a 600 A 192.0.2.1\nb 60 A 192.0.2.1\na 300 A 192.0.2.2\na 900 A 192.0.2.3",
    );
    expect(rrsets).toEqual([
        { name: "a", type: "A", ttl: 300, values: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] },
        { name: "b", type: "A", ttl: 60, values: ["192.0.2.1"] },
    ]);
    expect(warnings).toEqual([
        {
            line: 3,
            column: 7,
            reason: expect.stringContaining("a A has a TTL of 600 above and of 300 here: an RRset has one"),
        },
        { line: 4, column: 7, reason: expect.stringContaining("a TTL of 300 above and of 900 here") },
    ]);
    expect(doubts).toEqual([]);
});

test("an SOA in the wrong place is passed over with a warning", () => {
    const below = parse("@ SOA a. b. 1 1 1 1 60\nsub SOA what ever\n A 192.0.2.1");
    expect(below.soa?.primary).toBe("a.");
    expect(below.rrsets).toMatchObject([{ name: "sub", ttl: 60 }]);
    expect(below.warnings).toEqual([{ line: 2, column: 5, reason: expect.stringContaining("passed over") }]);

    const undotted = parse("example.com 3600 IN SOA a. b. 1 1 1 1 1\n A 192.0.2.1\nwww A 192.0.2.2");
    expect(undotted.soa?.serial).toBe(1);
    expect(undotted.rrsets.map(({ name }) => name)).toEqual(["@", "www"]);
    expect(undotted.warnings).toEqual([{ line: 1, column: 1, reason: expect.stringContaining("taken for the apex") }]);
    expect([...below.doubts, ...undotted.doubts]).toEqual([]);
});

test("a string of more than 255 octets is cut into pieces, with a warning", () => {
    const { rrsets, warnings, doubts } = parse(`a TXT "${"é".repeat(200)}" "${"b".repeat(10)}"`);
    expect(rrsets[0]!.values[0]!.replaceAll('" "', "")).toBe(`"${"\\195\\169".repeat(200)}${"b".repeat(10)}"`);
    expect(warnings).toEqual([{ line: 1, column: 7, reason: expect.stringContaining("400 octets") }]);
    expect(doubts).toEqual([]);
    expect(problems(`a TXT ${"b".repeat(256)}`)).toHaveLength(1);
});

test("a file whose lines end with CR alone is no comment as a whole", () => {
    expect(parse("; a comment\ra A 192.0.2.1\rb A 192.0.2.2\r").rrsets).toHaveLength(2);
    expect(parse("; a comment\ra CNAME www.example.org").warnings).toMatchObject([{ line: 2, column: 9 }]);
});

test.each([
    ["$INCLUDE other.zone", 1, 1, "$INCLUDE is not supported"],
    ["$GENERATE 1-9 h$ A 192.0.2.$", 1, 1, "$GENERATE is not supported"],
    ["$ORIGIN", 1, 1, "needs a value"],
    ["$ORIGIN a b", 1, 11, "one value"],
    ["$ORIGIN a..b", 1, 9, "two dots"],
    ["$TTL soon", 1, 6, "no time"],
    ["  A 192.0.2.1", 1, 3, "no owner"],
    ["a 300 IN", 1, 7, "no type"],
    ["a A", 1, 3, "no value"],
    ["a A 192.0.2.300", 1, 5, "not an IPv4 address"],
    ["a MX 10 b\na MX 99999 c", 2, 6, "65535"],
    ["a CH TXT x", 1, 3, "class CH"],
    ["a FOO x", 1, 3, "none of the types"],
    ["a RRSIG x", 1, 3, "LiveDNS signs"],
    ["@ SOA b. c. 1 1 1 1", 1, 19, "the minimum time is missing"],
    ["b.example.net. A 192.0.2.1", 1, 1, "not inside the zone"],
    ["a ANAME b", 1, 3, "write type ALIAS at the apex"],
    ["a 300 AWS ALIAS A b. Z1 false", 1, 7, "an alias of Route 53"],
    ["example.net. SOA b. c. 1 1 1 1 1", 1, 1, "not inside the zone"],
    ["a 2147483648 A 192.0.2.1", 1, 3, "longer than a TTL"],
    ["a A ( 192.0.2.1\nb A 192.0.2.2", 1, 5, "never closed"],
    ["a A 192.0.2.1 )", 1, 15, 'without "("'],
    ['a TXT "x\nb A 192.0.2.1', 1, 7, "never closed"],
])("%j is refused at line %i, column %i: %s", (text, line, column, reason) => {
    expect(problems(text)[0]).toEqual({ line, column, reason: expect.stringContaining(reason) });
});

test("the problems of a file are reported together, 20 at most", () => {
    expect(problems("a A x\nb A 192.0.2.1\nc A )\nd A y").map(({ line }) => line)).toEqual([1, 3, 4]);
    expect(problems("a A x\n".repeat(1000))).toHaveLength(20);
    expect(() => parse("a A x\nb A y")).toThrow(/^line 1, column 5: .*\nline 2, column 5: /);
});

test.each([
    ["a word of 10 MB", `a TXT ${"x".repeat(1e7)}`],
    ["a line of 5,000,000 words", `a TXT ${"x ".repeat(5e6)}`],
    ["100,000 open parentheses", `a A ${"(".repeat(1e5)}`],
    ["100,000 stray parentheses", ")\n".repeat(1e5)],
    ["100,000 open quotes", '"\n'.repeat(1e5)],
    ["a name of 10,000,000 dots", `${".".repeat(1e7)} A 192.0.2.1`],
    ["10,000,000 backslashes", "\\".repeat(1e7)],
    ["a TTL of 5,000,000 units", `a ${"1h".repeat(5e6)} A 192.0.2.1`],
    ["hexadecimal digits of 4 MB", `a TLSA 3 1 1 ${"ab".repeat(2e6)}`],
    ["200,000 octets in hexadecimal", `a TLSA 3 1 1 ${"ab".repeat(1e5)}`],
    ["100,000 variables in dohpath", `a HTTPS 1 . dohpath=/${"{".repeat(1e5)}${"dns".repeat(5e4)}`],
])("%s are refused and not worked on", (_, text) => {
    const [problem] = problems(text);
    expect(problem!.reason.length).toBeLessThan(300);
});

test("parentheses may be as deep as they like", () => {
    expect(parse(`a A ${"(".repeat(1e5)}192.0.2.1${")".repeat(1e5)}`).rrsets).toHaveLength(1);
});

test("a zone that is written is read back the same", () => {
    const rrsets = [
        { name: "@", type: "TXT", ttl: 300, values: ['"a \\"b\\"; c"', '"\\195\\169"'] },
        { name: "*.0/25", type: "MX", ttl: 600, values: ["0 ."] },
        { name: "a", type: "ALIAS", ttl: 600, values: ["www.example.org."] },
    ];
    expect(parse(toZoneFile(rrsets, "example.com")).rrsets).toEqual(rrsets);
    expect(toZoneFile([{ name: "www", type: "TXT", ttl: 300, values: ["v=DKIM1; k=rsa"] }], "example.com.")).toBe(
        '$ORIGIN example.com.\nwww 300 IN TXT "v=DKIM1; k=rsa"\n',
    );
});

test.each([
    ['"v=DMARC1"; p=reject', true],
    ['"v=DKIM1" ; k=rsa; p=MIGf', true],
    ['"v=DMARC1; p=none" ; p=reject later', false],
    ['"v=DMARC1" ; the rest is at the parent', false],
    ['"hello" ; a=b', false],
])("a policy that goes on behind its quotes is not cut silently: %s", (value, isRefused) => {
    const { rrsets, warnings } = parse(`_dmarc 300 IN TXT ${value}\n`);
    expect(rrsets).toHaveLength(1);
    const reason = 'what is behind ";" is a comment, and is lost: put the whole text in quotes';
    expect(warnings).toEqual(isRefused ? [expect.objectContaining({ reason: expect.stringContaining(reason) })] : []);
});
