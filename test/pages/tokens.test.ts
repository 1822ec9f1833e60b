import { readFileSync } from "node:fs";
import { join } from "node:path";
import { definitions } from "../../provider/resources/kinds";
import { startSandbox } from "../../sandbox";
import { cli } from "../cli/cli";
import { ROOT } from "./pages";

const TEXT = readFileSync(join(ROOT, "docs", "tokens.md"), "utf8");

/** The names in the first column of the table with this heading. */
function namesUnder(heading: string): string[] {
    const [, table = ""] = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\|\\n((?:\\|.*\\n)+)`, "m").exec(TEXT) ?? [];
    const cells = table.split("\n").map((row) => row.split("|")[1] ?? "");
    return [...new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)))];
}

test("the page says of every kind which permissions it needs, and of no other", () => {
    const names = namesUnder("Kind").filter((name) => /^[A-Z]/.test(name));
    expect(names.sort()).toEqual(Object.keys(definitions).sort());
});

test("the page says of every command which permissions it needs", async () => {
    const { stdout } = await cli({ url: "", token: "" }, ["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z][\w-]*) /gm)].map(([, name]) => name!);
    expect(commands).toContain("drift");
    const named = new Set(namesUnder("Command").map((name) => name.split(" ")[0]));
    expect([...named].filter((name) => name !== "pulumi").sort()).toEqual(commands.sort());
});

test("check says what the page shows", async () => {
    const sandbox = await startSandbox({ seed: { domains: [{ fqdn: "example.com" }] } });
    const { lines } = await cli(sandbox, ["check", "--no-dns"]);
    await sandbox.close();
    const [, shown = ""] = /```\n(✓ token.*?)```/s.exec(TEXT) ?? [];
    const dated = (line: string) => line.replace(/until .*/, "until …");
    const said = lines.map(dated);
    expect(
        shown
            .trimEnd()
            .split("\n")
            .map(dated)
            .filter((line) => !said.includes(line)),
    ).toEqual([]);
});
