import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaError, tooLargeError, transportError } from "../../provider/api/explain";
import { CODES, type Code, codeOf, withCode } from "../../provider/core/codes";
import { DeadlineError, FailedError } from "../../provider/core/doing/poll";
import { messageOf } from "../../provider/core/failures";
import { Run } from "../../provider/core/process/run";
import { TOKENS } from "../../sandbox";
import { COMPANY, PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import { Life, Refused } from "../harness/life";

const ROOT = join(__dirname, "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "troubleshooting.md"), "utf8");

let gandi: Gandi;
beforeAll(async () => {
    gandi = await startGandi({
        delays: { order: 3600, showing: 86_400_000 },
        seed: {
            domains: [
                { fqdn: "example.com", zone: "www 300 A 192.0.2.9\ncname 300 CNAME www" },
                { fqdn: "bob.example", organization: "second" },
                { fqdn: "away.example", livedns: false },
            ],
        },
    });
});
afterEach(() => gandi.sandbox.clearFaults());
afterAll(() => gandi.close());

const record = { domain: "example.com", name: "new", type: "A", values: ["192.0.2.1"] };
const order = { fqdn: "price.com", owner: PERSON, maxPrice: 20 };
const life = (kind: string, config: Record<string, string> = {}) => new Life(gandi.runs(config), kind);
const up = (kind: string, inputs: object, config?: Record<string, string>) => life(kind, config).up(inputs as never);
const check = (kind: string, inputs: object, config?: Record<string, string>) =>
    life(kind, config).check(inputs as never);
/** An `up` while the API answers so. */
const faulty = (fault: object, kind = "LiveDnsRecord", inputs: object = record) => {
    gandi.sandbox.addFault({ path: "/v5/livedns/domains/example.com/records*", ...fault } as never);
    return up(kind, inputs);
};
const attempt = {
    method: "GET",
    path: "/v5/livedns/domains",
    host: "api.gandi.net",
    credential: {
        scheme: "Bearer" as const,
        token: "secret-token",
        source: "the environment variable GANDI_PERSONAL_ACCESS_TOKEN",
    },
    aboutDomain: false,
};
const thrown = (error: unknown) => Promise.reject(error);

/**
 * How they come about: by a resource where one can meet it at once, else as the part that makes the error makes it. The rest
 * needs a program, a registry that fails or a run that was killed, and is met in the tests of those.
 */
const PROVOKED: Readonly<Partial<Record<Code, () => Promise<unknown>>>> = {
    "token-refused": () => up("LiveDnsRecord", record, { "gandi:personalAccessToken": TOKENS.expired }),
    "permission-missing": () =>
        faulty({
            status: 403,
            body: { code: 403, object: "HTTPForbidden", message: "Access was denied to this resource." },
        }),
    "domain-not-visible": () => up("LiveDnsRecord", { ...record, domain: "bob.example" }),
    "registry-busy": () =>
        faulty(
            {
                path: "/v5/domain/*",
                method: "GET",
                status: 400,
                body: { code: 400, message: "There is a pending operation on this domain" },
            },
            "GlueRecord",
            { domain: "example.com", name: "ns1", ips: ["192.0.2.1"] },
        ),
    "request-refused": () =>
        faulty({ method: "POST", status: 400, body: { code: 400, message: "The values are not to our liking" } }),
    "api-failed": () =>
        faulty({ method: "PUT", status: 500 }, "LiveDnsRecord", { ...record, name: "www", adopt: true }),
    "not-the-api": () => faulty({ kind: "html", status: 403 }),
    redirected: () => faulty({ status: 302, body: {} }),
    "weekly-limit": () =>
        faulty({ path: "/v5/email/forwards/*", method: "POST", status: 429 }, "EmailForward", {
            domain: "example.com",
            source: "a",
            destinations: ["b@example.net"],
        }),
    "mailbox-missing": () => {
        gandi.sandbox.mail.addDomain({ fqdn: "mail.example", mailboxes: {} });
        return up("EmailForward", { domain: "mail.example", source: "a", destinations: ["b@example.net"] });
    },
    conflict: () =>
        faulty(
            {
                path: "/v5/livedns/domains/example.com/snapshots",
                method: "POST",
                status: 409,
                body: { code: 409, message: "exists" },
            },
            "Snapshot",
            { domain: "example.com", name: "before" },
        ),
    "read-only": () => up("LiveDnsRecord", record, { "gandi:readOnly": "true" }),
    "no-token": () => check("LiveDnsRecord", record, { "gandi:personalAccessToken": "" }),
    "settings-invalid": () => check("LiveDnsRecord", record, { "gandi:maxPrice": "cheap" }),
    "invalid-input": () => check("LiveDnsRecord", { ...record, ttl: 60 }),
    "invalid-id": () => life("LiveDnsRecord").get("www"),
    "not-found": () => life("LiveDnsRecord").get("example.com/nothing/A"),
    "already-there": () => up("LiveDnsRecord", { ...record, name: "www" }),
    "cname-in-the-way": () => up("LiveDnsRecord", { ...record, name: "cname" }),
    "too-many-removals": () =>
        check("LiveDnsZone", { domain: "example.com", rrsets: {}, exclusive: true, adopt: true, maxRemovals: 0 }),
    "not-in-account": () => check("Domain", { fqdn: "price.com", adopt: "only" }),
    "not-available": () => check("Domain", { ...order, fqdn: "taken-name.com" }),
    "no-price-limit": () => check("Domain", { ...order, maxPrice: undefined }),
    "price-above-limit": () => check("Domain", { ...order, maxPrice: 10 }),
    "currency-differs": async () => {
        const answer = await fetch(`${gandi.sandbox.url}/v5/domain/check?name=price.com`, {
            headers: { authorization: `Bearer ${gandi.sandbox.token}` },
        });
        gandi.sandbox.addFault({ path: "/v5/domain/check", status: 200, body: await answer.json() });
        return check("Domain", { ...order, currency: "USD" });
    },
    "total-above-limit": () => check("Domain", order, { "gandi:maxTotal": "14.39" }),
    "no-price": () => check("MailSlot", { domain: "example.com", type: "standard", duration: 1, maxPrice: 9 }),
    "slot-stays": async () => {
        gandi.sandbox.editDomain("example.com", { freeSlots: [{ type: "premium" }] });
        const { id } = gandi.sandbox.state.domain("example.com")!.slots[0]!;
        const it = life("MailSlot");
        const inputs = { domain: "example.com", type: "premium", adopt: String(id), deletionPolicy: "delete" };
        await it.up(inputs);
        return it.destroy();
    },
    "purchases-forbidden": () => check("Domain", order, { "gandi:purchases": "forbid" }),
    "trademark-notice": () => check("Domain", { ...order, fqdn: "claims-mark.com" }),
    "other-owner": () => check("Domain", { fqdn: "example.com", owner: COMPANY, adopt: true }),
    "owner-change-not-allowed": () => {
        const it = life("Domain");
        const inputs = { fqdn: "example.com", owner: PERSON };
        it.state = { id: "example.com", inputs, outputs: { ...inputs, _v: 1 } };
        return it.check({ ...inputs, owner: { ...PERSON, family: "Turing" } });
    },
    "dnssec-keys-at-registry": async () => {
        gandi.sandbox.world.state.domains.get("away.example")!.dnskeys.push({
            id: 1,
            algorithm: 13,
            type: "ksk",
            public_key: "a",
            keytag: 7,
            digest: "00",
            digest_type: 2,
        });
        return up("Nameservers", {
            domain: "away.example",
            nameservers: ["ns1.example.org", "ns2.example.org"],
            adopt: true,
        });
    },
    "other-api": async () => {
        const it = life("LiveDnsRecord");
        it.state = {
            id: "example.com/www/A",
            inputs: record,
            outputs: { ...record, _v: 1, _origin: "http://127.0.0.1:1" },
        };
        return it.refresh();
    },
    "state-newer": async () => {
        const it = life("LiveDnsRecord");
        it.state = { id: "example.com/www/A", inputs: record, outputs: { ...record, _v: 99 } };
        return it.refresh();
    },
    "no-connection": () => thrown(transportError(attempt, "ECONNREFUSED", 60)),
    "certificate-untrusted": () => thrown(transportError(attempt, "SELF_SIGNED_CERT_IN_CHAIN", 60)),
    "no-answer-in-time": () => thrown(transportError(attempt, "DEADLINE", 60)),
    "answer-not-as-documented": () =>
        thrown(schemaError(attempt, "GET /v5/livedns/domains", 200, ["0.fqdn: is required"])),
    "answer-too-large": () => thrown(tooLargeError(attempt, 200)),
    "time-limit": () =>
        thrown(
            new DeadlineError(
                "shop.com: registering, step 2 of 3 (WAIT): not done after 1 h; timeouts.create gives it more time.",
                undefined,
            ),
        ),
    "operation-failed": () =>
        thrown(new FailedError("the transfer of shop.com failed: the transfer code is wrong", undefined)),
    "run-ended": async () => {
        const run = new Run({ log: () => {} });
        run.end(() => {});
        run.admit();
    },
    unexpected: () => thrown(new TypeError("Cannot read properties of undefined (reading 'fqdn')")),
};

/** The sections of the page: what stands in quotes, and its heads. */
const sections = new Map(
    [...PAGE.matchAll(/^### (.*)\n\n```\n(.*)\n```\n\n((?:- .*\n?)*)/gm)].map(([, code, message, text]) => [
        code!,
        { message: message!, heads: [...text!.matchAll(/^- \*\*(\w+)\*\*: /gm)].map(([, head]) => head) },
    ]),
);
const codes = Object.keys(CODES) as Code[];

it("has a section of the page for each code, and a code for each section", () => {
    expect([...PAGE.matchAll(/^### (.*)$/gm)].map(([, code]) => code).sort()).toEqual([...codes].sort());
    expect([...sections.keys()].sort()).toEqual([...codes].sort());
});

test.each(codes)("%s has a cause and a cure", (code) => {
    const { heads } = sections.get(code)!;
    expect(heads.filter((head) => head !== "Check")).toEqual(["Cause", "Cure"]);
});

/** Whether a message is as the page quotes it; "…" stands for what differs each time. */
function isQuoted(quote: string, message: string): boolean {
    let at = 0;
    return quote.split("…").every((piece) => {
        const found = message.indexOf(piece.trim(), at);
        at = found + piece.trim().length;
        return found >= 0;
    });
}

test.each(Object.entries(PROVOKED))(
    "%s is what ends such an operation, in the words of the page",
    async (code, provoke) => {
        const error = await provoke().then(
            () => undefined,
            (thrown: unknown) => thrown,
        );
        const said = error instanceof Refused ? error.reasons[0]! : withCode(messageOf(error), codeOf(error));
        expect(said).toMatch(new RegExp(`[^\\]] \\[${code}\\]$`));
        const { message } = sections.get(code)!;
        expect({ said, isQuoted: isQuoted(message, said) }).toEqual({ said, isQuoted: true });
    },
);

test.each(codes.filter((code) => PROVOKED[code] === undefined))("%s is said somewhere", (code) => {
    const sources = readdirSync(join(ROOT, "provider"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && file !== join("core", "codes.ts"))
        .map((file) => readFileSync(join(ROOT, "provider", file), "utf8"));
    const inTable = readFileSync(join(ROOT, "provider", "core", "codes.ts"), "utf8").match(new RegExp(`: "${code}"`));
    expect(sources.some((text) => text.includes(`"${code}"`)) || inTable !== null).toBe(true);
});
