import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as gandi from "../../provider";

const ROOT = join(__dirname, "..", "..");
const page = readFileSync(join(ROOT, "docs", "operations.md"), "utf8");

/** The operations of the two API documents. */
const documented = readFileSync(join(__dirname, "operations.txt"), "utf8").trim().split("\n");

interface Row {
    operation: string;
    /** Resources, look-ups and commands; none where there is a reason. */
    users: string[];
    reason: string | undefined;
}

const rows: Row[] = [...page.matchAll(/^\| `([A-Z]+ \/v5[^`]+)`[^|]* \| (.+) \|$/gm)].map(([, operation, cell]) => {
    const [, reason] = /^none: (.+)$/.exec(cell!) ?? [];
    const users = reason === undefined ? cell!.split(", ").map((user) => user.replace(/^`(.+)`$/, "$1")) : [];
    return { operation: operation!, users, reason };
});

/** The routes that the sources of `api/` write out, in full or as a method and a constant. */
function routesOfApi(): string[] {
    const folder = join(ROOT, "provider", "api");
    return readdirSync(folder).flatMap((name) => {
        const source = readFileSync(join(folder, name), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
        const paths = new Map(
            [...source.matchAll(/const (\w+) =\s+"(?:[A-Z]+ )?(\/v5[^"]*)"/g)].map(([, constant, path]) => [
                constant,
                path!,
            ]),
        );
        const whole = [...source.matchAll(/"([A-Z]+ \/v5[^"]*)"/g)].map(([, route]) => route!);
        const composed = [...source.matchAll(/`([A-Z]+) \$\{(\w+)\}`/g)].map(
            ([, method, constant]) => `${method} ${paths.get(constant)}`,
        );
        return [...whole, ...composed];
    });
}

/** The documents and we name the parts of a path differently. */
const anonymous = (route: string) => route.replace(/\{\w+\}/g, "{}");
const called = new Set(routesOfApi().map(anonymous));

/** What `npx pulumi-gandi` says it can do. */
function commands(): string[] {
    const help = execFileSync(process.execPath, [join(ROOT, "dist", "cli", "main.js"), "--help"], { encoding: "utf8" });
    return [...help.matchAll(/^ {2}([a-z][a-z-]+) /gm)].map(([, command]) => command!);
}

const exported = new Set(Object.keys(gandi));

describe("every operation of both APIs has a place", () => {
    test("in the table, once", () => {
        const listed = rows.map(({ operation }) => operation);
        expect(documented).toHaveLength(67);
        expect(listed).toEqual([...new Set(listed)]);
        expect(documented.filter((operation) => !listed.includes(operation))).toEqual([]);
    });

    test("at a resource, a look-up or a command that exists", () => {
        const known = new Set([...exported, ...commands()]);
        const unknown = rows.flatMap(({ users }) => users).filter((user) => !known.has(user));
        expect([...new Set(unknown)]).toEqual([]);
    });

    test("in api/, exactly where something uses it", () => {
        const used = rows.filter(({ users }) => users.length > 0).map(({ operation }) => anonymous(operation));
        expect(used.filter((operation) => !called.has(operation))).toEqual([]);
        expect([...called].filter((operation) => !used.includes(operation))).toEqual([]);
    });

    test("and every look-up stands in the table", () => {
        const lookups = [...exported].filter((name) => /^(get|check)[A-Z]/.test(name));
        const plain = lookups.map((name) =>
            exported.has(name.replace(/Output$/, "")) ? name.replace(/Output$/, "") : name,
        );
        const users = new Set(rows.flatMap((row) => row.users));
        expect([...new Set(plain)].filter((name) => !users.has(name))).toEqual([]);
    });
});
