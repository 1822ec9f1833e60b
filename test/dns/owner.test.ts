import { domainName, fqdn, type OwnerName, ownerName, relativeOwner, spelledOwner } from "../../provider/dns";

test.each(["@", "", "example.com", "example.com.", "EXAMPLE.com"])("the apex may be written %j", (name) => {
    expect(ownerName(name, "example.com")).toBe("@");
    expect(fqdn(name, "Example.com.")).toBe("example.com");
});

test.each([
    ["@", "@", "@"],
    ["", "@", "@"],
    ["example.com", "@", "example.com"],
    ["EXAMPLE.COM", "@", "example.com"],
    ["example.com.", "@", "@"],
    ["example.com.example.com.", "example.com", "example.com"],
    ["www", "www", "www"],
    ["www.example.com", "www.example.com", "www.example.com"],
    ["myexample.com", "myexample.com", "myexample.com"],
])("%j is %s where a user writes it, and %s where it is relative already", (name, owner, relative) => {
    expect(ownerName(name, "example.com")).toBe(owner);
    expect(relativeOwner(name, "example.com")).toBe(relative);
});

test.each([
    ["@", "@"],
    ["www", "www"],
    ["example.com", "example.com.example.com."],
    ["www.example.com", "www.example.com.example.com."],
    ["myexample.com", "myexample.com"],
])("a user writes the owner %s as %s", (owner, spelled) => {
    expect(spelledOwner(owner as OwnerName, "example.com")).toBe(spelled);
    expect(ownerName(spelled, "example.com")).toBe(owner);
});

test.each([
    ["WWW", "www"],
    ["www.example.com.", "www"],
    ["www.example.com", "www.example.com"],
    ["*.A", "*.a"],
    ["*", "*"],
    ["_sip._TCP", "_sip._tcp"],
    ["0/25", "0/25"],
    ["1.2", "1.2"],
    ["faß", "xn--fa-hia"],
    ["CAFÉ.b", "xn--caf-dma.b"],
    ["\\119ww", "www"],
    ["a\\.b", "a\\.b"],
])("%s is the owner %s", (name, owner) => {
    expect(ownerName(name, "example.com")).toBe(owner);
    expect(fqdn(name, "example.com")).toBe(`${owner}.example.com`);
});

test.each([
    ["www.example.org.", "not inside the zone"],
    ["ample.com.", "not inside the zone"],
    ["com.", "not inside the zone"],
    ["a.*", "leftmost"],
    ["a..b", "two dots"],
    [".a", "dot at the start"],
    ["a b", "white space"],
    ["me@example.com", "@ have no place"],
    ["a".repeat(64), "63 are the most"],
    ["é".repeat(64), "63 are the most"],
    ["例え。あ", "no label"],
    ["%41é", "no label"],
    [`${"a".repeat(60)}.`.repeat(4).slice(0, -1), "longer than 253"],
    ["a".repeat(2000), "longer than 253"],
])("%s is no owner name: %s", (name, reason) => {
    expect(() => ownerName(name, "example.com")).toThrow(
        expect.objectContaining({ name: "DnsNameError", value: name, reason: expect.stringContaining(reason) }),
    );
});

test("a name of 253 octets is legal, one of 254 is not", () => {
    const name = (length: number) =>
        `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(length - 204)}`;
    expect(fqdn(name(253), "example.com")).toHaveLength(253);
    expect(() => fqdn(name(254), "example.com")).toThrow("longer than 253");
});

test.each([
    ["Example.COM", "example.com"],
    ["example.com.", "example.com"],
    ["faß.de", "xn--fa-hia.de"],
    ["例え.jp", "xn--r8jz45g.jp"],
    ["a-b.co.uk", "a-b.co.uk"],
])("%s is the domain %s", (text, name) => {
    expect(domainName(text)).toBe(name);
});

test.each([
    ["", "empty"],
    ["com", "two labels"],
    [".", "two labels"],
    ["https://example.com/path", 'write "example.com"'],
    ["192.0.2.1", "IP address"],
    ["a_b.com", "letters, digits"],
    ["-a.com", "letters, digits"],
    ["a b.com", "white space"],
    ["example..com", "two dots"],
    ["me@example.com", "@"],
])("%s is no domain name: %s", (text, reason) => {
    expect(() => domainName(text)).toThrow(
        expect.objectContaining({ name: "DnsNameError", reason: expect.stringContaining(reason) }),
    );
});

test("a zone that is no name is an error of its own", () => {
    expect(() => ownerName("www", "a..b")).toThrow(expect.objectContaining({ name: "DnsNameError", value: "a..b" }));
});
