import { cells } from "./cells/cells";
import { hostile } from "./hostile";
import { kills } from "./kills";
import { load } from "./load";
import type { Part } from "./part";
import { processCells, processKills } from "./processes/processParts";
import { renames } from "./renames";
import { steps } from "./steps";

/** All the parts there are. */
export const parts: readonly Part[] = [cells, kills, renames, steps, hostile, load, processCells, processKills];
