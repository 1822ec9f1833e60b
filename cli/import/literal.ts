/** The longest line of a program that is written, in characters. */
export const WIDTH = 120;
const STEP = "    ";

/** An expression of the program itself. Never made of what the account holds. */
export class Code {
    constructor(readonly text: string) {}
}

/**
 * A value as the text of a program, in the form that formatters give it. Whatever it holds, it is a value: every character
 * that could end a text, or that an editor would not show as it is, is escaped.
 *
 * @param value plain data
 * @param indent of the line that it begins in
 * @param column where it begins
 */
export function literal(value: unknown, indent = "", column = indent.length): string {
    const flat = oneLine(value);
    if (column + flat.length <= WIDTH || typeof value !== "object" || value === null || value instanceof Code) {
        return flat;
    }
    const inner = indent + STEP;
    const items = Array.isArray(value)
        ? value.map((item) => `${inner}${literal(item, inner)},`)
        : Object.entries(value).map(([key, item]) => {
              const head = `${inner}${keyOf(key)}: `;
              return `${head}${literal(item, inner, head.length)},`;
          });
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    return `${open}\n${items.join("\n")}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
    if (value instanceof Code) {
        return value.text;
    }
    if (typeof value === "string") {
        return textOf(value);
    }
    if (Array.isArray(value)) {
        return `[${value.map(oneLine).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
        const members = Object.entries(value).map(([key, item]) => `${keyOf(key)}: ${oneLine(item)}`);
        return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
    }
    return JSON.stringify(value);
}

/** A text in quotes. What JSON leaves as it is and a reader could not see, or would see elsewhere, goes by its number. */
function textOf(text: string): string {
    const inQuotes = JSON.stringify(text);
    const isPlainer = text.includes('"') && !text.includes("'");
    const quoted = isPlainer ? `'${inQuotes.slice(1, -1).replaceAll('\\"', '"')}'` : inQuotes;
    return quoted.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) =>
        [...Array(character.length).keys()]
            .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
            .join(""),
    );
}

/** `__proto__` would set the prototype; computed, it is a key like any other. */
function keyOf(key: string): string {
    if (key === "__proto__") {
        return '["__proto__"]';
    }
    return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textOf(key);
}
