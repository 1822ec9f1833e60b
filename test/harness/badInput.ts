import type { Gandi } from "./gandi";
import type { Life } from "./life";

/** What is wrong, what makes good inputs so, and what check says of it. */
export type BadInput = readonly [what: string, edit: object, message: RegExp];

/** Of the inputs that every resource has. */
const COMMON: readonly BadInput[] = [
    ["an organisation that is no text", { sharingId: 7 }, /^sharingId: must be text, not /],
    ["an empty organisation", { sharingId: "" }, /^sharingId: .*UUID/],
    ["an organisation by its name", { sharingId: "ACME" }, /^sharingId: .*UUID: getOrganizations lists them/],
    ["time limits that are one number", { timeouts: 60 }, /^timeouts: must be an object, not /],
    ["a time limit that is no duration", { timeouts: { create: "soon" } }, /^timeouts\.create: must be seconds/],
    ["a time limit beyond all timers", { timeouts: { create: "1000h" } }, /^timeouts\.create: must be .*480h/],
    ["a time limit of no time", { timeouts: { update: 0 } }, /^timeouts\.update: must be seconds/],
    ["a time limit that is no number", { timeouts: { delete: true } }, /^timeouts\.delete: /],
    ["a time limit of no operation", { timeouts: { read: 60 } }, /^timeouts: .*"read"/],
];

/**
 * Declares the tests of inputs that check refuses, each with one reason and no request. Every input of the kind must have
 * a case.
 */
export function refusesBadInput(
    subject: () => { gandi: Gandi; life: Life; good: object },
    given: readonly BadInput[],
): void {
    const cases = [...given, ...COMMON];

    it.each(cases)("%s fails in check with nothing sent", async (_what, edit, message) => {
        const { gandi, life, good } = subject();
        const reasons = await life.reasons(JSON.parse(JSON.stringify({ ...good, ...edit })));
        expect(reasons).toEqual([expect.stringMatching(message)]);
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    it("is shown for each of the inputs", async () => {
        const { life, good } = subject();
        const [reason = ""] = await life.reasons({ ...good, unheardOf: true });
        const inputs = /^unheardOf: .*; it has (.*)$/.exec(reason)?.[1]?.split(", ");
        const shown = new Set(cases.flatMap(([, edit]) => Object.keys(edit)));
        expect(inputs).toContain("timeouts");
        expect(inputs?.filter((input) => !shown.has(input))).toEqual([]);
    });
}
