import { cells } from "./cells";
import type { Part } from "./part";

/** All the parts there are. */
export const parts: readonly Part[] = [cells];
