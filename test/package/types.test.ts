import { join } from "node:path";
import present from "typescript";
import { definitions } from "../../provider/resources/kinds";
import { type Installed, install } from "./installed";

let app: Installed;

/** With the SDK and Node's types alone: nothing else that the package depends on is to be seen in its types. */
beforeAll(() => {
    app = install(["@pulumi/pulumi", "@types/node"]);
});
afterAll(() => app?.remove());

const PROGRAM = `
    import * as gandi from "pulumi-gandi";
    import { normalize } from "pulumi-gandi/dns";
    import { createOrSelectStack, type Stack } from "pulumi-gandi/engine";
    import { get } from "pulumi-gandi/runtime";
    import { startSandbox, type Sandbox } from "pulumi-gandi/sandbox";

    const zone = new gandi.LiveDnsDomain("zone", { fqdn: "example.com" });
    const record = new gandi.LiveDnsRecord("www", { domain: zone.fqdn, name: "www", type: "A", values: ["192.0.2.1"] });
    export const ttl = record.ttl.apply((seconds) => seconds.toFixed());
    export const text: string = normalize("A", "192.0.2.1", "example.com");
    export const stack: Promise<Stack> = createOrSelectStack({ stackName: "test", workDir: "." });
    export const sandbox: Promise<Sandbox> = startSandbox({ latency: 20 });
    export const provider = get("LiveDnsRecord");
    export const there = gandi.getRecordsOutput({ domain: zone.fqdn }).apply((records) => records.map(({ ttl }) => ttl));
    // @ts-expect-error a TTL is a number
    new gandi.LiveDnsRecord("bad", { domain: "example.com", name: "www", type: "A", values: [], ttl: "5 min" });

    declare const everything: unknown[];
    ${Object.keys(definitions).map(ofKind).join("")}
    // @ts-expect-error what is no LiveDnsRecord is no output of one
    export const stranger = everything.filter(gandi.LiveDnsDomain.isInstance).map(({ ttl }) => ttl);
`;

/** What a program does with the class of a kind beside `new`. */
function ofKind(kind: string): string {
    return `
    export const the${kind}: gandi.${kind} = gandi.${kind}.get("there", "id", {}, { protect: true });
    export const all${kind}: gandi.${kind}[] = everything.filter(gandi.${kind}.isInstance);
    export const urn${kind} = (it: object) => (gandi.${kind}.isInstance(it) ? it.urn : undefined);
    export class Short${kind} extends gandi.${kind} {}
    export class Own${kind} extends gandi.${kind} {
        readonly tier: string = "gold";
        constructor(name: string, args: gandi.${kind}Args) {
            super(name, args, { protect: true });
        }
        static isInstance(value: unknown): value is Own${kind} {
            return value instanceof Own${kind};
        }
    }
    export const tiers${kind}: string[] = everything.filter(Own${kind}.isInstance).map(({ tier }) => tier);
    new Own${kind}("own", {} as gandi.${kind}Args);
    // @ts-expect-error it has no such property
    new Own${kind}("bad", { colour: "red" });`;
}

/** TypeScript as Pulumi programs have it, and the oldest that the types are kept for. */
const COMPILERS = [present, oldest()];

function oldest(): typeof present {
    return require(require.resolve("typescript", { paths: [join(__dirname, "oldest-typescript")] }));
}

/** CommonJS or an ES module, as package.json and the compiler decide, and both by the file's name. */
const RESOLUTIONS = [
    ["node", { module: "CommonJS", moduleResolution: "Node10" }, ["program.ts"]],
    ["node16", { module: "Node16", moduleResolution: "Node16" }, ["program.cts", "program.mts"]],
    ["nodenext", { module: "NodeNext", moduleResolution: "NodeNext" }, ["program.cts", "program.mts"]],
    ["bundler", { module: "ES2022", moduleResolution: "Bundler" }, ["program.mts"]],
] as const;

describe.each(COMPILERS.map((ts) => [ts.version, ts] as const))("TypeScript %s, strict", (_version, ts) => {
    test.each(RESOLUTIONS)("takes the types with moduleResolution %s", (_name, { module, moduleResolution }, files) => {
        const program = ts.createProgram(
            files.map((file) => app.write(file, PROGRAM)),
            {
                module: ts.ModuleKind[module],
                moduleResolution: ts.ModuleResolutionKind[moduleResolution],
                target: ts.ScriptTarget.ES2022,
                strict: true,
                noEmit: true,
                types: ["node"],
                typeRoots: [join(app.directory, "node_modules", "@types")],
            },
        );
        // As without skipLibCheck, but only what is ours: the SDK's own types are many, and need a newer compiler in places.
        const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(app.directory));
        expect(ours.length).toBeGreaterThan(20);
        const problems = [
            ...program.getOptionsDiagnostics(),
            ...program.getGlobalDiagnostics(),
            ...ours.flatMap((file) => [
                ...program.getSyntacticDiagnostics(file),
                ...program.getSemanticDiagnostics(file),
            ]),
        ];
        const asText = problems.map(({ file, messageText }) => {
            return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
        });
        expect(asText).toEqual([]);
    });
});
