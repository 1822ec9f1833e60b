import { run } from "../../cli/run";

/** What a command has said, and how it ended. */
export interface Outcome {
    code: number;
    stdout: string;
    stderr: string;
    /** The lines of `stdout`. */
    lines: string[];
}

/** Runs a command in this process, as somebody with the sandbox's first token, in whose environment nothing else is. */
export async function cli(
    { url, token }: { url: string; token: string },
    args: readonly string[],
    { env = {}, directory = "/nowhere", hasColours = false }: Setting = {},
): Promise<Outcome> {
    const said = { out: "", err: "" };
    const to = (where: "out" | "err") => ({
        write(text: string) {
            said[where] += text;
        },
        hasColours,
        failure: undefined,
    });
    const account = { GANDI_URL: url, GANDI_PERSONAL_ACCESS_TOKEN: token };
    const code = await run(args, { out: to("out"), err: to("err"), env: { ...account, ...env }, directory });
    return { code, stdout: said.out, stderr: said.err, lines: said.out.split("\n").slice(0, -1) };
}

export interface Setting {
    env?: Record<string, string>;
    directory?: string;
    hasColours?: boolean;
}
