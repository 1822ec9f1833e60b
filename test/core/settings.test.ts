import { resolveSettings, SettingsError } from "../../provider/core/process/settings";

const read = (config: Record<string, unknown>) => (key: string) => config[key];
const problems = (config: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) => {
    try {
        resolveSettings(read(config), environment);
        return [];
    } catch (error) {
        expect(error).toBeInstanceOf(SettingsError);
        return [...(error as SettingsError).problems];
    }
};

describe("settings", () => {
    it("come from the stack, then from the environment, field by field", () => {
        const settings = resolveSettings(read({ sharingId: "f1f1f1f1-0000-4000-8000-000000000001", timeout: "90" }), {
            GANDI_PERSONAL_ACCESS_TOKEN: " of-the-environment\n",
            GANDI_SHARING_ID: "f1f1f1f1-0000-4000-8000-000000000002",
            GANDI_URL: "http://127.0.0.1:8053/",
        });
        expect(settings).toEqual({
            credential: {
                scheme: "Bearer",
                token: "of-the-environment",
                source: "the environment variable GANDI_PERSONAL_ACCESS_TOKEN",
            },
            sharingId: "f1f1f1f1-0000-4000-8000-000000000001",
            url: "http://127.0.0.1:8053",
            requestsPerMinute: 1000,
            timeout: 90,
            pollInterval: 5,
            maxPrice: undefined,
            purchases: "allow",
            goneDomains: [],
        });
    });

    it("bound the orders of a run by the least of what the stack and the environment say", () => {
        const of = (maxTotal: string, variable: string) =>
            resolveSettings(read({ key: "k", maxTotal }), { GANDI_MAX_TOTAL: variable }).maxTotal;
        expect([of("20", "30"), of("30", "20.5"), of("", "7"), of("0", ""), of("", "")]).toEqual([
            20,
            20.5,
            7,
            0,
            undefined,
        ]);
        expect(problems({ key: "k", maxTotal: "much" }, { GANDI_MAX_TOTAL: "-1" })).toEqual([
            "the stack configuration gandi:maxTotal must be an amount such as 100",
            "the environment variable GANDI_MAX_TOTAL must be an amount such as 100",
        ]);
    });

    it("take the stack's deprecated key before the environment's token: the account of the stack", () => {
        const { credential } = resolveSettings(read({ key: "stack-key" }), { GANDI_PERSONAL_ACCESS_TOKEN: "other" });
        expect(credential).toEqual({
            scheme: "Apikey",
            token: "stack-key",
            source: "the stack configuration gandi:key",
        });
    });

    it.each([
        [{ purchases: "allow" }, { GANDI_PURCHASES: "forbid" }],
        [{ purchases: "forbid" }, { GANDI_PURCHASES: "allow" }],
        [{ provider: "b", personalAccessToken: "own" }, { GANDI_PURCHASES: "forbid" }],
    ])("forbid purchases where one source says so: %j %j", (stack, environment) => {
        expect(resolveSettings(read({ personalAccessToken: "a", ...stack }), environment).purchases).toBe("forbid");
    });

    it("of an explicit provider never fall back to the environment's credential", () => {
        const environment = { GANDI_PERSONAL_ACCESS_TOKEN: "of-the-wrong-account" };
        expect(problems({ provider: "client-b" }, environment)).toEqual([
            expect.stringContaining('the gandi.Provider "client-b" needs a personalAccessToken of its own'),
        ]);
        const { credential } = resolveSettings(read({ provider: "client-b", personalAccessToken: "own" }), environment);
        expect(credential).toMatchObject({
            token: "own",
            source: 'personalAccessToken of the gandi.Provider "client-b"',
        });
    });

    it("of an explicit provider share the environment's address with the stack's: all accounts of a sandbox or none", () => {
        const environment = { GANDI_URL: "http://127.0.0.1:8053", GANDI_SHARING_ID: "of-the-wrong-account" };
        const configured = { provider: "client-b", personalAccessToken: "own" };
        expect(resolveSettings(read(configured), environment)).toMatchObject({
            url: "http://127.0.0.1:8053",
            sharingId: undefined,
        });
        const { url } = resolveSettings(read({ ...configured, url: "http://127.0.0.1:9" }), environment);
        expect(url).toBe("http://127.0.0.1:9");
    });

    it.each([
        ["nothing", {}, {}, /no Gandi token: run `pulumi config set --secret/],
        ["an empty variable, as CI sets it", {}, { GANDI_PERSONAL_ACCESS_TOKEN: "" }, /no Gandi token/],
        ["a token and a key in one source", { personalAccessToken: "a", key: "b" }, {}, /are both set: keep one/],
        ["a token with a space in it", { personalAccessToken: "two words" }, {}, /is no token/],
        ["an address that is none", { personalAccessToken: "a", url: "gandi" }, {}, /gandi:url/],
        ["http to elsewhere", { personalAccessToken: "a", url: "http://example.com" }, {}, /in clear/],
        [
            "a number that is none",
            { personalAccessToken: "a", maxPrice: "cheap" },
            {},
            /gandi:maxPrice must be an amount/,
        ],
        ["no finite price", { personalAccessToken: "a", maxPrice: "Infinity" }, {}, /gandi:maxPrice must be an amount/],
        ["a time beyond all timers", { personalAccessToken: "a", timeout: "1e9" }, {}, /gandi:timeout must be seconds/],
        [
            "an organisation's name",
            { personalAccessToken: "a", sharingId: "ACME" },
            {},
            /gandi:sharingId must be .*UUID/,
        ],
        ["a domain that is none", { personalAccessToken: "a", goneDomains: "sold" }, {}, /gandi:goneDomains: "sold": /],
        ["no time at all", { personalAccessToken: "a", pollInterval: "0" }, {}, /gandi:pollInterval must be seconds/],
        ["another word", { personalAccessToken: "a", purchases: "never" }, {}, /"allow" or "forbid"/],
        [
            "another word of the environment",
            { personalAccessToken: "a" },
            { GANDI_PURCHASES: "no" },
            /the environment variable GANDI_PURCHASES must be "allow" or "forbid"/,
        ],
        ["a list that is none", { personalAccessToken: "a", goneDomains: "[sold" }, {}, /a list of domains/],
    ])("with %s are an error that names its source", (_what, config, environment, message) => {
        expect(problems(config, environment)).toEqual([expect.stringMatching(message)]);
    });

    it("report everything at once and never hold a token in a message", () => {
        const found = problems({ personalAccessToken: "tell no one", url: "x", timeout: "soon" });
        expect(found).toHaveLength(3);
        expect(found.join()).not.toContain("tell no one");
    });

    it.each([
        ['["Sold.example", "lost.example."]', ["sold.example", "lost.example"]],
        ["sold.example, lost.example", ["sold.example", "lost.example"]],
        ["bücher.example", ["xn--bcher-kva.example"]],
    ])("read the list of gone domains from %s", (text, names) => {
        expect(resolveSettings(read({ personalAccessToken: "a", goneDomains: text }), {}).goneDomains).toEqual(names);
    });
});
