import { all, type Output } from "@pulumi/pulumi";

/**
 * An output that the program makes of others, where all of them are there: of what is only read, none is in a run that goes
 * on after something before it has failed.
 */
export function derived(
    parts: [Output<string>, Output<string>],
    make: (one: string, other: string) => string,
): Output<string> {
    return all(parts).apply(([one, other]) =>
        one === undefined || other === undefined ? (undefined as never) : make(one, other),
    );
}
