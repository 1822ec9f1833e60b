import { pathToFileURL } from "node:url";
import ts from "typescript";
import { everyKind } from "../harness/everyKind";
import { type Installed, install } from "./installed";

let app: Installed;

beforeAll(() => {
    app = install();
});
afterAll(() => app?.remove());

/** Where the engine is told that a resource is declared, by the resource's name: as the SDK asks it to register one. */
const RECORDER = `
    const pulumi = require("@pulumi/pulumi");
    pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
    const monitor = pulumi.runtime.getMonitor();
    const { registerResource } = monitor;
    const told = {};
    monitor.registerResource = (request, answer) => {
        told[request.getName()] = request.getSourceposition()?.toObject();
        return registerResource.call(monitor, request, answer);
    };
    process.on("exit", () => console.log(JSON.stringify(told)));
`;

const OF_A_ZONE = '{ domain: "zone.example", records: [{ name: "www", type: "A", values: ["192.0.2.1"] }] }';
const declarations = everyKind.map(([kind, { least }]) => {
    const args = kind === "LiveDnsZone" ? OF_A_ZONE : JSON.stringify(least);
    return `new gandi.${kind}("${kind}", ${args});`;
});

/** A subclass of the user's is as far as the SDK looks: it counts one class of ours, and takes what is before it. */
const PROGRAM = `
    const pulumi = require("@pulumi/pulumi");
    const gandi = require("pulumi-gandi");
    const www = { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] };
    ${declarations.join("\n    ")}

    class Shop extends pulumi.ComponentResource {
        constructor(name) {
            super("test:index:Shop", name);
            new gandi.LiveDnsRecord("part", { ...www, name: "shop" }, { parent: this });
        }
    }
    new Shop("component");

    class Host extends gandi.LiveDnsRecord {}
    new Host("host", { ...www, name: "host" });

    class Mail extends gandi.LiveDnsRecord {
        constructor() {
            super("mail", { ...www, name: "mail" });
        }
    }
    new Mail();

    function declare() {
        return new gandi.LiveDnsRecord("by a function", { ...www, name: "function" });
    }
    declare();
`;
const lineOf = (text: string) => PROGRAM.split("\n").findIndex((line) => line.includes(text)) + 1;

test("the engine is told the line of the program that declares a resource", () => {
    app.write("recorder.js", RECORDER);
    const program = app.write("program.js", PROGRAM);
    const { stdout, stderr } = app.node("--require", "./recorder.js", program);
    expect(stderr).toBe("");
    const uri = pathToFileURL(program).toString();
    const lines = [
        ...everyKind.map(([kind]) => [kind, lineOf(`new gandi.${kind}("${kind}"`)] as const),
        ["component", lineOf("new Shop(")],
        ["part", lineOf('"part"')],
        ["host", lineOf("class Host")],
        ["mail", lineOf('super("mail"')],
        ["by a function", lineOf('"by a function"')],
    ] as const;
    const at = (line: number) => ({ uri, line, column: expect.any(Number) });
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(lines.map(([name, line]) => [name, at(line)])));
});

/** V8 leaves a class out of the stack that has no constructor and no field, and the SDK counts the classes that it sees. */
test("what the classes of all kinds have in common has neither a constructor nor a field", () => {
    const program = `
        const gandi = require("pulumi-gandi");
        const common = ${JSON.stringify(everyKind.map(([kind]) => kind))}.map((kind) => Object.getPrototypeOf(gandi[kind]));
        console.log(JSON.stringify([...new Set(common)].map((it) => Function.prototype.toString.call(it))));`;
    const classes: string[] = JSON.parse(app.node("-e", program).stdout);
    expect(classes).toHaveLength(1);
    const members = membersOf(classes[0]!).map(({ kind }) => ts.SyntaxKind[kind]);
    expect(members).not.toEqual([]);
    expect(members.filter((kind) => kind !== "MethodDeclaration" && kind !== "GetAccessor")).toEqual([]);
});

function membersOf(text: string): readonly ts.ClassElement[] {
    const inner = (node: ts.Node): readonly ts.ClassElement[] | undefined =>
        ts.isClassLike(node) ? node.members : ts.forEachChild(node, inner);
    return inner(ts.createSourceFile("common.js", `(${text})`, ts.ScriptTarget.Latest)) ?? [];
}
