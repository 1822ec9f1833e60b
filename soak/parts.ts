import { cells } from "./cells/cells";
import { hostile } from "./hostile";
import { kills } from "./kills";
import type { Part } from "./part";
import { processCells, processKills } from "./processes/processParts";
import { steps } from "./steps";

/** All the parts there are. */
export const parts: readonly Part[] = [cells, kills, steps, hostile, processCells, processKills];
