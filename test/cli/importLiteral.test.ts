import fc from "fast-check";
import { Code, literal } from "../../cli/import/literal";
import { Names } from "../../cli/import/names";

const HOSTILE = [
    '"); process.exit(1); ("',
    `$${"{process.env.HOME}"}`,
    "`",
    "\\",
    '\\"',
    "'\"",
    "</script>",
    "*/",
    "// x\n\r",
    "\u2028\u2029",
    "\u202etxt.exe",
    "\u0000\u001b[31m",
    "\ud800",
    "__proto__",
    "constructor",
    "\u{1F600}\u{E0001}",
];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE));
const value = fc.letrec((tie) => ({
    any: fc.oneof(
        { depthSize: "small" },
        text,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.array(fc.tuple(text, tie("any")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
})).any;
const read = (source: string): unknown => new Function(`"use strict"; return (${source});`)();

describe("a value in a program", () => {
    it("is what it was, whatever it holds", () => {
        fc.assert(
            fc.property(value, fc.constantFrom("", "    "), (given, indent) => {
                expect(read(literal(given, indent))).toEqual(given);
            }),
            { numRuns: 500 },
        );
    });

    it("has nothing that an editor or a terminal would not show as it is", () => {
        fc.assert(
            fc.property(value, (given) => {
                expect(literal(given).replace(/\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
            }),
            { numRuns: 500 },
        );
    });

    test.each([
        ["a text", "www", '"www"'],
        ["a text with quotes", '"v=spf1 -all"', `'"v=spf1 -all"'`],
        ["both quotes", `'"`, `"'\\""`],
        ["an object", { name: "@", values: ["192.0.2.1"] }, '{ name: "@", values: ["192.0.2.1"] }'],
        ["an expression", { zoneFile: new Code('zoneFile("example.com")') }, '{ zoneFile: zoneFile("example.com") }'],
        ["a key that is no name", { "a-b": 1 }, '{ "a-b": 1 }'],
        ["what is long", { a: "x".repeat(110), b: ["y"] }, `{\n    a: "${"x".repeat(110)}",\n    b: ["y"],\n}`],
    ])("%s is written as people write it", (_, given, expected) => {
        expect(literal(given)).toBe(expected);
    });
});

test("names of resources are readable, each one's own, and of harmless characters", () => {
    const names = new Names();
    expect(names.of("LiveDnsRecord", "example.com", "@", "MX")).toBe("example-com-apex-mx");
    expect(names.of("LiveDnsRecord", "example.com", "*.dev", "A")).toBe("example-com-wildcard-dev-a");
    expect(names.of("LiveDnsRecord", "example.com", "WWW", "A")).toBe("example-com-www-a");
    expect(names.of("LiveDnsRecord", "example-com", "www", "A")).toBe("example-com-www-a-2");
    expect(names.of("Domain", "example.com")).toBe("example-com");
    fc.assert(
        fc.property(text, (given) => {
            expect(names.of("GlueRecord", given)).toMatch(/^[a-z\d_-]+$/);
        }),
    );
});
