import { execFileSync, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
/** Of documentation (RFC 5737): if it were asked, nobody would answer. */
const ELSEWHERE = "192.0.2.1";
const refused = `Tests connect to this machine only, not to ${ELSEWHERE}`;

describe("tests touch nothing real", () => {
    it("connects to nothing but this machine", async () => {
        const error = await new Promise<Error>((resolve) => connect(443, ELSEWHERE).on("error", resolve));
        expect(error.message).toBe(refused);
    });

    it("has no process that does", () => {
        const program = `fetch("https://${ELSEWHERE}").catch(({ cause }) => console.log(cause.message))`;
        expect(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).trim()).toBe(refused);
    });

    it("has no credential of who runs them", () => {
        expect(Object.keys(process.env).filter((name) => /^GANDI_|^PULUMI_ACCESS_TOKEN$/.test(name))).toEqual([]);
        const setUp = `require("./test/harness/nothingReal.js")(); console.log(Object.keys(process.env).join())`;
        const { stdout } = spawnSync(process.execPath, ["-e", setUp], {
            cwd: ROOT,
            encoding: "utf8",
            env: { ...process.env, GANDI_KEY: "x", GANDI_URL: "x", PULUMI_ACCESS_TOKEN: "x", PULUMI_HOME: "kept" },
        });
        expect(stdout).not.toMatch(/GANDI_|PULUMI_ACCESS_TOKEN/);
        expect(stdout).toContain("PULUMI_HOME");
    });
});
