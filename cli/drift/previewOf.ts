import { resolve } from "node:path";
import { UsageError } from "../command";
import { readText } from "../readText";
import type { Speech } from "../speech";
import { hasEmbeddedStack, previewEmbedded } from "./embedded";
import { type Preview, readPreview } from "./preview";
import { NoPulumi, previewWithCli } from "./pulumiCli";

/** Which preview is meant. */
export interface PreviewSource {
    /** A file that `pulumi preview --json` has printed; `-` is standard input. */
    readonly from?: string;
    readonly embedded?: true;
    readonly stack?: string;
    /** Of Pulumi.yaml. Default: here. */
    readonly directory?: string;
}

/** A preview with refresh of a program, by the Pulumi CLI or, where there is none and a stack of its, the embedded engine. */
export async function previewOf(
    { from, embedded, stack, directory = "." }: PreviewSource,
    speech: Speech,
): Promise<Preview> {
    if (from !== undefined) {
        if (embedded || stack !== undefined)
            throw new UsageError("--from FILE says all: neither --stack nor --embedded");
        return readPreview(await readText(from, speech), from === "-" ? "standard input" : from);
    }
    const target = { directory: resolve(speech.directory, directory), stack, env: speech.env };
    speech.note("reading what there is");
    try {
        return await (embedded ? previewEmbedded(target) : previewWithCli(target));
    } catch (error) {
        if (!(error instanceof NoPulumi) || !hasEmbeddedStack(target)) throw error;
        speech.note("there is no Pulumi CLI on PATH: this is the embedded engine's look at the stack");
        return previewEmbedded(target);
    }
}
