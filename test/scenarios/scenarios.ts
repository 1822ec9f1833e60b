import { accounts } from "./accounts";
import { failures } from "./failures";
import { identity } from "./identity";
import { life } from "./life";
import { options } from "./options";
import { refusals } from "./refusals";
import type { Scenario } from "./stage";
import { values } from "./values";

/** Played on the embedded engine always, and on the Pulumi CLI where there is one. */
export const scenarios: readonly Scenario[] = [
    ...life,
    ...identity,
    ...options,
    ...values,
    ...accounts,
    ...refusals,
    ...failures,
];
