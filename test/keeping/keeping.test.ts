import { Keeping } from "../../provider/core/process/keeping/keeping";
import { OwnLedger } from "../../provider/core/process/keeping/ledger";
import type { Props } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import { CalledStack, type Options, type Program, type Resource } from "./engineCalls";

let gandi: Gandi;
let stack: CalledStack;
let names = 0;
let domain: string;
let lines: string[];

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `kept-${++names}.example`;
    gandi.sandbox.addDomain({ fqdn: domain, zone: "", freeSlots: [{}] });
    gandi.sandbox.clearFaults();
    stack = new CalledStack(gandi);
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => lines.push(line));
});
afterEach(() => {
    stack.close();
    jest.restoreAllMocks();
});

interface Kind {
    kind: string;
    inputs: () => Props;
    /** Whether what Gandi shows is still this resource's, where it is not simply gone. */
    stands?: (seen: Props) => boolean;
    /** Where its absence may be no answer. */
    isThere?: (id: string) => boolean;
}

const slotOf = () => ({ domain, type: "standard_2023", duration: 1, maxPrice: 5, deletionPolicy: "delete" });
/** Each kind whose delete takes something away. */
const KINDS: Kind[] = [
    { kind: "AxfrSlave", inputs: () => ({ domain, ip: "192.0.2.53" }) },
    {
        kind: "DnssecKey",
        inputs: () => ({ domain, algorithm: 15, type: "ksk", publicKey: Buffer.alloc(32, 7).toString("base64") }),
    },
    {
        kind: "Domain",
        inputs: () => ({
            fqdn: domain.replace("example", "com"),
            maxPrice: 50,
            owner: PERSON,
            deletionPolicy: "delete",
        }),
        isThere: (id) => gandi.sandbox.state.domain(id) !== undefined,
    },
    { kind: "EmailForward", inputs: () => ({ domain, source: "sales", destinations: ["alice@example.org"] }) },
    { kind: "MailSlot", inputs: slotOf },
    { kind: "GlueRecord", inputs: () => ({ domain, name: "ns1", ips: ["192.0.2.1"] }) },
    { kind: "LiveDnsKey", inputs: () => ({ domain, flags: 257 }) },
    { kind: "LiveDnsRecord", inputs: () => ({ domain, name: "api", type: "A", values: ["192.0.2.2"] }) },
    {
        kind: "LiveDnsZone",
        inputs: () => ({
            domain,
            rrsets: { "api A": { ttl: 300, values: ["192.0.2.2"] } },
            deletionPolicy: "delete",
        }),
        stands: ({ rrsets }) => Object.keys(rrsets as Props).length > 0,
    },
    {
        kind: "Mailbox",
        inputs: () => ({
            domain,
            login: "alice",
            password: "Correct-horse-123",
            adopt: true,
            deletionPolicy: "delete",
        }),
    },
    {
        kind: "Nameservers",
        inputs: () => ({
            domain,
            nameservers: ["ns1.example.net", "ns2.example.net"],
            deletionPolicy: "livedns",
        }),
        stands: ({ nameservers }) => (nameservers as string[]).includes("ns1.example.net"),
    },
    { kind: "Snapshot", inputs: () => ({ domain }) },
    {
        kind: "TsigKey",
        inputs: () => ({ domains: [domain] }),
        stands: ({ domains }) => (domains as string[]).length > 0,
    },
    {
        kind: "WebRedirection",
        inputs: () => ({ domain, host: "shop", url: "https://example.org/", type: "permanent" }),
    },
];
/** Those that take what is there for theirs; a new TsigKey, and a MailSlot, refuse instead, in check. */
const TAKING = KINDS.filter(({ kind }) => !["TsigKey", "MailSlot"].includes(kind));
const named = (kinds: Kind[]) => kinds.map((each) => [each.kind, each] as const);

const one = ({ kind, inputs }: Kind, more: object = {}): Program[string] => ({ kind, inputs: inputs(), ...more });
/** A resource that has nothing to do with the others. */
const bystander = (more: object = {}): Program[string] => ({
    kind: "LiveDnsRecord",
    inputs: { domain, name: "bystander", type: "A", values: ["192.0.2.99"] },
    ...more,
});

async function stands({ stands: own, isThere }: Kind, resource: Resource): Promise<boolean> {
    if (isThere !== undefined) {
        return isThere(resource.id);
    }
    const seen = await stack.look(resource);
    return seen !== undefined && (own?.(seen) ?? true);
}

const only = (name: string) => {
    const found = stack.resources.filter((each) => each.name === name);
    expect(found).toHaveLength(1);
    return found[0]!;
};

it("is tried with every kind but those whose delete takes nothing away", () => {
    const staying = ["DomainTransfer", "EmailOffer", "LiveDnsDomain"];
    expect([...KINDS.map(({ kind }) => kind), ...staying].sort()).toEqual(Object.keys(definitions).sort());
});

describe("what the program no longer declares is deleted", () => {
    const WAYS: [string, Options][] = [
        ["up", {}],
        ["up --refresh", { refresh: true }],
    ];

    describe.each(WAYS)("by %s", (_way, options) => {
        it.each(named(KINDS))("a %s", async (_kind, kind) => {
            await stack.up({ it: one(kind), bystander: bystander() });
            const made = only("it");
            expect(await stands(kind, made)).toBe(true);
            await expect(stack.up({ bystander: bystander() }, options)).resolves.toBe("done");
            expect(stack.resources.map(({ name }) => name)).toEqual(["bystander"]);
            expect(await stands(kind, made)).toBe(false);
        });
    });

    it.each(named(KINDS))("by destroy --refresh: a %s", async (_kind, kind) => {
        await stack.up({ it: one(kind) });
        const made = only("it");
        await stack.destroy({ refresh: true });
        expect(stack.resources).toEqual([]);
        expect(await stands(kind, made)).toBe(false);
    });

    it.each(named(KINDS))("by a provider that has left the program: a %s", async (_kind, kind) => {
        await stack.up({ it: one(kind, { provider: "b" }), bystander: bystander() });
        const made = only("it");
        await expect(stack.up({ bystander: bystander() })).resolves.toBe("done");
        expect(await stands(kind, made)).toBe(false);
    });
});

describe("what the program declares is never deleted", () => {
    const MOVES: [string, object][] = [
        ["renamed", {}],
        ["renamed and given another provider", { provider: "b" }],
    ];
    const ENDS: [string, Options, boolean][] = [
        ["a run that ends well", {}, false],
        ["a run that refreshes", { refresh: true }, false],
        ["a run that fails elsewhere, and the next", {}, true],
        ["a run that is killed before its deletes, and the next", { killedBeforeDeletes: true }, false],
        ["a run that fails elsewhere and goes on", { continueOnError: true }, true],
    ];

    describe.each(MOVES)("%s", (_move, more) => {
        describe.each(ENDS)("in %s", (_end, options, fails) => {
            it.each(named(TAKING))("a %s", async (_kind, kind) => {
                await stack.up({ old: one(kind), bystander: bystander() });
                const { id } = only("old");
                const renamed = { new: one(kind, more), bystander: bystander() };
                await stack.up({ ...renamed, bystander: bystander({ fails }) }, options);
                await expect(stack.up(renamed)).resolves.toBe("done");
                await expect(stack.up(renamed, { refresh: true })).resolves.toBe("done");
                expect(stack.resources.map(({ name }) => name).sort()).toEqual(["bystander", "new"]);
                expect(only("new").id).toBe(id);
                expect(await stands(kind, only("new"))).toBe(true);
            });
        });
    });

    it.each(named(TAKING))("where its create is never reached in a run that goes on: a %s", async (_kind, kind) => {
        await stack.up({ old: one(kind) });
        const made = only("old");
        await expect(stack.up({ new: one(kind, { fails: true }) }, { continueOnError: true })).resolves.toBe("failed");
        expect(await stands(kind, made)).toBe(true);
        // Of what has its id of its inputs, the engine takes the old one for deleted: the next run takes over what is there.
        const isKept = stack.resources.some(({ name }) => name === "old");
        expect(isKept).toBe(["DnssecKey", "LiveDnsKey", "Snapshot"].includes(kind.kind));
        const adopting = ["Domain"].includes(kind.kind) ? { inputs: { ...kind.inputs(), adopt: true } } : {};
        await expect(stack.up({ new: one(kind, adopting) })).resolves.toBe("done");
        expect(only("new").id).toBe(made.id);
        expect(await stands(kind, only("new"))).toBe(true);
    });

    it.each(named(TAKING))("after two runs that fail, with a rename each: a %s", async (_kind, kind) => {
        await stack.up({ one: one(kind) });
        const { id } = only("one");
        const failing = { bystander: bystander({ fails: true }) };
        await stack.up({ two: one(kind), ...failing });
        await stack.up({ three: one(kind), ...failing });
        await expect(stack.up({ three: one(kind) })).resolves.toBe("done");
        expect(stack.resources.map((each) => [each.name, each.id])).toEqual([["three", id]]);
        expect(await stands(kind, only("three"))).toBe(true);
    });

    it.each(named(TAKING))("tainted: a %s", async (_kind, kind) => {
        await stack.up({ it: one(kind) });
        await expect(stack.up({ it: one(kind, { replaced: "taint" }) })).resolves.toBe("done");
        expect(await stands(kind, only("it"))).toBe(true);
    });

    it.each(named(TAKING))("given another provider under its old name: a %s", async (_kind, kind) => {
        await stack.up({ it: one(kind) });
        await expect(stack.up({ it: one(kind, { provider: "b" }) })).resolves.toBe("done");
        expect(await stands(kind, only("it"))).toBe(true);
    });
});

describe("a replacement happens", () => {
    /** What may be forced to be replaced with other values under the same id. */
    const VALUES: [string, () => Props, Props][] = [
        ["LiveDnsRecord", () => ({ domain, name: "api", type: "A", values: ["192.0.2.2"] }), { values: ["192.0.2.3"] }],
        [
            "EmailForward",
            () => ({ domain, source: "sales", destinations: ["alice@example.org"] }),
            { destinations: ["bob@example.net"] },
        ],
        [
            "WebRedirection",
            () => ({ domain, host: "shop", url: "https://example.org/", type: "permanent" }),
            { url: "https://example.net/" },
        ],
        ["GlueRecord", () => ({ domain, name: "ns1", ips: ["192.0.2.2"] }), { ips: ["192.0.2.3"] }],
        [
            "LiveDnsZone",
            () => ({ domain, rrsets: { "api A": { ttl: 300, values: ["192.0.2.2"] } }, deletionPolicy: "delete" }),
            { rrsets: { "api A": { ttl: 300, values: ["192.0.2.3"] } } },
        ],
        [
            "Nameservers",
            () => ({ domain, nameservers: ["a.example.net", "b.example.net"], deletionPolicy: "livedns" }),
            { nameservers: ["c.example.net", "d.example.net"] },
        ],
    ];

    describe.each([
        ["create before delete", {}],
        ["delete before create", { deleteBeforeReplace: true }],
    ])("with other values, which replaceOnChanges asks for, by %s", (_order, order) => {
        it.each(VALUES)("of a %s", async (kind, inputs, change) => {
            const [property] = Object.keys(change);
            await stack.up({ it: { kind, inputs: inputs() } });
            const { id } = only("it");
            const changed = { kind, inputs: { ...inputs(), ...change }, replaceOnChanges: property!, ...order };
            await expect(stack.up({ it: changed })).resolves.toBe("done");
            expect(only("it").id).toBe(id);
            expect(await stack.look(only("it"))).toMatchObject(change);
            // The word of `replaceOnChanges` is for this run: nothing of it stays in the state.
            expect(only("it").outputs.adopt).not.toBe(true);
        });
    });

    it("of a record that ignores changes of its TTL", async () => {
        const inputs = { domain, name: "api", type: "A", ttl: 300, values: ["192.0.2.2"] };
        await stack.up({ it: { kind: "LiveDnsRecord", inputs } });
        const changed = { ...inputs, values: ["192.0.2.3"] };
        const it = { kind: "LiveDnsRecord", inputs: changed, replaceOnChanges: "values", remediated: { ttl: 900 } };
        await expect(stack.up({ it })).resolves.toBe("done");
        expect(await stack.look(only("it"))).toMatchObject({ values: ["192.0.2.3"] });
    });

    it.each([
        ["LiveDnsKey", () => ({ domain, flags: 257 }), { flags: 256 }, {}],
        ["Snapshot", () => ({ domain }), { triggers: { release: "2" } }, {}],
        ["Snapshot", () => ({ domain }), { name: "other" }, { replaceOnChanges: "name" }],
        ["MailSlot", slotOf, { type: "premium_2023", maxPrice: 9 }, {}],
        ["TsigKey", () => ({ domains: [domain] }), {}, { replaced: "trigger" as const }],
    ])("of a %s, whose id the API gives: a new one, and the old one goes", async (kind, inputs, change, how) => {
        const { stands: own = () => true } = KINDS.find((each) => each.kind === kind)!;
        await stack.up({ it: { kind, inputs: inputs() } });
        const old = only("it");
        await expect(stack.up({ it: { kind, inputs: { ...inputs(), ...change }, ...how } })).resolves.toBe("done");
        expect(only("it").id).not.toBe(old.id);
        expect(await stack.look(only("it"))).toBeDefined();
        const seen = await stack.look(old);
        expect(seen !== undefined && own(seen)).toBe(false);
    });

    it.each([
        ["replaceOnChanges", { replaceOnChanges: "autorenew" }],
        ["a reason of the engine's own", { replaced: "trigger" }],
        ["a taint", { replaced: "taint" }],
    ] as const)("of a Domain where it is, though it is to be deleted first, by %s", async (_reason, how) => {
        const { inputs } = KINDS.find(({ kind }) => kind === "Domain")!;
        const it = (enabled: boolean, more: object = {}) => ({
            it: { kind: "Domain", inputs: { ...inputs(), autorenew: { enabled } }, ...more },
        });
        await stack.up(it(false));
        const ordered = gandi.sandbox.state.domain(only("it").id)!.id;
        await expect(stack.up(it(true, { ...how, deleteBeforeReplace: true }))).resolves.toBe("done");
        const { id, autorenew } = gandi.sandbox.state.domain(only("it").id)!;
        expect(id).toBe(ordered);
        expect(autorenew.enabled).toBe(true);
        expect(lines).toContainEqual(expect.stringContaining("still declared"));
    });

    it.each([
        ["LiveDnsKey", () => ({ domain, flags: 257 }), "keys"],
        ["Snapshot", () => ({ domain }), "snapshots"],
    ])("of a %s that lists show after its delete: it is not taken as it is", async (kind, inputs, list) => {
        await stack.up({ it: { kind, inputs: inputs() } });
        const old = only("it");
        // Nobody tells which one this replaces: the engine asks no diff where the reason is its own.
        const replaced = { replaced: "trigger", deleteBeforeReplace: true } as const;
        gandi.sandbox.addFault({ kind: "stale", method: "GET", path: `/livedns/domains/${domain}/${list}`, times: 1 });
        await expect(stack.up({ it: { kind, inputs: inputs(), ...replaced } })).resolves.toBe("done");
        // A removed key can be brought back, and a DS may name it.
        expect(only("it").id === old.id).toBe(kind === "LiveDnsKey");
        expect(await stack.look(only("it"))).toBeDefined();
    });

    it("but with other values after a taint it is refused, with the ways out: nobody tells that it is the stack's own", async () => {
        const inputs = { domain, name: "api", type: "A", values: ["192.0.2.2"] };
        await stack.up({ it: { kind: "LiveDnsRecord", inputs } });
        const tainted = {
            kind: "LiveDnsRecord",
            inputs: { ...inputs, values: ["192.0.2.3"] },
            replaced: "taint" as const,
        };
        await expect(stack.up({ it: tainted })).resolves.toBe("failed");
        expect(await stack.look(only("it"))).toMatchObject({ values: ["192.0.2.2"] });
        await expect(stack.up({ it: { ...tainted, inputs: { ...tainted.inputs, adopt: true } } })).resolves.toBe(
            "done",
        );
        expect(await stack.look(only("it"))).toMatchObject({ values: ["192.0.2.3"] });
    });
});

describe("two resources never end with one id", () => {
    const LOST: [string, object][] = [
        ["a 502", { status: 502 }],
        ["a 504", { status: 504 }],
        ["a 408", { status: 408 }],
        ["a 429", { status: 429 }],
        ["a dropped connection", { kind: "drop-after" }],
    ];

    it.each(LOST)("where a key's roll-over loses its answer by %s", async (_how, fault) => {
        const inputs = { domain, flags: 257 };
        await stack.up({ ksk: { kind: "LiveDnsKey", inputs } });
        const { id } = only("ksk");
        gandi.sandbox.addFault({
            method: "POST",
            path: `/livedns/domains/${domain}/keys`,
            times: 1,
            effect: true,
            ...fault,
        });
        const next = { kind: "LiveDnsKey", inputs: { ...inputs, alongside: [id] } };
        await stack.up({ ksk: { kind: "LiveDnsKey", inputs }, next });
        await expect(stack.up({ ksk: { kind: "LiveDnsKey", inputs }, next })).resolves.toBe("done");
        expect(only("next").id).not.toBe(id);
        const live = () => gandi.sandbox.state.zone(domain)!.keys.filter(({ deleted }) => !deleted);
        expect(live()).toHaveLength(2);
        await expect(stack.up({ next })).resolves.toBe("done");
        expect(live().map((key) => `${domain}/${key.id}`)).toEqual([only("next").id]);
    });
});

describe("a new resource of the same inputs as one of the state, whose check comes before that one's diff", () => {
    it("is no replacement of it, and takes nothing of what is kept for it", () => {
        const keeping = new Keeping(new OwnLedger());
        const twin = { kind: "TsigKey", inputs: "[]", others: [], marks: "any" };
        keeping.checked(twin, true);
        keeping.checked(twin, false);
        keeping.diffed(twin, "first", false);
        const second = keeping.creating(twin);
        keeping.found(second, "second");
        expect(keeping.deleting("first", "any", false).reason).toMatch(/^still declared/);
        expect(keeping.deleting("second", "any", false).reason).toMatch(/^still declared/);
        expect(keeping.deleting("third", "any", false).reason).toBeUndefined();
    });
});

describe("what nobody can know errs towards keeping", () => {
    it("a policy that changes inputs after check hides which key is meant: all alike are kept, with a line", async () => {
        const inputs = { domain, flags: 257 };
        await stack.up({ old: { kind: "LiveDnsKey", inputs } });
        const { id } = only("old");
        const remediated = { timeouts: { create: 400 } };
        const renamed = { new: { kind: "LiveDnsKey", inputs, remediated } };
        await stack.up({ ...renamed, bystander: bystander({ fails: true }) });
        await expect(stack.up(renamed)).resolves.toBe("done");
        expect(only("new").id).toBe(id);
        expect(gandi.sandbox.state.zone(domain)!.keys).toMatchObject([{ deleted: false }]);
        expect(lines).toContainEqual(expect.stringContaining(`${id}: `));
    });

    it.each(named(KINDS))(
        "where others could have written what is declared, of all that can't be made again: a %s",
        async (_kind, kind) => {
            await stack.up({ it: one(kind) });
            const made = only("it");
            stack.distrust();
            if (definitions[kind.kind]!.irreplaceable === true) {
                await expect(stack.destroy()).rejects.toThrow(
                    "not deleted, because what the other providers of this run declare can't be trusted",
                );
                expect(await stands(kind, made)).toBe(true);
            } else {
                await stack.destroy();
                expect(await stands(kind, made)).toBe(false);
            }
        },
    );

    it("of keys, domains, slots and mailboxes, at least", () => {
        const irreplaceable = Object.values(definitions).filter((each) => each.irreplaceable === true);
        const kinds = ["DnssecKey", "Domain", "LiveDnsKey", "MailSlot", "Mailbox", "TsigKey"];
        expect(irreplaceable.map(({ kind }) => kind).sort()).toEqual(kinds);
    });
});
