import { CommandFailure } from "../command";
import { previewOf } from "../drift/previewOf";
import { declaredIn, domainsOf, judgeOf } from "../drift/unmanaged";
import type { Speech } from "../speech";
import type { PlanOptions } from "./plan";

/**
 * What the program of this folder declares already, by a preview of it. In a domain of which it declares something, what
 * Gandi puts into a fresh zone counts as declared: it is nobody's.
 *
 * @throws CommandFailure where the preview has errors: nobody knows then what is declared
 */
export async function programHere(
    stack: string | undefined,
    speech: Speech,
): Promise<Required<Pick<PlanOptions, "isElsewhere" | "taken">>> {
    const preview = await previewOf(stack === undefined ? {} : { stack }, speech);
    const [error] = preview.errors;
    if (error !== undefined) {
        throw new CommandFailure(`the program of this folder can't be previewed: ${error.message.trim()}`);
    }
    const declared = declaredIn(preview);
    const isDeclared = judgeOf(declared);
    const touched = new Set(declared.flatMap(domainsOf));
    const hasPart = ({ kind, id }: { kind: string; id: string }) =>
        kind === "TsigKey" || touched.has(id.split("/")[0]!);
    return {
        isElsewhere: (found) => hasPart(found) && isDeclared(found),
        taken: declared.map(({ kind, name }) => ({ kind, name })),
    };
}
