import { type Sandbox, startSandbox } from "../../sandbox";
import { cli } from "./cli";

let sandbox: Sandbox;
const DAY = 86_400_000;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

beforeAll(async () => {
    sandbox = await startSandbox({ delays: { operation: 0 }, seed: { domains: [] } });
});
afterAll(() => sandbox.close());

/** A domain that ends so many days from now. */
function ending(fqdn: string, days: number, autorenew = false, more: object = {}): number {
    sandbox.addDomain({ fqdn, ...more });
    sandbox.editDomain(fqdn, { autorenew: { enabled: autorenew } });
    const domain = sandbox.world.state.domains.get(fqdn)!;
    domain.endsAt = Date.now() + days * DAY + 60_000;
    return domain.endsAt;
}
const endOf = (fqdn: string) => day(sandbox.world.state.domains.get(fqdn)!.endsAt);
const called = (args: string[], env: Record<string, string> = {}) => cli(sandbox, args, { env });
const posts = (fqdn: string) =>
    sandbox
        .requests()
        .filter(({ method, path }) => method === "POST" && path.includes(`/${fqdn}/renew`))
        .map(({ headers }) => (headers["dry-run"] === "1" ? "dry run" : "for real"));

beforeEach(() => {
    for (const fqdn of sandbox.state.domains()) sandbox.removeDomain(fqdn);
    sandbox.clearFaults();
    sandbox.clearRequests();
    sandbox.editOrganization("first", { balance: 1000 });
});

describe("renewals", () => {
    it("lists what ends, the first first, and says with its exit code that something does not renew", async () => {
        const soon = ending("soon.com", 12);
        const later = ending("later.org", 50, true);
        ending("far.net", 200);
        const { code, lines } = await called(["renewals", "--before", "60d"]);
        expect(code).toBe(4);
        expect(lines).toEqual([
            `${day(soon)}  in 12 days     domain   soon.com   does not renew`,
            `${day(later)}  in 50 days     domain   later.org  renews by itself`,
            expect.stringMatching(/^2 end before \d{4}-\d\d-\d\d, 1 of them without renewing$/),
        ]);
    });

    it("is done where all that ends renews, or nothing ends", async () => {
        ending("renewing.com", 3, true);
        expect(await called(["renewals"])).toMatchObject({ code: 0 });
        const nothing = await called(["renewals", "--before", day(Date.now())]);
        expect(nothing).toMatchObject({ code: 0, lines: [expect.stringMatching(/^nothing ends before/)] });
    });

    it("has prices where they are asked for, and is data for programs", async () => {
        ending("priced.com", 5);
        const { stdout } = await called(["renewals", "--before", "2w", "--prices", "--json"]);
        expect(JSON.parse(stdout)).toMatchObject({
            ending: [
                {
                    kind: "domain",
                    name: "priced.com",
                    renews: false,
                    price: { amount: 14.4, currency: "EUR", years: 1 },
                },
            ],
        });
    });

    it("tells mailboxes, too", async () => {
        ending("mail.com", 300, true, { emailOffer: {} });
        sandbox.editDomain("mail.com", { mailboxes: { alice: {} }, freeSlots: [{ type: "standard_2023" }] });
        const { lines, stdout } = await called(["renewals", "--before", "2100-01-01"]);
        expect(stdout).not.toContain("EUR");
        const priced = await called(["renewals", "--before", "2100-01-01", "--prices", "--json"]);
        expect(JSON.parse(priced.stdout).ending).toContainEqual(
            expect.objectContaining({ kind: "slot", price: { amount: 11.52, currency: "EUR", years: 1 } }),
        );
        expect(lines).toContainEqual(
            expect.stringMatching(/mailbox {2}alice@mail\.com +(does not renew|renews by itself)$/),
        );
        expect(lines).toContainEqual(
            expect.stringMatching(/slot {5}mail\.com\/\d+ +Gandi does not tell whether it renews$/),
        );
    });

    it.each([["soon"], ["2027-02-30"], ["60"]])("knows no time called %s", async (when) => {
        expect(await called(["renewals", "--before", when])).toMatchObject({
            code: 2,
            stderr: expect.stringContaining(`--before ${when}: is no date`),
        });
    });
});

describe("renew", () => {
    const order = (fqdn: string, more: string[] = []) => [
        ...["renew", fqdn, "--years", "2", "--expires-now", endOf(fqdn), "--max-price", "30", "--yes"],
        ...more,
    ];

    it("shows price, payer and balance, sends nothing, and prints the command that does it", async () => {
        const ends = ending("shown.com", 20, true);
        const { code, lines, stderr } = await called(["renew", "shown.com", "--years", "2"]);
        expect(code).toBe(0);
        expect(lines).toEqual([
            `shown.com: ends on ${day(ends)} (in 20 days)`,
            expect.stringMatching(/^2 years more: 28\.80 EUR, taxes included, until \d{4}-\d\d-\d\d$/),
            "payer: the token's own organisation, 1000.00 EUR prepaid",
            `Nothing was renewed. To do it: npx pulumi-gandi renew shown.com --years 2 --expires-now ${day(ends)} --max-price 28.80 --yes`,
        ]);
        expect(stderr).toContain(`renews by itself before ${day(ends)} anyway, which is near`);
        expect(posts("shown.com")).toEqual([]);
    });

    it("renews once, after a dry run, and a second run of the same command sends nothing", async () => {
        ending("once.com", 20);
        const command = order("once.com");
        const { code, lines } = await called(command);
        expect({ code, last: lines.at(-1) }).toEqual({
            code: 0,
            last: `once.com: renewed, ends on ${endOf("once.com")}`,
        });
        expect(posts("once.com")).toEqual(["dry run", "for real"]);
        expect(sandbox.state.balance("first")).toBe(971.2);
        expect(await called(command)).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(/ends on .*, not on .*: it may have been renewed already\. Nothing was sent/),
        });
        expect(sandbox.state.balance("first")).toBe(971.2);
    });

    it("finds a renewal whose answer was lost, and sends nothing again", async () => {
        ending("lost.com", 20);
        sandbox.addFault({ kind: "drop-after", method: "POST", path: "*/renew", skip: 1 });
        const { code, stderr } = await called(order("lost.com"));
        expect({ code, stderr }).toEqual({
            code: 0,
            stderr: expect.stringContaining("the answer was lost, but it was renewed"),
        });
        expect(posts("lost.com")).toEqual(["dry run", "for real"]);
    });

    it.each([
        ["refuses an end that is another", () => ["--expires-now", "2031-01-01"], 1, /ends on .*, not on 2031-01-01/],
        [
            "refuses a price above the limit",
            () => ["--max-price", "28.79"],
            1,
            /costs 28\.80 EUR.*more than --max-price 28\.79/,
        ],
        ["knows 1 to 9 years", () => ["--years", "10"], 2, /--years 10: must be 1 to 9/],
        ["knows amounts", () => ["--max-price", "cheap"], 2, /--max-price cheap: is no amount/],
    ] as const)("%s", async (_what, more, code, message) => {
        ending("refused.com", 20);
        expect(await called(order("refused.com", more() as string[]))).toMatchObject({
            code,
            stderr: expect.stringMatching(message),
        });
        expect(posts("refused.com")).toEqual([]);
    });

    it.each([["--expires-now"], ["--max-price"]])("does nothing without %s", async (option) => {
        ending("lacking.com", 20);
        const all = order("lacking.com");
        const at = all.indexOf(option);
        const { code, stderr } = await called([...all.slice(0, at), ...all.slice(at + 2)]);
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`--yes needs ${option}`) });
        expect(posts("lacking.com")).toEqual([]);
    });

    it.each([
        ["purchases are forbidden", { GANDI_PURCHASES: "forbid" }, /purchases are "forbid".*so nothing is renewed/],
        ["it may only read", { GANDI_READ_ONLY: "true" }, /GANDI_READ_ONLY.*Nothing was renewed/],
    ])("does nothing where %s", async (_what, env, message) => {
        ending("forbidden.com", 20);
        expect(await called(order("forbidden.com"), env as Record<string, string>)).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(message),
        });
        expect(posts("forbidden.com")).toEqual([]);
    });

    it("says that another operation is under way, and what Gandi refuses", async () => {
        ending("busy.com", 20);
        sandbox.setDelays({ operation: 60_000 });
        sandbox.world.startAtRegistry("busy.com", "authinfo");
        const busy = await called(order("busy.com"));
        sandbox.setDelays({ operation: 0 });
        expect(busy).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(
                /pending operation.*Another operation on busy\.com is under way.*Nothing was renewed/s,
            ),
        });
        ending("poor.com", 20);
        sandbox.editOrganization("first", { balance: 5 });
        expect(await called(order("poor.com"))).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(/that is less than the price[\s\S]*not enough credit.*Nothing was renewed/),
        });
        expect(sandbox.state.balance("first")).toBe(5);
    });

    it("says what can't be renewed", async () => {
        ending("long.com", 8.5 * 365.25);
        expect(await called(["renew", "long.com", "--years", "3"])).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(/it can't be renewed for 3 years: years that it can: 1/),
        });
        expect(await called(["renew", "nobodys.com"])).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(/404 on GET/),
        });
    });
});
