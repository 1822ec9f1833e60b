import {
    closeSync,
    ftruncateSync,
    mkdirSync,
    mkdtempSync,
    openSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { cli, type Outcome } from "../cli";

/** What nothing that is printed may hold. */
const TOKEN = "pat_0123456789abcdef0123456789abcdef01234567";
/** Nobody answers there: whatever is refused here is refused before anything is asked. */
const NOWHERE = { url: "http://127.0.0.1:9", token: TOKEN };

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gandi-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refused(...args: string[]): Promise<Outcome> {
    const before = readdirSync(folder);
    const outcome = await cli(NOWHERE, ["import", ...args], { directory: folder });
    expect(outcome.stderr).not.toContain(TOKEN);
    expect(outcome.stdout).toBe("");
    expect(readdirSync(folder)).toEqual(before);
    return outcome;
}

describe.each([
    ["--from-tfstate", "a state of Terraform or OpenTofu", "`terraform state pull` makes one"],
    ["--from-pulumi", "an exported stack of Pulumi", "`pulumi stack export` makes one"],
    ["--from-dnscontrol", "what `dnscontrol print-ir` prints", "`dnscontrol print-ir` makes one"],
])("%s", (option, what, made) => {
    test.each([
        ["that is empty", "\n", `is empty, and not ${what}: ${made}`],
        ["that is not JSON", `token = ${TOKEN}`, `is not JSON, and so not ${what}: ${made}`],
        ["that is cut", `{"version": 4, "serial": 1, "token": "${TOKEN}`, `is not JSON, and so not ${what}: ${made}`],
        [
            "of something else",
            JSON.stringify({ gandi: { TYPE: "GANDI_V5", token: TOKEN } }),
            `is JSON, but not ${what}`,
        ],
        ["that is a text", JSON.stringify(TOKEN), `is JSON, but not ${what}`],
    ])("refuses a file %s", async (_, content, said) => {
        writeFileSync(join(folder, "file"), content);
        const { code, stderr } = await refused(option, "file");
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`file ${said}`) });
    });

    it("refuses what is not there, a folder, a link to itself, and what is far too large", async () => {
        mkdirSync(join(folder, "dir"));
        symlinkSync("loop", join(folder, "loop"));
        const large = openSync(join(folder, "large"), "w");
        ftruncateSync(large, 200_000_000);
        closeSync(large);
        for (const [file, said] of [
            ["absent", /absent can't be read: .*ENOENT/],
            ["dir", /dir is a folder: name a file/],
            ["loop", /loop can't be read: .*ELOOP/],
            ["large", /large is larger than 100 MB/],
        ] as const) {
            const { code, stderr } = await refused(option, file);
            expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(said) });
        }
    });
});

test.each([
    [
        "--from-tfstate",
        { version: 3, serial: 1, modules: [] },
        /is a state of version 3: `terraform state pull` of Terraform 0\.12/,
    ],
    ["--from-tfstate", { version: 5, serial: 1 }, /is a state of version 5, .*: look for a newer pulumi-gandi/],
    ["--from-tfstate", { version: TOKEN, serial: 1 }, /is a state that names no version of its format/],
    [
        "--from-tfstate",
        { encrypted_data: TOKEN, meta: {}, encryption_version: "v0" },
        /is an encrypted state of OpenTofu, .*`tofu state pull`/,
    ],
    [
        "--from-tfstate",
        { format_version: "1.0", values: {} },
        /is what `terraform show -json` prints, .*`terraform state pull`/,
    ],
    ["--from-tfstate", { version: 3, deployment: {} }, /is an exported stack of Pulumi, .*give it with --from-pulumi/],
    [
        "--from-tfstate",
        { version: 4, serial: 1, resources: [{ type: TOKEN }] },
        /is not a state of Terraform or OpenTofu as it should be, at resources\.0\.mode/,
    ],
    ["--from-tfstate", { version: 4, serial: 1, resources: [] }, /has nothing of Gandi's that can be taken over/],
    [
        "--from-pulumi",
        { version: 1, deployment: {} },
        /is a stack of version 1, .*`pulumi stack export` of a present CLI/,
    ],
    [
        "--from-pulumi",
        { version: 3, checkpoint: { latest: {} } },
        /is a checkpoint out of a backend of Pulumi, .*`pulumi stack export`/,
    ],
    [
        "--from-pulumi",
        { version: 3, deployment: { resources: [{ urn: TOKEN }] } },
        /is not an exported stack of Pulumi as it should be, at deployment\.resources\.0\.urn/,
    ],
    ["--from-pulumi", { version: 3, deployment: null }, /has nothing of Gandi's that can be taken over/],
    [
        "--from-pulumi",
        { version: 4, serial: 1, resources: [] },
        /is a state of Terraform or OpenTofu, .*give it with --from-tfstate/,
    ],
    [
        "--from-dnscontrol",
        { dns_providers: [], domains: [{ name: 3 }] },
        /is not what `dnscontrol print-ir` prints as it should be, at domains\.0\.name/,
    ],
    [
        "--from-dnscontrol",
        { dns_providers: [], domains: [{ name: "a.example", rawrecords: [{}] }] },
        /was made with --raw, .*make it again without/,
    ],
    [
        "--from-dnscontrol",
        {
            dns_providers: [{ name: "cf", type: "CLOUDFLAREAPI" }],
            domains: [{ name: "a.example", dnsProviders: { cf: -1 }, registrar: "none" }],
            registrars: [{ name: "none", type: "NONE" }],
        },
        /nothing of Gandi's .*\na\.example: not at Gandi, but at cf/,
    ],
])("%s of another kind or version says what to do", async (option, value, said) => {
    writeFileSync(join(folder, "file"), JSON.stringify(value));
    const { code, stderr } = await refused(option as string, "file");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(said as RegExp) });
});

it("runs no dnsconfig.js, and says which command reads it", async () => {
    writeFileSync(join(folder, "it's.js"), `require("fs").writeFileSync("owned", "${TOKEN}")`);
    const { code, stderr } = await refused("--from-dnscontrol", "it's.js");
    expect(code).toBe(1);
    expect(stderr).toContain(
        "\ndnscontrol print-ir --config 'it'\\''s.js' --out dnsconfig.json\nnpx pulumi-gandi import --from-dnscontrol dnsconfig.json\n",
    );
});

it("reads what a shell of Windows has written", async () => {
    const state = Buffer.from(`\ufeff${JSON.stringify({ version: 4, serial: 1, resources: [] })}`, "utf16le");
    writeFileSync(join(folder, "file"), state);
    expect((await refused("--from-tfstate", "file")).stderr).toContain("has nothing of Gandi's");
});

describe("standard input", () => {
    const { stdin } = process;
    const give = (chunks: Iterable<Buffer>) =>
        Object.defineProperty(process, "stdin", { value: Readable.from(chunks), configurable: true });
    afterEach(() => Object.defineProperty(process, "stdin", { value: stdin, configurable: true }));

    it("is read for -", async () => {
        give([Buffer.from('{"version": 4, '), Buffer.from('"serial": 1, "resources": []}')]);
        expect((await refused("--from-tfstate", "-")).stderr).toContain("standard input has nothing of Gandi's");
    });

    it("is read no further than a file may be large", async () => {
        let given = 0;
        function* endless() {
            const chunk = Buffer.alloc(1_000_000, " ");
            for (; given < 1_000; given++) yield chunk;
        }
        give(endless());
        const { code, stderr } = await refused("--from-pulumi", "-");
        expect({ code, stderr }).toEqual({ code: 1, stderr: "pulumi-gandi: standard input is larger than 100 MB\n" });
        expect(given).toBeLessThan(200);
    });
});

describe("--from-octodns", () => {
    it("says all that is wrong with all files", async () => {
        const files = {
            "include.example.yaml": `---\nwww: !include ${TOKEN}.yaml\n`,
            "python.example.yaml": `--- !!python/object:${TOKEN}\nwww: {type: A}\n`,
            "twice.example.yaml": "www: {type: A}\nwww: {type: A}\n",
            "broken.example.yaml": `www: [${TOKEN}\n`,
            "list.example.yaml": `- ${TOKEN}\n`,
            "untyped.example.yaml": `www: {type: A}\n${TOKEN}: {value: 192.0.2.1}\n`,
        };
        mkdirSync(join(folder, "zones"));
        for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, "zones", name), content);
        symlinkSync("loop.example.yaml", join(folder, "zones", "loop.example.yaml"));
        const { code, stderr } = await refused("--from-octodns", "zones");
        expect(code).toBe(1);
        const tags = "YAML with tags is not read. octoDNS writes it without: octodns-dump --config-file=CONFIG";
        expect(stderr.split("\n").slice(0, -1)).toEqual([
            expect.stringContaining("zones/broken.example.yaml: it is no sound YAML in line "),
            expect.stringContaining(
                `zones/include.example.yaml: there is a tag in line 2, such as !include, and ${tags}`,
            ),
            "zones/list.example.yaml: a zone's file is a mapping of names to records",
            expect.stringMatching(/^zones\/loop\.example\.yaml can't be read: .*ELOOP/),
            expect.stringContaining(
                `zones/python.example.yaml: there is a tag in line 3, such as !include, and ${tags}`,
            ),
            expect.stringContaining("zones/twice.example.yaml: a name stands twice in line 2"),
            "zones/untyped.example.yaml: a record of its name number 2 has no type",
        ]);
    });

    test.each([
        ["absent", /absent can't be read: .*ENOENT/],
        ["file", /file is a file: give the folder of octoDNS's YAML/],
        ["empty", /empty holds no zone/],
        ["loop", /loop can't be read: .*ELOOP/],
    ])("refuses %s", async (name, said) => {
        writeFileSync(join(folder, "file"), TOKEN);
        mkdirSync(join(folder, "empty"));
        symlinkSync("loop", join(folder, "loop"));
        expect(await refused("--from-octodns", name)).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
    });
});

test.each([
    [["--from-tfstate", "a", "--from-pulumi", "b"], "--from-tfstate and --from-pulumi: import from one tool at a time"],
    [
        ["--from-tfstate", "a", "--missing"],
        "--from-tfstate is for what it declares: not with --all, --missing or --list",
    ],
    [["--from-pulumi", "a", "--all"], "--from-pulumi is for what it declares"],
    [["--from-tfstate", "a", "--exclusive"], "--exclusive is for zones: not with --style records"],
    [["--from-tfstate", ""], "--from-tfstate needs a value: --from-tfstate FILE"],
])("%j does not go together", async (args, said) => {
    expect(await refused(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
