import { execFileSync } from "node:child_process";
import fc from "fast-check";
import yaml from "js-yaml";
import * as ts from "typescript";
import type { Account } from "../../cli/import/account";
import { Code } from "../../cli/import/literal";
import { type Declared, planOf } from "../../cli/import/plan";
import { partOf, projectOf } from "../../cli/import/program";
import { valueInProgram } from "../../cli/import/recordValues";
import { shellWord } from "../../cli/shell";
import * as dns from "../../provider/dns";
import { RRset } from "../../provider/dns/rrset";

const HOSTILE = [
    '"); process.exit(1); ("',
    `$${"{process.env.HOME}"}`,
    "`",
    "\\",
    "*/",
    "\u2028",
    "\u202etxt.exe",
    "\u0000\u001b[31m",
    "__proto__",
    "$(id)",
    "'; id; '",
    "- a: &x *x",
    "!!js/function",
    "\r\n",
];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE));
const account = (name?: string, variable?: string) =>
    ({
        naming:
            name === undefined && variable === undefined
                ? undefined
                : {
                      organization:
                          name === undefined ? undefined : { id: "c1c1c1c1-0000-4000-8000-000000000001", name },
                      variable,
                  },
    }) as Account;
const resource = fc.record({
    kind: fc.constantFrom("Domain", "LiveDnsRecord", "LiveDnsZone", "EmailForward"),
    name: fc.stringMatching(/^[a-z\d_-]{1,20}$/),
    domain: fc.constantFrom("example.com", "xn--bcher-kva.example", ""),
    inputs: fc.dictionary(
        text,
        fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.dictionary(text, text, { maxKeys: 3 })),
        { maxKeys: 5 },
    ),
    isProtected: fc.boolean(),
    account: fc
        .record({
            name: fc.option(text, { nil: undefined }),
            variable: fc.option(fc.constantFrom("BOB_TOKEN", "X", "9"), { nil: undefined }),
        })
        .map(({ name, variable }) => account(name, variable)),
}) as fc.Arbitrary<Declared>;

/** What a program asks the engine for: it is run, with nothing but recorders in reach. */
function run(program: string): { kind: string; name: string; inputs: object; options: object }[] {
    const made: { kind: string; name: string; inputs: object; options: object }[] = [];
    const gandi = new Proxy({ dns } as Record<string, unknown>, {
        get: (target, kind: string) =>
            target[kind] ??
            class {
                constructor(name: string, inputs: object, options: object = {}) {
                    made.push({ kind, name, inputs, options });
                }
            },
    });
    const modules: Record<string, unknown> = {
        "pulumi-gandi": gandi,
        "@pulumi/pulumi": {
            Config: class {
                requireSecret(key: string) {
                    return { key };
                }
            },
        },
        "node:fs": { readFileSync: (path: string) => ({ path }) },
        "node:path": { join: (...parts: string[]) => parts.join("/") },
    };
    new Function("require", "__dirname", program)((name: string) => modules[name], "here");
    return made;
}

it("declares what it was made of, whatever that holds", () => {
    fc.assert(
        fc.property(fc.array(resource, { minLength: 1, maxLength: 4 }), (resources) => {
            const made = run(partOf(resources, "index", "javascript").get("index.js")!);
            const ours = made.filter(({ kind }) => kind !== "Provider");
            const wanted = [...new Set(resources.map(({ domain }) => domain))].flatMap((domain) =>
                resources.filter((one) => one.domain === domain),
            );
            expect(ours.map(({ kind, name }) => ({ kind, name }))).toEqual(
                wanted.map(({ kind, name }) => ({ kind, name })),
            );
            wanted.forEach(({ inputs, isProtected, account: { naming } }, at) => {
                const { inputs: given, options } = ours[at]!;
                const sharingId = naming?.organization === undefined ? {} : { sharingId: naming.organization.id };
                expect(given).toEqual({ ...inputs, ...sharingId });
                expect("protect" in options).toBe(isProtected);
                expect("provider" in options).toBe(naming?.variable !== undefined);
            });
        }),
        { numRuns: 300 },
    );
});

it("is TypeScript that the compiler reads, and nothing in it is hidden from a reader", () => {
    fc.assert(
        fc.property(resource, (one) => {
            const program = partOf([one], "index", "typescript").get("index.ts")!;
            expect(program.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
            const { diagnostics } = ts.transpileModule(program, { reportDiagnostics: true });
            expect(diagnostics).toEqual([]);
        }),
        { numRuns: 100 },
    );
});

it("comes with a Pulumi.yaml and a package.json in which nothing is the account's", () => {
    fc.assert(
        fc.property(resource, (one) => {
            const files = projectOf([one], "gandi", "typescript");
            expect(yaml.load(files.get("Pulumi.yaml")!, { schema: yaml.FAILSAFE_SCHEMA })).toEqual({
                name: "gandi",
                runtime: { name: "nodejs", options: { packagemanager: "npm" } },
            });
            expect(JSON.parse(files.get("package.json")!).name).toBe("gandi");
            expect([...files.keys()].every((path) => /^(?:zones\/)?[\w.-]+$/.test(path))).toBe(true);
        }),
        { numRuns: 50 },
    );
});

describe("a value of a record", () => {
    const rdata: Record<string, fc.Arbitrary<string>> = {
        MX: fc.tuple(fc.nat(65535), fc.constantFrom("mail", "mail.example.net.", "@")).map((parts) => parts.join(" ")),
        SRV: fc
            .tuple(fc.nat(65535), fc.nat(65535), fc.nat(65535), fc.constantFrom(".", "sip", "sip.example.net."))
            .map((parts) => parts.join(" ")),
        CAA: fc
            .tuple(
                fc.constantFrom(0, 128, 1),
                fc.constantFrom("issue", "issuewild", "iodef"),
                fc.constantFrom('";"', '"letsencrypt.org"', '"ca.example; account=1"', '"a\\"b"', '"\\255"'),
            )
            .map((parts) => parts.join(" ")),
        TXT: fc.oneof(
            text.filter((one) => !/\p{Surrogate}/u.test(one)).map((one) => dns.txt(one)),
            fc.constantFrom('"a" "b"', '"\\255"', '"v=spf1 -all"', '"a\\\\b"', "plain", '"\\"quoted\\""', '""'),
        ),
    };
    test.each(Object.keys(rdata))("%s is the same value in the program", (type) => {
        fc.assert(
            fc.property(rdata[type]!, (value) => {
                const written = valueInProgram(type, value, "example.com");
                const read =
                    written instanceof Code
                        ? (new Function("gandi", `return ${written.text}`)({ dns }) as string)
                        : written;
                expect(dns.apiValue(type, read, "example.com")).toBe(dns.apiValue(type, value, "example.com"));
            }),
            { numRuns: 300 },
        );
    });

    test.each([
        ["MX", "10 mail.example.net.", 'gandi.dns.mx(10, "mail.example.net.")'],
        ["CAA", '128 issue "ca.example"', 'gandi.dns.caa("issue", "ca.example", { critical: true })'],
        ["TXT", '"v=spf1 -all"', "v=spf1 -all"],
        ["TXT", '"a" "b"', '"a" "b"'],
        ["TXT", '"\\255"', '"\\255"'],
        ["A", "192.0.2.1", "192.0.2.1"],
    ])("%s %s is written as a person writes it", (type, value, expected) => {
        const written = valueInProgram(type, value, "example.com");
        expect(written instanceof Code ? written.text : written).toBe(expected);
    });
});

it("has every RRset of an account that can be declared, in both styles, whatever its values are", () => {
    const place = { fqdn: "example.com", isRegistered: true, isOnLiveDns: true, account: account() };
    const rrset = fc.record({ name: fc.stringMatching(/^[a-z\d_-]{1,20}$/), value: text });
    fc.assert(
        fc.property(
            fc.uniqueArray(rrset, { selector: ({ name }) => name, maxLength: 5 }),
            fc.constantFrom("zone" as const, "records" as const),
            (given, style) => {
                const rrsets = given.map(({ name, value }) =>
                    RRset.there("example.com", name, "TXT", { ttl: 300, values: [`"${value}"`] }),
                );
                const { counts, leftOut } = planOf([{ place, found: [], rrsets, unreadable: [] }], {
                    style,
                    domains: "adopt",
                    isExclusive: false,
                    withDefaults: false,
                });
                const { there, declared } = counts[0] ?? { there: 0, declared: 0 };
                expect(there).toBe(given.length);
                expect(declared + leftOut.length).toBe(there);
            },
        ),
        { numRuns: 200 },
    );
});

it("quotes what a shell would not take as one word", () => {
    const words = [
        ...HOSTILE.filter((word) => !word.includes("\u0000")),
        "",
        "-rf",
        "a b",
        "~",
        "example.com",
        "x'y",
        "!!",
    ];
    const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}`).join("\n");
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(words);
    expect(shellWord("example.com/a-b_c")).toBe("example.com/a-b_c");
});
