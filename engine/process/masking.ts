/**
 * A function that replaces secrets by `[secret]`, wherever they stand in a text, also as JSON writes them. Like the
 * Pulumi CLI's filter it leaves alone what would only garble a log: secrets shorter than 3 characters, "true", "false".
 */
export function masker(secrets: Iterable<unknown>): (text: string) => string {
    const written = new Set<string>();
    for (const secret of secrets) {
        if (typeof secret === "string" && secret.length >= 3 && !/^(true|false)$/i.test(secret)) {
            written.add(secret);
            written.add(JSON.stringify(secret).slice(1, -1));
        }
    }
    const longestFirst = [...written].sort((a, b) => b.length - a.length);
    return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, "[secret]"), text);
}
