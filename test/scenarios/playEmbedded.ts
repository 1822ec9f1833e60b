import { embedded } from "./engines";
import { type Scenario, Stage } from "./stage";

/** Declares a test for each scenario, on the embedded engine. */
export function playEmbedded(scenarios: readonly Scenario[]): void {
    jest.setTimeout(300_000);

    describe("on the embedded engine", () => {
        test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_title, scenario) => {
            const stage = await Stage.open(embedded, scenario);
            try {
                await scenario.play(stage);
            } finally {
                await stage.close();
            }
        });
    });
}
