import { parts } from "../../soak/parts";

/** How many cases of each part stand for all: `npm run soak` plays the rest. */
const SAMPLE = 12;
const SEED = 1;

describe.each(parts.filter(({ isSlow }) => !isSlow).map((part) => [part.name, part] as const))(
    "of the %s of the soak",
    (_name, part) => {
        it(`a sample of ${SAMPLE} holds`, async () => {
            const failed: string[] = [];
            for (let at = 0; at < SAMPLE; at++) {
                const { title, findings } = await (part.sample?.(at) ?? part.play(at, SEED));
                failed.push(...findings.map((finding) => `${title}: ${finding}`));
            }
            expect(failed).toEqual([]);
        });
    },
);
