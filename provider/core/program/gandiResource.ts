import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../define";
import { resourceType } from "./pointer";

/**
 * What the class of every kind is. It has neither a constructor nor a field: V8 leaves such a class out of the stack, of
 * which the SDK skips a fixed number of frames to find the line of the program that declares a resource.
 */
export abstract class GandiResource extends pulumi.CustomResource {
    /** @internal */
    declare static readonly definition: Definition;

    /** Whether a value is one of this kind, of whichever copy of this package. Also without its class: `all.filter(X.isInstance)`. */
    static override get isInstance(): (value: unknown) => value is pulumi.CustomResource {
        // biome-ignore lint/complexity/noThisInStatic: it is the subclass that knows its definition
        const type = resourceType(this.definition.kind);
        return (value): value is pulumi.CustomResource =>
            (value as { __pulumiType?: string } | undefined)?.__pulumiType === type;
    }
}
