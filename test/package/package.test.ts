import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Installed, install } from "./installed";

let app: Installed;

beforeAll(() => {
    app = install();
});
afterAll(() => app?.remove());

const ENTRIES = ["", "/runtime", "/engine", "/sandbox", "/dns"].map((path) => `pulumi-gandi${path}`);

test("the tarball holds the compiled package, its documents and examples, and nothing else", () => {
    const wanted =
        /^(dist\/(provider|engine|sandbox|cli)\/.+\.(js|d\.ts)|docs\/(\w+\.md|gandi-openapi\.yaml)|examples\/[\w-]+\/[\w.-]+|examples\/tsconfig\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    expect(app.files.filter((file) => !wanted.test(file))).toEqual([]);
    expect(app.files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md"]));
});

test("no file of it points to a source map that is not there", () => {
    const code = app.files.filter((file) => file.endsWith(".js"));
    const mapped = code.filter((file) =>
        readFileSync(join(app.directory, "node_modules/pulumi-gandi", file), "utf8").includes("sourceMappingURL"),
    );
    expect(mapped).toEqual([]);
});

test("every export can be required, with only the declared dependencies, and prints nothing", () => {
    const all = [...ENTRIES, "pulumi-gandi/package.json"];
    expect(Object.keys(app.package.exports)).toHaveLength(all.length);
    const { status, stdout, stderr } = app.node("-e", `for (const name of ${JSON.stringify(all)}) require(name);`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});

test.each([
    ["a program", ""],
    ["a provider process", "/runtime"],
])("%s loads two files of it, and none of another package but the SDK", (_what, entry) => {
    const program = `
        require("@pulumi/pulumi");
        const before = new Set(Object.keys(require.cache));
        require("pulumi-gandi${entry}");
        console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
    const loaded: string[] = JSON.parse(app.node("-e", program).stdout);
    expect(loaded.filter((file) => file.endsWith(".js"))).toEqual([
        expect.stringMatching(/pulumi-gandi[\\/]dist[\\/]provider[\\/](index|runtime)\.js$/),
        expect.stringMatching(/pulumi-gandi[\\/]dist[\\/]provider[\\/]dns[\\/]index\.js$/),
    ]);
});

test("what is no export can't be required", () => {
    const { status, stderr } = app.node("-e", 'require("pulumi-gandi/dist/provider/core/process/provider")');
    expect(status).not.toBe(0);
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

test("an ES module can import the names one by one", () => {
    const program = `
        import { Domain, dns, Provider } from "pulumi-gandi";
        import { createOrSelectStack } from "pulumi-gandi/engine";
        import { startSandbox } from "pulumi-gandi/sandbox";
        console.log([Domain, Provider, dns.normalize, createOrSelectStack, startSandbox].map((it) => typeof it).join());`;
    const { stdout, stderr } = app.node("--input-type=module", "-e", program);
    expect({ stdout, stderr }).toEqual({ stdout: "function,function,function,function,function\n", stderr: "" });
});

test("the command runs", () => {
    const bin = join(app.directory, "node_modules/pulumi-gandi", app.package.bin["pulumi-gandi"]!);
    expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { status, stdout } = app.node(bin, "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: pulumi-gandi");
});

test("a user's stack runs from there, on the embedded engine against the sandbox", () => {
    app.write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: infrastructure.js\n");
    app.write(
        "infrastructure.js",
        `const gandi = require("pulumi-gandi");
        const www = { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] };
        exports.ttl = new gandi.LiveDnsRecord("www", www).ttl;`,
    );
    app.write(
        "deploy.js",
        `const { createOrSelectStack } = require("pulumi-gandi/engine");
        const { startSandbox } = require("pulumi-gandi/sandbox");
        (async () => {
            const sandbox = await startSandbox({ zones: { "example.com": "" } });
            const envVars = { PULUMI_CONFIG_PASSPHRASE: "test" };
            const stack = await createOrSelectStack({ stackName: "test", workDir: __dirname }, { envVars });
            await stack.setConfig("gandi:url", { value: sandbox.url });
            await stack.setConfig("gandi:personalAccessToken", { value: sandbox.token, secret: true });
            const { outputs, summary } = await stack.up();
            const zone = sandbox.state.zone("example.com").rrsets.map(({ name, type, values }) => [name, type, ...values]);
            console.log(JSON.stringify({ ttl: outputs.ttl.value, changes: summary.resourceChanges, zone }));
            await sandbox.close();
        })();`,
    );
    const { stdout, stderr } = app.node("--no-deprecation", "deploy.js");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ ttl: 10800, changes: { create: 2 }, zone: [["www", "A", "192.0.2.1"]] });
});
