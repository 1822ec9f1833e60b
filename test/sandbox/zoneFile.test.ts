import { readZoneFile } from "../../sandbox/zoneFile";

const records = (text: string, zone?: string) =>
    readZoneFile(text, zone).rrsets.map(
        ({ name, ttl, type, values }) => `${name} ${ttl} ${type} ${values.join(" | ")}`,
    );

test("a whole master file is read", () => {
    const text = [
        "$ORIGIN Example.COM. ; the zone",
        "$TTL 1h",
        "@  IN SOA ns1 host.example.com. (",
        "      2024010101 ; serial",
        "      3600 900 1w 1h )",
        "   IN NS ns1.example.net.",
        "   NS ns2",
        "www 300 IN A 192.0.2.1",
        "    IN 600 A 192.0.2.2",
        "WWW IN AAAA 2001:db8::1",
        'txt TXT ( "a;b"',
        "          plain )",
        "mail.example.com. MX 10 mail",
        "",
    ].join("\n");
    expect(readZoneFile(text).origin).toBe("example.com");
    expect(records(text)).toEqual([
        "@ 3600 NS ns1.example.net. | ns2",
        "www 300 A 192.0.2.1 | 192.0.2.2",
        "WWW 3600 AAAA 2001:db8::1",
        'txt 3600 TXT "a;b" "plain"',
        "mail 3600 MX 10 mail",
    ]);
});

test.each([
    ["Windows line ends", "a A 192.0.2.1\r\nb A 192.0.2.2\r\n", ["a 10800 A 192.0.2.1", "b 10800 A 192.0.2.2"]],
    ["escapes in quotes", 'a TXT "x\\"y;\\\\"', ['a 10800 TXT "x\\"y;\\\\"']],
    ["TTL units", "a 1d2h A 192.0.2.1", ["a 93600 A 192.0.2.1"]],
    ["names that look like types", "mx MX 10 a", ["mx 10800 MX 10 a"]],
    ["the same value twice", "a A 192.0.2.1\na A 192.0.2.1", ["a 10800 A 192.0.2.1"]],
    ["a second $ORIGIN", "$ORIGIN sub\na CNAME b", ["a.sub 10800 CNAME b.sub.example.com."]],
    ["an SOA alone", "@ SOA a b 1 2 3 4 5", []],
    ["nothing", "", []],
])("%s", (_case, text, expected) => {
    expect(records(text, "example.com")).toEqual(expected);
});

test("the absolute owner of the SOA names the zone", () => {
    expect(readZoneFile("example.com. IN SOA a. b. 1 2 3 4 5\nwww A 192.0.2.1").origin).toBe("example.com");
});

test.each([
    ["a file that does not name its zone", "www A 192.0.2.1", undefined, 1, /\$ORIGIN/],
    ["a name outside the zone", "\nwww.example.net. A 192.0.2.1", "example.com", 2, /not in the zone/],
    ["a name that only ends like the zone", "notexample.com. A 192.0.2.1", "example.com", 1, /not in the zone/],
    ["an unknown type", "a A 192.0.2.1\nb NOPE x", "example.com", 2, /NOPE/],
    ["a record without a value", "a A", "example.com", 1, /no value/],
    ["a record without a type", "a 300 IN", "example.com", 1, /needs a type/],
    ["an open quote", 'a TXT "x', "example.com", 1, /quote/],
    ["an open parenthesis", "a TXT ( x", "example.com", 1, /parenthesis/],
    ["a closing parenthesis", "a TXT x )", "example.com", 1, /parenthesis/],
    ["a first record without an owner", " A 192.0.2.1", "example.com", 1, /owner/],
    ["$INCLUDE", "$INCLUDE other", "example.com", 1, /\$INCLUDE/],
    ["a $TTL that is none", "$TTL soon", "example.com", 1, /\$TTL/],
])("%s is an error with its line", (_case, text, zone, line, problem) => {
    expect(() => readZoneFile(text, zone)).toThrow(
        expect.objectContaining({ line, message: expect.stringMatching(problem) }),
    );
});
