// A definition whose cloud is a file: what it answers and where it fails is what its inputs say. Loaded by the real
// dynamic-provider process in place of one of our kinds.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { z } = require("zod");
const { define } = require("../../../dist/provider/core/define");
const { plainly, remembered } = require("../../../dist/provider/core/property");
const { providerFor } = require("../../../dist/provider/core/process/provider");

/** The whole cloud, by name; several processes share it. */
const cloud = process.env.PROBE_CLOUD;
const there = () => (existsSync(cloud) ? JSON.parse(readFileSync(cloud, "utf8")) : {});
const write = (name, value) => writeFileSync(cloud, JSON.stringify({ ...there(), [name]: value }));

const probe = define({
    kind: "Probe",
    properties: {
        name: {
            schema: z.string(),
            normal: (name) => name.toLowerCase(),
            problems: (name, path) => (name.includes(" ") ? [{ path, reason: "holds a space" }] : []),
        },
        size: plainly(z.number().int().min(1).default(7)),
        tags: {
            schema: z.array(z.string()).optional(),
            same: (old, wanted) => [...old].sort().join() === [...wanted].sort().join(),
        },
        nested: plainly(z.strictObject({ inner: z.string(), count: z.number().optional() }).optional()),
        answer: plainly(z.enum(["good", "undefined", "half", "nothing", "plain", "foreign"]).default("good")),
        policy: remembered(z.string().default("retain")),
    },
    id: ["name"],
    idLike: "the name",
    outputs: ["serial"],
    changing: ["serial"],
    observe: async (_ctx, { name }) => there()[name],
    async ensure(ctx, want, { prior }) {
        ctx.log(`ensure ${want.name} ${prior === undefined ? "anew" : "again"}`);
        if (want.answer === "plain") {
            throw new Error("refused outright");
        }
        write(want.name, { size: want.size });
        return { size: want.size };
    },
    async converge(_ctx, want, seen) {
        if (want.answer === "half") {
            throw new Error("still waiting");
        }
        if (want.answer === "nothing") {
            const { NothingMade } = require("../../../dist/provider/core/failures");
            throw new NothingMade("the order failed");
        }
        return seen;
    },
    describe(seen, want) {
        const odd =
            want.answer === "undefined" ? { deep: { gone: undefined }, at: new Date(0), list: [undefined, 1] } : 42;
        return { inputs: { size: seen.size }, outputs: { serial: odd } };
    },
    remove: async (ctx, { name }) => {
        ctx.log(`remove ${name}`);
        write(name, undefined);
    },
    list: { never: "nobody asks" },
});

module.exports = providerFor(probe);
