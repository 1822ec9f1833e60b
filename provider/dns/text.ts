/** True for the types whose values users may write as plain text. */
export function isText(type: string): boolean {
    return type === "TXT" || type === "SPF";
}

/** True where a TXT or SPF value starts and ends with a quote: it is presentation text, not plain text. */
export function isQuoted(text: string): boolean {
    const trimmed = text.trim();
    return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
}
