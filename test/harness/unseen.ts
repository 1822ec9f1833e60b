import type { PlainObject } from "../../engine/process/providerProcess";
import type { Gandi } from "./gandi";
import type { Life } from "./life";

interface Subject {
    gandi: Gandi;
    life: Life;
    inputs: PlainObject;
    /** The domain that the resource belongs to. */
    domain: string;
}

/** Declares the tests that what the token may not see is neither gone nor written to (promise 6). */
export function forgetsNothingUnseen(subject: () => Subject): void {
    afterEach(() => subject().gandi.sandbox.editToken("first", { status: "valid" }));

    it.each<[string, (subject: Subject) => void, RegExp]>([
        [
            "has expired",
            ({ gandi }) => gandi.sandbox.editToken("first", { status: "expired" }),
            /401.*expired or revoked.*--run-program/,
        ],
        [
            "is of another organisation",
            ({ gandi, domain }) => gandi.sandbox.addDomain({ fqdn: domain, organization: "second" }),
            /may not see.*404 on GET.*gandi:goneDomains/,
        ],
    ])("a token that %s plans nothing and forgets nothing", async (_what, lose, message) => {
        const { gandi, life, inputs } = subject();
        await life.up(inputs);
        const { state } = life;
        lose(subject());
        gandi.writes();
        await expect(life.refresh()).rejects.toThrow(message);
        await expect(life.destroy()).rejects.toThrow(/40[14]/);
        expect(life.state).toEqual(state);
        expect(gandi.writes()).toEqual([]);
    });
}
