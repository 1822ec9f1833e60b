import { isProviderType, isStack, nameOf, typeOf } from "../../engine/state/urn";
import { CommandFailure } from "../command";
import { type Difference, differencesBetween, isOurs } from "./differences";
import type { Preview, State, Step } from "./preview";

/** What is not as declared of one resource. */
export interface Finding {
    readonly urn: string;
    /** `LiveDnsRecord`; of other packages the whole type. */
    readonly kind: string;
    /** Its name in the program. */
    readonly name: string;
    /** As Gandi knows it; undefined for what is not there yet. */
    readonly id: string | undefined;
    /** `gone`: it was there; `missing`: it was never made; `undeclared`: the program has it no longer. */
    readonly what: "changed" | "gone" | "missing" | "undeclared" | "replaced";
    /** Nothing where it is the whole resource, or where it waits for somebody. */
    readonly differences: readonly Difference[];
    /** It is as declared, and the next `up` looks again: what was asked for waits for people, or for a registry. */
    readonly waits: boolean;
}

/** What a preview says of a stack. */
export interface Findings {
    readonly stack: string;
    /** Of how many resources it tells, the stack itself not counted. */
    readonly resources: number;
    /** Changed outside of the program. */
    readonly drift: readonly Finding[];
    /** Declared, and not yet carried out. */
    readonly pending: readonly Finding[];
}

/** Outputs that say that a resource asks for another look. */
const WAITING = ["pending", "ownerChangePending", "transferPending"];

const NOTHING: State = { inputs: {}, outputs: {} };

/**
 * Tells what was changed outside of a program from what the program has changed: by the state before the refresh, which a
 * preview shows in its steps of that name.
 * @throws CommandFailure for a preview without a refresh: it knows nothing of what is there
 */
export function findingsIn({ steps }: Preview): Findings {
    const stack = steps.find(({ urn }) => isStack(urn))?.urn ?? steps[0]?.urn ?? "";
    const resources = new Map<string, Step[]>();
    for (const step of steps.filter(({ urn }) => !isStack(urn) && !isProviderType(typeOf(urn)))) {
        resources.set(step.urn, [...(resources.get(step.urn) ?? []), step]);
    }
    const all = [...resources.values()];
    const isRead = (own: Step[]) => own.some(({ op }) => op === "refresh");
    if (!all.some(isRead) && all.flat().some(({ old }) => old?.id !== undefined)) {
        throw new CommandFailure("the preview was made without --refresh, so that it tells nothing of what is there");
    }
    const found = all.map(findingOf).filter((finding) => finding !== undefined);
    found.sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
    return {
        stack: /^urn:pulumi:(.*?)::/.exec(stack)?.[1] ?? "",
        resources: all.length,
        drift: found.filter(isDrift),
        pending: found.filter((finding) => !isDrift(finding)),
    };
}

function isDrift({ what, differences }: Finding): boolean {
    return what === "gone" || differences.some((difference) => difference.isDrift);
}

/** @param own the steps of one resource */
function findingOf(own: readonly Step[]): Finding | undefined {
    const step = (...ops: string[]) => own.find(({ op }) => ops.includes(op));
    const before = step("refresh")?.old;
    const { urn } = own[0]!;
    const found = (finding: Partial<Finding> & Pick<Finding, "what" | "id">): Finding => ({
        kind: kindOf(typeOf(urn)),
        name: nameOf(urn),
        urn,
        differences: [],
        waits: false,
        ...finding,
    });
    const changed = step("update", "replace", "create-replacement");
    if (changed !== undefined) {
        const differences = differencesOf(changed, before);
        return found({
            id: changed.old?.id ?? before?.id,
            what: changed.op === "update" ? "changed" : "replaced",
            differences,
            waits: differences.length === 0 && WAITING.some((output) => changed.old?.outputs[output] === true),
        });
    }
    if (step("create") !== undefined) {
        return found({ id: before?.id, what: before === undefined ? "missing" : "gone" });
    }
    const deleted = step("delete");
    return deleted && found({ id: deleted.old?.id ?? before?.id, what: "undeclared" });
}

/** `LiveDnsRecord` for ours. */
function kindOf(type: string): string {
    return type.replace(/^pulumi-nodejs:dynamic\/gandi:/, "");
}

function differencesOf({ old: is = NOTHING, new: declared = NOTHING, paths }: Step, was = is): Difference[] {
    const ofInputs = differencesBetween(declared.inputs, is.inputs, was.inputs);
    // Where the program asks for what it asked for, the provider repairs what a refresh has found.
    const inputsOf = ({ outputs }: State) =>
        Object.fromEntries(Object.entries(outputs).filter(([key]) => key in declared.inputs));
    const wanted = Object.fromEntries(Object.entries(declared.inputs).filter(([key]) => key in is.outputs));
    const shown = ofInputs.length > 0 ? ofInputs : differencesBetween(wanted, inputsOf(is), inputsOf(was));
    const isShown = (path: string) => shown.some((one) => path.startsWith(one.path) || one.path.startsWith(path));
    const secret = paths.filter((path) => !isOurs(path) && !isShown(path));
    return [...shown, ...secret.map((path) => ({ path, isSecret: true, isDrift: true }) as const)];
}
