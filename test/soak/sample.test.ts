import { parts } from "../../soak/parts";

/** How many cases of each part stand for all: `npm run soak` plays the rest. */
const SAMPLE = 24;
const SEED = 1;

describe.each(parts.map((part) => [part.name, part] as const))("of the %s of the soak", (_name, part) => {
    it(`a sample of ${SAMPLE} holds`, async () => {
        const size = await part.size();
        const numbers = Array.from({ length: SAMPLE }, (_, at) =>
            Number.isFinite(size) ? Math.floor((at * size) / SAMPLE) : at,
        );
        const failed: string[] = [];
        for (const number of new Set(numbers)) {
            const { title, findings } = await part.play(number, SEED);
            failed.push(...findings.map((finding) => `${part.name} ${number}, ${title}: ${finding}`));
        }
        expect(failed).toEqual([]);
    });
});
