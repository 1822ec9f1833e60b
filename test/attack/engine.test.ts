import { PERSON as owner } from "../harness/contacts";
import { embedded } from "../scenarios/engines";
import { type Program, Stage } from "../scenarios/stage";
import { EngineProcess, type Victim } from "./engineProcess";
import { arrived, become, hold, type Moment } from "./moment";

jest.setTimeout(300_000);

const shop: Program<{ owner: typeof owner }> = (gandi, _pulumi, given) => {
    const domain = new gandi.Domain("shop", {
        fqdn: "shop.com",
        maxPrice: 20,
        owner: { ...given.owner, type: "individual" },
    });
    new gandi.LiveDnsRecord("spf", { domain: domain.fqdn, name: "mail", type: "TXT", values: ["v=spf1 -all"] });
};

/** Two POSTs go out for an order: its dry run, then itself. */
const order = { method: "POST", path: "/domain/domains", skip: 1 };
const record = { method: "POST", path: "/livedns/domains/shop.com/records" };

describe("an up of which a process is killed with SIGKILL, and the next one (promises 1 and 5)", () => {
    it.each<[Victim, string, Moment, number | undefined]>([
        ["provider", "just before the order", order, undefined],
        ["program", "while the order is on its way", order, 300],
        ["engine", "while the order is on its way, which then goes through unseen", order, 300],
        [
            "engine",
            "after the order, whose answer was lost",
            { method: "GET", path: "/domain/domains/shop.com", skip: 2, lostAnswer: order },
            undefined,
        ],
        [
            "engine",
            "after the record was made, and before it could save that",
            { ...record, lostAnswer: record },
            undefined,
        ],
    ])("has one domain and one record in the end: the %s, %s", async (victim, _when, moment, delay) => {
        const stage = await Stage.open(embedded, { title: "", sandbox: { zones: {} }, play: async () => {} });
        stage.program(shop, { owner });
        const { sandbox } = stage;
        hold(sandbox, moment, delay);
        const engine = new EngineProcess(stage.dir, stage.env);
        try {
            await arrived(sandbox);
            await engine.kill(victim);
            sandbox.clearFaults();
            if (delay !== undefined) {
                await become(() => sandbox.state.orders("shop.com").length > 0);
            }

            await stage.up();
            expect(sandbox.state.orders("shop.com")).toHaveLength(1);
            expect(sandbox.state.domain("shop.com")).toBeDefined();
            expect(stage.zone("shop.com")).toMatchObject({ "mail TXT": ['"v=spf1 -all"'] });
            const { deployment } = await stage.exportStack();
            const ids = deployment.resources.map(({ id }: { id?: string }) => id);
            expect(ids).toEqual(expect.arrayContaining(["shop.com", "shop.com/mail/TXT"]));
        } finally {
            await engine.end();
            await stage.close();
        }
    });
});
