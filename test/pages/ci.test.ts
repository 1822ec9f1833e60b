import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import yaml from "js-yaml";
import { startSandbox, TOKENS } from "../../sandbox";
import { cli } from "../cli/cli";
import { describeWithPulumi } from "../engine/pulumiCli";
import { type Installed, install } from "../package/installed";
import { FirstStack } from "./firstStack";
import { ROOT } from "./pages";
import { type Outcome, Reader } from "./reader";

jest.setTimeout(180_000);

interface Step {
    uses?: string;
    run?: string;
    with?: Record<string, unknown>;
}

interface GithubJob {
    env: Record<string, string>;
    steps: Step[];
    "timeout-minutes": number;
    concurrency: { group: string };
    permissions?: unknown;
    environment?: string;
    if: string;
}

interface Github {
    permissions: unknown;
    env: Record<string, string>;
    jobs: Record<string, GithubJob>;
    on: Record<string, unknown>;
}

interface GitlabJob {
    script: string[];
    after_script?: string[];
    variables?: Record<string, string>;
    timeout: string;
    rules: { if: string }[];
    environment?: string;
}

const FILES = join(ROOT, "examples", "ci-drift");
const textOf = (name: string) => readFileSync(join(FILES, name), "utf8");
const GITHUB_TEXT = textOf("github-actions.yml");
const GITHUB = yaml.load(GITHUB_TEXT) as Github;
const {
    default: COMMON,
    variables: VARIABLES,
    stages: _,
    ...GITLAB
} = yaml.load(textOf("gitlab-ci.yml")) as {
    default: { before_script: string[] };
    variables: Record<string, string>;
    stages: string[];
} & Record<string, GitlabJob>;

const githubJobs = Object.entries(GITHUB.jobs);
const gitlabJobs = Object.entries(GITLAB as Record<string, GitlabJob>);
const runsOf = ({ steps }: GithubJob) => steps.flatMap(({ run }) => (run === undefined ? [] : [run.trimEnd()]));

test("both systems have the same jobs", () => {
    expect(githubJobs.map(([name]) => name)).toEqual(["trial", "preview", "up", "drift"]);
    expect(gitlabJobs.map(([name]) => name)).toEqual(["trial", "preview", "up", "drift"]);
});

describe("on GitHub", () => {
    test("every action is pinned by a commit, with its version beside it", () => {
        const uses = GITHUB_TEXT.match(/^.*uses:.*$/gm)!;
        expect(uses).toHaveLength(githubJobs.flatMap(([, { steps }]) => steps.filter((step) => "uses" in step)).length);
        expect(uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/.test(line))).toEqual([]);
    });

    test("jobs may read the repository and no more, take a limited time, and don't run twice at once", () => {
        expect(GITHUB.permissions).toEqual({ contents: "read" });
        for (const [, job] of githubJobs) {
            expect(job.permissions).toBeUndefined();
            expect(job["timeout-minutes"]).toBeLessThanOrEqual(90);
            expect(job.concurrency.group).toMatch(/^gandi-/);
        }
        expect(Object.keys(GITHUB.on)).not.toContain("pull_request_target");
    });

    test("what is secret comes from secrets, and nothing that a stranger may write gets into a script", () => {
        for (const [name, { env, steps }] of githubJobs) {
            const secret = Object.entries({ ...GITHUB.env, ...env }).filter(([key]) =>
                /TOKEN|PASSPHRASE|KEY/.test(key),
            );
            const known = name === "trial" ? [TOKENS.first, "sandbox-only"] : [];
            const open = secret.filter(([key, value]) => value !== `\${{ secrets.${key} }}` && !known.includes(value));
            expect([name, open]).toEqual([name, []]);
            expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
            expect(steps[0]).toMatchObject({ with: { "persist-credentials": false } });
        }
    });

    test("a pull request from a fork gets a job without any secret, and only a protected environment one that writes", () => {
        expect(GITHUB.jobs.trial!.if).toBe("github.event_name == 'pull_request'");
        expect(JSON.stringify(GITHUB.jobs.trial)).not.toContain("secrets");
        expect(GITHUB.jobs.preview!.if).toContain("head.repo.full_name == github.repository");
        const writing = githubJobs.filter(
            ([, { env }]) => env.GANDI_URL === undefined && env.GANDI_READ_ONLY !== "true",
        );
        expect(writing.map(([name, { environment }]) => [name, environment])).toEqual([["up", "production"]]);
    });
});

describe("on GitLab", () => {
    test("no secret stands in the file, and only a protected environment has a job that writes", () => {
        for (const [name, { variables = {}, timeout, rules, environment }] of gitlabJobs) {
            const secret = Object.entries({ ...VARIABLES, ...variables }).filter(([key]) =>
                /TOKEN|PASSPHRASE|KEY/.test(key),
            );
            expect(secret.map(([, value]) => value)).toEqual(name === "trial" ? [TOKENS.first, "sandbox-only"] : []);
            expect(timeout).toMatch(/^\d\d minutes$/);
            expect(rules).toHaveLength(1);
            const isWriting = variables.GANDI_URL === undefined && variables.GANDI_READ_ONLY !== "true";
            expect([name, environment]).toEqual([name, isWriting ? "production" : undefined]);
        }
    });

    test("its jobs do what those on GitHub do", () => {
        for (const name of ["trial", "preview", "up"]) {
            expect([...COMMON.before_script, ...GITLAB[name]!.script].map((line) => line.trimEnd())).toEqual(
                runsOf(GITHUB.jobs[name]!),
            );
        }
        const drift = [...GITLAB.drift!.script, ...GITLAB.drift!.after_script!];
        const commands = ['npx pulumi-gandi drift --stack "$STACK" --markdown', "npx pulumi-gandi check --no-dns"];
        for (const command of commands) {
            expect(drift.join("\n")).toContain(command);
            expect(runsOf(GITHUB.jobs.drift!).join("\n")).toContain(command);
        }
    });
});

test("every command of ours has the options that it is given", async () => {
    const scripts = [
        ...githubJobs.flatMap(([, job]) => runsOf(job)),
        ...gitlabJobs.flatMap(([, { script, after_script = [] }]) => [...script, ...after_script]),
    ];
    const calls = scripts.flatMap((script) => [...script.matchAll(/npx pulumi-gandi (\w+)([^\n|>&]*)/g)]);
    expect(new Set(calls.map(([, command]) => command))).toEqual(new Set(["sandbox", "drift", "check"]));
    for (const [, command, rest] of calls) {
        const { stdout } = await cli({ url: "", token: "" }, [command!, "--help"]);
        for (const [option] of rest!.matchAll(/--[\w-]+/g)) {
            expect({ command, option, isKnown: stdout.includes(option) }).toMatchObject({ isKnown: true });
        }
    }
});

describeWithPulumi("the jobs' scripts, run in a runner's place", (pulumiDir) => {
    let app: Installed;
    let stack: FirstStack;
    beforeAll(async () => {
        app = install();
        stack = await FirstStack.make(app);
    });
    afterAll(() => {
        stack?.remove();
        app?.remove();
    });

    const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

    /** One job, step by step, until one fails. */
    async function runs(reader: Reader, scripts: readonly string[], env: Record<string, string>): Promise<Outcome> {
        const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
        let outcome: Outcome = { code: 0, output: "" };
        for (const script of scripts) {
            const { code, output } = await reader.run({ text: `(\n${exports.join("")}${script}\n)\n` });
            outcome = { code, output: outcome.output + output };
            if (code !== 0) break;
        }
        return outcome;
    }

    /** What GitHub fills in: the secrets that a job names, and nothing else of the reader's account. */
    function envOf({ env }: GithubJob): Record<string, string> {
        const secrets: Record<string, string> = { GANDI_PERSONAL_ACCESS_TOKEN: TOKENS.first, PULUMI_ACCESS_TOKEN: "" };
        const filled = Object.entries({ ...GITHUB.env, ...env }).map(([name, value]) => {
            const [, secret] = /^\$\{\{ secrets\.(\w+) \}\}$/.exec(value) ?? [];
            return [name, secret === undefined ? value : secrets[secret]!];
        });
        return Object.fromEntries(filled);
    }

    async function freePort(): Promise<number> {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        await new Promise((resolve) => server.close(resolve));
        return port;
    }

    test("trial runs the program on a local Gandi, and asks the account nothing", async () => {
        const sandbox = await startSandbox({ seed: { domains: [{ fqdn: "example.com" }] } });
        const reader = new Reader({ app, account: sandbox, pulumiDir });
        try {
            await stack.give(reader);
            sandbox.clearRequests();
            const port = String(await freePort());
            const moved = (text: string) => text.replaceAll("8053", port);
            const env = Object.entries(envOf(GITHUB.jobs.trial!)).map(([name, value]) => [name, moved(value)]);
            const scripts = runsOf(GITHUB.jobs.trial!).map(moved);
            const { code, output } = await runs(reader, scripts, Object.fromEntries(env));
            expect(code === 0 ? "" : output).toBe("");
            expect(output).toContain("+ 4 created");
            expect(sandbox.requests()).toEqual([]);
        } finally {
            await reader.stop();
            await sandbox.close();
        }
    });

    test("preview and drift only read, drift ends in 7 and says what, up repairs it, an expired token is a 1", async () => {
        const sandbox = await startSandbox({ seed: { domains: [{ fqdn: "example.com" }] } });
        const reader = new Reader({ app, account: sandbox, pulumiDir });
        const { preview, drift, up } = GITHUB.jobs as Record<"preview" | "drift" | "up", GithubJob>;
        const summary = () => readFileSync(join(reader.home, "summary.md"), "utf8");
        try {
            await stack.give(reader);
            sandbox.setRRset("example.com", { name: "www", type: "A", values: ["192.0.2.66"] });
            sandbox.clearRequests();
            expect(await runs(reader, runsOf(preview), envOf(preview))).toMatchObject({
                code: 0,
                output: expect.stringContaining('"192.0.2.66" => "192.0.2.1"'),
            });
            expect(await runs(reader, runsOf(drift), envOf(drift))).toMatchObject({
                code: 7,
                output: expect.stringContaining("::error title=Drift::"),
            });
            expect(summary()).toContain("192.0.2.66");
            const onGitlab = { ...VARIABLES, ...GITLAB.drift!.variables };
            expect(await runs(reader, GITLAB.drift!.script, onGitlab)).toMatchObject({ code: 7 });
            expect(await runs(reader, GITLAB.drift!.after_script!, onGitlab)).toMatchObject({
                code: 0,
                output: expect.stringMatching(/192\.0\.2\.66.*✓ token/s),
            });
            expect(new Set(sandbox.requests().map(({ method }) => method))).toEqual(new Set(["GET"]));

            const repaired = await runs(reader, runsOf(up), envOf(up));
            expect(repaired.code === 0 ? "" : repaired.output).toBe("");
            expect(sandbox.state.zone("example.com")?.rrsets).toContainEqual(
                expect.objectContaining({ name: "www", type: "A", values: ["192.0.2.1"] }),
            );
            sandbox.editToken("first", { status: "expired" });
            expect(await runs(reader, runsOf(drift), envOf(drift))).toMatchObject({
                code: 1,
                output: expect.stringContaining("::error title=Not compared::"),
            });
        } finally {
            await reader.stop();
            await sandbox.close();
        }
    });
});
