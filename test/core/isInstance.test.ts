import * as gandi from "../../provider";
import { resourceType } from "../../provider/core/program/pointer";
import { definitions } from "../../provider/resources/kinds";

type Class = (abstract new (...args: never[]) => object) & { isInstance(value: unknown): boolean };
const kinds = Object.keys(definitions);
const classes = new Map<string, unknown>(Object.entries(gandi));
const classOf = (kind: string) => classes.get(kind) as Class;

/** As resources of another copy of the package are: no class of this one made them. */
const everything = [...kinds.map((kind) => ({ __pulumiType: resourceType(kind) })), {}, "text", null, undefined];

test.each(kinds)("%s.isInstance knows its own, and works without its class", (kind) => {
    const { isInstance } = classOf(kind);
    expect(everything.filter(isInstance)).toEqual([{ __pulumiType: resourceType(kind) }]);
});

test.each(kinds)("a user's subclass of %s has that of its kind", (kind) => {
    abstract class Own extends classOf(kind) {}
    expect(everything.filter((value) => Own.isInstance(value))).toEqual([{ __pulumiType: resourceType(kind) }]);
});
