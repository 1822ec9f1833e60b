import { isDeepStrictEqual } from "node:util";
import { defaultsOf } from "../../provider/core/inputs/defaults";
import { Secrets } from "../../provider/core/inputs/secrets";
import { pick } from "../../provider/core/inputs/values";
import { withContext } from "../../provider/core/process/context";
import { PENDING_OUTPUTS } from "../../provider/core/process/pending";
import { Run } from "../../provider/core/process/run";
import { resolveSettings } from "../../provider/core/process/settings";
import type { Consequence, Property } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { absentFrom, domainOf, everyKind, type Kind, seedEveryKind } from "../harness/everyKind";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
/** One of each kind, as a first `up` leaves it. */
const made = new Map<string, Life>();

beforeAll(async () => {
    gandi = await startGandi();
    seedEveryKind(gandi.sandbox);
    for (const [name, { least }] of everyKind) {
        const life = gandi.life(name);
        await life.up(json(least));
        made.set(name, life);
    }
}, 120_000);
afterAll(() => gandi.close());

/** Another life of the one that was made, so that each test begins from the same state. */
function lifeOf(name: string): Life {
    const life = gandi.life(name);
    life.state = json(made.get(name)!.state);
    gandi.sandbox.clearRequests();
    return life;
}

function json<T>(value: T): T {
    return JSON.parse(JSON.stringify(value));
}

const given = (life: Life) => {
    const { __provider, ...inputs } = life.state!.inputs;
    return inputs;
};

describe("defaults are no inputs", () => {
    it.each(everyKind)("of %s: check answers with what the program gave", async (name, { least }) => {
        const life = lifeOf(name);
        const { __provider, ...checked } = await life.check(json(least));
        expect(checked).toEqual(least);
        expect(given(life)).toEqual(least);
    });

    it.each(everyKind)("of %s: the outputs have all of them", async (name) => {
        expect(lifeOf(name).state?.outputs).toMatchObject(defaultsOf(definitions[name]!));
    });

    it.each(everyKind)("of %s: spelling one out changes nothing", async (name, { least }) => {
        const life = lifeOf(name);
        await expect(life.preview(json({ ...defaultsOf(definitions[name]!), ...least }))).resolves.toBe("same");
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it.each(everyKind)("of %s: a second run and a refresh find nothing to do (promise 3)", async (name, { least }) => {
        const life = lifeOf(name);
        const before = json(life.state);
        await expect(life.up(json(least))).resolves.toBe("same");
        expect(gandi.sandbox.requests()).toEqual([]);
        await expect(life.refresh()).resolves.toBe("same");
        expect(life.state).toEqual(before);
    });

    it.each(everyKind)("of %s: an import without them previews empty", async (name, { least }) => {
        const life = lifeOf(name);
        const { id, inputs } = life.state!;
        life.state = { id, inputs, outputs: { ...inputs, _v: 1, _origin: gandi.sandbox.url } };
        await expect(life.preview(json(least))).resolves.toBe("same");
        await life.refresh();
        expect(given(life)).toEqual(least);
        await expect(life.preview(json(least))).resolves.toBe("same");
    });
});

describe("a state of 0.1.0, whose inputs have the defaults (promise 10)", () => {
    /** As that version wrote it. */
    function old(name: string, { least }: Kind): Life {
        const life = lifeOf(name);
        const { _defaults, ...outputs } = life.state!.outputs;
        const inputs = { ...life.state!.inputs, ...defaultsOf(definitions[name]!), ...json(least) };
        life.state = { ...life.state!, inputs, outputs };
        return life;
    }

    it.each(everyKind)("of %s shows no change and no drift", async (name, kind) => {
        const life = old(name, kind);
        await expect(life.refresh()).resolves.toBe("same");
        gandi.sandbox.clearRequests();
        await expect(life.up(json(kind.least))).resolves.toBe("same");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(given(life)).toEqual(kind.least);
    });

    it.each(everyKind.filter(([, { drift }]) => drift))("of %s gets no default back by drift", async (name, kind) => {
        const life = old(name, kind);
        Object.assign(life.state!.outputs, kind.drift);
        await expect(life.refresh()).resolves.toBe("changed");
        expect(filled(name, given(life))).toEqual(filled(name, kind.least));
        expect(Object.keys(given(life)).sort()).toEqual(Object.keys(kind.least).sort());
    });
});

describe("drift", () => {
    it.each(everyKind.filter(([, { drift }]) => drift))(
        "of %s changes nothing but what drifted in the inputs (promise 4)",
        async (name, kind) => {
            const life = lifeOf(name);
            Object.assign(life.state!.outputs, kind.drift);
            Object.assign(life.state!.inputs, kind.drift);
            await expect(life.refresh()).resolves.toBe("changed");
            expect(Object.keys(given(life)).sort()).toEqual(Object.keys(kind.least).sort());
            await expect(life.preview(json(kind.least))).resolves.toBe("same");
        },
    );

    it("keeps a value that is given although it is the default", async () => {
        const domain = "given.example";
        gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
        const life = gandi.life("LiveDnsRecord");
        const inputs = { domain, name: "www", type: "A", ttl: 10800, values: ["192.0.2.1"] };
        await life.up(inputs);
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", ttl: 10800, values: ["192.0.2.9"] });
        await life.refresh();
        expect(given(life)).toEqual({ ...inputs, values: ["192.0.2.9"] });
    });
});

describe("a default that another version had", () => {
    const domain = "older.example";
    const inputs = { domain, name: "older", type: "A", values: ["192.0.2.1"] };
    const there = () => gandi.sandbox.state.zone(domain)!.rrsets.find(({ name }) => name === "older");

    beforeAll(() => gandi.sandbox.addDomain({ fqdn: domain, zone: "" }));

    it("stays, and is what drift is repaired to (promise 10)", async () => {
        const life = gandi.life("LiveDnsRecord");
        await life.up({ ...inputs, ttl: 3600 });
        const { ttl, ...rest } = life.state!.inputs;
        const outputs = { ...life.state!.outputs, _defaults: { ttl: 3600, adopt: false } };
        life.state = { ...life.state!, inputs: rest, outputs };
        await expect(life.preview(inputs)).resolves.toBe("same");
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.up({ ...inputs, values: ["192.0.2.2"] })).resolves.toBe("update");
        expect(there()).toMatchObject({ ttl: 3600 });

        gandi.sandbox.setRRset(inputs.domain, { name: "older", type: "A", ttl: 10800, values: ["192.0.2.2"] });
        await expect(life.refresh()).resolves.toBe("changed");
        expect(given(life)).toEqual({ ...inputs, values: ["192.0.2.2"], ttl: 10800 });
        await expect(life.up({ ...inputs, values: ["192.0.2.2"] })).resolves.toBe("update");
        expect(there()).toMatchObject({ ttl: 3600 });
    });

    it("is left for the present one where the program gives a value, and takes it away again", async () => {
        const life = gandi.life("LiveDnsRecord");
        const again = { ...inputs, name: "left" };
        await life.up({ ...again, ttl: 300 });
        await expect(life.up(again)).resolves.toBe("update");
        expect(life.state?.outputs).toMatchObject({ ttl: 10800, _defaults: { ttl: 10800 } });
    });
});

/** With the defaults, those within objects too. */
function filled(name: string, inputs: object): unknown {
    return definitions[name]!.inputs.parse(json(inputs));
}

describe("what steers us", () => {
    const steering = (property: "momentary" | "remembered") =>
        everyKind.flatMap(([name, kind]) =>
            Object.entries(kind[property] ?? {}).map(([input, value]) => [name, input, value, kind] as const),
        );
    const everyTimeout = (operation: string) => everyKind.map(([name, kind]) => [name, operation, kind] as const);

    it.each(everyKind)("in %s is told apart by who goes by it", (name, { momentary = {}, remembered = {} }) => {
        const { properties } = definitions[name]!;
        const common = ["sharingId", "timeouts"];
        const having = (consequence: Consequence) =>
            Object.entries<Property>(properties)
                .filter(([property, how]) => how.consequence === consequence && !common.includes(property))
                .map(([property]) => property)
                .sort();
        expect(having("momentary")).toEqual(Object.keys(momentary).sort());
        expect(having("remember")).toEqual(Object.keys(remembered).sort());
    });

    it.each(steering("momentary"))("%s: another %s is no change, and taken", async (name, input, value, { least }) => {
        const life = lifeOf(name);
        const beside = input === "smd" ? { tldPeriod: "sunrise" } : {};
        const inputs = json({ ...least, ...beside, [input]: value });
        const { outputs } = life.state!;
        await expect(life.up(inputs)).resolves.toBe("same");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(given(life)).toEqual(inputs);
        expect(life.state?.outputs).toEqual(outputs);
    });

    it.each(steering("remembered"))(
        "%s: another %s is a change that makes no call",
        async (name, input, value, { least }) => {
            const life = lifeOf(name);
            await expect(life.up(json({ ...least, [input]: value }))).resolves.toBe("update");
            expect(gandi.sandbox.requests()).toEqual([]);
            expect(life.state?.outputs).toMatchObject({ [input]: value });
            await expect(life.up(json(least))).resolves.toBe("update");
            expect(gandi.sandbox.requests()).toEqual([]);
            expect(life.state?.outputs[input]).toEqual(defaultsOf(definitions[name]!)[input]);
        },
    );

    it.each(everyTimeout("create"))("%s: another timeouts.%s is no change", async (name, operation, { least }) => {
        await expect(lifeOf(name).preview(json({ ...least, timeouts: { [operation]: "20m" } }))).resolves.toBe("same");
    });

    it.each([...everyTimeout("update"), ...everyTimeout("delete")])(
        "%s: another timeouts.%s is a change, another spelling of it none",
        async (name, operation, { least }) => {
            const life = lifeOf(name);
            const limits = (limit: unknown) => json({ ...least, timeouts: { create: 60, [operation]: limit } });
            await expect(life.up(limits("20m"))).resolves.toBe("update");
            expect(gandi.sandbox.requests()).toEqual([]);
            await expect(life.up(limits(1200))).resolves.toBe("same");
            await expect(life.preview(limits(60))).resolves.toBe("update");
        },
    );
});

describe("an update", () => {
    it.each(everyKind)("of %s can be asked for by one of its inputs, or by none", (name, { updates = [] }) => {
        const { properties, identity } = definitions[name]!;
        const asking = Object.entries<Property>(properties).filter(([input, { consequence, parts }]) => {
            return (
                parts === undefined && (consequence ?? (identity.includes(input) ? "replace" : "update")) === "update"
            );
        });
        expect(updates.length > 0).toBe(asking.length > 0);
    });

    it.each(everyKind)("of %s changes no output but those that it names", async (name, kind) => {
        const { changing, outputs, pending } = definitions[name]!;
        expect(outputs).toEqual(expect.arrayContaining([...changing]));
        expect(changing).toEqual(expect.arrayContaining(pending === undefined ? [] : [...PENDING_OUTPUTS]));
        const life = lifeOf(name);
        Object.assign(life.state!.outputs, kind.repaired);
        for (const update of [...(kind.repaired ? [{}] : []), ...(kind.updates ?? [])]) {
            const before = life.state!.outputs;
            await expect(life.up(json({ ...kind.least, ...update }), { unsettled: true })).resolves.toBe("update");
            const after = life.state!.outputs;
            const changed = outputs.filter((output) => !isDeepStrictEqual(before[output], after[output]));
            expect(changing).toEqual(expect.arrayContaining(changed));
        }
    });
});

describe("what there is of a kind in a domain", () => {
    function list(name: string, ...domains: string[]) {
        const { inputs, list } = definitions[name]!;
        if (typeof list !== "function") {
            throw new Error(`${name} has no list`);
        }
        const { url, token } = gandi.sandbox;
        const settings = resolveSettings(() => undefined, { GANDI_PERSONAL_ACCESS_TOKEN: token, GANDI_URL: url });
        const secrets = new Secrets(inputs, {});
        const action = { operation: "update", inputs: {}, secrets, fallback: 60, isDeclared: () => false } as const;
        return withContext(settings, { ...action, run: new Run() }, (ctx) => list(ctx, domains));
    }

    const isListed = ([name]: (typeof everyKind)[number]) => typeof definitions[name]!.list === "function";

    it.each(everyKind.filter(isListed))("%s: is all found, as inputs that change nothing", async (name, kind) => {
        const life = lifeOf(name);
        const inputs = json({ ...kind.least, ...kind.updates?.[0] });
        await life.up(inputs);
        const domain = String(kind.least.domain ?? kind.least.fqdn ?? domainOf(name));
        const found = (await list(name, domain)).find(({ id }) => id === life.state!.id);
        expect(found).toBeDefined();
        const managed = pick(inputs, kind.unmanaged ?? []);
        await expect(life.preview({ ...managed, ...found!.inputs })).resolves.toBe("same");
    });

    it.each(everyKind.filter(isListed))("%s: is nothing where there is none", async (name, kind) => {
        await expect(list(name, ...absentFrom(kind))).resolves.toEqual([]);
    });

    it("is only left open for a reason", () => {
        const others = everyKind.filter((kind) => !isListed(kind));
        expect(others.map(([name]) => [name, definitions[name]!.list])).toEqual(
            others.map(([name]) => [name, { never: expect.stringMatching(/^[A-Z].*( \S+){4,}$/) }]),
        );
    });
});
