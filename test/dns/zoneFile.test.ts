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
    ["a SOA b. c. 1 1 1 1 1", 1, 3, "apex only"],
    ["@ SOA b. c. 1 1 1 1", 1, 19, "the minimum time is missing"],
    ["b.example.net. A 192.0.2.1", 1, 1, "not inside the zone"],
    ["a 300 A 192.0.2.1\na 600 A 192.0.2.2", 2, 7, "an RRset has one"],
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
