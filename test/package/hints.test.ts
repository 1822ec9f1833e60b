import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const ENTRIES = ["provider/index", "provider/runtime", "provider/dns/index", "engine/index", "sandbox/index"];
const OPTIONS: ts.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: ["node"],
};
const declarations = (entry: string) => join(ROOT, "dist", `${entry}.d.ts`);

describe("what an editor shows", () => {
    const program = ts.createProgram(ENTRIES.map(declarations), OPTIONS);
    const checker = program.getTypeChecker();

    it.each(ENTRIES)("has words for each export of %s, and for each of its members and constructors", (entry) => {
        const module = checker.getSymbolAtLocation(program.getSourceFile(declarations(entry))!)!;
        const exported = checker.getExportsOfModule(module);
        expect(exported.length).toBeGreaterThan(0);
        expect(exported.flatMap((symbol) => undocumented(symbol, symbol.name))).toEqual([]);
    });

    it("says of each export of engine/index that it is experimental", () => {
        const module = checker.getSymbolAtLocation(program.getSourceFile(declarations("engine/index"))!)!;
        const exported = checker.getExportsOfModule(module).map((symbol) => checker.getAliasedSymbol(symbol));
        const isMarked = (symbol: ts.Symbol) => symbol.getJsDocTags().some(({ name }) => name === "experimental");
        expect(exported.filter((symbol) => !isMarked(symbol)).map(({ name }) => name)).toEqual([]);
    });

    function undocumented(exported: ts.Symbol, path: string): string[] {
        const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
        const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
        const [declaration] = symbol.declarations ?? [];
        if (declaration !== undefined && ts.isSourceFile(declaration)) {
            return checker.getExportsOfModule(symbol).flatMap((inner) => undocumented(inner, `${path}.${inner.name}`));
        }
        const own = symbol.getDocumentationComment(checker).length > 0 ? [] : [path];
        return [...own, ...(symbol.declarations ?? []).flatMap(membersWithout).map((member) => `${path}.${member}`)];
    }
});

/** The public members without a docstring. */
function membersWithout(declaration: ts.Declaration): string[] {
    if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) {
        return [];
    }
    const members: readonly (ts.ClassElement | ts.TypeElement)[] = declaration.members;
    return members
        .filter((member) => (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) === 0)
        .filter((member) => ts.getJSDocCommentsAndTags(member).length === 0)
        .map((member) => member.name?.getText() ?? "constructor");
}

/** A program as an editor has it open, and where it is. */
function opened(text: string): { service: ts.LanguageService; file: string } {
    const file = join(ROOT, "examples", "quickstart", "hints.ts");
    const service = ts.createLanguageService({
        getCompilationSettings: () => ({ ...OPTIONS, strict: true }),
        getScriptFileNames: () => [file],
        getScriptVersion: () => "1",
        getScriptSnapshot: (name) => {
            const found = name === file ? text : ts.sys.readFile(name);
            return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
        },
        getCurrentDirectory: () => join(ROOT, "examples", "quickstart"),
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        fileExists: (name) => name === file || ts.sys.fileExists(name),
        readFile: ts.sys.readFile,
        directoryExists: ts.sys.directoryExists,
        realpath: ts.sys.realpath,
    });
    return { service, file };
}

describe("at a look-up", () => {
    const calls = ["getSnapshot", "getSnapshotOutput", "getDomains", "getDomainsOutput", "getTsigKeyOutput"] as const;
    const text = `import * as gandi from "pulumi-gandi"; ${calls.map((name) => `gandi.${name}({ id: "" })`).join("; ")}`;
    const { service, file } = opened(text);

    it.each([
        [
            "getSnapshot",
            "GetSnapshotArgs",
            "Promise<gandi.SnapshotInfo>",
            /^One snapshot with the RRsets in it\..*GET/s,
        ],
        [
            "getSnapshotOutput",
            "gandi.LookupInputs<gandi.GetSnapshotArgs>",
            "Output<gandi.SnapshotInfo>",
            /getSnapshot.*with Inputs/,
        ],
        ["getDomains", "GetDomainsArgs", "Promise<gandi.DomainEntryInfo[]>", /^All the domains/],
        [
            "getDomainsOutput",
            "gandi.LookupInputs<gandi.GetDomainsArgs>",
            "Output<gandi.DomainEntryInfo[]>",
            /getDomains.*with Inputs/,
        ],
        ["getTsigKeyOutput", "gandi.LookupInputs<gandi.GetTsigKeyArgs>", "Output<gandi.TsigKeySecretInfo>", /a secret/],
    ])("%s shows what it takes, gives and does, also while its arguments are written", (name, takes, gives, does) => {
        const at = text.indexOf(`gandi.${name}(`) + "gandi.".length;
        const hover = service.getQuickInfoAtPosition(file, at)!;
        const { items } = service.getSignatureHelpItems(file, at + name.length + 1, undefined)!;
        for (const { shown, words, tags } of [
            { shown: ts.displayPartsToString(hover.displayParts), words: hover.documentation, tags: hover.tags ?? [] },
            {
                shown: [items[0]!.prefixDisplayParts, ...items[0]!.parameters.map((one) => one.displayParts)]
                    .concat([items[0]!.suffixDisplayParts])
                    .map(ts.displayPartsToString)
                    .join(" "),
                words: items[0]!.documentation,
                tags: items[0]!.tags,
            },
        ]) {
            expect(shown).toContain(takes);
            expect(shown).toContain(gives);
            expect(shown).toContain("opts?: gandi.Lookup");
            expect(ts.displayPartsToString(words)).toMatch(does);
            expect(tags.map((tag) => tag.name)).toEqual(gives.startsWith("Promise") ? ["throws"] : []);
        }
    });
});

describe("completion", () => {
    const completions = (program: string): string[] => {
        const { service, file } = opened(program.replace("¦", ""));
        expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
        return service.getCompletionsAtPosition(file, program.indexOf("¦"), {})?.entries.map(({ name }) => name) ?? [];
    };

    it.each([
        ["a LiveDnsRecord", 'new gandi.LiveDnsRecord("www", { domain: "d.fr", name: "www", type: "¦", values: [] })'],
        [
            "a record of a LiveDnsZone",
            'new gandi.LiveDnsZone("z", { domain: "d.fr", records: [{ name: "@", type: "¦", values: [] }] })',
        ],
        ["a look-up", 'gandi.getRecords({ domain: "d.fr", type: "¦" })'],
    ])("offers the record types for %s, and takes any other text", (_what, call) => {
        const others = `${call.replace("¦", "NEWTYPE")}; ${call.replace('"¦"', '"a" as string')};`;
        expect(completions(`import * as gandi from "pulumi-gandi"; ${others} ${call};`)).toEqual(
            expect.arrayContaining(["A", "AAAA", "CNAME", "MX", "TXT"]),
        );
    });
});
