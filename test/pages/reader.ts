import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Sandbox } from "../../sandbox";
import { hermeticEnv } from "../../scripts/pulumiCli";
import { type SandboxProcess, startSandboxProcess } from "../harness/sandboxProcess";
import { stackEnv } from "../harness/stackEnv";
import type { Installed } from "../package/installed";
import { type Block, linesOf } from "./pages";

/** What a page says where the reader has something else. */
const ADDRESS = "http://127.0.0.1:8053";

export interface ReaderOptions {
    /** The packed tarball, for what is installed. */
    readonly app: Installed;
    /** Where the reader has an account. */
    readonly account: Sandbox;
    /** Where there is a Pulumi CLI. */
    readonly pulumiDir: string | undefined;
}

/** What a block has said, and how it ended. */
export interface Outcome {
    readonly code: number;
    readonly output: string;
}

/**
 * Somebody who types what a page says into a shell, in a fresh folder. The account is a sandbox; `npm install` and `npx`
 * take the packed tarball; the first import of a page proves what it writes, for all, as a proof takes seconds; what the
 * Pulumi CLI asks a person on a terminal is answered; and the sandbox that a page starts
 * in a terminal of its own runs until the end, on a free port.
 */
export class Reader {
    readonly home = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-gandi-page-")));
    /** Where the shell is. */
    directory = join(this.home, "work");
    private readonly shells: ChildProcess[] = [];
    /** Those that the page has started. */
    readonly sandboxes: SandboxProcess[] = [];
    private readonly env: NodeJS.ProcessEnv;

    constructor(private readonly options: ReaderOptions) {
        const bin = join(this.home, "bin");
        for (const directory of [bin, this.directory, join(this.home, "state")]) mkdirSync(directory);
        for (const [name, text] of Object.entries(standIns(options))) {
            writeFileSync(join(bin, name), `#!/bin/bash\nset -e\n${text}`);
            chmodSync(join(bin, name), 0o755);
        }
        const { account } = options;
        this.env = {
            ...process.env,
            ...hermeticEnv(join(this.home, "pulumi"), join(this.home, "state")),
            HOME: this.home,
            NO_COLOR: "1",
            // As in a job of GitHub Actions.
            GITHUB_STEP_SUMMARY: join(this.home, "summary.md"),
            // Else a program's TypeScript is compiled with its types, which takes seconds a run.
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            ...stackEnv(account.token),
            GANDI_URL: account.url,
            PATH: `${bin}${delimiter}${process.env.PATH}`,
        };
    }

    get account(): Sandbox {
        return this.options.account;
    }

    get hasPulumi(): boolean {
        return this.options.pulumiDir !== undefined;
    }

    /** Writes a file that the page shows, as the reader does. */
    write(name: string, text: string): void {
        const path = join(this.directory, name);
        mkdirSync(dirname(path), { recursive: true });
        // As docs/adopting.md says: where the API is not Gandi's own, a state has its address.
        const state = text.replaceAll('"_v": 1', `"_v": 1, "_origin": "${this.account.url}"`);
        writeFileSync(path, this.filledIn(state));
    }

    /** Types a block. */
    async run(block: Pick<Block, "text">): Promise<Outcome> {
        const [first = "", ...rest] = linesOf(block);
        if (first.startsWith("npx pulumi-gandi sandbox")) {
            if (rest.length > 0)
                throw new Error("a sandbox runs in a terminal of its own: it needs a block of its own");
            this.sandboxes.push(await startSandboxProcess(first, this.directory));
            return { code: 0, output: "" };
        }
        return this.type(this.filledIn(block.text));
    }

    /** Types what no page says. @throws Error where it fails */
    async prepares(text: string): Promise<void> {
        const { code, output } = await this.run({ text });
        if (code !== 0) throw new Error(`${text} ended in ${code}: ${output}`);
    }

    async stop(): Promise<void> {
        for (const { pid } of this.shells) endGroup(pid);
        for (const sandbox of this.sandboxes) await sandbox.stop();
        rmSync(this.home, { recursive: true, force: true });
    }

    private filledIn(text: string): string {
        return text
            .replace(/(?<=GANDI_PERSONAL_ACCESS_TOKEN=)…/g, this.account.token)
            .replaceAll(ADDRESS, this.sandboxes.at(-1)?.url ?? this.account.url);
    }

    /** Runs text up to the first command that fails. The folder, and what is exported, are there for the next. */
    private async type(text: string): Promise<Outcome> {
        const count = this.shells.length;
        const file = (name: string) => join(this.home, `${name}-${count}.sh`);
        const before = join(this.home, `env-${count - 1}.sh`);
        writeFileSync(
            file("block"),
            `${count > 0 ? `source "${before}"\n` : ""}trap 'code=$?; export -p > "${file("env")}"; pwd > "${file("at")}"; exit $code' EXIT\nset -e\n${text}`,
        );
        const shell = spawn("bash", [file("block")], {
            cwd: this.directory,
            env: this.env,
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
        this.shells.push(shell);
        let output = "";
        for (const stream of [shell.stdout, shell.stderr]) {
            stream.on("data", (data) => {
                output += data;
            });
        }
        const [code] = (await once(shell, "close")) as [number];
        this.directory = readFileSync(file("at"), "utf8").trimEnd();
        return { code, output };
    }
}

/** What a shell has left in the background. */
function endGroup(pid: number | undefined): void {
    try {
        process.kill(-pid!, "SIGKILL");
    } catch {
        // Nothing of it is there any more.
    }
}

/** Commands that a reader has, as far as they would leave this machine or ask a person. */
function standIns({ app, pulumiDir, account }: ReaderOptions): Record<string, string> {
    const modules = join(app.directory, "node_modules");
    const npm = execFileSync("bash", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
    const none = { pulumi: "echo 'there is no Pulumi CLI' >&2; exit 127\n" };
    return {
        npx: `[ "$1" = pulumi-gandi ]; shift
case "$* " in
*--list*|*--stack-import*) ;;
"import "*) [ -e "$HOME/proved" ] && set -- "$@" --no-proof || touch "$HOME/proved" ;;
esac
exec ${process.execPath} ${modules}/pulumi-gandi/dist/cli/main.js "$@"\n`,
        npm: `case "$1" in
install|ci)
    for package in "\${@:2}"; do
        case "$package" in
        -*) ;;
        *) [ -e "${modules}/\${package%@[0-9]*}" ] || { echo "no $package here" >&2; exit 1; } ;;
        esac
    done
    [ -e node_modules ] || ln -s ${modules} node_modules ;;
*) exec "${npm}" "$@" ;;
esac
`,
        ...(pulumiDir === undefined ? none : { pulumi: onCli(pulumiDir, account) }),
    };
}

/** The Pulumi CLI for somebody who says yes. Its states are in the reader's folder: `login --local` would take a home. */
function onCli(pulumiDir: string, { token }: Sandbox): string {
    return `export PATH="${pulumiDir}:$PATH"
case "$1 $2" in
"login --local") exit 0 ;;
"state "*|"cancel "*) exec ${pulumiDir}/pulumi "$@" --yes ;;
"config set") [ $# -gt 4 ] || { printf %s "${token}" | ${pulumiDir}/pulumi "$@"; exit; } ;;
esac
export PULUMI_SKIP_CONFIRMATIONS=true
exec ${pulumiDir}/pulumi "$@"
`;
}
