/** True for the types whose values users may write as plain text. */
export function isText(type: string): boolean {
    return type === "TXT" || type === "SPF";
}
