/** Whether a text is what a filter's pattern says, in which `*` stands for any characters. */
export function globbed(pattern: string, text: string): boolean {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`).test(text);
}
