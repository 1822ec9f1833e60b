import { accounts } from "./accounts";
import { failures } from "./failures";
import { identity } from "./identity";
import { keeping } from "./keeping";
import { life } from "./life";
import { options } from "./options";
import { pending } from "./pending";
import { refusals } from "./refusals";
import type { Scenario } from "./stage";
import { values } from "./values";
import { zones } from "./zones";

// In three parts, which test files of their own play side by side.
export const lives: readonly Scenario[] = [...life, ...identity, ...options, ...pending];
export const trouble: readonly Scenario[] = [...values, ...zones, ...accounts, ...refusals, ...failures];
export { keeping };

/** Played on the embedded engine always, and on the Pulumi CLI where there is one. */
export const scenarios: readonly Scenario[] = [...lives, ...trouble, ...keeping];
