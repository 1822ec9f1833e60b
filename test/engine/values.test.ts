import { diffProperties } from "../../engine/deployment/propertyDiff";
import { formatPath, parsePath, pathContains, resetPath } from "../../engine/deployment/propertyPath";
import { durationSeconds } from "../../engine/deployment/registrations";
import { masker } from "../../engine/process/masking";
import { PassphraseSecrets } from "../../engine/state/secrets";
import { createUrn, nameOf, parseProviderReference, typeOf } from "../../engine/state/urn";
import {
    annotateSecrets,
    containsUnknown,
    equal,
    fromState,
    fromWire,
    ResourceReference,
    Secret,
    toPlain,
    toState,
    toWire,
    UNKNOWN,
} from "../../engine/state/values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

describe("property values", () => {
    const wire = {
        plain: [1, null, { a: true }],
        secret: { [SIGNATURE]: SECRET, value: { deep: ["x"] } },
        reference: { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "7" },
    };
    const values = {
        plain: [1, null, { a: true }],
        secret: new Secret({ deep: ["x"] }),
        reference: new ResourceReference("urn:x", "7"),
    };

    test("travel between the wire and the engine", () => {
        expect(fromWire(wire)).toEqual(values);
        expect(toWire(values)).toEqual(wire);
    });

    test("reach a dynamic provider in clear, a resource as its id, a component as its URN", () => {
        const component = new ResourceReference("urn:c", undefined);
        expect(toPlain({ ...values, component })).toEqual({
            plain: [1, null, { a: true }],
            secret: { deep: ["x"] },
            reference: "7",
            component: "urn:c",
        });
    });

    test("that are output values become their element, a secret, or unknown", () => {
        const output = (more: object) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...more });
        const read = fromWire({
            known: output({ value: 1 }),
            secret: output({ value: 1, secret: true }),
            unknown: output({ secret: true }),
        });
        expect(read).toEqual({ known: 1, secret: new Secret(1), unknown: new Secret(UNKNOWN) });
        expect(containsUnknown(read)).toBe(true);
    });

    test("that are assets are refused by name", () => {
        expect(() => fromWire({ file: { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "x" } })).toThrow(
            "assets and archives are not supported",
        );
    });

    test("are equal only with the same secrets", () => {
        expect(equal(fromWire(wire), values)).toBe(true);
        expect(equal({ a: new Secret(1) }, { a: 1 })).toBe(false);
        expect(equal({ a: [1, 2] }, { a: [1] })).toBe(false);
        expect(equal({ a: undefined as never }, { b: undefined as never })).toBe(false);
    });

    test("from a provider are secret again where the input was, an array as a whole", () => {
        const inputs = { map: { x: new Secret(1), y: 2 }, list: [1, new Secret(2)], plain: 3, absent: new Secret(4) };
        expect(annotateSecrets({ map: { x: 1, y: 2 }, list: [1, 2], plain: 3, other: 5 }, inputs)).toEqual({
            map: { x: new Secret(1), y: 2 },
            list: new Secret([1, 2]),
            plain: 3,
            other: 5,
        });
    });

    test("are saved with their secrets sealed, and read back", () => {
        const saved = toState(values, (_secret, json) => ({ ciphertext: `sealed ${json()}` }));
        expect(saved.secret).toEqual({ [SIGNATURE]: SECRET, ciphertext: 'sealed {"deep":["x"]}' });
        expect(fromState(saved, (text) => text.replace("sealed ", ""))).toEqual(values);
    });
});

describe("property paths", () => {
    test.each([
        ["a.b[0].c", ["a", "b", 0, "c"]],
        ['map["www A"].ttl', ["map", "www A", "ttl"]],
        ["list[*].x", ["list", "*", "x"]],
    ])("%s is read", (text, path) => {
        expect(parsePath(text)).toEqual(path);
    });

    test("that make no sense are errors", () => {
        expect(() => parsePath("a[")).toThrow("not a property path: a[");
    });

    test("are written so that they can be read again", () => {
        expect(formatPath(["map", "www A", 0, "ttl"])).toBe('map["www A"][0].ttl');
    });

    test("contain what lies below them, and * contains any one segment", () => {
        expect(pathContains(["a"], ["a", "b"])).toBe(true);
        expect(pathContains(["a", "b"], ["a"])).toBe(false);
        expect(pathContains(["*", "b"], ["a", "b", 0])).toBe(true);
    });

    const olds = { value: 1, map: { a: 1, b: 1 }, list: [1, 2], gone: 1, secret: new Secret({ x: 1, y: 1 }) };
    const news = { value: 2, map: { a: 2, b: 2 }, list: [3, 4], added: 2, secret: new Secret({ x: 2, y: 2 }) };
    test.each([
        ["value", { value: 1 }],
        ["map.a", { map: { a: 1, b: 2 } }],
        ["map.*", { map: { a: 1, b: 1 } }],
        ["list[1]", { list: [3, 2] }],
        ["list[*]", { list: [1, 2] }],
        ["gone", { gone: 1 }],
        ["secret.x", { secret: new Secret({ x: 1, y: 2 }) }],
        ["nowhere", {}],
    ])("reset %s to what it was", (path, changed) => {
        expect(resetPath(parsePath(path), olds, news)).toEqual({ ...news, ...changed });
    });

    test("drop a property that was not there", () => {
        const { added, ...rest } = news;
        expect(resetPath(["added"], olds, news)).toEqual(rest);
    });

    test("can't be reset where one side has nothing to follow them into", () => {
        expect(resetPath(["gone", "deep"], olds, news)).toBeUndefined();
        expect(resetPath(["list", 2], olds, news)).toBeUndefined();
    });
});

test("a diff names the smallest values that differ, maps by key, arrays by position", () => {
    expect(
        diffProperties(
            { same: 1, map: { a: 1, b: 1 }, list: [1, 2], gone: 1, secret: new Secret(1) },
            { same: 1, map: { a: 1, b: 2, c: 3 }, list: [1, 3, 4], secret: new Secret(2) },
        ).map(({ path }) => formatPath(path)),
    ).toEqual(["gone", "list[1]", "list[2]", "map.b", "map.c", "secret"]);
});

describe("URNs", () => {
    test("name the types from parent to child, without the stack", () => {
        const stack = createUrn("dev", "proj", undefined, "pulumi:pulumi:Stack", "proj-dev");
        const component = createUrn("dev", "proj", stack, "my:mod:C", "c");
        expect(component).toBe("urn:pulumi:dev::proj::my:mod:C::c");
        const child = createUrn("dev", "proj", component, "pulumi-nodejs:dynamic/x:Y", "a::b");
        expect(child).toBe("urn:pulumi:dev::proj::my:mod:C$pulumi-nodejs:dynamic/x:Y::a::b");
        expect([typeOf(child), nameOf(child)]).toEqual(["pulumi-nodejs:dynamic/x:Y", "a::b"]);
    });

    test("of providers carry an id in references", () => {
        expect(parseProviderReference("urn:pulumi:dev::p::pulumi:providers:x::n::the-id")).toEqual({
            urn: "urn:pulumi:dev::p::pulumi:providers:x::n",
            id: "the-id",
        });
    });
});

describe("the passphrase secrets provider", () => {
    // Written by the Pulumi CLI 3.260 with the passphrase "pw".
    const salt = "v1:k9ZFpPG2QFs=:v1:3/9aVyqqpB1bzm1F:FCsZrBdg7wy28LALA4fYpVd/ebSxmQ==";

    test("reads what the Pulumi CLI has written", async () => {
        const secrets = await PassphraseSecrets.open("pw", salt);
        expect(secrets.decrypt("v1:/dLBGANcpgaePxVM:RVrBdCJuJ8Kw1Us5nt8Jw+5PDg==")).toBe("abc");
        expect(secrets.decrypt("v1:jZ1fp969iwr1V0pW:eSMyrn5h2JGlkEoJ/9C/lYIG0Bu2fw==")).toBe('"hush"');
    });

    test("refuses another passphrase", async () => {
        await expect(PassphraseSecrets.open("other", salt)).rejects.toThrow("incorrect passphrase");
    });

    test("encrypts the same text differently each time, and reads it back", async () => {
        const secrets = await PassphraseSecrets.create("pw");
        const [one, two] = [secrets.encrypt("text"), secrets.encrypt("text")];
        expect(one).not.toBe(two);
        const again = await PassphraseSecrets.open("pw", secrets.salt);
        expect([again.decrypt(one), again.decrypt(two)]).toEqual(["text", "text"]);
    });
});

test("a mask hides secrets, also as JSON writes them, and leaves alone what is too short to hide", () => {
    const mask = masker(['hunter"2', "ab", "true", undefined, "hunter"]);
    expect(mask('it is hunter"2, {"token":"hunter\\"2"}, hunter, ab, true')).toBe(
        'it is [secret], {"token":"[secret]"}, [secret], ab, true',
    );
});

test.each([
    ["5m", 300],
    ["1h30m", 5400],
    ["1.5s", 1.5],
    ["500ms", 0.5],
])("the duration %s is %d seconds", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
});

test("a duration without a unit is an error", () => {
    expect(() => durationSeconds("300")).toThrow("not a duration: 300");
});
