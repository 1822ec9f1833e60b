import { z } from "zod";
import { isSame, optional, type Property, plainly, recordOf } from "../../provider/core/property";

/** A text in whatever case, of which an empty one is none. */
const word: Property<string> = {
    schema: z.string(),
    same: (old = "", wanted = "") => old.toLowerCase() === wanted.toLowerCase(),
    optional: true,
};
const record = recordOf({ city: word, note: optional(word), floor: plainly(z.number().optional()) });

describe("An object of which each part compares on its own", () => {
    it.each([
        ["spelled otherwise", { city: "LYON" }, { city: "Lyon" }],
        ["without what means nothing", { city: "Lyon" }, { city: "Lyon", note: "" }],
    ])("is the same %s", (_how, old, wanted) => {
        expect(isSame(record, old, wanted)).toBe(true);
    });

    it.each([
        ["another value", { city: "Lyon" }, { city: "Nice" }],
        ["a value more", { city: "Lyon" }, { city: "Lyon", note: "new" }],
        ["a value less", { city: "Lyon", floor: 2 }, { city: "Lyon" }],
        ["a part that nobody has heard of", { city: "Lyon" }, { city: "Lyon", street: "rue neuve" }],
    ])("is another one with %s", (_how, old, wanted) => {
        expect(isSame(record, old, wanted)).toBe(false);
    });

    it("stays as it was spelled but for what is otherwise there", () => {
        const there = { city: "LYON", floor: 3 };
        expect(record.spelled?.({ city: "Lyon", note: "gone", floor: 2 }, there, {})).toEqual({
            city: "Lyon",
            floor: 3,
        });
    });

    it("takes no part that it has not", () => {
        expect(record.schema.safeParse({ city: "Lyon" }).success).toBe(true);
        expect(record.schema.safeParse({ city: "Lyon", street: "rue neuve" }).success).toBe(false);
    });
});
