import { existsSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "../../sandbox";
import { findPulumi } from "../../scripts/pulumiCli";
import { type Installed, install } from "../package/installed";
import { FirstStack } from "./firstStack";
import { type Block, blocksOf, linesOf, pages, ROOT } from "./pages";
import { Reader } from "./reader";
import { worldOf } from "./worlds";

jest.setTimeout(120_000);

const BLOCKS = new Map(pages().map((page) => [page, blocksOf(page)]));
const ALL = [...BLOCKS.values()].flat();
const PULUMI = findPulumi();

/** Tools of others, whose commands can't be run here. */
const OTHER_TOOLS = ["dig", "terraform", "tofu", "dnscontrol", "octodns-dump", "octodns-sync", "git", "crontab"];

/** The programs that a block calls. */
function programsIn(block: Block): string[] {
    return linesOf(block).flatMap((line) =>
        line.split(/&&|\|\|?|;|\$\(/).map(
            (command) =>
                command
                    .trim()
                    .replace(/^(\w+=\S* )*/, "")
                    .split(" ")[0]!,
        ),
    );
}

const where = ({ page, line }: Block) => `${page}:${line}`;

describe("marks", () => {
    test("commands that are shown and not run are other tools' own, each with a reason", () => {
        const shown = ALL.flatMap((block) =>
            block.mark?.kind === "show" ? [{ block, reason: block.mark.reason }] : [],
        );
        const programs = shown.flatMap(({ block }) => programsIn(block));
        expect(programs.filter((program) => !OTHER_TOOLS.includes(program))).toEqual([]);
        expect(shown.map(({ block, reason }) => [block.page, reason, programsIn(block)])).toEqual([
            ["docs/mail.md", "DNS tells from outside", ["dig", "dig", "dig"]],
            ["docs/moving.md", "Terraform prints its own state", ["terraform"]],
            ["docs/moving.md", "Terraform forgets, and plans nothing", ["terraform", "terraform"]],
            ["docs/moving.md", "dnscontrol runs its own configuration", ["dnscontrol"]],
            ["docs/moving.md", "octoDNS writes its zones without tags", ["octodns-dump"]],
        ]);
    });

    test("commands stand in shell blocks, and what stands there for the reader to fill in is known", () => {
        const others = ALL.filter(
            ({ language, mark }) => !["sh", "json", "yaml"].includes(language) && mark === undefined,
        );
        const commands = others.filter(({ text }) => /^(\$ )?(npx|npm|pulumi|node|git) /m.test(text));
        expect(commands.map(where)).toEqual([]);
        const run = ALL.filter(({ mark }) => mark?.kind === "run");
        const gaps = run.filter((block) =>
            linesOf(block).some((line) => /(?<!GANDI_PERSONAL_ACCESS_TOKEN=)…/.test(line)),
        );
        expect(gaps.map(where)).toEqual([]);
    });

    test("commands of a clone are scripts of package.json, or start what is built", () => {
        const { scripts } = require("../../package.json");
        const lines = ALL.filter(({ mark }) => mark?.kind === "clone").flatMap(linesOf);
        const known = lines.filter((line) => {
            const [, script, file] = /^(?:npm (?:run )?([\w-]+)|node (dist\/\S+))( |$)/.exec(line) ?? [];
            return script !== undefined ? script in scripts : file !== undefined && existsSync(join(ROOT, file));
        });
        expect(known).toEqual(lines);
        expect(lines).toContain("npm run demo");
    });
});

describe("typed by a reader, in order", () => {
    let app: Installed;
    let firstStack: FirstStack;
    beforeAll(async () => {
        app = install();
        firstStack = await FirstStack.make(app);
    });
    afterAll(() => {
        firstStack?.remove();
        app?.remove();
    });

    const isRun = ({ mark }: Block) => mark?.kind === "run" && (PULUMI !== undefined || !mark.withPulumi);
    const withCommands = pages().filter((page) => BLOCKS.get(page)!.some(isRun));

    test.each(withCommands)("%s does what it says", async (page) => {
        const { account, hasStack, prepare, verify } = worldOf(page);
        const sandbox = await startSandbox({ delays: { order: 0, operation: 0 }, ...account });
        const reader = new Reader({ app, account: sandbox, pulumiDir: PULUMI });
        try {
            if (hasStack) await firstStack.give(reader);
            await prepare?.(reader);
            let printed = "";
            for (const block of BLOCKS.get(page)!) {
                if (block.mark?.kind === "file") {
                    reader.write(block.mark.name, block.text);
                } else if (block.mark?.kind === "prints") {
                    expect(printed).toContain(block.text);
                } else if (isRun(block) && block.mark?.kind === "run") {
                    const { code, output } = await reader.run(block);
                    printed = output;
                    expect(`${where(block)} ended in ${code}:\n${code === block.mark.exit ? "" : output}`).toBe(
                        `${where(block)} ended in ${block.mark.exit}:\n`,
                    );
                }
            }
            await verify?.(reader, sandbox);
        } finally {
            await reader.stop();
            await sandbox.close();
        }
    });
});

const pulumiBlocks = ALL.filter(({ mark }) => mark?.kind === "run" && mark.withPulumi);
if (PULUMI === undefined && process.env.REQUIRE_PULUMI !== "1") {
    test.skip.each(pulumiBlocks.map(where))("%s (no Pulumi CLI on PATH, in ~/.pulumi/bin or in PULUMI_CLI)", () => {});
} else {
    test("blocks for the Pulumi CLI were run, too", () => expect(PULUMI).toBeDefined());
}
