import { codeOf } from "../codes";
import type { Definition } from "../define";
import { messageOf } from "../failures";
import { checkInputs } from "../inputs/check";
import { withDefaults } from "../inputs/defaults";
import { SECRET_INPUTS } from "../inputs/secrets";
import { containsUnknown, known, pick } from "../inputs/values";
import type { Problem, Props } from "../property";
import { type Call, DEFAULT_TIMEOUT } from "./call";
import type { Context } from "./context";
import { inputsOf } from "./state";

/** What is wrong with inputs, and the inputs that the engine is to keep. */
export interface Judgement {
    readonly inputs: Props;
    readonly problems: readonly Problem[];
}

/**
 * Judges the inputs of a resource: by type and rule, and before a create by what only the API can say.
 * @param callOrProblems without settings nothing is asked or told beyond the inputs: what is wrong with those then
 */
export async function judge(
    definition: Definition,
    olds: Props,
    news: Props,
    callOrProblems: Call | readonly Problem[],
): Promise<Judgement> {
    const { given, problems: before, warnings } = expanded(definition, news);
    const { inputs: sent, filled, problems, wrong, sound } = checkInputs(definition, given);
    const inputs = { ...sent, ...pick(given, [SECRET_INPUTS]) };
    problems.push(...before);
    const isNew = Object.keys(olds).length === 0;
    const prior = isNew ? undefined : withDefaults(definition, inputsOf(definition, olds));
    const open = new Set([...wrong, ...Object.keys(sent).filter((property) => containsUnknown(sent[property]))]);
    problems.push(...definition.problems((known(sound) ?? {}) as Props, prior, open));
    if (!("settings" in callOrProblems)) {
        return { inputs, problems: [...problems, ...callOrProblems] };
    }
    const call = callOrProblems;
    const isReplacement = call.run.keeping.checked(call.declared(sent), prior !== undefined);
    const whole = (known(filled) ?? {}) as Props;
    if (problems.length > 0 || definition.identity.some((property) => whole[property] === undefined)) {
        return { inputs, problems };
    }
    warn(call, whole, warnings);
    const { preflight, preflightUpdate } = definition;
    const asked =
        prior === undefined
            ? await ahead(call, "create", whole, (ctx) => preflight?.(ctx, whole, { open, isReplacement }))
            : await ahead(call, "update", whole, (ctx) => preflightUpdate?.(ctx, whole, prior));
    return { inputs, problems: asked };
}

/** What check is given, with what the kind expands expanded: see `Kind.expand`. */
function expanded(
    { expand }: Definition,
    news: Props,
): { given: Props; problems: readonly Problem[]; warnings: readonly Problem[] } {
    const isGiven = (name: string) => news[name] !== undefined && news[name] !== null;
    if (expand === undefined || !expand.from.some(isGiven)) {
        return { given: news, problems: [], warnings: [] };
    }
    const { inputs, problems, warnings } = expand.expand(news);
    const rest = Object.entries(news).filter(([name]) => !expand.from.includes(name));
    const given = { ...Object.fromEntries(rest), ...inputs };
    const secrets = news[SECRET_INPUTS];
    if (!Array.isArray(secrets)) {
        return { given, problems, warnings };
    }
    // Whichever of its parts is a secret: all that it becomes is one.
    const paths = secrets.flatMap((path: string[]) =>
        expand.from.includes(path[0]!) ? Object.keys(inputs).map((name) => [name]) : [path],
    );
    return { given: { ...given, [SECRET_INPUTS]: paths }, problems, warnings };
}

function warn(call: Call, given: Props, warnings: readonly Problem[]): void {
    const { definition } = call;
    const id = definition.id(given);
    call.warnOfId(id);
    for (const warning of [...warnings, ...definition.warnings(given)]) {
        call.log(`warning: ${[definition.kind, id].join(" ").trim()}: ${textOf(warning)}`);
    }
}

export function textOf({ path, reason }: Problem): string {
    return path === "" ? reason : `${path}: ${reason}`;
}

/** Somebody waits for a preview: it is not given the time that a kind gives its creation by default. */
async function ahead(
    call: Call,
    operation: "create" | "update",
    inputs: Props,
    look: (ctx: Context) => Promise<Problem[]> | undefined,
): Promise<Problem[]> {
    try {
        return await call.within(operation, { inputs, limit: DEFAULT_TIMEOUT }, async (ctx) => (await look(ctx)) ?? []);
    } catch (error) {
        return [{ path: "", reason: messageOf(error), code: codeOf(error) }];
    }
}
