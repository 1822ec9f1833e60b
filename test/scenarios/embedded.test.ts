import { embedded } from "./engines";
import { scenarios } from "./scenarios";
import { Stage } from "./stage";

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
