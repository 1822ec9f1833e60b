import { VERSION } from "../../provider/api/version";
import { Code, literal, WIDTH } from "./literal";
import type { Declared } from "./plan";

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
    const main = language === "typescript" ? "index.ts" : "index.js";
    const files = new Map([
        [main, programOf(resources, language)],
        ["Pulumi.yaml", `name: ${name}\nruntime:\n    name: nodejs\n    options:\n        packagemanager: npm\n`],
        ["package.json", packageOf(name, main, language)],
        [".gitignore", "node_modules/\n"],
    ]);
    if (language === "typescript") {
        const compilerOptions = { target: "es2022", module: "commonjs", moduleResolution: "node", strict: true };
        files.set("tsconfig.json", `${JSON.stringify({ compilerOptions, files: [main] }, undefined, 4)}\n`);
    }
    for (const { domain, zoneFile } of resources) {
        if (zoneFile !== undefined) files.set(`zones/${domain}.zone`, zoneFile);
    }
    return files;
}

function packageOf(name: string, main: string, language: Language): string {
    const types = language === "typescript" ? { devDependencies: DEV_DEPENDENCIES } : {};
    return `${JSON.stringify({ name, private: true, main, dependencies: DEPENDENCIES, ...types }, undefined, 4)}\n`;
}

function programOf(resources: readonly Declared[], language: Language): string {
    const hasFiles = resources.some(({ zoneFile }) => zoneFile !== undefined);
    const sections: string[] = [importsOf(language, hasFiles)];
    const domains = [...new Set(resources.map(({ domain }) => domain))];
    for (const domain of domains) {
        const own = resources.filter((resource) => resource.domain === domain);
        sections.push(`// ${domain === "" ? "Of several domains" : domain}\n${own.map(statementOf).join("\n")}`);
    }
    return `${sections.join("\n\n")}\n`;
}

function importsOf(language: Language, hasFiles: boolean): string {
    const isTyped = language === "typescript";
    const modules: [string, string][] = [
        ...(hasFiles
            ? ([
                  ["{ readFileSync }", "node:fs"],
                  ["{ join }", "node:path"],
              ] as [string, string][])
            : []),
        [isTyped ? "* as gandi" : "gandi", "pulumi-gandi"],
    ];
    const lines = modules.map(([names, module]) =>
        isTyped ? `import ${names} from "${module}";` : `const ${names} = require("${module}");`,
    );
    const type = isTyped ? ": string" : "";
    const reader = `const zoneFile = (domain${type}) => readFileSync(join(__dirname, "zones", \`\${domain}.zone\`), "utf8");`;
    return [...lines, ...(hasFiles ? ["", reader] : [])].join("\n");
}

/** `new gandi.X("name", { … }, { protect: true });` on as few lines as formatters take. */
function statementOf({ kind, name, inputs, isProtected, zoneFile }: Declared): string {
    const file = zoneFile === undefined ? {} : { zoneFile: new Code(`zoneFile(${literal(String(inputs.domain))})`) };
    const args: object[] = [{ ...inputs, ...file }, ...(isProtected ? [{ protect: true }] : [])];
    const head = `new gandi.${kind}(${literal(name)}, `;
    const flat = `${head}${args.map((arg) => literal(arg, "", Number.NEGATIVE_INFINITY)).join(", ")});`;
    if (flat.length <= WIDTH) {
        return flat;
    }
    return isProtected
        ? `new gandi.${kind}(\n${[name, ...args].map((arg) => `    ${literal(arg, "    ")},`).join("\n")}\n);`
        : `${head}${literal(args[0], "", Number.POSITIVE_INFINITY)});`;
}
