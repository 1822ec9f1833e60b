import { createHash } from "node:crypto";
import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let mailbox: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let alice: { domain: string; login: string; password: string };

const PASSWORD = "Correct-horse-123";
const OTHER_PASSWORD = "Battery+staple-456";
const HASH = `{SHA512-CRYPT}$6$saltsalt$${"aB3./".repeat(17)}x`;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `box-${++count}.example`;
    alice = { domain, login: "alice", password: PASSWORD };
    gandi.sandbox.addDomain({ fqdn: domain, freeSlots: [{}] });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    mailbox = gandi.life("Mailbox");
});

const there = () => gandi.sandbox.state.domain(domain)!.mailboxes;
const slots = () => gandi.sandbox.state.domain(domain)!.slots;
const logins = () => there().map(({ login }) => login);
const digestOf = (password: string) => createHash("sha256").update(password).digest("hex");
const set = (edit: object | null, login = "alice") =>
    gandi.sandbox.editDomain(domain, { mailboxes: { [login]: edit } });
const path = () => `/email/mailboxes/${domain}`;
const one = () => `${path()}/${there()[0]!.id}`;

describe("Mailbox", () => {
    it("is made once in a free slot, and left alone by the second run (promise 3)", async () => {
        await mailbox.up({ ...alice, aliases: ["info*", "sales"] });
        expect(there()).toMatchObject([
            { login: "alice", aliases: ["info*", "sales"], passwordDigest: digestOf(PASSWORD), slot: slots()[0]!.id },
        ]);
        expect(mailbox.state).toMatchObject({
            id: `${domain}/alice`,
            outputs: { mailboxId: there()[0]!.id, expiresAt: expect.stringMatching(/^20\d\d-.*Z$/) },
        });
        expect(gandi.writes()).toEqual([`POST ${path()}`]);
        await expect(mailbox.preview({ ...alice, aliases: ["SALES", "info*"] })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("counts neither case nor order, nor the older names of types (promise 3)", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{ type: "standard_2023" }] });
        const spelled = {
            ...alice,
            domain: `${domain.toUpperCase()}.`,
            login: "Alice",
            type: "standard_new",
            aliases: ["Sales", "info"],
            responder: { enabled: true, message: "Away", startsAt: "2030-01-01T01:00:00+01:00" },
        };
        await mailbox.up(spelled);
        expect(mailbox.state?.id).toBe(`${domain}/alice`);
        gandi.sandbox.addFault({ kind: "respell", path: "/email/*" });
        await expect(mailbox.refresh()).resolves.toBe("same");
        expect(mailbox.state?.inputs).toMatchObject(spelled);
        const other = { ...spelled, login: "ALICE", type: "standard_2023", aliases: ["info", "sales"] };
        other.responder = { ...other.responder, startsAt: "2030-01-01T00:00:00Z" };
        await expect(mailbox.preview(other)).resolves.toBe("same");
    });

    it.each([
        ["aliases", { aliases: ["info", "sa*"] }, { aliases: ["info", "sa*"] }],
        ["no aliases", { aliases: [] }, { aliases: [] }],
        ["antispam", { antispam: false }, { antispam: false }],
        [
            "a responder",
            { responder: { enabled: true, message: "Away", endsAt: "2030-02-01T00:00:00.5+01:00" } },
            { responder: { enabled: true, message: "Away", ends_at: "2030-01-31T23:00:00Z" } },
        ],
        ["a responder that is off", { responder: { enabled: false } }, { responder: { enabled: false, message: "" } }],
    ])("sets %s with one PATCH", async (_what, edit, expected) => {
        set({ aliases: ["old"], responder: { enabled: true, message: "Old" } });
        await mailbox.up({ ...alice, adopt: true });
        gandi.writes();
        await expect(mailbox.up({ ...alice, ...edit })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH ${one()}`]);
        expect(there()).toMatchObject([expected]);
    });

    it("sets renewal by its other name, for 1 or 12 months", async () => {
        await mailbox.up(alice);
        await mailbox.up({ ...alice, autorenew: { enabled: true, duration: 12 } });
        expect(slots()).toMatchObject([{ autorenew: 12 }]);
        await mailbox.up({ ...alice, autorenew: { enabled: true, duration: 1 } });
        expect(slots()).toMatchObject([{ autorenew: 1 }]);
        await mailbox.up({ ...alice, autorenew: { enabled: false, duration: 12 } });
        expect(slots()[0]!.autorenew).toBeUndefined();
    });

    it("sets several things at once, and what did not come about again", async () => {
        await mailbox.up(alice);
        gandi.writes();
        const two = { ...alice, antispam: false, aliases: ["info"] };
        // Takes the first change to have done half of it.
        gandi.sandbox.addFault({ method: "PATCH", status: 202, body: { message: "Accepted" }, times: 1 });
        gandi.sandbox.addFault({ kind: "delay", delay: 0, method: "GET", times: 1 });
        const going = mailbox.up(two);
        while (!gandi.sandbox.requests().some(({ method }) => method === "PATCH")) {
            await new Promise(setImmediate);
        }
        set({ antispam: false });
        await going;
        expect(gandi.writes()).toEqual([`PATCH ${one()}`, `PATCH ${one()}`]);
        expect(there()).toMatchObject([{ antispam: false, aliases: ["info"] }]);
    });

    it("goes to a slot of another type that is free, and leaves the old one free", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{}, { type: "premium" }] });
        await mailbox.up({ ...alice, type: "standard" });
        await expect(mailbox.up({ ...alice, type: "premium" })).resolves.toBe("update");
        expect(there()).toMatchObject([{ slot: slots()[1]!.id }]);
    });

    it("refuses another type in preview where no slot of it is free, and says what to do", async () => {
        await mailbox.up({ ...alice, type: "standard" });
        gandi.sandbox.editDomain(domain, { freeSlots: [{}] });
        gandi.writes();
        await expect(mailbox.reasons({ ...alice, type: "premium_2023" })).resolves.toEqual([
            expect.stringMatching(/^type: .* no free slot .* premium_2023 \(only for standard\).*Buy a slot/),
        ]);
        expect(gandi.writes()).toEqual([]);
        // It was changed by hand meanwhile, and the slot is its own.
        set({ type: "premium_2023" });
        await mailbox.up({ ...alice, type: "premium_2023" });
        expect(gandi.writes()).toEqual([]);
    });

    it("is not made in preview or up without a free slot of its type", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{ type: "premium" }, { expiresAt: 0 }] });
        await expect(mailbox.up(alice)).rejects.toThrow(/no free slot .* type standard \(only for premium\)/);
        expect(gandi.writes()).toEqual([]);
        await mailbox.up({ ...alice, type: "premium" });
        expect(logins()).toEqual(["alice"]);
    });

    it("of several, makes as many as there are slots, and leaves nothing of the others", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{}, {}] });
        const lives = ["one", "two", "three"].map((login) => ({ login, life: gandi.life("Mailbox") }));
        const outcomes = await Promise.allSettled(
            lives.map(({ login, life }) => life.up({ ...alice, login }, { unsettled: true })),
        );
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
        expect(there()).toHaveLength(2);
        expect(lives.filter(({ life }) => life.state !== undefined)).toHaveLength(2);
    });

    it.each([
        ["login", () => ({ login: "bob" }), /^login: can't change from alice to bob/],
        ["domain", () => ({ domain: "elsewhere.example" }), /^domain: can't change from .* to elsewhere\.example/],
    ])("is never another: a change of its %s fails in check", async (_what, edit, message) => {
        await mailbox.up(alice);
        gandi.writes();
        await expect(mailbox.reasons({ ...alice, ...edit() })).resolves.toEqual([expect.stringMatching(message)]);
        expect(logins()).toEqual(["alice"]);
    });

    it.each([
        ["another type", { type: "premium" }, { type: "premium" }],
        ["other aliases", { aliases: ["eve"] }, { aliases: ["eve"] }],
        ["antispam that is off", { antispam: false }, { antispam: false }],
        [
            "another message",
            { responder: { enabled: true, message: "Hacked" } },
            { responder: { enabled: true, message: "Hacked" } },
        ],
        ["renewal for a month", { autorenew: 1 }, { autorenew: { enabled: true, duration: 1 } }],
    ])("sees drift to %s as exactly that field, and repairs it (promise 4)", async (_what, edit, seen) => {
        const whole = {
            ...alice,
            type: "standard",
            aliases: ["info"],
            antispam: true,
            responder: { enabled: true, message: "Away" },
            autorenew: { enabled: true, duration: 12 },
        };
        await mailbox.up(whole);
        set(edit);
        await expect(mailbox.refresh()).resolves.toBe("changed");
        expect(mailbox.state!.inputs).toMatchObject({ ...whole, ...seen });
        gandi.sandbox.editDomain(domain, { freeSlots: [{}] });
        await expect(mailbox.up(whole)).resolves.toBe("update");
        await expect(mailbox.refresh()).resolves.toBe("same");
    });

    it("leaves alone what is not given, whatever it is", async () => {
        set({ type: "free", aliases: ["eve"], antispam: false, autorenew: 12 });
        await mailbox.up({ domain, login: "alice", adopt: true });
        await expect(mailbox.refresh()).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("is dropped from the state when it is no longer listed, and made again (promise 4)", async () => {
        await mailbox.up(alice);
        set(null);
        await expect(mailbox.up({ ...alice, antispam: false }, { unsettled: true })).rejects.toThrow(
            /is gone: run `pulumi up --refresh`/,
        );
        await expect(mailbox.refresh()).resolves.toBe("gone");
        await expect(mailbox.up(alice)).resolves.toBe("create");
        expect(logins()).toEqual(["alice"]);
    });

    it("is found again by its login where somebody made it anew", async () => {
        await mailbox.up(alice);
        const { mailboxId } = mailbox.state!.outputs;
        set(null);
        set({});
        await expect(mailbox.refresh()).resolves.toBe("changed");
        expect(mailbox.state!.outputs.mailboxId).toBe(there()[0]!.id);
        expect(mailbox.state!.outputs.mailboxId).not.toBe(mailboxId);
        await expect(mailbox.preview(alice)).resolves.toBe("same");
    });

    it("can be read by its id without being managed", async () => {
        set({}, "Bob");
        await expect(mailbox.get(`${domain.toUpperCase()}/bOB`)).resolves.toMatchObject({
            id: `${domain}/bob`,
            outputs: { domain, login: "bob", mailboxId: there()[0]!.id },
        });
        await expect(mailbox.get(`${domain}/none`)).rejects.toThrow(`there is no Mailbox ${domain}/none`);
        await expect(mailbox.get(domain)).rejects.toThrow("is no id of a Mailbox: write domain/login");
    });

    it("refreshes many with one request", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{}, {}, {}] });
        const lives = await Promise.all(
            ["one", "two", "three"].map(async (login) => {
                const life = gandi.life("Mailbox");
                await life.up({ ...alice, login }, { unsettled: true });
                return life;
            }),
        );
        gandi.sandbox.clearRequests();
        await expect(Promise.all(lives.map((life) => life.refresh()))).resolves.toEqual(["same", "same", "same"]);
        expect(gandi.sandbox.requests()).toHaveLength(1);
    });

    it.each([
        ["policy", () => ({ deletionPolicy: "delete" })],
        ["time limits", () => ({ timeouts: { delete: "20m" } })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await mailbox.up(alice);
        gandi.sandbox.clearRequests();
        await expect(mailbox.up({ ...alice, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(mailbox.state?.outputs).toMatchObject(change());
    });
});

describe("the mail of a mailbox (never harmed)", () => {
    it("stays when the resource goes, unless an earlier run was told to delete it", async () => {
        await mailbox.up(alice);
        const { state } = mailbox;
        await mailbox.destroy();
        expect(logins()).toEqual(["alice"]);
        await gandi.lines.matching(/alice@.*stays at Gandi with its mail/);
        mailbox.state = state;
        await mailbox.up({ ...alice, deletionPolicy: "delete" });
        gandi.writes();
        const box = one();
        await mailbox.destroy();
        expect(gandi.writes()).toEqual([`DELETE ${box}`]);
        expect(there()).toEqual([]);
    });

    it("is deleted once, also when somebody was faster (promise 5)", async () => {
        await mailbox.up({ ...alice, deletionPolicy: "delete" });
        set(null);
        gandi.writes();
        await mailbox.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("is not deleted where another mailbox was made under the address", async () => {
        await mailbox.up({ ...alice, deletionPolicy: "delete" });
        set(null);
        set({});
        gandi.writes();
        await expect(mailbox.destroy()).rejects.toThrow(/is not deleted: the mailbox there .* is not known/);
        expect(gandi.writes()).toEqual([]);
        await mailbox.refresh();
        await mailbox.destroy();
        expect(there()).toEqual([]);
    });

    it("loses no alias to an adoption before that was shown in preview", async () => {
        set({ aliases: ["Info", "sales"] });
        await expect(mailbox.preview({ ...alice, aliases: ["info"], adopt: true })).resolves.toBe("create");
        await gandi.lines.matching(/alice@.*: it is taken over, and aliases that the program does not name go: sales$/);
        expect(gandi.writes()).toEqual([]);
    });

    it("is not taken over without the word, and its password never is", async () => {
        set({ password: OTHER_PASSWORD, aliases: ["old"] }, "Alice");
        await expect(mailbox.up(alice)).rejects.toThrow(/alice@.* is there already.*adopt: true/);
        expect(gandi.writes()).toEqual([]);
        await mailbox.up({ ...alice, adopt: true });
        expect(gandi.writes()).toEqual([]);
        await gandi.lines.matching(/taken over with its mail; its password stays as it is, and none is sent/);
        expect(there()).toMatchObject([{ passwordDigest: digestOf(OTHER_PASSWORD), aliases: ["old"] }]);
        await expect(mailbox.up(alice)).resolves.toBe("same");
    });

    it("has its password changed where the program changes it, alone and once", async () => {
        await mailbox.up(alice);
        gandi.writes();
        await expect(mailbox.up({ ...alice, password: OTHER_PASSWORD, antispam: false })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH ${one()}`, `PATCH ${one()}`]);
        expect(there()).toMatchObject([{ passwordDigest: digestOf(OTHER_PASSWORD), antispam: false }]);
        await mailbox.up({ ...alice, password: OTHER_PASSWORD, antispam: true });
        expect(gandi.writes()).toHaveLength(1);
        await mailbox.up({ domain, login: "alice", antispam: true });
        expect(gandi.writes()).toEqual([]);
        await mailbox.up({ ...alice, password: HASH });
        expect(gandi.writes()).toEqual([]);
        await mailbox.up({ ...alice, password: PASSWORD });
        expect(there()).toMatchObject([{ passwordDigest: digestOf(PASSWORD) }]);
    });

    it("has no password sent where the stack knows none, as after an import, and that is said", async () => {
        set({ password: OTHER_PASSWORD });
        const { id, inputs, outputs } = await mailbox.get(`${domain}/alice`);
        mailbox.state = { id, inputs, outputs };
        await expect(mailbox.up(alice)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
        await gandi.lines.matching(/its password stays as it is, as the stack knows no earlier one/);
        await mailbox.up({ ...alice, password: `${PASSWORD}4` });
        expect(there()).toMatchObject([{ passwordDigest: digestOf(`${PASSWORD}4`) }]);
    });

    it("needs a password to be made, which preview says by its name", async () => {
        await expect(mailbox.reasons({ domain, login: "alice" })).resolves.toEqual([
            expect.stringMatching(/^password: is required: there is no mailbox alice@/),
        ]);
        await mailbox.up({ ...alice, password: HASH });
        expect(there()).toMatchObject([{ passwordDigest: digestOf(HASH) }]);
    });

    it("survives a rename, a move and a taint", async () => {
        const kept = { ...alice, deletionPolicy: "delete", adopt: true };
        await mailbox.up(kept);
        const [{ id } = { id: "" }] = there();
        await mailbox.recreate(kept);
        expect(there()).toMatchObject([{ id, passwordDigest: digestOf(PASSWORD) }]);
        await gandi.lines.matching(/\/alice: still declared/);
    });

    it("survives a taint without the word, too: the create is refused, and nothing deleted", async () => {
        await mailbox.up({ ...alice, deletionPolicy: "delete" });
        await expect(mailbox.recreate({ ...alice, deletionPolicy: "delete" })).rejects.toThrow(/adopt: true/);
        expect(logins()).toEqual(["alice"]);
    });

    it("is nowhere in what is logged or said", async () => {
        await mailbox.up(alice);
        const body = { code: 400, message: `no ${OTHER_PASSWORD} here`, object: "HTTPBadRequest", cause: "x" };
        gandi.sandbox.addFault({ method: "PATCH", status: 400, body, times: 1 });
        const failed = await mailbox.up({ ...alice, password: OTHER_PASSWORD }).then(String, ({ message }) => message);
        expect(failed).toMatch(/400/);
        expect(failed).not.toContain(OTHER_PASSWORD);
        expect(JSON.stringify(gandi.sandbox.requests())).not.toMatch(/horse|staple/);
    });
});

describe("an API that takes its time", () => {
    it.each([
        ["a lost connection", { kind: "drop-before" }],
        ["a lost answer", { kind: "drop-after" }],
        ["a server error", { status: 502, effect: true }],
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
        ["a rate limit with an effect", { status: 429, effect: true, headers: { "retry-after": "0" } }],
        ["an answer that names nothing", { kind: "empty", status: 202 }],
    ] as const)("%s is looked into, and one mailbox is made (promise 9)", async (what, fault) => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{}, {}] });
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        if (what === "a lost connection") {
            // Nobody knows whether it arrived: the run ends, and the next goes on with what is there.
            await expect(mailbox.up(alice)).rejects.toThrow(/Nothing shows of it so far/);
            expect(mailbox.state?.id).toBe(`${domain}/alice`);
        }
        await mailbox.up(alice);
        expect(there()).toMatchObject([{ passwordDigest: digestOf(PASSWORD) }]);
        expect(gandi.sandbox.requests().filter(({ method }) => method === "POST").length).toBeLessThan(3);
    });

    it("saves what is not listed in time as partly made, and the next run goes on with it (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/email/*" });
        const hasty = { ...alice, aliases: ["info"], deletionPolicy: "delete", timeouts: { create: 0.05 } };
        await expect(mailbox.up(hasty)).rejects.toThrow(/alice@.*waiting for the mailbox to be listed/);
        expect(mailbox.state).toMatchObject({ id: `${domain}/alice`, outputs: { mailboxId: there()[0]!.id } });
        gandi.sandbox.clearFaults();
        gandi.writes();
        await expect(mailbox.up({ ...alice, aliases: ["info"] })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
    });

    it("deletes what a run that ran out of time has made, as its id is known", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/email/*" });
        const hasty = { ...alice, deletionPolicy: "delete", timeouts: { create: 0.05 } };
        await expect(mailbox.up(hasty)).rejects.toThrow(/waiting/);
        gandi.sandbox.clearFaults();
        await mailbox.destroy();
        expect(there()).toEqual([]);
    });

    it("finds a change of type whose answer was lost, and asks for no other slot", async () => {
        gandi.sandbox.editDomain(domain, { freeSlots: [{}, { type: "premium" }, { type: "premium" }] });
        await mailbox.up({ ...alice, type: "standard" });
        gandi.writes();
        gandi.sandbox.addFault({ method: "PATCH", kind: "drop-after", times: 1 });
        await mailbox.up({ ...alice, type: "premium" });
        expect(gandi.writes()).toHaveLength(1);
        expect(there()).toMatchObject([{ slot: slots()[1]!.id }]);
    });
});

describe("a refusal", () => {
    it("where the domain's mail is no matter of this API is said in preview", async () => {
        gandi.sandbox.editDomain(domain, { emailOffer: null });
        await expect(mailbox.reasons(alice)).resolves.toEqual([
            expect.stringMatching(/^domain: .* has no mail of Gandi's Email API.*Mailbox API$/),
        ]);
    });

    it("for a forward of that name is Gandi's own, and leaves nothing", async () => {
        gandi.sandbox.editDomain(domain, { forwards: { alice: ["bob@example.org"] } });
        await expect(mailbox.up(alice)).rejects.toThrow(/409 on POST.*Forward 'alice@.*already exists/);
        expect(mailbox.state).toBeUndefined();
    });

    it("for an alias that is another mailbox's leaves what was there, and says so", async () => {
        set({}, "bob");
        await mailbox.up(alice);
        await expect(mailbox.up({ ...alice, aliases: ["bob"] })).rejects.toThrow(/409 on PATCH.*Mailbox 'bob@/);
        expect(there()).toMatchObject([{ login: "bob" }, { login: "alice", aliases: [] }]);
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: mailbox, inputs: { ...alice, deletionPolicy: "delete" }, domain }));
});

describe("bad input (promise 8)", () => {
    const weak = (password: string, lacks: RegExp): [string, object, RegExp] => [
        `a password of ${password.length} characters that is ${lacks.source}`,
        { password },
        lacks,
    ];
    refusesBadInput(
        () => ({ gandi, life: mailbox, good: alice }),
        [
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["a slot that is neither required nor bought", { slot: "take" }, /^slot: must be /],
            ["a duration in years", { duration: 2 }, /^duration: must be 1 or 12, in months/],
            ["a negative limit", { maxPrice: -1 }, /^maxPrice: /],
            ["a currency that is none", { currency: "XXX" }, /^currency: must be /],
            ["no login", { login: undefined }, /^login: is required/],
            ["a login that is no text", { login: 1 }, /^login: must be text, not /],
            ["a whole address as the login", { login: "alice@example.com" }, /^login: .*write "alice"/],
            ["a login with a wildcard", { login: "al*" }, /^login: .*wildcard/],
            ["a login with a slash", { login: "al/ice" }, /^login: .*slash/],
            ["a login with a space", { login: "alice b" }, /^login: .*is no local part/],
            ["a password that is no text", { password: 12345678 }, /^password: must be text, not /],
            weak("A-123", /^password: is too weak for Gandi: it lacks 8 characters$/),
            weak("no-capital-123", /^password: .* lacks a capital letter$/),
            weak("Only-2-digits-1", /^password: .* lacks 3 digits$/),
            weak("N0special123", /^password: .* lacks a character that is neither letter nor digit$/),
            weak("weak", /^password: .* lacks 8 characters, a capital letter, 3 digits, a character/),
            weak(`A-123${"x".repeat(196)}`, /^password: is longer than 200 characters$/),
            ["a hash that is none", { password: "{SHA512-CRYPT}$6$Salt-123" }, /^password: is no hash of SHA512-CRYPT/],
            ["a type that is none", { type: "large" }, /^type: must be one of standard, premium/],
            ["aliases that are no list", { aliases: "info" }, /^aliases: must be a list, not /],
            ["a whole address as an alias", { aliases: ["info@example.com"] }, /^aliases\[0\]: .*write "info"/],
            ["an alias that is too wild", { aliases: ["info", "a*"] }, /^aliases\[1\]: .*at least two characters/],
            ["an alias with a wildcard inside", { aliases: ["in*fo"] }, /^aliases\[0\]: .*before or after/],
            ["an alias with two wildcards", { aliases: ["*info*"] }, /^aliases\[0\]: .*once/],
            ["an alias that stands twice", { aliases: ["info", "INFO"] }, /^aliases\[1\]: .*same alias as "info"/],
            ["the login as an alias", { aliases: ["info", "Alice"] }, /^aliases\[1\]: "alice" is the login itself/],
            ["antispam that is neither yes nor no", { antispam: "yes" }, /^antispam: must be true or false, not /],
            ["a responder that is text", { responder: "Away" }, /^responder: must be an object/],
            ["a responder without a switch", { responder: { message: "Away" } }, /^responder\.enabled: is required/],
            ["a responder without words", { responder: { enabled: true } }, /^responder\.message: is required/],
            [
                "a responder from some day on",
                { responder: { enabled: true, message: "Away", startsAt: "tomorrow" } },
                /^responder\.startsAt: is no time in ISO 8601/,
            ],
            [
                "a responder that ends before it starts",
                {
                    responder: {
                        enabled: true,
                        message: "Away",
                        startsAt: "2030-01-02T00:00:00Z",
                        endsAt: "2030-01-02T00:30:00+01:00",
                    },
                },
                /^responder\.endsAt: .* is not after startsAt/,
            ],
            ["renewal without a switch", { autorenew: { duration: 1 } }, /^autorenew\.enabled: is required/],
            [
                "renewal for half a year",
                { autorenew: { enabled: true, duration: 6 } },
                /^autorenew\.duration: must be 1 or 12/,
            ],
            ["an adoption that is neither yes nor no", { adopt: "yes" }, /^adopt: must be true or false, not /],
            ["a policy that is none", { deletionPolicy: "keep" }, /^deletionPolicy: /],
            ["a misspelled property", { alias: ["info"] }, /^alias: .*did you mean aliases/],
        ],
    );
});
