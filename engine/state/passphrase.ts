import { readFileSync } from "node:fs";

/** The passphrase of the secrets provider. @throws when the environment has none; an empty one is one. */
export function passphraseOf(env: Record<string, string>): string {
    const merged: Record<string, string | undefined> = { ...process.env, ...env };
    if (merged.PULUMI_CONFIG_PASSPHRASE !== undefined) {
        return merged.PULUMI_CONFIG_PASSPHRASE;
    }
    if (merged.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined) {
        return readFileSync(merged.PULUMI_CONFIG_PASSPHRASE_FILE, "utf8").trim();
    }
    throw new Error(
        "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    );
}
