import * as pulumi from "@pulumi/pulumi";
import type { AnyDefinition } from "../definition";
import { resourceType } from "./pointer";

/**
 * What the class of every kind is. It has neither a constructor nor a field: V8 leaves such a class out of the stack, of
 * which the SDK skips a fixed number of frames to find the line of the program that declares a resource.
 */
export abstract class GandiResource extends pulumi.CustomResource {
    /** @internal */
    declare static readonly definition: AnyDefinition;

    /** Whether a value is one of this kind, of whichever copy of this package. */
    static override isInstance<T extends pulumi.Resource>(
        this: abstract new (
            ...args: never[]
        ) => T,
        value: unknown,
    ): value is T {
        // biome-ignore lint/complexity/noThisInStatic: it is the subclass that knows its definition
        const { definition } = this as { definition?: AnyDefinition };
        const type = (value as { __pulumiType?: string } | undefined)?.__pulumiType;
        return type !== undefined && type === (definition && resourceType(definition.kind));
    }
}
