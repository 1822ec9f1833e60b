/** How many are named to people. */
const NAMED = 10;

/** Names in a sentence: of many the first ones, and how many more there are. */
export function someOf(names: readonly string[]): string {
    const rest = names.length - NAMED;
    return rest > 0 ? `${names.slice(0, NAMED).join(", ")} and ${rest} more` : names.join(", ");
}
