import type { Fields } from "./fields";
import { isHostName } from "./rdata";

/** Guess: how many nameservers a registry takes. */
const MOST_NAMESERVERS = 13;

/** The host names of `nameservers`, with or without final dot. @param rules those of a list of strings. */
export function readNameservers(fields: Fields, rules: { required?: boolean; empty?: string } = {}) {
    const nameservers = fields.strings("nameservers", rules);
    nameservers?.forEach((name, index) => {
        if (!isHostName(name)) {
            fields.fail(`nameservers.${index}`, "invalid hostname");
        }
    });
    if ((nameservers?.length ?? 0) > MOST_NAMESERVERS) {
        fields.fail("nameservers", `Longer than maximum length ${MOST_NAMESERVERS}`);
    }
    return nameservers;
}
