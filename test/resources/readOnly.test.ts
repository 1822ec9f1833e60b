import { ELSEWHERE, everyKind, seedEveryKind } from "../harness/everyKind";
import { type Gandi, startGandi } from "../harness/gandi";
import { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

let gandi: Gandi;
let readers: Runs;

beforeEach(async () => {
    gandi = await startGandi();
    seedEveryKind(gandi.sandbox);
    readers = gandi.runs({ "gandi:readOnly": "true" });
});
afterEach(async () => {
    await readers.close();
    await gandi.close();
});

/** What takes over one that is there, of the kinds that do not without a word. */
const taking = (kind: string, made: Life) =>
    ["Domain", "Mailbox"].includes(kind)
        ? { adopt: true }
        : ["MailSlot", "TsigKey"].includes(kind)
          ? { adopt: made.state!.id.split("/").at(-1) }
          : {};
const NOT_SENT = /(POST|PUT|PATCH|DELETE) \/v5\/\S+ was not sent, as the stack configuration gandi:readOnly lets/;

describe.each(everyKind)("in a run that may only read, a %s", (kind, { least, updates = [] }) => {
    it("that is there is taken over", async () => {
        const made = gandi.life(kind);
        await made.up(least);
        gandi.writes();
        const life = new Life(readers, kind);
        await expect(life.up({ ...least, ...taking(kind, made) })).resolves.toBe("create");
        expect(life.state?.id).toBe(made.state?.id);
        expect(gandi.writes()).toEqual([]);
    });

    it("that is not there is not made", async () => {
        const absent = kind === "LiveDnsDomain" ? { fqdn: ELSEWHERE } : least;
        await expect(new Life(readers, kind).up(absent)).rejects.toThrow(NOT_SENT);
        expect(gandi.writes()).toEqual([]);
    });

    it("is neither changed nor removed", async () => {
        const made = gandi.life(kind);
        await made.up(least);
        gandi.writes();
        const life = made.under(readers);
        for (const update of updates) {
            await expect(life.up({ ...least, ...update })).rejects.toThrow(NOT_SENT);
        }
        // Some are retained, for which nothing is asked.
        await life.destroy().catch((error: Error) => expect(error.message).toMatch(NOT_SENT));
        expect(gandi.writes()).toEqual([]);
    });
});

describe("what makes a run read-only", () => {
    const record = { domain: "bare.example", name: "x", type: "A", values: ["192.0.2.1"] };
    const up = async (config: Record<string, string>, env: Record<string, string>) => {
        const runs = gandi.runs(config, env);
        await new Life(runs, "LiveDnsRecord").up(record).finally(() => runs.close());
    };

    test.each([
        ["a word of the environment against the stack's", { "gandi:readOnly": "false" }, { GANDI_READ_ONLY: "1" }],
        ["a word of the stack against the environment's", { "gandi:readOnly": "true" }, { GANDI_READ_ONLY: "false" }],
        ["for an explicit provider", { "gandi:provider": "second" }, { GANDI_READ_ONLY: "true" }],
    ])("%s", async (_, config, env) => {
        await expect(up(config, env)).rejects.toThrow("lets this run read only");
        expect(gandi.writes()).toEqual([]);
    });

    it("is a word that means something", async () => {
        await expect(up({ "gandi:readOnly": "yes" }, {})).rejects.toThrow(
            "the stack configuration gandi:readOnly must be true or false",
        );
        await up({ "gandi:readOnly": "false" }, { GANDI_READ_ONLY: "0" });
        expect(gandi.writes()).toHaveLength(1);
    });
});
