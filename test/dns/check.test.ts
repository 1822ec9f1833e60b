import { apiValue, checkRRset, checkZone, parseZoneFile } from "../../provider/dns";

const check = (name: string, type: string, values: string[], ttl?: number) =>
    checkRRset({ name, type, values, ...(ttl !== undefined && { ttl }) }, "example.com");

test.each([
    ["@", "ALIAS", ["www.example.org."]],
    ["www", "CNAME", ["www.example.org."]],
    ["*", "A", ["192.0.2.1", "192.0.2.2"]],
    ["", "TXT", ["v=DKIM1; k=rsa; p=abc", "v=spf1 -all"]],
    ["@", "MX", ["0 ."]],
    ["sub", "DS", [`1 13 2 ${"ab".repeat(32)}`]],
    ["www.example.com.", "AAAA", ["2001:DB8::1"]],
])("%s %s %j has no problems", (name, type, values) => {
    expect(check(name, type, values, 300)).toEqual([]);
});

test.each<[string, string, string[], number | undefined, string[]]>([
    ["www", "A", ["192.0.2.1"], 299, ["ttl: 299"]],
    ["www", "A", ["192.0.2.1"], 1, ["ttl: 1 is not", 'Cloudflare writes 1 for "automatic", which is 300']],
    ["www", "A", ["192.0.2.1"], 2592001, ["ttl: 2592001"]],
    ["www", "A", ["192.0.2.1"], 300.5, ["ttl: 300.5"]],
    ["www", "A", ["192.0.2.1"], Number.NaN, ["ttl: NaN"]],
    ["www", "A", [], undefined, ["values: empty"]],
    ["www", "A", [""], undefined, ["values[0]: empty"]],
    ["www", "TXT", [""], undefined, ['values[0]: empty: an empty text is written "\\"\\""']],
    ["www", "a", ["192.0.2.1"], undefined, ['type: "a" is written "A"']],
    ["www", "FOO", ["x"], undefined, ['type: "FOO" is none of A, AAAA']],
    ["@", "SOA", ["x"], undefined, ["type: LiveDNS keeps the SOA"]],
    ["www", "A", ["2001:db8::1"], undefined, ["values[0]: ", "use type AAAA"]],
    ["www", "A", ["192.0.2.1", "x", "y"], undefined, ["values[1]: ", "values[2]: "]],
    ["www", "AAAA", ["2001:db8::1", "2001:DB8:0::1"], undefined, ['"2001:db8::1" and "2001:DB8:0::1" are the same']],
    ["www", "TXT", ["a b", '"a " "b"'], undefined, ["are the same value"]],
    ["@", "CNAME", ["a."], undefined, ["name: ", "use type ALIAS"]],
    ["example.com", "CNAME", ["a."], undefined, ["use type ALIAS"]],
    ["www", "CNAME", ["a.", "b."], undefined, ["one CNAME at most"]],
    ["www", "ALIAS", ["a."], undefined, ["use type CNAME"]],
    ["@", "DS", [`1 13 2 ${"ab".repeat(32)}`], undefined, ["use DnssecKey"]],
    ["www.example.com", "A", ["192.0.2.1"], undefined, ['write "www", or "www.example.com.example.com." if']],
    ["www.example.org.", "A", ["192.0.2.1"], undefined, ["not inside the zone"]],
    ["www", "CNAME", ["www.example.org"], undefined, ['write "www.example.org."']],
    ["@", "MX", ["0 .", "10 mail"], undefined, ["RFC 7505"]],
    ["@", "TXT", ["v=spf1 -all", '"v=spf1" " mx"'], undefined, ["RFC 7208"]],
    ["www", "TXT", ['"a'], undefined, ["a quote at one end only"]],
    ["www", "TXT", ["v=DKIM1\\; k=rsa"], undefined, ["backslashes are kept"]],
    ["www", "TXT", ["a\n"], undefined, ["white space"]],
    ["www", "CAA", ["0 issue ;"], undefined, ["the value is missing", 'nobody as ";" in quotes']],
    ["www", "CAA", ["0 issue a;b=c"], undefined, ['write 0 issue "a;b=c"']],
])("%s %s %j with TTL %s is reported", (name, type, values, ttl, expected) => {
    const problems = check(name, type, values, ttl).join("\n");
    for (const part of expected) expect(problems).toContain(part);
});

test.each([
    ["\\052", "*", "4"],
    ["\\052.sub", "*.sub", "4.sub"],
    ["0\\05725", "0/25", "0925"],
    ["a\\053b", "a+b", "a5b"],
])("the name %j is Route 53's for %j, and stands for %j", (name, meant, literal) => {
    const type = "TXT";
    expect(check(name, type, ["x"])).toEqual([
        expect.stringMatching(
            `write ${JSON.stringify(meant).replace(/[*+]/g, "\\$&")}, or ${JSON.stringify(literal)} if`,
        ),
    ]);
    expect(check(meant, type, ["x"])).toEqual([]);
    expect(check(literal, type, ["x"])).toEqual([]);
});

test.each(["a\\046b", "a\\255", "a\\009", "\\*", "4"])("the name %j is in decimal, and no doubt", (name) => {
    expect(check(name, "TXT", ["x"])).toEqual([]);
});

/** What each tool would have written for the text on the right. */
test.each([
    ["Route 53 and Terraform, a long text", 'v=DKIM1; k=rsa; p=AAA""BBB', "v=DKIM1; k=rsa; p=AAABBB"],
    ["Terraform's join of chunks", 'v=DKIM1; p=AAA" "BBB" "CCC', "v=DKIM1; p=AAABBBCCC"],
    ["Terraform, with one of the outer quotes", '"v=DKIM1; p=AAA""BBB', "v=DKIM1; p=AAABBB"],
    ["HCL, a long text escaped once more", 'v=DKIM1; p=AAA\\"\\"BBB', "v=DKIM1; p=AAABBB"],
    ["JSON, chunks escaped once more", 'v=DKIM1; p=AAA\\" \\"BBB\\" \\"CCC', "v=DKIM1; p=AAABBBCCC"],
    ["octoDNS and BIND", "v=DKIM1\\; k=rsa\\; p=AAA", "v=DKIM1; k=rsa; p=AAA"],
    ["octoDNS, a long text", 'v=DKIM1\\; p=AAA" "BBB', "v=DKIM1; p=AAABBB"],
    ["Google's rrdatas and HCL, escaped once more", '\\"v=spf1 -all\\"', "v=spf1 -all"],
    ["the same in pieces", '\\"v=DKIM1; \\" \\"p=AAA\\"', "v=DKIM1; p=AAA"],
    ["a quote that was forgotten", '"v=spf1 -all', "v=spf1 -all"],
    ["a quote that was forgotten at the start", 'v=spf1 -all"', "v=spf1 -all"],
    ["dig and zone files, a space", "v=spf1\\032-all", "v=spf1 -all"],
    ["dig and zone files, octets outside ASCII", "caf\\195\\169", "café"],
    ["Route 53, octal", "caf\\303\\251", "café"],
    ["BIND, in parentheses", '( "v=DKIM1; "\n  "p=AAA" )', "v=DKIM1; p=AAA"],
    ["a line of a zone file", '_dmarc 300 IN TXT "v=DMARC1; p=none"', "v=DMARC1; p=none"],
    ["dnscontrol's or cPanel's type and text", 'TXT "v=spf1 -all"', "v=spf1 -all"],
    ["a shell", "'v=spf1 -all'", "v=spf1 -all"],
    ["a word processor", "“v=spf1 -all”", "v=spf1 -all"],
    ["a heredoc", "v=spf1 mx\n  -all\n", "v=spf1 mx -all"],
])("a text in the notation of %s is doubted, with both spellings", (_tool, value, meant) => {
    const problems = check("www", "TXT", [value]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`write ${JSON.stringify(meant)}`);
    expect(check("www", "TXT", [meant])).toEqual([]);
    const [, literal] = / or ("\S.*") if all its characters are meant$/.exec(problems[0]!) ?? [];
    const spelling = JSON.parse(literal!.split(", or ").at(-1)!);
    expect(check("www", "TXT", [spelling])).toEqual([]);
    expect(apiValue("TXT", spelling, "example.com")).toBe(apiValue("TXT", value, "example.com"));
    expect(check("www", "SPF", [value])).toEqual(problems);
});

test.each([
    ['{"key":"","list":["a","b"]}'],
    ['say "hi" to them'],
    ["it's here"],
    ["C:\\dir and \\d+"],
    ["\\\\server\\share"],
    ["a (b) c"],
    ["TXT records are text"],
    ["v=DKIM1; k=rsa; p=AAA+/=="],
    ['"a" "b"'],
    ['"v=DKIM1; p=AAA""BBB"'],
    ['"it holds \\"\\" and \\; and \\032"'],
])("the text %s is taken as it is", (value) => {
    expect(check("www", "TXT", [value])).toEqual([]);
});

test("a long text in pieces is shown whole", () => {
    const [first, second] = ["A".repeat(180), "B".repeat(180)];
    expect(check("www", "TXT", [`v=DKIM1; p=${first}""${second}`]).join()).toContain(`"v=DKIM1; p=${first}${second}"`);
});

test.each([
    ["CAA", '0 issue \\"ca.example.net\\"', 'write "ca.example.net"'],
    ["CAA", "0 iodef 'mailto:a@example.com'", 'write "mailto:a@example.com"'],
    ["NAPTR", '100 10 \\"u\\" "e2u+sip" "" .', "without backslashes"],
])("%s %s holds quotes of another tool", (type, value, right) => {
    expect(check("www", type, [value]).join()).toContain(right);
});

test("all the problems are reported at once", () => {
    expect(check("a..b", "A", ["x", "y", "192.0.2.1", "192.0.2.1"], 1)).toHaveLength(5);
});

test("a type that only the API knows is allowed where the caller says so", () => {
    const rrset = { name: "www", type: "EUI48", values: ["00-00-5e-00-53-2a"] };
    expect(checkRRset(rrset, "example.com", ["A", "EUI48"])).toEqual([]);
});

test("a private key does not appear in the report", () => {
    expect(check("www", "TXT", ["-----BEGIN PRIVATE KEY-----\nMIIEvQ"]).join()).not.toContain("MIIEvQ");
});

test("the zone's own name is the apex where a user writes it, and another name in a list of RRsets", () => {
    const rrsets = parseZoneFile("@ A 192.0.2.1\nexample.com.example.com. A 192.0.2.2", { zone: "example.com" }).rrsets;
    expect(rrsets.map(({ name }) => name)).toEqual(["@", "example.com"]);
    expect(checkZone(rrsets, "example.com")).toEqual([]);
    expect(check("example.com", "DS", [`1 13 2 ${"ab".repeat(32)}`])).toEqual([
        expect.stringContaining("use DnssecKey"),
    ]);
    expect(checkZone([{ name: "example.com", type: "CNAME", values: ["a."] }], "example.com")).toEqual([]);
});

test("a zone has each RRset once, and a CNAME alone at its name", () => {
    const problems = checkZone(
        [
            { name: "www", type: "A", values: ["192.0.2.1"] },
            { name: "WWW.example.com.", type: "A", values: ["192.0.2.2"] },
            { name: "blog", type: "CNAME", values: ["www"] },
            { name: "BLOG", type: "TXT", values: ["x"] },
            { name: "bad", type: "A", ttl: 1, values: ["192.0.2.1"] },
            { name: "a..b", type: "A", values: ["192.0.2.1"] },
        ],
        "example.com",
    );
    expect(problems).toEqual([
        expect.stringMatching(/^WWW\.example\.com\. A: .*twice/),
        expect.stringMatching(/^bad A: ttl: /),
        expect.stringMatching(/^a\.\.b A: name: /),
        expect.stringMatching(/^blog CNAME: .*TXT/),
    ]);
});

/** A value of each type that holds names, with one in place of the name. */
const WITH_NAME: [type: string, value: (name: string) => string][] = [
    ["ALIAS", (name) => name],
    ["CNAME", (name) => name],
    ["DNAME", (name) => name],
    ["HTTPS", (name) => `1 ${name} alpn=h2`],
    ["MX", (name) => `10 ${name}`],
    ["NAPTR", (name) => `100 10 "S" "SIP+D2U" "" ${name}`],
    ["NS", (name) => name],
    ["PTR", (name) => name],
    ["RP", (name) => `${name} .`],
    ["RP", (name) => `admin.example.net. ${name}`],
    ["SRV", (name) => `0 1 443 ${name}`],
    ["SVCB", (name) => `1 ${name}`],
];

describe.each(WITH_NAME)("an address in place of a name of %s", (type, value) => {
    test.each(["192.0.2.1", "192.0.2.1.", "2001:db8::1", "2001:db8::1.", "[2001:db8::1]", "::1"])(
        "is refused: %s",
        (address) => {
            const name = type === "ALIAS" ? "@" : "sub";
            expect(check(name, type, [value(address)])).toEqual([expect.stringContaining("is the IP address")]);
        },
    );

    test("is none where the name only looks like one", () => {
        expect(check(type === "ALIAS" ? "@" : "sub", type, [value("1.2.0.192.in-addr.arpa.")])).toEqual([]);
    });
});
