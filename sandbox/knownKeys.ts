/**
 * Refuses what is misspelt: it would be taken for left out, and do something else than was asked for.
 *
 * @param what begins the sentence: `a fault`
 * @throws TypeError that names the key, and what was meant where that is plain
 */
export function refuseUnknownKeys(what: string, given: object, known: readonly string[]): void {
    const unknown = Object.keys(given).find((key) => !known.includes(key));
    if (unknown !== undefined) {
        throw new TypeError(`${what} has no ${JSON.stringify(unknown)}${didYouMean(unknown, known)}`);
    }
}

/** `: did you mean "status"?`, or all that there is. */
export function didYouMean(word: string, known: readonly string[]): string {
    const wanted = folded(word);
    const [nearest] = known
        .map((name) => ({ name, distance: distance(wanted, folded(name)) }))
        .filter((candidate) => candidate.distance <= Math.max(1, Math.floor(candidate.name.length / 3)))
        .sort((a, b) => a.distance - b.distance);
    return nearest === undefined
        ? `; there are ${known.join(", ")}`
        : `: did you mean ${JSON.stringify(nearest.name)}?`;
}

function folded(word: string): string {
    return word.replace(/[\W_]+/g, "").toLowerCase();
}

/** Slips of the hand from one word to the other (optimal string alignment): one too many, missing, wrong, or two swapped. */
function distance(a: string, b: string): number {
    const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
    for (let row = 1; row <= a.length; row++) {
        const cells = [row];
        for (let column = 1; column <= b.length; column++) {
            const change = a[row - 1] === b[column - 1] ? 0 : 1;
            const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
            cells[column] = Math.min(
                rows[row - 1]![column]! + 1,
                cells[column - 1]! + 1,
                rows[row - 1]![column - 1]! + change,
                swapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
            );
        }
        rows.push(cells);
    }
    return rows[a.length]![b.length]!;
}
