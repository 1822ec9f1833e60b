/** What somebody most likely meant: the one of `names` that is the word but for case, separators, or one slip of the hand. */
export function nearest(word: string, names: readonly string[]): string | undefined {
    return names.find((name) => folded(name) === folded(word) || isOneSlip(name, word));
}

/** `rrset_values`, `rrset-values` and `rrsetValues` are one word. */
export function folded(word: string): string {
    return word.replace(/[\W_]+/g, "").toLowerCase();
}

/** One character too many, missing, or another one; or two neighbours that changed places. */
function isOneSlip(a: string, b: string): boolean {
    const shorter = Math.min(a.length, b.length);
    let start = 0;
    while (start < shorter && a[start] === b[start]) {
        start++;
    }
    let end = 0;
    while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) {
        end++;
    }
    const [one, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    return (one.length <= 1 && other.length <= 1) || (one.length === 2 && one === [...other].reverse().join(""));
}
