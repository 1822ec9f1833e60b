import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { request } from "undici";

/** The compiled command, as `npx pulumi-gandi` runs it. */
const COMMAND = join(__dirname, "..", "..", "dist", "cli", "main.js");

function run(...args: string[]) {
    return spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8" });
}

test("--help lists the commands", () => {
    const { status, stdout, stderr } = run("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: pulumi-gandi <command>/);
    expect(stdout).toContain("sandbox");
});

test("without a command it shows how it is used, and fails", () => {
    const { status, stdout } = run();
    expect(status).toBe(2);
    expect(stdout).toMatch(/^Usage:/);
});

test.each(["sandbx", "constructor"])("the unknown command %s is named, and fails", (name) => {
    const { status, stdout, stderr } = run(name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`there is no command "${name}"`);
});

test("the sandbox says first where it is, answers there, and ends in order on SIGTERM", async () => {
    const sandbox = spawn(process.execPath, [COMMAND, "sandbox", "--port", "0"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    const [first] = (await once(createInterface(sandbox.stdout), "line")) as [string];
    const [, url, token] = /^Gandi sandbox: (http:\/\/127\.0\.0\.1:\d+) token (\S+)$/.exec(first) ?? [];
    const { statusCode, body } = await request(`${url}/v5/domain/domains`, {
        headers: { authorization: `Bearer ${token}` },
    });
    const domains = await body.json();
    sandbox.kill("SIGTERM");
    await expect(once(sandbox, "exit")).resolves.toEqual([0, null]);
    expect(domains).toEqual([expect.objectContaining({ fqdn: "example.com" })]);
    expect(statusCode).toBe(200);
});
