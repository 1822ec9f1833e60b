import { VERSION } from "../../provider/api/version";
import type { Props } from "../../provider/core/property";
import { type AccountCode, accountsIn } from "./accountCode";
import { Code, literal, WIDTH } from "./literal";
import type { Declared } from "./plan";
import { valueInProgram } from "./recordValues";

export type Language = "typescript" | "javascript";

/** The files of a project, by their paths in its folder. */
export type Files = ReadonlyMap<string, string>;

/** The oldest SDK of which the package is tested, and what Node 20 has. */
const DEPENDENCIES = { "@pulumi/pulumi": "^3.248.0", "pulumi-gandi": `^${VERSION}` };
const DEV_DEPENDENCIES = { "@types/node": "^20", typescript: "~5.9" };

/**
 * A Pulumi project that declares these resources, as a person would have written it.
 *
 * @param name the project's, of letters, digits and hyphens
 */
export function projectOf(resources: readonly Declared[], name: string, language: Language): Files {
    const main = moduleOf("index", language);
    const files = new Map([
        ...partOf(resources, "index", language),
        ["Pulumi.yaml", `name: ${name}\nruntime:\n    name: nodejs\n    options:\n        packagemanager: npm\n`],
        ["package.json", packageOf(name, main, language)],
        [".gitignore", "node_modules/\n"],
    ]);
    if (language === "typescript") {
        const compilerOptions = { target: "es2022", module: "commonjs", moduleResolution: "node", strict: true };
        files.set("tsconfig.json", `${JSON.stringify({ compilerOptions, files: [main] }, undefined, 4)}\n`);
    }
    return files;
}

/**
 * One module that declares these resources, with the files that it reads.
 *
 * @param name the module's, without extension
 */
export function partOf(resources: readonly Declared[], name: string, language: Language): Files {
    const files = new Map([[moduleOf(name, language), programOf(resources, language)]]);
    for (const { domain, zoneFile } of resources) {
        if (zoneFile !== undefined) files.set(`zones/${domain}.zone`, zoneFile);
    }
    return files;
}

function moduleOf(name: string, language: Language): string {
    return `${name}.${language === "typescript" ? "ts" : "js"}`;
}

function packageOf(name: string, main: string, language: Language): string {
    const types = language === "typescript" ? { devDependencies: DEV_DEPENDENCIES } : {};
    return `${JSON.stringify({ name, private: true, main, dependencies: DEPENDENCIES, ...types }, undefined, 4)}\n`;
}

function programOf(resources: readonly Declared[], language: Language): string {
    const hasFiles = resources.some(({ zoneFile }) => zoneFile !== undefined);
    const accounts = accountsIn(resources.map(({ account }) => account));
    const sections: string[] = [importsOf(language, { hasFiles, hasConfig: accounts.needsConfig })];
    if (accounts.lines.length > 0) {
        sections.push(accounts.lines.join("\n"));
    }
    const domains = [...new Set(resources.map(({ domain }) => domain))];
    for (const domain of domains) {
        const own = resources.filter((resource) => resource.domain === domain);
        const statements = own.map((resource) => statementOf(resource, accounts.of(resource.account)));
        sections.push(`// ${domain === "" ? "Of several domains" : domain}\n${statements.join("\n")}`);
    }
    return `${sections.join("\n\n")}\n`;
}

function importsOf(language: Language, { hasFiles, hasConfig }: { hasFiles: boolean; hasConfig: boolean }): string {
    const isTyped = language === "typescript";
    const all = (name: string) => (isTyped ? `* as ${name}` : name);
    const modules: (readonly [string, string])[] = [
        ...(hasFiles
            ? ([
                  ["{ readFileSync }", "node:fs"],
                  ["{ join }", "node:path"],
              ] as const)
            : []),
        ...(hasConfig ? ([[all("pulumi"), "@pulumi/pulumi"]] as const) : []),
        [all("gandi"), "pulumi-gandi"],
    ];
    const lines = modules.map(([names, module]) =>
        isTyped ? `import ${names} from "${module}";` : `const ${names} = require("${module}");`,
    );
    const type = isTyped ? ": string" : "";
    const reader = `const zoneFile = (domain${type}) => readFileSync(join(__dirname, "zones", \`\${domain}.zone\`), "utf8");`;
    return [...lines, ...(hasFiles ? ["", reader] : [])].join("\n");
}

/** `new gandi.X("name", { … }, { protect: true });` on as few lines as formatters take. */
function statementOf(resource: Declared, { organization, provider }: AccountCode): string {
    const { kind, name, isProtected } = resource;
    const options = { ...(isProtected ? { protect: true } : {}), ...(provider === undefined ? {} : { provider }) };
    const hasOptions = Object.keys(options).length > 0;
    const args: object[] = [inputsInProgram(resource, organization), ...(hasOptions ? [options] : [])];
    const head = `new gandi.${kind}(${literal(name)}, `;
    const flat = `${head}${args.map((arg) => literal(arg, "", Number.NEGATIVE_INFINITY)).join(", ")});`;
    if (flat.length <= WIDTH) {
        return flat;
    }
    return hasOptions
        ? `new gandi.${kind}(\n${[name, ...args].map((arg) => `    ${literal(arg, "    ")},`).join("\n")}\n);`
        : `${head}${literal(args[0], "", Number.POSITIVE_INFINITY)});`;
}

function inputsInProgram({ kind, inputs, zoneFile }: Declared, organization: Code | undefined): Props {
    const { domain, type, values } = inputs;
    const isRecord = kind === "LiveDnsRecord" && Array.isArray(values);
    return {
        ...inputs,
        ...(isRecord ? { values: values.map((value) => valueInProgram(String(type), value, String(domain))) } : {}),
        ...(organization === undefined ? {} : { sharingId: organization }),
        ...(zoneFile === undefined ? {} : { zoneFile: new Code(`zoneFile(${literal(String(domain))})`) }),
    };
}
