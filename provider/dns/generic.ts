/**
 * The generic notation of rdata, `\# 4 c0000201` (RFC 3597, section 5). Its octets are turned into the type's own
 * notation, and are then read as any other value: so both spellings have one normal form.
 */
import { escapeOctet, quote } from "./characterString";
import { Invalid } from "./dnsErrors";
import type { Line } from "./lexer";
import type { RecordTypeName } from "./registry";
import { locationText } from "./types/loc";

const LOC_SIZE = 16;
const EQUATOR = 2 ** 31;
const ALTITUDE_ZERO = 10_000_000;

/** Takes fields off the octets, each as presentation text. */
class Octets {
    private at = 0;

    constructor(private readonly octets: Buffer) {}

    get left(): number {
        return this.octets.length - this.at;
    }

    take(length: number): Buffer {
        if (length > this.left) throw new Invalid("the octets end too early for this type");
        this.at += length;
        return this.octets.subarray(this.at - length, this.at);
    }

    number(length: 1 | 2 | 4): number {
        return this.take(length).readUIntBE(0, length);
    }

    rest(): Buffer {
        return this.take(this.left);
    }

    string(): Buffer {
        return this.take(this.number(1));
    }

    name(): string {
        let text = "";
        for (let label = this.string(); label.length > 0; label = this.string()) {
            text += `${Array.from(label, escapeOctet).join("")}.`;
        }
        return text || ".";
    }
}

type Field = (octets: Octets) => string;

const u8: Field = (octets) => String(octets.number(1));
const u16: Field = (octets) => String(octets.number(2));
const name: Field = (octets) => octets.name();
const string: Field = (octets) => quote(octets.string());
const tag: Field = (octets) => octets.string().toString("latin1");
const text: Field = (octets) => quote(octets.rest());
const hex: Field = (octets) => octets.rest().toString("hex");
const base64: Field = (octets) => octets.rest().toString("base64");
const ipv4: Field = (octets) => octets.take(4).join(".");
const ipv6: Field = (octets) =>
    octets
        .take(16)
        .toString("hex")
        .replace(/.{4}(?!$)/g, "$&:");

const strings: Field = (octets) => {
    const all = [string(octets)];
    while (octets.left > 0) all.push(string(octets));
    return all.join(" ");
};

const ports: Field = (octets) =>
    Array.from(octets.rest())
        .flatMap((bits, index) =>
            [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => bits & (0x80 >> bit)).map((bit) => index * 8 + bit),
        )
        .join(" ");

const parameters: Field = (octets) => {
    const all: string[] = [];
    while (octets.left > 0) all.push(`key${octets.number(2)}=${quote(octets.take(octets.number(2)))}`);
    return all.join(" ");
};

const location: Field = (octets) => {
    if (octets.left !== LOC_SIZE || octets.number(1) !== 0) throw new Invalid("a LOC of version 0 has 16 octets");
    const size = () => {
        const octet = octets.number(1);
        if (octet >> 4 > 9 || (octet & 0xf) > 9) throw new Invalid("a size of LOC has two decimal digits");
        return (octet >> 4) * 10 ** (octet & 0xf);
    };
    const [diameter, horizontal, vertical] = [size(), size(), size()];
    const [latitude, longitude] = [octets.number(4) - EQUATOR, octets.number(4) - EQUATOR];
    const altitude = octets.number(4) - ALTITUDE_ZERO;
    return locationText({ latitude, longitude, altitude, size: diameter, horizontal, vertical });
};

const FIELDS: Readonly<Record<RecordTypeName, readonly Field[]>> = {
    A: [ipv4],
    AAAA: [ipv6],
    ALIAS: [name],
    CAA: [u8, tag, text],
    CDS: [u16, u8, u8, hex],
    CNAME: [name],
    DNAME: [name],
    DS: [u16, u8, u8, hex],
    HTTPS: [u16, name, parameters],
    KEY: [u16, u8, u8, base64],
    LOC: [location],
    MX: [u16, name],
    NAPTR: [u16, u16, string, string, string, name],
    NS: [name],
    OPENPGPKEY: [base64],
    PTR: [name],
    RP: [name, name],
    SPF: [strings],
    SRV: [u16, u16, u16, name],
    SSHFP: [u8, u8, hex],
    SVCB: [u16, name, parameters],
    TLSA: [u8, u8, u8, hex],
    TXT: [strings],
    WKS: [ipv4, u8, ports],
};

/** Type codes (IANA "Resource Record TYPEs"); ALIAS has none. */
const CODES: Readonly<Record<number, RecordTypeName>> = {
    1: "A",
    2: "NS",
    5: "CNAME",
    11: "WKS",
    12: "PTR",
    15: "MX",
    16: "TXT",
    17: "RP",
    25: "KEY",
    28: "AAAA",
    29: "LOC",
    33: "SRV",
    35: "NAPTR",
    39: "DNAME",
    43: "DS",
    44: "SSHFP",
    52: "TLSA",
    59: "CDS",
    61: "OPENPGPKEY",
    64: "SVCB",
    65: "HTTPS",
    99: "SPF",
    257: "CAA",
};

/** The type that is written `TYPE257` in the generic notation; any other text as it is, in upper case. */
export function typeOf(text: string): string {
    const type = text.toUpperCase();
    const code = /^TYPE(\d{1,5})$/.exec(type)?.[1];
    return (code !== undefined && CODES[Number(code)]) || type;
}

/** True for a value that starts with `\#`. */
export function isGeneric({ tokens }: Line): boolean {
    return tokens[0]?.text === "\\#" && !tokens[0].quoted;
}

/** The type's own notation of a generic value. Throws `Invalid`. */
export function ownNotation(type: RecordTypeName, { tokens }: Line): string {
    const [, length, ...digits] = tokens.map((token) => token.text);
    const hexadecimal = digits.join("");
    if (!/^\d+$/.test(length ?? "") || !/^(?:[\da-f]{2})*$/i.test(hexadecimal)) {
        throw new Invalid("the generic notation is \\#, the number of octets, and the octets in hexadecimal");
    }
    const all = Buffer.from(hexadecimal, "hex");
    if (all.length !== Number(length)) throw new Invalid(`${all.length} octets stand here, not ${length}`);
    const octets = new Octets(all);
    const own = FIELDS[type].map((field) => field(octets)).join(" ");
    if (octets.left > 0) throw new Invalid(`${octets.left} octets too many for this type`);
    return own;
}
