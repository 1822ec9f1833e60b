import * as pulumi from "@pulumi/pulumi";
import { masker } from "../../provider/core/inputs/masking";
import { SECRET_INPUTS } from "../../provider/core/inputs/secrets";
import { providerFor } from "../../provider/core/process/provider";
import { pointer } from "../../provider/core/program/pointer";
import { secretInputsOf } from "../../provider/core/program/secretInputs";
import type { Props } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { type Sandbox, startSandbox } from "../../sandbox";
import { COMPANY } from "../harness/contacts";

/** No word of ours, nor of the sandbox's. */
const CANARY = "zqxjkvwpyb";
/** What an input may hold: fit and unfit, so that checks quote it, and the API. */
const FORMS = [`${CANARY}.com`, `"${CANARY}`, `${CANARY}@example.org`, `${CANARY.toUpperCase()}\u00e9`];

const CONTACT = {
    ...COMPANY,
    lang: "fr",
    brandNumber: "1",
    siren: "123456789",
    mobile: "+33.611111111",
    extraParameters: { birth_city: "Paris" },
};
const ORDER = { maxPrice: 20, owner: COMPANY, nameservers: ["ns1.example.net", "ns2.example.net"] };
/** Good inputs of each kind, with every text that it takes. */
const GOOD: Record<string, Props> = {
    AxfrSlave: { domain: "example.com", ip: "192.0.2.53" },
    DnssecKey: {
        domain: "example.com",
        algorithm: 13,
        type: "ksk",
        publicKey: "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+Gq",
    },
    Domain: {
        fqdn: "new.com",
        ...ORDER,
        owner: CONTACT,
        admin: COMPANY,
        autorenew: { enabled: true },
        tags: ["a"],
        claims: "1",
        lang: "fre",
        reselleeId: "c1c1c1c1-0000-4000-8000-000000000001",
        templateId: "template-1",
        nameserversIps: { "ns1.example.net": ["192.0.2.1"] },
        extraParameters: { x: "y" },
    },
    DomainTransfer: { fqdn: "moved.com", authinfo: "a", ...ORDER, extraParameters: { x: "y" } },
    EmailForward: { domain: "example.com", source: "sales", destinations: ["alice@example.org"] },
    EmailOffer: { domain: "example.com", antispam: true, dkim: true },
    GlueRecord: { domain: "example.com", name: "ns1", ips: ["192.0.2.1"] },
    WebRedirection: { domain: "example.com", host: "shop", url: "https://example.org/", type: "permanent" },
    LiveDnsDomain: { fqdn: "example.com" },
    LiveDnsKey: { domain: "example.com", flags: 257, alongside: ["a"] },
    LiveDnsRecord: { domain: "example.com", name: "api", type: "TXT", values: ["text"] },
    LiveDnsZone: {
        domain: "example.com",
        rrsets: { "api TXT": { ttl: 300, values: ["text"] } },
        ignore: ["a"],
        deletionPolicy: "delete",
    },
    Mailbox: {
        domain: "example.com",
        login: "alice",
        password: "Correct-horse-123",
        type: "standard",
        ...{ slot: "buy", duration: 12, maxPrice: 20, currency: "EUR" },
        aliases: ["info"],
        responder: { enabled: true, message: "Away", startsAt: "2030-01-01T00:00:00Z", endsAt: "2030-02-01T00:00:00Z" },
    },
    MailSlot: {
        ...{
            domain: "example.com",
            type: "standard_2023",
            duration: 12,
            autorenew: true,
            maxPrice: 20,
            currency: "EUR",
        },
        ...{ adopt: "1", alongside: ["2"] },
    },
    Nameservers: { domain: "example.com", nameservers: ["ns1.example.net", "ns2.example.net"], adopt: true },
    Snapshot: { domain: "example.com", name: "before", triggers: { x: "y" } },
    TsigKey: { domains: ["example.com"] },
};

/** What does not go together with the above. */
const ELSE: Record<string, Props> = { TsigKey: { adopt: "a", alongside: ["b"] } };

/** The texts of an object, each with the keys that lead there. */
function textsOf(value: unknown, path: string[] = []): string[][] {
    if (Array.isArray(value)) {
        return value.flatMap((item, index) => textsOf(item, [...path, String(index)]));
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, key]));
    }
    return typeof value === "string" ? [path] : [];
}

function withText(props: Props, path: string[], text: string): Props {
    const copy = structuredClone(props);
    const last = path.at(-1)!;
    const holder = path.slice(0, -1).reduce<Props>((inner, key) => inner[key] as Props, copy);
    holder[last] = text;
    return copy;
}

/** As the class names it: lists as a whole. */
function named(path: string[]): string[] {
    const index = path.findIndex((key) => /^\d+$/.test(key));
    return index < 0 ? path : path.slice(0, index);
}

let sandbox: Sandbox;
const printed: string[] = [];

beforeAll(async () => {
    sandbox = await startSandbox({ delays: { order: 0, operation: 0, changeOwner: null } });
    sandbox.editOrganization("first", { balance: 100_000 });
    sandbox.addDomain({ fqdn: "example.com", freeSlots: Array.from({ length: 20 }, () => ({})) });
    jest.spyOn(console, "log").mockImplementation((line) => void printed.push(String(line)));
});
afterAll(async () => {
    jest.restoreAllMocks();
    await sandbox.close();
});

async function providerOf(kind: string) {
    const provider = providerFor(definitions[kind]!);
    const settings: Record<string, string> = {
        "gandi:url": sandbox.url,
        "gandi:personalAccessToken": sandbox.token,
        "gandi:pollInterval": "0.02",
        "gandi:requestsPerMinute": "1000000",
    };
    await provider.configure!({ config: { get: (key: string) => settings[key] } as never });
    return provider;
}

/** All that people are told in a life of the resource in which the API at first refuses every write, quoting it. */
async function toldOf(kind: string, given: Props, quoted: string): Promise<{ told: string[]; state: Props }> {
    const provider = await providerOf(kind);
    const news = { ...given, timeouts: { create: 1, update: 1, delete: 1 }, __provider: pointer(kind) };
    printed.length = 0;
    const told: string[] = [];
    const telling = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
        try {
            return await work();
        } catch (error) {
            const { message, stack, name, reasons } = error as Error & { reasons?: string[] };
            told.push(message, String(stack), name, String(error), ...(reasons ?? []));
            return undefined;
        }
    };
    const refusal = { status: 400, body: { code: 400, message: `'${quoted}' is refused`, object: "x", cause: "y" } };
    const { inputs, failures } = await provider.check!({}, news);
    told.push(...(failures ?? []).map(({ reason }) => reason));
    let state: Props = {};
    if ((failures ?? []).length === 0) {
        for (const method of ["POST", "PUT", "PATCH"]) {
            sandbox.addFault({ method, ...refusal });
        }
        await telling(() => provider.create(inputs));
        sandbox.clearFaults();
        const made = await telling(() => provider.create(inputs));
        if (made !== undefined) {
            state = made.outs;
            await telling(() => provider.read!(made.id, clear(made.outs)));
            sandbox.addFault({ ...refusal });
            await telling(() => provider.read!(made.id, clear(made.outs)));
            await telling(() => provider.update!(made.id, { ...clear(made.outs), _partial: "so" }, inputs));
            await telling(() => provider.delete!(made.id, clear(made.outs)));
            sandbox.clearFaults();
            await telling(() => provider.delete!(made.id, clear(made.outs)));
        }
    }
    return { told: [...told, ...printed], state };
}

/** As the engine hands a state to a dynamic provider: secrets without their marks. */
function clear(state: Props): Props {
    return JSON.parse(JSON.stringify(state), (_key, value) =>
        typeof value === "object" && value !== null && SIGNATURE in value ? value.value : value,
    );
}
const SIGNATURE = "4dabf18193072939515e22adb298388d";

const KINDS = Object.keys(definitions);

it("has good inputs of each kind", () => {
    expect(Object.keys(GOOD).sort()).toEqual([...KINDS].sort());
});

describe("an input that the program gave as a secret is in nothing that people are told (promise 7)", () => {
    it.each(KINDS)("%s", async (kind) => {
        for (const good of [GOOD[kind]!, ELSE[kind] ?? {}]) {
            const cases = textsOf(good).flatMap((path) => FORMS.map((form) => ({ path, form })));
            for (const { path, form } of cases) {
                const inputs = { ...withText(good, path, form), [SECRET_INPUTS]: [named(path)] };
                const { told, state } = await toldOf(kind, inputs, form);
                expect([path, ...told.filter((text) => text.toLowerCase().includes(CANARY))]).toEqual([path]);
                const outputs = Object.entries(state).filter(([name]) => !(name in good));
                const open = outputs.filter(([, value]) => (value as Props | null)?.[SIGNATURE] === undefined);
                expect(JSON.stringify(open).toLowerCase()).not.toContain(CANARY);
            }
        }
    });

    it.each([
        ["AxfrSlave", ["domain"], `${CANARY}.com`],
        ["Domain", ["fqdn"], `${CANARY}.com`],
        ["Domain", ["owner", "family"], CANARY],
        ["GlueRecord", ["name"], CANARY],
        ["GlueRecord", ["ips", "0"], CANARY],
        ["LiveDnsRecord", ["values", "0"], `"${CANARY}`],
        ["LiveDnsZone", ["rrsets", "api TXT", "values", "0"], `"${CANARY}`],
        ["Nameservers", ["nameservers", "0"], `${CANARY}.com`],
    ])("while %s tells %j where it is none: it helps", async (kind, path, form) => {
        const { told } = await toldOf(kind, withText(GOOD[kind]!, path, form), form);
        expect(told.join()).toContain(CANARY);
    });

    it("whatever Gandi has in its place is in none of it either: it may be the secret of before", async () => {
        const record = { ...GOOD.LiveDnsRecord!, domain: "other.com" };
        const glue = { ...GOOD.GlueRecord!, domain: "other.com" };
        sandbox.addDomain({ fqdn: "other.com" });
        await (await providerOf("LiveDnsRecord")).create({ ...record, ttl: 300, values: [CANARY] });
        await (await providerOf("GlueRecord")).create({ ...glue, ips: ["192.0.2.77"] });
        const others: [string, Props, string, string][] = [
            ["LiveDnsRecord", { ...record, ttl: 300, [SECRET_INPUTS]: [["values"]] }, "is there already", CANARY],
            [
                "LiveDnsZone",
                {
                    ...GOOD.LiveDnsZone,
                    domain: "other.com",
                    exclusive: false,
                    [SECRET_INPUTS]: [["rrsets", "api TXT", "values"]],
                },
                "is there already",
                CANARY,
            ],
            ["GlueRecord", { ...glue, [SECRET_INPUTS]: [["ips"]] }, "is there already", "192.0.2.77"],
        ];
        for (const [kind, inputs, said, unsaid] of others) {
            const { told } = await toldOf(kind, inputs, "");
            expect(told.join("\n")).toContain(said);
            expect(told.join("\n")).not.toContain(unsaid);
        }
    });

    it("a secret of the state's is one as well", async () => {
        const provider = await providerOf("GlueRecord");
        const olds = { ...GOOD.GlueRecord, name: "old", ips: ["192.0.2.78"], _v: 1, _origin: sandbox.url };
        sandbox.addFault({ method: "POST", status: 400, body: { message: "192.0.2.78 and 192.0.2.79 are refused" } });
        const update = provider.update!(
            "example.com/old",
            { ...olds, [SECRET_INPUTS]: [["ips"]] },
            { ...olds, ips: ["192.0.2.79"] },
        );
        const error = await update.catch((thrown) => thrown);
        expect(error.message).toContain("are refused");
        expect(error.message).not.toMatch(/192\.0\.2\.7[89]/);
        sandbox.clearFaults();
    });

    it("what the program gives in clear as well is told, such as the domain of a secret e-mail address", async () => {
        const owner = { ...CONTACT, email: `${CANARY}@new-shop.com`, given: "new-shop" };
        const inputs = { ...GOOD.Domain, fqdn: "new-shop.com", owner, [SECRET_INPUTS]: [["owner"]], maxPrice: 1 };
        const { told } = await toldOf("Domain", inputs, owner.email);
        expect(told.join("\n")).toContain("new-shop.com");
        expect(told.join("\n")).not.toContain(CANARY);
        expect(told.join("\n")).not.toContain("warning");
    });

    it("an id that holds one is warned of: the engine has no mark for an id", async () => {
        printed.length = 0;
        const provider = await providerOf("LiveDnsRecord");
        await provider.check!({}, { ...GOOD.LiveDnsRecord, name: CANARY, [SECRET_INPUTS]: [["name"]] });
        expect(printed).toEqual([expect.stringMatching(/^warning: LiveDnsRecord: name is given as a secret/)]);
    });
});

it("a mark of the state is a secret where an input is: it may hold a value that was one once (promise 7)", async () => {
    const provider = await providerOf("GlueRecord");
    const inputs = { domain: "example.com", name: "ns1", ips: ["192.0.2.2"], [SECRET_INPUTS]: [["ips"]] };
    const pending = { pending: true, pendingSince: new Date().toISOString() };
    const meanwhile = [{ ips: ["192.0.2.1"] }];
    const state = { ...inputs, adopt: false, ...pending, _pending: { meanwhile }, _v: 1, _origin: sandbox.url };
    const { outs } = await provider.update!("example.com/ns1", state, { ...inputs, timeouts: { delete: "20m" } });
    expect(outs).toMatchObject({ ...pending, _pending: { [SIGNATURE]: expect.any(String), value: { meanwhile } } });
});

describe("a class names the secrets among its inputs", () => {
    const paths = async (args: pulumi.Inputs) => (await secretInputsOf(args)[SECRET_INPUTS]) ?? "none";

    it.each<[string, pulumi.Inputs, unknown]>([
        ["plain values", { a: "x" }, "none"],
        ["an output", { a: pulumi.output("x") }, "none"],
        ["a secret", { b: 1, a: pulumi.secret("x") }, [["a"]]],
        ["a promise of one", { a: Promise.resolve(pulumi.secret("x")) }, [["a"]]],
        ["a secret field", { owner: { email: pulumi.secret("x"), given: "y" } }, [["owner", "email"]]],
        ["a secret whole", { owner: pulumi.secret({ email: "x" }) }, [["owner"]]],
        ["a secret in a list", { values: ["x", pulumi.secret("y")] }, [["values"]]],
        [
            "a secret in an output",
            { a: pulumi.output("x").apply(() => ({ b: pulumi.secret("y"), c: 1 })) },
            [["a", "b"]],
        ],
        ["two, in the order of their names", { b: pulumi.secret(1), a: pulumi.secret(2) }, [["a"], ["b"]]],
    ])("%s", async (_what, args, expected) => {
        await expect(paths(args)).resolves.toEqual(expected);
    });
});

describe("a secret is taken out of a text", () => {
    it.each([
        ["whole", "example", "is example here", "is [secret] here"],
        ["in another case", "Example", "EXAMPLE.", "[secret]."],
        ["in part", "abcdefghijkl", "cut at cdefghij", "cut at [secret]"],
        ["twice", "example", "example and example", "[secret] and [secret]"],
        ["short, as a word", "FR", "FR in FRANCE", "[secret] in FRANCE"],
        ["in A-labels", "b\u00fccher.example", "xn--bcher-kva.example", "[secret]"],
        ["as the address that it is", "2001:DB8:0::1", "at 2001:db8::1", "at [secret]"],
        ["with signs of patterns in it", "a.*b", "a.*b, not axxb", "[secret], not axxb"],
        ["not a single character", "a", "a text", "a text"],
        [
            "but for what is told anyway",
            "alice@example.com",
            "alice@example.com of example.com",
            "[secret]le.com of example.com",
            "example.com",
        ],
    ])("%s", (_what, secret, text, expected, open = "") => {
        expect(masker([secret], [open])(text)).toBe(expected);
    });
});
