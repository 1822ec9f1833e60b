import { PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";

let gandi: Gandi;

beforeEach(async () => {
    gandi = await startGandi({ zones: { "example.com": "" } });
});
afterEach(() => gandi.close());

/** Has somebody change something between the last write of an operation and the read that follows it. */
function afterTheWrite(request: string, change: () => void): void {
    const { faults } = gandi.sandbox;
    const take = faults.take.bind(faults);
    let hasWritten = false;
    const taken = jest.spyOn(faults, "take").mockImplementation((asked, path) => {
        if (hasWritten && asked === "GET") {
            taken.mockRestore();
            change();
        }
        hasWritten ||= `${asked} ${path}`.includes(request);
        return take(asked, path);
    });
}

describe("what somebody else sets before a write is read back", () => {
    const shop = (more: object) => ({ fqdn: "example.com", adopt: true, owner: PERSON, ...more });

    it("is drift of the next refresh, and the next up sets it right: it hides in no state", async () => {
        const domain = gandi.life("Domain");
        await domain.up(shop({}));
        afterTheWrite("PUT /v5/domain/domains/example.com/tags", () =>
            gandi.sandbox.editDomain("example.com", { owner: { ...PERSON, city: "Brest" }, tags: ["shop"] }),
        );
        await domain.up(shop({ owner: { ...PERSON, city: "Lyon" }, tags: ["shop"] }), { unsettled: true });

        expect(domain.state?.outputs.owner).toMatchObject({ city: "Lyon" });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.owner).toMatchObject({ city: "Brest" });
        await domain.up(shop({ owner: { ...PERSON, city: "Lyon" }, tags: ["shop"] }));
        expect(gandi.sandbox.state.domain("example.com")?.owner).toMatchObject({ city: "Lyon" });
    });
});
