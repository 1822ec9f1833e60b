import type { Definition } from "../define";
import type { Secrets } from "../inputs/secrets";

/** An id can't be a secret: the engine has no mark for one. */
export function warnOfId(
    definition: Definition,
    id: string | undefined,
    secrets: Secrets,
    log: (line: string) => void,
): void {
    const names = definition.identity.filter((property) => secrets.has(property)).join(" and ");
    if (id !== undefined && names !== "" && secrets.holds(id)) {
        log(
            `warning: ${definition.kind}: ${names} is given as a secret, but is part of the resource's id, which ` +
                "Pulumi keeps in the state and shows in clear",
        );
    }
}
