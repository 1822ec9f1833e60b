import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { dump } from "js-yaml";
import { CommandFailure } from "../../../cli/command";
import { shellWord } from "../../../cli/shell";
import type { SourceOption } from "../../../cli/sources/readSource";
import type { Source } from "../../../cli/sources/source";
import { read } from "./sourceOf";

const HOSTILE = [
    "'; rm -rf ~; '",
    "$(touch owned)",
    "`touch owned`",
    "\"]' && owned",
    "\\",
    "\n--force",
    "!!",
    `$${"{owned}"}`,
    "%{if owned}",
    "__proto__",
    "constructor",
    "toString",
    "\u0000\u001b[31m",
    "\u202etxt",
    "\u{1F600}\u{E0001}",
];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE));

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gandi-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const attributes = { zone: "shop.example", name: "www", type: "A", id: "shop.example/www/A" };
function stateWith(module: string, name: string, key: string): string {
    const provider = 'provider["registry.terraform.io/go-gandi/gandi"]';
    const instances = [{ index_key: key, attributes }];
    return JSON.stringify({
        version: 4,
        serial: 1,
        resources: [{ module, mode: "managed", type: "gandi_livedns_record", name, provider, instances }],
    });
}
function stackWith(name: string): string {
    const type = "gandi:livedns/record:Record";
    const resource = { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, id: attributes.id, outputs: attributes };
    return JSON.stringify({ version: 3, deployment: { resources: [resource] } });
}
async function given(option: SourceOption, content: string): Promise<Source> {
    writeFileSync(join(folder, "file.json"), content);
    return read(option, "file.json", folder);
}
/** The words that a shell makes of lines, without running anything of them. */
function wordsOf(lines: readonly string[]): string[] {
    const script = lines.map((line) => `printf '%s\\0' ${line}`).join("\n");
    return execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" }).split("\0").slice(0, -1);
}

/** The text that HCL reads: the escapes of its quoted templates. */
function fromHcl(quoted: string): string {
    return quoted
        .slice(1, -1)
        .replace(/\\U([\da-f]{8})|\\u([\da-f]{4})|\\(.)|([$%])\4(?=\{)/gs, (_, long, short, one, sign) =>
            long !== undefined || short !== undefined
                ? String.fromCodePoint(Number.parseInt(long ?? short, 16))
                : (sign ?? ({ n: "\n", r: "\r", t: "\t" } as Record<string, string>)[one] ?? one),
        );
}

it("names any key of for_each as HCL reads it, with every character in sight", async () => {
    await fc.assert(
        fc.asyncProperty(text, async (key) => {
            const [entry] = (await given("from-tfstate", stateWith("", "www", key))).entries;
            const quoted = entry!.title.slice("gandi_livedns_record.www[".length, -1);
            expect(fromHcl(quoted)).toBe(key);
            expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?<![$%])[$%]\{/u);
        }),
        { numRuns: 200 },
    );
});

it("makes one word of any address and any URN for a shell", async () => {
    const lines: string[] = [];
    const expected: string[] = [];
    for (const hostile of HOSTILE.filter((one) => !one.includes("\0"))) {
        const source = await given("from-tfstate", stateWith(`module.${hostile}`, hostile, hostile));
        lines.push(...source.handsOff(source.entries));
        expected.push("terraform", "state", "rm", source.entries[0]!.title);
        const stack = await given("from-pulumi", stackWith(hostile));
        lines.push(...stack.handsOff(stack.entries));
        expected.push("pulumi", "state", "delete", stack.entries[0]!.title, "--yes");
    }
    expect(expected.filter((word) => word.startsWith("urn:pulumi:dev::shop::"))).toHaveLength(HOSTILE.length - 1);
    expect(wordsOf(lines)).toEqual(expected);
});

it("quotes whatever a shell would not take as it is", () => {
    fc.assert(
        fc.property(text, (word) => {
            const quoted = shellWord(word);
            // What is quoted ends and begins again only around a quote that is escaped.
            expect(quoted === word ? /^[\w./@%+=:,-]+$/.test(word) : /^'([^']|'\\'')*'$/s.test(quoted)).toBe(true);
        }),
        { numRuns: 500 },
    );
});

it("takes any name of a YAML file for a name, or for none", async () => {
    mkdirSync(join(folder, "zones"));
    await fc.assert(
        fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 5 }), async (names) => {
            const records = new Map(names.map((name) => [name, { type: "A", value: "192.0.2.1" }]));
            const yaml = [...records].map(([name, record]) => dump({ [`x${name}`]: record }, { quotingType: '"' }));
            writeFileSync(join(folder, "zones", "shop.example.yaml"), yaml.join(""));
            const { entries } = await read("from-octodns", "zones", folder);
            expect(entries.length).toBeGreaterThan(0);
            for (const { id } of entries) expect(id).toMatch(/^shop\.example\/.*\/A$/s);
            expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        { numRuns: 100 },
    );
});

it("takes any JSON for a source, or refuses it in words", async () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const some = fc.oneof(json, fc.record({ zone: json, name: json, type: json, id: json, urn: json, mode: json }));
    const list = fc.oneof(fc.array(some, { maxLength: 3 }), some);
    const files = fc.oneof(
        fc.tuple(
            fc.constant("from-tfstate" as const),
            fc.record({
                version: fc.constant(4),
                serial: json,
                resources: fc.oneof(
                    list,
                    fc.tuple(
                        fc.record({
                            mode: fc.constant("managed"),
                            type: fc.constantFrom("gandi_livedns_record", "gandi_glue_record", "gandi_dnssec_key"),
                            name: text,
                            instances: fc.tuple(fc.record({ attributes: some, index_key: fc.oneof(text, json) })),
                        }),
                    ),
                ),
            }),
        ),
        fc.tuple(
            fc.constant("from-pulumi" as const),
            fc.record({ version: fc.constant(3), deployment: fc.oneof(json, fc.record({ resources: list })) }),
        ),
        fc.tuple(
            fc.constant("from-dnscontrol" as const),
            fc.record({
                dns_providers: list,
                domains: fc.oneof(list, fc.tuple(fc.record({ name: text, dnsProviders: some, records: list }))),
            }),
        ),
    );
    await fc.assert(
        fc.asyncProperty(files, async ([option, content]) => {
            const source = await given(option, JSON.stringify(content)).catch((error) => error);
            if (source instanceof Error) expect(source).toBeInstanceOf(CommandFailure);
            else expect(source.handsOff(source.entries)).toEqual(expect.any(Array));
        }),
        { numRuns: 300 },
    );
});
