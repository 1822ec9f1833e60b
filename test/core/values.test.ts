import * as fc from "fast-check";
import { seconds } from "../../provider/core/inputs/timeouts";
import { containsUnknown, inUsersSpelling, known, plain, sameValue, UNKNOWN } from "../../provider/core/inputs/values";

describe("the known part of a value", () => {
    it.each([
        [UNKNOWN, undefined],
        [{ a: 1, b: UNKNOWN }, { a: 1 }],
        [["x", UNKNOWN], ["x"]],
        [[UNKNOWN], undefined],
        [[], []],
        [{ a: { b: [UNKNOWN] } }, undefined],
        [{}, {}],
    ])("of %j is %j", (value, expected) => {
        expect(known(value)).toEqual(expected);
    });

    it("holds no unknown, whatever the value", () => {
        const leaf = fc.oneof(fc.constant(UNKNOWN), fc.string(), fc.integer(), fc.boolean());
        const { value } = fc.letrec((tie) => ({
            value: fc.oneof(
                { depthSize: "small" },
                leaf,
                fc.array(tie("value")),
                fc.dictionary(fc.string(), tie("value")),
            ),
        }));
        fc.assert(fc.property(value, (any) => !containsUnknown(known(any))));
    });
});

it("plain drops undefined at any depth", () => {
    expect(JSON.stringify(plain({ a: undefined, b: [{ c: undefined, d: 1 }] }))).toBe('{"b":[{"d":1}]}');
});

it("sameValue takes an absent property, undefined and null for one", () => {
    expect(sameValue({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameValue(null, undefined)).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
});

it("inUsersSpelling keeps the user's order and spelling, and puts strangers last", () => {
    const fold = (text: string) => text.toLowerCase();
    expect(inUsersSpelling(["B", "a", "gone"], ["new", "A", "b"], fold)).toEqual(["B", "a", "new"]);
});

describe("a duration", () => {
    it.each([
        [600, 600],
        ["600", 600],
        ["90s", 90],
        ["10m", 600],
        ["1h30m", 5400],
        ["0.5m", 30],
        ["10 minutes", undefined],
        ["", undefined],
        ["-5", undefined],
        [0, undefined],
        [Number.NaN, undefined],
    ])("%j is %j seconds", (given, expected) => {
        expect(seconds(given)).toBe(expected);
    });
});
