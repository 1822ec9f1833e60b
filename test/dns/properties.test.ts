import fc from "fast-check";
import {
    apiValue,
    checkRRset,
    keepSpelling,
    lint,
    normalize,
    ownerName,
    parseZoneFile,
    presentation,
    recordTypes,
    relativeOwner,
    sameRRset,
    spelledOwner,
    toZoneFile,
    txt,
} from "../../provider/dns";

const ZONE = "example.com";

const number = (max: number) => fc.integer({ min: 0, max });
const label = fc.stringMatching(/^[a-z0-9_](?:[a-z0-9-]{0,8}[a-z0-9])?$/);
const name = fc.oneof(
    { weight: 1, arbitrary: fc.constant(".") },
    { weight: 9, arbitrary: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join(".")}.`) },
);
const octets = (min: number, max: number) =>
    fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Buffer.from(bytes));
const hex = (length: number) => octets(length, length).map((bytes) => bytes.toString("hex"));
const escaped = (bytes: Buffer) => Array.from(bytes, (octet) => `\\${String(octet).padStart(3, "0")}`).join("");
const string = octets(0, 40).map((bytes) => `"${escaped(bytes)}"`);
const words = (...parts: fc.Arbitrary<string | number>[]) => fc.tuple(...parts).map((all) => all.join(" "));
const angle = (max: number, signs: readonly string[]) =>
    words(
        number(max - 1),
        number(59),
        fc.tuple(number(59), number(999)).map(([s, ms]) => `${s}.${String(ms).padStart(3, "0")}`),
        fc.constantFrom(...signs),
    );
const parameters = fc
    .tuple(
        fc
            .array(fc.constantFrom("h2", "h3", "http/1.1", "a\\\\,b"), { minLength: 1 })
            .map((ids) => `alpn="${ids.join(",")}"`),
        number(65535).map((port) => `port=${port}`),
        fc.array(fc.ipV4(), { minLength: 1 }).map((all) => `ipv4hint=${all.join(",")}`),
        fc.array(fc.ipV6(), { minLength: 1 }).map((all) => `ipv6hint=${all.join(",")}`),
        octets(1, 20).map((bytes) => `ech=${bytes.toString("base64")}`),
        octets(0, 20).map((bytes) => `key667="${escaped(bytes)}"`),
    )
    .chain((all) => fc.shuffledSubarray(all))
    .map((all) => all.join(" "));
const service = words(number(65535), name, parameters).map((text) => text.trim());
const delegation = words(number(65535), number(255), fc.constant(2), hex(32));

/** A value of each type, in some legal spelling. */
const values: Record<(typeof recordTypes)[number], fc.Arbitrary<string>> = {
    A: fc.ipV4(),
    AAAA: fc.ipV6(),
    ALIAS: name,
    CAA: words(number(255), fc.stringMatching(/^[a-zA-Z0-9]{1,15}$/), string),
    CDS: delegation,
    CNAME: name,
    DNAME: name,
    DS: delegation,
    HTTPS: service,
    KEY: words(
        number(0xbfff),
        number(255),
        number(255),
        octets(1, 64).map((bytes) => bytes.toString("base64")),
    ),
    LOC: words(
        angle(90, ["N", "S"]),
        angle(180, ["E", "W"]),
        fc.integer({ min: -9999999, max: 9999999 }).map((cm) => `${(cm / 100).toFixed(2)}m`),
    ),
    MX: words(number(65535), name),
    NAPTR: words(number(65535), number(65535), string, string, string, name),
    NS: name,
    OPENPGPKEY: octets(1, 64).map((bytes) => bytes.toString("base64")),
    PTR: name,
    RP: words(name, name),
    SPF: fc.array(string, { minLength: 1, maxLength: 4 }).map((all) => all.join(" ")),
    SRV: words(number(65535), number(65535), number(65535), name),
    SSHFP: words(number(255), fc.constant(2), hex(32)),
    SVCB: service,
    TLSA: words(number(255), number(255), number(255), hex(16)),
    TXT: fc.array(string, { minLength: 1, maxLength: 4 }).map((all) => all.join(" ")),
    WKS: fc
        .tuple(fc.ipV4(), number(255), fc.array(number(65535)))
        .map(([ip, protocol, ports]) => [ip, protocol, ...ports].join(" ")),
};

const value = fc.constantFrom(...recordTypes).chain((type) => values[type].map((text) => ({ type, text })));

/** Other spellings of a normal text, the same for DNS. */
const respellings: Record<string, (text: string, type: string) => string> = {
    "with other white space": (text) =>
        ` ${text.replace(/"(?:[^"\\]|\\.)*"| /g, (part) => (part === " " ? " \t " : part))} `,
    "in parentheses over several lines": (text) => `( ${text}\n)`,
    "with a comment": (text) => `${text} ; comment`,
    "with leading zeros": (text, type) =>
        ["MX", "SRV", "NAPTR", "DS", "CDS", "SSHFP", "TLSA", "KEY", "CAA"].includes(type) ? `00${text}` : text,
    "with upper-case names and digits": (text, type) =>
        ["AAAA", "CNAME", "ALIAS", "DNAME", "NS", "PTR", "MX", "SRV", "RP", "DS", "CDS", "SSHFP", "TLSA"].includes(type)
            ? text.toUpperCase()
            : text,
    "with relative names": (text, type) =>
        ["CNAME", "MX", "SRV", "RP"].includes(type) ? text.replaceAll(".example.com.", "") : text,
    "with hexadecimal digits in pieces": (text, type) =>
        ["DS", "CDS", "SSHFP", "TLSA"].includes(type) ? text.replace(/.{8}$/, " $&") : text,
    "with all octets of a text escaped, cut in the middle": (text, type) => {
        if (type !== "TXT" && type !== "SPF") return text;
        const pieces = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner]) => inner!).join("");
        const units = (pieces.match(/\\\d{3}|\\.|[^\\]/g) ?? []).map((unit) =>
            /^\\\d/.test(unit) ? unit : escaped(Buffer.from(unit.at(-1)!)),
        );
        const middle = Math.floor(units.length / 2);
        return `"${units.slice(0, middle).join("")}" "${units.slice(middle).join("")}"`;
    },
    "with the parameters in another order": (text, type) => {
        if (type !== "HTTPS" && type !== "SVCB") return text;
        const [priority, target, ...parameters] = text.match(/(?:[^ "]|"(?:[^"\\]|\\.)*")+/g)!;
        return [priority, target, ...parameters.reverse()].join(" ");
    },
};

test("a normal form is its own normal form", () => {
    fc.assert(
        fc.property(value, ({ type, text }) => {
            const normal = normalize(type, text, ZONE);
            expect(normalize(type, normal, ZONE)).toBe(normal);
            expect(apiValue(type, normal, ZONE)).toBe(normal);
            expect(normalize(type, normal, "other.example")).toBe(normal);
        }),
        { numRuns: 1000 },
    );
});

test.each(Object.entries(respellings))("a value %s is the same value", (_, respell) => {
    fc.assert(
        fc.property(value, ({ type, text }) => {
            const normal = normalize(type, text, ZONE);
            expect(normalize(type, respell(normal, type), ZONE)).toBe(normal);
        }),
        { numRuns: 200 },
    );
});

test("texts with other octets are never the same", () => {
    fc.assert(
        fc.property(octets(0, 300), octets(0, 300), (one, other) => {
            const [a, b] = [one, other].map((bytes) => presentation("TXT", `"${escaped(bytes)}"`));
            expect(sameRRset("TXT", [a!], [b!], ZONE)).toBe(one.equals(other));
        }),
    );
});

test("addresses that differ in one bit are never the same", () => {
    fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), number(127), (address, bit) => {
            const text = (bits: bigint) =>
                bits
                    .toString(16)
                    .padStart(32, "0")
                    .replace(/.{4}(?!$)/g, "$&:");
            const other = address ^ (1n << BigInt(bit));
            expect(normalize("AAAA", text(address), ZONE)).not.toBe(normalize("AAAA", text(other), ZONE));
        }),
    );
});

test("plain text comes back from its presentation octet by octet", () => {
    fc.assert(
        fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), (text) => {
            fc.pre(!(text.trim().startsWith('"') && text.trim().endsWith('"')));
            const pieces = presentation("TXT", text).match(/"(?:[^"\\]|\\.)*"/g)!;
            const units = pieces.flatMap((piece) => piece.slice(1, -1).match(/\\\d{3}|\\.|[^\\]/g) ?? []);
            const back = Buffer.from(
                units.map((unit) => (/^\\\d/.test(unit) ? Number(unit.slice(1)) : unit.charCodeAt(unit.length - 1))),
            );
            expect(back.equals(Buffer.from(text, "utf8"))).toBe(true);
        }),
    );
});

test("an RRset is the same in any order and spelling, and keeps the user's", () => {
    fc.assert(
        fc.property(
            fc
                .constantFrom(...recordTypes)
                .chain((type) => fc.tuple(fc.constant(type), fc.array(values[type], { maxLength: 6 }))),
            ([type, mine]) => {
                const theirs = [...new Set(mine.map((text) => apiValue(type, text, ZONE)))].reverse();
                expect(sameRRset(type, mine, theirs, ZONE)).toBe(true);
                expect(sameRRset(type, keepSpelling(type, theirs, mine, ZONE), theirs, ZONE)).toBe(true);
                for (const text of keepSpelling(type, theirs, mine, ZONE)) expect(mine).toContain(text);
                if (theirs.length > 0) expect(sameRRset(type, mine, theirs.slice(1), ZONE)).toBe(false);
            },
        ),
    );
});

test("an owner name is its own normal form, relative and absolute", () => {
    fc.assert(
        fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), (labels) => {
            const owner = ownerName(labels.join(".").toUpperCase(), ZONE);
            expect(ownerName(owner, ZONE)).toBe(owner);
            expect(ownerName(`${labels.join(".")}.Example.com.`, ZONE)).toBe(owner);
        }),
    );
});

/** Relative to the zone, many of them the zone's own name or below it. */
const owner = fc
    .tuple(fc.array(label, { maxLength: 2 }), fc.constantFrom("", ZONE))
    .map(([labels, end]) => [...labels, ...(end === "" ? [] : [end])].join(".") || "@");

test("an owner name that is relative stays what it is, and comes back from the spelling of a user", () => {
    fc.assert(
        fc.property(owner, (name) => {
            const relative = relativeOwner(name, ZONE);
            expect(relative).toBe(name);
            expect(ownerName(spelledOwner(relative, ZONE), ZONE)).toBe(relative);
            expect(relativeOwner(spelledOwner(relative, ZONE), ZONE)).toBe(relative);
        }),
    );
});

test("a zone file is read back as it was written", () => {
    const rrset = value.chain(({ type }) =>
        fc.record({
            name: owner,
            type: fc.constant(type),
            ttl: fc.integer({ min: 300, max: 2592000 }),
            values: fc
                .array(values[type], { minLength: 1, maxLength: 4 })
                .map((texts) => [...new Set(texts.map((text) => normalize(type, text, ZONE)))]),
        }),
    );
    const rrsets = fc.uniqueArray(rrset, { selector: ({ name, type }) => `${name} ${type}`, maxLength: 10 });
    fc.assert(
        fc.property(rrsets, (zone) => {
            const { rrsets, warnings } = parseZoneFile(toZoneFile(zone, ZONE), { zone: ZONE });
            expect(rrsets).toEqual(zone);
            expect(warnings.filter(({ reason }) => reason.includes("stands for"))).toEqual([]);
        }),
    );
});

test("what lint says of a value, a zone file says of its line", () => {
    const letters = [...' \t"""\\;;.@0149abéIN=,:-_/', "example.com", "v=spf1", "https://", "10 "];
    const words = fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((all) => all.join("").trim());
    const text = fc.oneof(
        words,
        value.map((known) => known.text),
        value.map((known) => `${known.text};x`),
    );
    fc.assert(
        fc.property(fc.constantFrom(...recordTypes), text, (type, written) => {
            const line = `\na ${type} ${written}`;
            let said: string[];
            try {
                said = lint(type, written, ZONE);
            } catch {
                return;
            }
            const { warnings, doubts } = parseZoneFile(line, { zone: ZONE });
            const known = warnings.map(({ reason }) => reason);
            expect(known).toEqual(said.filter((reason) => !reason.includes("is not stored")));
            expect(doubts).toEqual(warnings);
            expect(warnings.every((warning) => warning.line === 2)).toBe(true);
        }),
        { numRuns: 2000 },
    );
});

test("a doubt about a text has a spelling of all its characters that is none", () => {
    const soup = fc.string({ unit: fc.constantFrom(...' \n\t()"";\\0149aé\'`TXTINp=“”'), maxLength: 20 });
    fc.assert(
        fc.property(soup, (text) => {
            const rrset = (value: string) => ({ name: "www", type: "TXT", values: [value] });
            fc.pre(text.trim() !== "" && !/^\s*"[\s\S]*"\s*$/.test(text));
            const literal = txt(text);
            expect(checkRRset(rrset(literal), ZONE)).toEqual([]);
            expect(apiValue("TXT", literal, ZONE)).toBe(apiValue("TXT", text, ZONE));
            for (const problem of checkRRset(rrset(text), ZONE)) expect(problem).toContain(JSON.stringify(literal));
        }),
        { numRuns: 2000 },
    );
});

test("any text is a zone file or a ZoneFileError, and any value is normal or a DnsValueError", () => {
    const soup = fc.string({ unit: fc.constantFrom(...' \n\t()"\\;$@.*0149aAéTXTIN=,:-_/'), maxLength: 60 });
    fc.assert(
        fc.property(soup, fc.constantFrom(...recordTypes), (text, type) => {
            const attempts = [
                [() => normalize(type, text, ZONE), "DnsValueError"],
                [() => parseZoneFile(text, { zone: ZONE }), "ZoneFileError"],
                [() => ownerName(text, ZONE), "DnsNameError"],
            ] as const;
            for (const [attempt, error] of attempts) {
                try {
                    attempt();
                } catch (thrown) {
                    expect(thrown).toMatchObject({ name: error });
                }
            }
        }),
        { numRuns: 1000 },
    );
});
