import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let redirection: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let shop: { domain: string; host: string; url: string; type: string };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `web-${++count}.example`;
    shop = { domain, host: "shop", url: "https://shop.example.org/", type: "permanent" };
    gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    redirection = gandi.life("WebRedirection");
});

const redirections = (fqdn = domain) =>
    Object.fromEntries(
        Object.entries(gandi.sandbox.state.domain(fqdn)!.webRedirections).map(([host, { type, url, protocol }]) => [
            host,
            `${type} ${url} ${protocol}`,
        ]),
    );
const edit = (host: string, set: object | null) =>
    gandi.sandbox.editDomain(domain, { webRedirections: { [host]: set } });
const records = (name: string) =>
    Object.fromEntries(
        gandi.sandbox.state
            .zone(domain)!
            .rrsets.filter((rrset) => rrset.name === name)
            .map(({ type, values }) => [type, values]),
    );
const GANDIS = { CNAME: ["webredir.vip.gandi.net."] };

describe("WebRedirection", () => {
    it("is made once, with Gandi's own record, and left alone by the second run (promise 3)", async () => {
        await redirection.up(shop);
        expect(redirections()).toEqual({ [`shop.${domain}`]: "http301 https://shop.example.org/ http" });
        expect(records("shop")).toEqual(GANDIS);
        expect(redirection.state?.id).toBe(`${domain}/shop`);
        expect(gandi.writes()).toEqual([`POST /domain/domains/${domain}/webredirs`]);
        await expect(redirection.preview(shop)).resolves.toBe("same");
        await expect(redirection.refresh()).resolves.toBe("same");
        await expect(redirection.preview(shop)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["another target", { url: "https://example.net/a?b=c" }, "http301 https://example.net/a?b=c http"],
        ["another type", { type: "cloak" }, "cloak https://shop.example.org/ http"],
        ["another type in words", { type: "temporary" }, "http302 https://shop.example.org/ http"],
        ["another protocol", { protocol: "httpsonly" }, "http301 https://shop.example.org/ httpsonly"],
    ])("gets %s with one PATCH of that alone", async (_what, change, there) => {
        await redirection.up(shop);
        gandi.writes();
        gandi.sandbox.clearRequests();
        await expect(redirection.up({ ...shop, ...change })).resolves.toBe("update");
        const sent = gandi.sandbox.requests().filter(({ method }) => method === "PATCH");
        expect(sent.map(({ path }) => path)).toEqual([`/v5/domain/domains/${domain}/webredirs/shop.${domain}`]);
        expect(Object.keys(JSON.parse(sent[0]!.body ?? "{}"))).toEqual(Object.keys(change));
        expect(redirections()).toEqual({ [`shop.${domain}`]: there });
        await expect(redirection.refresh()).resolves.toBe("same");
        expect(redirection.state?.inputs).toMatchObject(change);
    });

    it("counts neither words against codes, nor the spelling of host and URL (promise 3)", async () => {
        await redirection.up({ ...shop, domain: `${domain.toUpperCase()}.`, host: "Shop", url: "https://EXAMPLE.org" });
        gandi.sandbox.addFault({ kind: "respell", path: "*/webredirs*" });
        await expect(redirection.refresh()).resolves.toBe("same");
        const other = { domain, host: "shop", url: "https://example.org/", type: "http301" };
        await expect(redirection.preview(other)).resolves.toBe("same");
        expect(redirections()).toEqual({ [`shop.${domain}`]: "http301 https://EXAMPLE.org http" });
        await redirection.destroy();
        expect(redirections()).toEqual({});
    });

    it.each([
        ["the domain itself", "@", () => domain],
        ["the wildcard", "*", () => `*.${domain}`],
        ["a host in two labels", "a.b", () => `a.b.${domain}`],
    ])("can be of %s", async (_what, host, whole) => {
        await redirection.up({ ...shop, host });
        expect(Object.keys(redirections())).toEqual([whole()]);
        expect(redirection.state?.id).toBe(`${domain}/${host}`);
        await expect(redirection.refresh()).resolves.toBe("same");
        await redirection.up({ ...shop, host, type: "frame" });
        await redirection.destroy();
        expect(redirections()).toEqual({});
    });

    it("warns that the domain itself may be refused, with Gandi's 500 explained", async () => {
        await redirection.check({ ...shop, host: "@" });
        await gandi.lines.matching(/host: redirects the domain itself/);
        gandi.sandbox.addFault({ method: "POST", path: "*/webredirs", status: 500 });
        await expect(redirection.up({ ...shop, host: "@", timeouts: { create: 1 } })).rejects.toThrow(
            /500 on POST.*test environment answers so to a redirection of the domain itself/,
        );
    });

    it("waits for the certificate where that is asked for", async () => {
        await redirection.up({ ...shop, protocol: "https" });
        expect(redirection.state?.outputs.certificateStatus).toBe("pending");
        const other = gandi.life("WebRedirection");
        const secured = { ...shop, host: "secure", protocol: "https", waitForCertificate: true };
        const making = other.up(secured);
        await gandi.lines.matching(/waiting for its certificate, which is "pending"/);
        gandi.sandbox.advance(60_000);
        await making;
        expect(other.state?.outputs.certificateStatus).toBe("valid");
        await expect(other.preview(secured)).resolves.toBe("same");
    });

    it("is replaced by another host, which is listed before the old one goes", async () => {
        await redirection.up(shop);
        gandi.sandbox.clearRequests();
        await expect(redirection.up({ ...shop, host: "store" })).resolves.toBe("replace");
        expect(Object.keys(redirections())).toEqual([`store.${domain}`]);
        const sent = gandi.sandbox.requests().map(({ method }) => method);
        expect(sent.slice(sent.indexOf("POST"), sent.indexOf("DELETE"))).toContain("GET");
    });

    it("is deleted, also when somebody was faster, and says that its record may stay (promise 5)", async () => {
        await redirection.up(shop);
        const { state } = redirection;
        await redirection.destroy();
        expect(redirections()).toEqual({});
        await gandi.lines.matching(/the DNS record that Gandi made for it may stay/);
        gandi.writes();
        redirection.state = state;
        await redirection.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["another target", { url: "https://eve.example/" }, { url: "https://eve.example/" }],
        ["another type", { type: "http302" }, { type: "http302" }],
        ["another protocol", { protocol: "https" }, { protocol: "https" }],
    ])("sees drift to %s as exactly that field, and repairs it (promise 4)", async (_what, set, seen) => {
        await redirection.up(shop);
        edit("shop", set);
        await expect(redirection.refresh()).resolves.toBe("changed");
        expect(redirection.state!.inputs).toMatchObject({ ...shop, ...seen });
        await expect(redirection.up(shop)).resolves.toBe("update");
        expect(redirections()).toEqual({ [`shop.${domain}`]: "http301 https://shop.example.org/ http" });
        await expect(redirection.refresh()).resolves.toBe("same");
    });

    it("is dropped from the state when its domain no longer lists it, and made again (promise 4)", async () => {
        await redirection.up(shop);
        edit("shop", null);
        await expect(redirection.refresh()).resolves.toBe("gone");
        // Its record has stayed, and is nobody's: it is no reason to refuse.
        await expect(redirection.up(shop)).resolves.toBe("create");
        expect(Object.keys(redirections())).toEqual([`shop.${domain}`]);
    });

    it("goes on with the redirection of a run that was killed before it saved (promise 5)", async () => {
        await redirection.up(shop);
        gandi.writes();
        await redirection.createAgain(shop);
        expect(gandi.writes()).toEqual([]);
    });

    it("does not take what leads elsewhere, unless told to adopt it (promise 2)", async () => {
        edit("shop", { url: "https://eve.example/", type: "cloak" });
        await expect(redirection.up(shop)).rejects.toThrow(
            /a redirection is there already, as cloak to https:\/\/eve\.example\/ .*adopt: true/,
        );
        expect(redirection.state).toBeUndefined();
        await redirection.up({ ...shop, adopt: true });
        expect(redirections()).toEqual({ [`shop.${domain}`]: "http301 https://shop.example.org/ http" });
        await expect(redirection.preview(shop)).resolves.toBe("same");
    });

    it("can be read by its id without being managed", async () => {
        edit("shop", { url: "https://example.org/", type: "http302" });
        await expect(redirection.get(`${domain.toUpperCase()}/SHOP`)).resolves.toMatchObject({
            id: `${domain}/shop`,
            outputs: { domain, host: "shop", url: "https://example.org/", type: "http302", protocol: "http" },
        });
        await expect(redirection.get(`${domain}/none`)).rejects.toThrow(`there is no WebRedirection ${domain}/none`);
        await expect(redirection.get(domain)).rejects.toThrow("is no id of a WebRedirection: write domain/host");
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await redirection.up(shop);
        await redirection.recreate(shop);
        expect(Object.keys(redirections())).toEqual([`shop.${domain}`]);
        await gandi.lines.matching(/\/shop: still declared/);
    });

    it("refreshes many with one request", async () => {
        const lives = await Promise.all(
            ["one", "two", "three"].map(async (host) => {
                const life = gandi.life("WebRedirection");
                await life.up({ ...shop, host }, { unsettled: true });
                return life;
            }),
        );
        gandi.sandbox.clearRequests();
        await expect(Promise.all(lives.map((life) => life.refresh()))).resolves.toEqual(["same", "same", "same"]);
        expect(gandi.sandbox.requests()).toHaveLength(1);
    });
});

describe("what stands at its host", () => {
    const set = (name: string, type: string, values: string[]) =>
        gandi.sandbox.setRRset(domain, { name, type, ttl: 300, values });
    const manual = () => gandi.life("LiveDnsDomain").up({ fqdn: domain, automaticSnapshots: false });

    it("is refused in preview, by name (promise 2)", async () => {
        set("shop", "A", ["192.0.2.1"]);
        set("shop", "TXT", ['"x"']);
        await expect(redirection.reasons(shop)).resolves.toEqual([
            expect.stringMatching(/shop\..*would take the place of shop A \(192\.0\.2\.1\), shop TXT.*override: true/),
        ]);
    });

    it("is Gandi's to refuse where this token may not see the zone", async () => {
        set("shop", "A", ["192.0.2.1"]);
        const body = { code: 403, message: "Access was denied", object: "HTTPForbidden", cause: "Forbidden" };
        gandi.sandbox.addFault({ path: "/livedns/*", status: 403, body });
        await expect(redirection.up(shop)).rejects.toThrow(/409 on POST.*A DNS record already exists/);
        expect([redirections(), records("shop")]).toEqual([{}, { A: ["192.0.2.1"] }]);
    });

    it("is refused in up, where it came after the preview", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/livedns/*", times: 1 });
        set("shop", "A", ["192.0.2.1"]);
        await expect(redirection.up(shop)).rejects.toThrow(/would take the place of shop A \(192\.0\.2\.1\)/);
        expect(records("shop")).toEqual({ A: ["192.0.2.1"] });
    });

    it("goes with override, after a snapshot, and is shown before", async () => {
        await manual();
        set("shop", "A", ["192.0.2.1"]);
        gandi.writes();
        await expect(redirection.reasons({ ...shop, override: true })).resolves.toEqual([]);
        await gandi.lines.matching(/will overwrite shop A \(192\.0\.2\.1\)/);
        expect(gandi.writes()).toEqual([]);
        await redirection.up({ ...shop, override: true });
        expect(records("shop")).toEqual(GANDIS);
        const [snapshot] = gandi.sandbox.state.zone(domain)!.snapshots.filter(({ name }) => /by Pulumi/.test(name));
        expect(snapshot?.rrsets.map(({ name, type }) => `${name} ${type}`)).toContain("shop A");
        expect(gandi.writes().map((line) => line.replace(/ .*\//, " "))).toEqual(["POST snapshots", "POST webredirs"]);
    });

    it("needs no override, nor a snapshot, where it is Gandi's own already", async () => {
        set("shop", "CNAME", GANDIS.CNAME);
        await expect(redirection.reasons(shop)).resolves.toEqual([]);
        await redirection.up(shop);
        expect(records("shop")).toEqual(GANDIS);
        expect(gandi.sandbox.state.zone(domain)!.snapshots.filter(({ automatic }) => !automatic)).toEqual([]);
    });

    it("matters at the apex where it says where the site is, and no further", async () => {
        set("@", "MX", ["10 mail.example.net."]);
        set("@", "A", ["217.70.184.50"]);
        await redirection.up({ ...shop, host: "@" });
        expect(records("@")).toEqual({ MX: ["10 mail.example.net."], A: ["217.70.184.38"] });
    });

    it("is in the way at the apex, too, where it is an address", async () => {
        set("@", "AAAA", ["2001:db8::1"]);
        await expect(redirection.reasons({ ...shop, host: "@" })).resolves.toEqual([
            expect.stringMatching(/would take the place of @ AAAA/),
        ]);
    });

    it("is not taken away with a LiveDnsRecord that the program declared before", async () => {
        const record = gandi.life("LiveDnsRecord");
        await record.up({ domain, name: "shop", type: "CNAME", values: GANDIS.CNAME });
        const run = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.token });
        try {
            await redirection.under(run).up(shop);
            await record.under({ ...run, destroying: run.first }).destroy();
            expect(records("shop")).toEqual(GANDIS);
        } finally {
            await run.close();
        }
    });

    it("may lie elsewhere than on LiveDNS", async () => {
        gandi.sandbox.addDomain({ fqdn: domain, livedns: false });
        await redirection.up(shop);
        expect(Object.keys(redirections())).toEqual([`shop.${domain}`]);
    });
});

describe("an API that takes its time", () => {
    it("leaves what is not listed in time partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/domain/*" });
        await expect(redirection.up({ ...shop, timeouts: { create: 0.05 } })).rejects.toThrow(
            /waiting for its redirection to be listed/,
        );
        expect(redirection.state?.id).toBe(`${domain}/shop`);
        gandi.sandbox.clearFaults();
        gandi.writes();
        await expect(redirection.up(shop)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
        await expect(redirection.preview(shop)).resolves.toBe("same");
    });

    it.each([
        ["a lost connection", { kind: "drop-before" }],
        ["a lost answer", { kind: "drop-after" }],
        ["a server error", { status: 502 }],
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
    ] as const)("%s is waited out, and one redirection is made (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await redirection.up(shop);
        expect(redirections()).toEqual({ [`shop.${domain}`]: "http301 https://shop.example.org/ http" });
    });

    it("says what is refused in Gandi's words, and saves nothing", async () => {
        const errors = [{ location: "body", name: "url", description: "forbidden target" }];
        gandi.sandbox.addFault({ method: "POST", status: 400, body: { status: "error", errors } });
        await expect(redirection.up(shop)).rejects.toThrow(/url: forbidden target/);
        expect(redirection.state).toBeUndefined();
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: redirection, inputs: shop, domain }));
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: redirection, good: { ...shop, domain: "example.com" } }),
        [
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["no host", { host: undefined }, /^host: is required/],
            ["a host that is no text", { host: 1 }, /^host: must be text, not /],
            ["a host outside the domain", { host: "www.example.org." }, /^host: .*not inside the zone example\.com/],
            ["a host that is absolute by mistake", { host: "www.example.com" }, /^host: .*write "www"/],
            ["an URL as the host", { host: "https://www.example.com" }, /^host: .*a URL, not a name/],
            ["a wildcard in the middle", { host: "a.*.b" }, /^host: /],
            ["a host that none may have", { host: "a_b" }, /^host: .*letters, digits/],
            ["no url", { url: undefined }, /^url: is required/],
            ["an url that is no text", { url: {} }, /^url: must be text, not /],
            [
                "an url without a scheme",
                { url: "www.example.org" },
                /^url: "www\.example\.org" is no URL: write the whole/,
            ],
            ["an url with a space", { url: "https://example.org/a b" }, /^url: .*is no URL/],
            ["an url of mail", { url: "mailto:alice@example.org" }, /^url: .*leads to http or https/],
            ["an url of ftp", { url: "ftp://example.org/" }, /^url: .*is an URL of "ftp"/],
            ["an url without its host", { url: "https:///a" }, /^url: .*two slashes/],
            [
                "a redirection to itself",
                { url: "http://SHOP.example.com/x" },
                /^url: .*is the host itself: it would go round/,
            ],
            ["no type", { type: undefined }, /^type: is required/],
            ["a type that is none", { type: "301" }, /^type: must be "permanent", "temporary"/],
            ["a protocol that is none", { protocol: "ftp" }, /^protocol: must be "http", "https" or/],
            ["an override that is neither yes nor no", { override: "yes" }, /^override: must be true or false/],
            ["an adoption that is neither yes nor no", { adopt: "yes" }, /^adopt: must be true or false/],
            [
                "a wait that is neither yes nor no",
                { waitForCertificate: 1 },
                /^waitForCertificate: must be true or false/,
            ],
            ["a misspelled property", { target: "https://example.org/" }, /^target: .*did you mean url/],
        ],
    );
});
