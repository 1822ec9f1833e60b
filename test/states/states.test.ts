import { readdirSync } from "node:fs";
import { definitions } from "../../provider/resources/kinds";
import { settle } from "../../scripts/stateOutcome";
import { describeWithPulumi } from "../engine/pulumiCli";
import { embedded, pulumiCli } from "../scenarios/engines";
import type { Engine } from "../scenarios/stage";
import { kindsOf, outcomesOf, RecordedStack } from "./recorded";

jest.setTimeout(300_000);

/** A folder each. None is ever edited: it is what stands in users' backends. See CONTRIBUTING.md. */
const versions = readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Kinds that come with the next version. It takes them from here into a fixture of its own. */
const UNRELEASED: readonly string[] = ["EmailForward", "EmailOffer", "MailSlot", "Mailbox", "WebRedirection"];

test("every kind that was released stands in a fixture", () => {
    const kinds = new Set([...versions.flatMap(kindsOf), ...UNRELEASED]);
    expect([...kinds].sort()).toEqual(Object.keys(definitions).sort());
});

describe("on the embedded engine", () => playAll(embedded));
describeWithPulumi("on the Pulumi CLI", (pulumiDir) => playAll(pulumiCli(pulumiDir)));

function playAll(engine: Engine): void {
    describe.each(versions)("a stack that version %s has left (promise 10)", (version) => {
        const outcomes = outcomesOf(version);
        let stack: RecordedStack;

        beforeEach(async () => {
            stack = await RecordedStack.open(engine, version);
        });
        afterEach(() => stack?.close());

        /** Only what had not come to its end is looked at again. */
        const touched = (steps: string[]) =>
            steps.map((step) => step.replace(/^\S+ /, "")).filter((name) => !stack.unfinished.includes(name));

        test("is at Gandi as it was recorded", () => {
            expect(stack.look()).toEqual(outcomes.recorded);
        });

        test("shows no change in a preview", async () => {
            const steps = await stack.run("preview");
            expect(steps).toEqual(stack.unfinished.map((name) => `update ${name}`).sort());
            expect(stack.writes()).toEqual([]);
        });

        test("shows no change in a refresh, nor in a preview after it", async () => {
            expect(touched(await stack.run("refresh"))).toEqual([]);
            expect(touched(await stack.run("preview"))).toEqual([]);
            expect(stack.writes()).toEqual([]);
        });

        test("is gone on with, changed, and destroyed as by the version that wrote it", async () => {
            settle(stack.sandbox);
            expect(touched(await stack.run("up"))).toEqual([]);
            expect(stack.look()).toEqual(outcomes.finished);
            expect(await stack.run("preview", { refresh: true })).toEqual([]);

            await stack.stage("changed");
            await stack.run("up");
            expect(stack.look()).toEqual(outcomes.changed);
            expect(await stack.run("preview", { refresh: true })).toEqual([]);

            await stack.run("destroy");
            expect(stack.look()).toEqual(outcomes.destroyed);
        });

        test("is changed and destroyed at once", async () => {
            settle(stack.sandbox);
            await stack.stage("changed");
            await stack.run("up");
            expect(stack.look()).toEqual(outcomes.changed);
            await stack.run("destroy");
            expect(stack.look()).toEqual(outcomes.destroyed);
        });
    });
}
