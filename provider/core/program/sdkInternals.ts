import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";

/** What the SDK has and its types hide. Nobody else of ours reaches behind them. */

/** Whether a key of the configuration is stored as a secret: `pulumi.Config` warns by it, since 2020. */
export function isConfigSecret(key: string): boolean {
    return Reflect.get(pulumi.runtime, "isConfigSecret")(key);
}

/** What is in an Output, with what is unknown in it: the SDK serialises by it. */
export function contentOf(output: pulumi.OutputInstance<unknown>): Promise<unknown> {
    return Reflect.get(output, "promise").call(output, true);
}

/** As `apply`, but `func` is called for what is unknown, too. */
export function applyEvenIfUnknown(output: unknown, func: (value: unknown) => unknown): unknown {
    return Reflect.get(Object(output), "apply").call(output, func, true);
}

/** Whether transformations of these parents, or transforms of the whole program, may still change a resource. */
export function isTransformedFromAbove(parent: pulumi.Resource | undefined): boolean {
    const above: pulumi.Resource | undefined = parent ?? pulumi.runtime.getStackResource();
    const inherited: unknown[] = (above && Reflect.get(above, "__transformations")) ?? [];
    // The engine calls a program back that has transforms.
    return inherited.length > 0 || Reflect.get(state, "getStore")?.().callbacks !== undefined;
}
