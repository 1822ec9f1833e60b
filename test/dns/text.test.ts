import { apiValue, keepSpelling, presentation, sameRRset } from "../../provider/dns";

const api = (text: string) => apiValue("TXT", text, "example.com");

test("plain text is one value with all its characters", () => {
    expect(api("v=DKIM1; k=rsa; p=abc")).toBe('"v=DKIM1; k=rsa; p=abc"');
    expect(api("v=spf1 include:_mailcust.gandi.net ?all")).toBe('"v=spf1 include:_mailcust.gandi.net ?all"');
    expect(api('say "hi" \\o/')).toBe('"say \\"hi\\" \\\\o/"');
    expect(api("é\t")).toBe('"\\195\\169\\009"');
    expect(api("")).toBe('""');
});

test("text in quotes is presentation text", () => {
    expect(api('"a\\"b" "c"')).toBe('"a\\"bc"');
    expect(api(' "a" ')).toBe('"a"');
});

test("text is cut at 255 octets and never inside an escape", () => {
    const text = "é".repeat(200);
    const pieces = api(text).match(/"(?:\\\d{3})*"/g)!;
    expect(pieces.map((piece) => (piece.length - 2) / 4)).toEqual([255, 145]);
    expect(pieces.join(" ")).toBe(api(text));
});

test("a quoted string of more than 255 octets is cut, as LiveDNS cuts it", () => {
    expect(api(`"${"a".repeat(256)}"`)).toBe(`"${"a".repeat(255)}" "a"`);
});

test("half a character is refused, not replaced", () => {
    expect(() => api("\ud800")).toThrow("not valid Unicode");
});

test("a value of another type is presentation text already", () => {
    expect(presentation("CAA", '0 issue "a"')).toBe('0 issue "a"');
});

test.each([
    ["v=spf1 -all", '"v=spf1 -all"'],
    ["v=DKIM1; k=rsa", '"v=DKIM1; " "k=rsa"'],
    ["é", '"\\195\\169"'],
    ["back\\slash", '"back\\\\slash"'],
])("what the user writes as %s is what the API answers with as %s", (mine, theirs) => {
    expect(sameRRset("TXT", [mine], [theirs], "example.com")).toBe(true);
});

test("case and inner spaces of a text count", () => {
    expect(sameRRset("TXT", ["a b"], ['"A b"'], "example.com")).toBe(false);
    expect(sameRRset("TXT", ["a b"], ['"a  b"'], "example.com")).toBe(false);
    expect(sameRRset("TXT", ["a b"], ['"ab"'], "example.com")).toBe(false);
});

test("RRsets are sets: order and repetition do not count", () => {
    expect(sameRRset("A", ["192.0.2.1", "192.0.2.2"], ["192.0.2.2", "192.0.2.1", "192.0.2.1"], "example.com")).toBe(
        true,
    );
    expect(sameRRset("A", ["192.0.2.1"], ["192.0.2.1", "192.0.2.2"], "example.com")).toBe(false);
    expect(sameRRset("A", ["192.0.2.1", "192.0.2.3"], ["192.0.2.1", "192.0.2.2"], "example.com")).toBe(false);
});

test("an answer that is not understood is compared as it is, and stops nothing", () => {
    expect(sameRRset("A", ["not an address"], ["not an address"], "example.com")).toBe(true);
    expect(sameRRset("A", ["192.0.2.1"], ["not an address"], "example.com")).toBe(false);
});

test("what is the same keeps the user's spelling and order, what is new comes last", () => {
    const read = ["192.0.2.9", "2001:db8::1", "2001:db8::2"];
    const mine = ["2001:DB8::2", "2001:0db8::1", "2001:db8::3"];
    expect(keepSpelling("AAAA", read, mine, "example.com")).toEqual(["2001:DB8::2", "2001:0db8::1", "192.0.2.9"]);
});
