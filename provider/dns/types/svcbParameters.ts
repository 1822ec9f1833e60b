/** The parameters of SVCB and HTTPS records: how each is written, and its octets on the wire (RFC 9460, section 7). */
import { isIPv6 } from "node:net";
import { MAX_CHARACTER_STRING, quote } from "../characterString";
import { Invalid, shown } from "../dnsErrors";
import { parseIPv4, parseIPv6 } from "./address";

interface Parameter {
    /** @param value the octets of the value, escapes resolved. Throws `Invalid`. */
    parse(value: Buffer): Buffer;
    /** Normal text of the value, empty for none. Throws `Invalid` for octets that are no value. */
    print(wire: Buffer): string;
}

/** Key numbers (IANA "Service Parameter Keys"): RFC 9460, dohpath of RFC 9461, ohttp of RFC 9540. */
const KEYS = [
    "mandatory",
    "alpn",
    "no-default-alpn",
    "port",
    "ipv4hint",
    "ech",
    "ipv6hint",
    "dohpath",
    "ohttp",
] as const;

/** The number of a key; `key667` for one without a name. */
export function keyNumber(name: string): number | undefined {
    const known = (KEYS as readonly string[]).indexOf(name);
    if (known >= 0) return known;
    const number = /^key(0|[1-9]\d{0,4})$/.exec(name)?.[1];
    return number !== undefined && Number(number) <= 65535 ? Number(number) : undefined;
}

export function keyName(key: number): string {
    return KEYS[key] ?? `key${key}`;
}

/** A value without quotes where it needs none. */
export function printOpaque(octets: Buffer): string {
    const text = quote(octets);
    return /^"[^"();\\ ]+"$/.test(text) ? text.slice(1, -1) : octets.length === 0 ? "" : text;
}

/** Splits at commas; a backslash takes the next character as it is (RFC 9460, appendix A.1). */
function splitList(value: Buffer): Buffer[] {
    const items: Buffer[] = [];
    let item: number[] = [];
    for (let i = 0; i < value.length; i++) {
        const char = String.fromCharCode(value[i]!);
        if (char === "\\") {
            const next = value[++i];
            if (next === undefined) throw new Invalid("a backslash with nothing behind it");
            item.push(next);
        } else if (char === ",") {
            items.push(Buffer.from(item));
            item = [];
        } else {
            item.push(value[i]!);
        }
    }
    return [...items, Buffer.from(item)];
}

function printList(items: readonly Buffer[]): string {
    const text = items.map((item) => item.toString("latin1").replace(/[\\,]/g, "\\$&")).join(",");
    return printOpaque(Buffer.from(text, "latin1"));
}

function words(value: Buffer): string[] {
    return value.toString("latin1").split(",");
}

/** The octets in pieces of one size; there is at least one. */
function pieces(wire: Buffer, size: number): Buffer[] {
    if (wire.length === 0 || wire.length % size !== 0) throw new Invalid("not the octets of such a value");
    return Array.from({ length: wire.length / size }, (_, index) => wire.subarray(index * size, (index + 1) * size));
}

const mandatory: Parameter = {
    parse(value) {
        const keys = words(value).map((word) => {
            const key = keyNumber(word);
            if (key === undefined) throw new Invalid(`${shown(word)} is no parameter`);
            return key;
        });
        keys.sort((a, b) => a - b);
        const wire = Buffer.alloc(keys.length * 2);
        for (const [index, key] of keys.entries()) wire.writeUInt16BE(key, index * 2);
        mandatory.print(wire);
        return wire;
    },
    print(wire) {
        const keys = pieces(wire, 2).map((piece) => piece.readUInt16BE());
        if (keys.includes(0)) throw new Invalid("it can't name itself");
        if (keys.some((key, index) => index > 0 && key <= keys[index - 1]!))
            throw new Invalid("a key stands there twice");
        return keys.map(keyName).join(",");
    },
};

const alpn: Parameter = {
    parse: (value) =>
        Buffer.concat(
            splitList(value).map((item) => {
                if (item.length === 0) throw new Invalid("an empty protocol name");
                if (item.length > MAX_CHARACTER_STRING) throw new Invalid("a protocol name of more than 255 octets");
                return Buffer.concat([Buffer.of(item.length), item]);
            }),
        ),
    print(wire) {
        const items: Buffer[] = [];
        for (let at = 0; at < wire.length; at += wire[at]! + 1) {
            const item = wire.subarray(at + 1, at + 1 + wire[at]!);
            if (item.length === 0 || item.length < wire[at]!) throw new Invalid("not the octets of such a value");
            items.push(item);
        }
        if (items.length === 0) throw new Invalid("the value is missing");
        return printList(items);
    },
};

/** A key that says all by being there. */
const flag: Parameter = {
    parse(value) {
        if (value.length > 0) throw new Invalid("it has no value");
        return value;
    },
    print(wire) {
        if (wire.length > 0) throw new Invalid("it has no value");
        return "";
    },
};

const port: Parameter = {
    parse(value) {
        const text = value.toString("latin1");
        if (!/^\d+$/.test(text) || Number(text) > 65535)
            throw new Invalid(`${shown(text)} is not a number from 0 to 65535`);
        const wire = Buffer.alloc(2);
        wire.writeUInt16BE(Number(text));
        return wire;
    },
    print(wire) {
        if (wire.length !== 2) throw new Invalid("not the octets of such a value");
        return String(wire.readUInt16BE());
    },
};

const ipv4hint: Parameter = {
    parse: (value) => Buffer.from(words(value).flatMap((word) => parseIPv4(word).split(".").map(Number))),
    print: (wire) =>
        pieces(wire, 4)
            .map((address) => address.join("."))
            .join(","),
};

function ipv6Octets(text: string): Buffer {
    const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(isIPv6(text) ? text : "");
    const [head = "", tail = ""] = (dotted ? `${dotted[1]}${hexGroups(dotted[2]!)}` : text).split("::");
    const groups = (part: string) => (part === "" ? [] : part.split(":"));
    const missing = 8 - groups(head).length - groups(tail).length;
    const all = [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail)];
    return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function hexGroups(ipv4: string): string {
    return Buffer.from(ipv4.split(".").map(Number)).toString("hex").replace(/^.{4}/, "$&:");
}

const ipv6hint: Parameter = {
    parse: (value) => Buffer.concat(words(value).map((word) => ipv6Octets(parseIPv6(word)))),
    print: (wire) =>
        pieces(wire, 16)
            .map((address) => parseIPv6(address.toString("hex").replace(/.{4}(?!$)/g, "$&:")))
            .join(","),
};

const ech: Parameter = {
    parse(value) {
        const text = value.toString("latin1");
        const octets = Buffer.from(text, "base64");
        if (octets.length === 0 || octets.toString("base64") !== text) throw new Invalid("the value is not base64");
        return octets;
    },
    print(wire) {
        if (wire.length === 0) throw new Invalid("the value is missing");
        return wire.toString("base64");
    },
};

const dohpath: Parameter = {
    parse(value) {
        dohpath.print(value);
        return value;
    },
    print(wire) {
        const text = wire.toString("utf8");
        const variables = text.match(/\{[^{}]*\}/g) ?? [];
        if (!text.startsWith("/") || !variables.some((variable) => /\bdns\b/.test(variable))) {
            throw new Invalid(`${shown(text)} is not a path with {?dns}, as in /dns-query{?dns}`);
        }
        return printOpaque(wire);
    },
};

/** By key number. */
const PARAMETERS: Readonly<Record<number, Parameter>> = {
    0: mandatory,
    1: alpn,
    2: flag,
    3: port,
    4: ipv4hint,
    5: ech,
    6: ipv6hint,
    7: dohpath,
    8: flag,
};

const opaque: Parameter = { parse: (value) => value, print: printOpaque };

/** How a key's value is written. */
export function parameter(key: number): Parameter {
    return PARAMETERS[key] ?? opaque;
}
