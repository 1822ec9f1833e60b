/**
 * What the engine loads: the `__provider` text of every resource's state is
 * `exports.handler=()=>require("pulumi-gandi/runtime").get("<Kind>");`. This module's path and the meaning of `get` are
 * part of every user's state: they never change.
 * @module
 */
import type { dynamic } from "@pulumi/pulumi";
import { providerFor } from "./core/process/provider";
import { runOfThisProcess } from "./core/process/run";
import { definitions } from "./resources/kinds";

const run = runOfThisProcess();

/**
 * The provider object of a kind of resource. Returns at once and does no I/O.
 * @throws Error when this version has no such kind: the state is then of a newer one.
 */
export function get(kind: string): dynamic.ResourceProvider {
    const definition = definitions[kind];
    if (definition === undefined) {
        throw new Error(`this version of pulumi-gandi knows no resource ${kind}: update the package`);
    }
    return providerFor(definition, run);
}
