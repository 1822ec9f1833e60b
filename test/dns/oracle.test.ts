import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normalize } from "../../provider/dns";

/**
 * Presentation texts with what BIND (named-rrchecker 9.18), dnspython 2.3 and ldns 1.8 make of them in example.com.
 * `valid` is null where the tools disagree; `wire` is the canonical form (RFC 4034, section 6.2) in hex.
 */
interface Row {
    readonly type: string;
    readonly note: string;
    readonly input: string;
    readonly valid: boolean | null;
    readonly wire?: string;
}

const rows: Row[] = JSON.parse(readFileSync(join(__dirname, "oracle.json"), "utf8"));

test.each(rows.filter(({ valid }) => valid === true))("$type $input is accepted ($note)", ({ type, input }) => {
    const normal = normalize(type, input, "example.com");
    expect(normalize(type, normal, "example.com")).toBe(normal);
});

test.each(rows.filter(({ valid }) => valid === false))("$type $input is refused ($note)", ({ type, input }) => {
    expect(() => normalize(type, input, "example.com")).toThrow(
        expect.objectContaining({ name: "DnsValueError", type }),
    );
});

/** The agreed exception: where the octets of a text are cut into strings does not count. */
function canonical({ type, wire }: Row): string {
    if (type !== "TXT") return `${type} ${wire}`;
    const octets = Buffer.from(wire!, "hex");
    let text = "";
    for (let at = 0; at < octets.length; at += octets[at]! + 1) {
        text += octets.toString("latin1", at + 1, at + 1 + octets[at]!);
    }
    return `${type} text ${text}`;
}

test("two rows have one normal form exactly when they have one canonical wire form", () => {
    const accepted = rows.filter(({ valid, wire }) => valid !== false && wire !== undefined);
    const wires = new Map<string, Set<string>>();
    const normals = new Map<string, Set<string>>();
    for (const row of accepted) {
        const wire = canonical(row);
        const normal = `${row.type} ${normalize(row.type, row.input, "example.com")}`;
        normals.set(wire, (normals.get(wire) ?? new Set()).add(normal));
        wires.set(normal, (wires.get(normal) ?? new Set()).add(wire));
    }
    expect([...normals.values()].filter(({ size }) => size > 1)).toEqual([]);
    expect([...wires.values()].filter(({ size }) => size > 1)).toEqual([]);
});
