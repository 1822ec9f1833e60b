import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CommandFailure, command, EXIT } from "../command";
import { shellWord } from "../shell";
import { Move } from "../sources/move";
import { domainsMeant, placesOfSource } from "../sources/placesOfSource";
import { readSource } from "../sources/readSource";
import type { Source } from "../sources/source";
import type { Speech } from "../speech";
import { ifEnded } from "../throwAway";
import { writeWhole } from "../writeFile";
import { accountsIn } from "./accountCode";
import { type Place, withAccounts } from "./accounts";
import { refuseUsed, writeFolder } from "./folder";
import { programHere } from "./missing";
import { overview, overviewOf } from "./overview";
import { type Plan, planOf } from "./plan";
import { partOf, projectOf } from "./program";
import { type Proof, prove } from "./proof";
import { readAll } from "./reading";
import { ReadSoFar } from "./readSoFar";
import { chosen, IMPORT_OPTIONS, PART, type Request, requestOf } from "./request";
import { stackImportOf } from "./stackImport";

/** Writes a program for what an account has, and proves that its first `up` writes and orders nothing. */
export const importCommand = command({
    options: IMPORT_OPTIONS,
    help: `Writes a Pulumi program for domains that are at Gandi, and proves that its first up changes nothing: the
program is run on the embedded engine, with nothing but GET and a state that is thrown away. Where it was
interrupted, the same command goes on within an hour. With --from-… it declares what another tool declares,
prints in which order to move, and names what it can't take over and what the account has beside it.`,
    exits: { [EXIT.incomplete]: "something is left out; it is named" },
    async run({ words, options }, speech) {
        const request = requestOf(words, options, speech);
        refuseInUse(request, speech);
        const source = request.source && (await readSource(request.source, speech));
        const meant = source && domainsMeant(source, request);
        const callOff = ifEnded(() => speech.note("interrupted: nothing was written; the same command goes on"));
        try {
            return await withAccounts(speech, { variables: request.variables, readOnly: "import" }, (all) => {
                const { places, elsewhere } =
                    source === undefined
                        ? { places: chosen(all, request), elsewhere: [] }
                        : placesOfSource(source, meant!, all);
                return request.mode === "list"
                    ? list(places, speech)
                    : write({ places, source, elsewhere }, request, speech);
            });
        } finally {
            callOff();
        }
    },
});

/** What is taken over. */
interface Meant {
    readonly places: readonly Place[];
    readonly source: Source | undefined;
    /** The domains of the source that are not here. */
    readonly elsewhere: readonly string[];
}

async function list(places: readonly Place[], speech: Speech): Promise<number> {
    const read = await readAll(places, { far: new ReadSoFar(undefined, []), progress: speech.note });
    const domains = read.map(overviewOf);
    speech.answer(domains);
    for (const line of overview(domains)) speech.print(line);
    return EXIT.done;
}

async function write({ places, source, elsewhere }: Meant, request: Request, speech: Speech): Promise<number> {
    const here = request.mode === "part" ? await programHere(request.stack, speech) : {};
    const far = readSoFar(places, request, speech);
    const inventories = await readAll(places, { far, progress: speech.note });
    const move = source && new Move(source, inventories, elsewhere);
    if (request.isExclusive) move?.refuseExclusive();
    const wanted = { ...request, ...here, ...(move && { nameOf: move.nameOf }) };
    const planned = planOf(move?.inventories ?? inventories, wanted);
    const plan = move?.completed(planned) ?? planned;
    if (plan.resources.length === 0) {
        far.remove();
        return nothingToWrite(places, plan, request, speech);
    }
    const proof = request.isProved ? await proved(plan, request, speech) : undefined;
    writeProgram(plan, proof, request, speech);
    far.remove();
    report({ places, move }, plan, proof, request, speech);
    if (plan.leftOut.length > 0) {
        throw new CommandFailure(`${plan.leftOut.length} left out${leftOutOf(plan)}`, EXIT.incomplete);
    }
    return EXIT.done;
}

/** Before anything is asked: a run that could not write in the end would have been for nothing. */
function refuseInUse({ mode, out, stackImport, force }: Request, { directory }: Speech): void {
    if (mode === "project") {
        refuseUsed(resolve(directory, out), { shown: out, force });
    }
    if (stackImport !== undefined && !force && existsSync(resolve(directory, stackImport))) {
        throw new CommandFailure(`${stackImport} is there already: name another file, or replace it with --force`);
    }
}

/** Beside the folder, and of the same account only. */
function readSoFar(places: readonly Place[], { out }: Request, { directory }: Speech): ReadSoFar {
    const asked = new Set(places.map(({ account: { settings } }) => settings));
    const path = resolve(directory, out === "." ? PART : out);
    return new ReadSoFar(
        `${path}.reading`,
        [...asked].map(({ url, sharingId, credential }) => [url, sharingId, credential.token]),
    );
}

function nothingToWrite(places: readonly Place[], plan: Plan, { mode }: Request, speech: Speech): number {
    if (mode === "part" && plan.leftOut.length === 0) {
        speech.answer({ domains: places.map(({ fqdn }) => fqdn), resources: [] });
        speech.print("the program lacks nothing of what is there");
        return EXIT.done;
    }
    const names = places.map(({ fqdn }) => fqdn).join(", ");
    const reasons = [`nothing of ${names} can be declared${leftOutOf(plan)}`, ...plan.remarks];
    throw new CommandFailure(reasons.join("\n"));
}

type Proved = Exclude<Proof, { failure: string }>;

async function proved({ resources }: Plan, { stackImport }: Request, speech: Speech): Promise<Proved> {
    if (stackImport !== undefined && accountsIn(resources.map(({ account }) => account)).needsConfig) {
        throw new CommandFailure(
            "--stack-import knows no gandi.Provider: import the domains of each token on their own, without --token-from",
        );
    }
    speech.note(`${resources.length} resources; trying the program without writing anything`);
    const proof = await prove(resources, speech);
    if ("failure" in proof) {
        throw new CommandFailure(`nothing was written, as the program is not what is there:\n${proof.failure}`);
    }
    return proof;
}

function writeProgram({ resources }: Plan, proof: Proved | undefined, request: Request, { directory }: Speech): void {
    const { mode, language, out, force, stackImport } = request;
    const files = mode === "part" ? partOf(resources, PART, language) : projectOf(resources, "gandi", language);
    writeFolder(resolve(directory, out), files, force);
    if (stackImport !== undefined && proof !== undefined) {
        writeWhole(resolve(directory, stackImport), stackImportOf(proof.state, resources), { force, mode: 0o600 });
    }
}

function report(
    { places, move }: { readonly places: readonly Place[]; readonly move: Move | undefined },
    plan: Plan,
    proof: Proved | undefined,
    request: Request,
    speech: Speech,
): void {
    const { counts, leftOut, remarks, resources } = plan;
    const declared = resources.map(({ kind, name, domain }) => ({ kind, name, domain }));
    speech.answer({
        out: request.out,
        domains: places.map(({ fqdn }) => fqdn),
        counts,
        leftOut,
        remarks,
        resources: declared,
        proof: proof && { takenOver: proof.takenOver },
        ...(move && { source: move.answer(plan) }),
    });
    for (const line of move?.order(plan, request) ?? []) speech.print(line);
    for (const { what, there, declared, beyond = 0 } of counts) {
        const others = beyond > 0 ? `${beyond} not declared there, ` : "";
        speech.print(
            `${what}: ${there} at Gandi, ${declared} declared, ${others}${there - declared - beyond} left out`,
        );
    }
    for (const remark of remarks) speech.print(remark);
    if (proof !== undefined) {
        speech.print(
            `${proof.takenOver} taken over, 0 would be written, 0 orders, 0.00 EUR; a preview after a refresh is empty`,
        );
    }
    for (const line of nextSteps(resources, request)) speech.print(line);
}

function nextSteps(resources: Plan["resources"], { mode, out, stackImport }: Request): string[] {
    const { all } = accountsIn(resources.map(({ account }) => account));
    const tokens = all.flatMap(({ token }) => (token === undefined ? [] : [token]));
    const folder = shellWord(out);
    return [
        mode === "part"
            ? `${PART} holds what the program lacks. Next: import "./${PART}" in it, and pulumi up`
            : `${out}/ holds the program. Next: cd ${folder} && npm install && pulumi stack init && pulumi up`,
        ...new Set(
            tokens.map(
                ({ key, variable }) =>
                    `The token of ${variable} goes into the stack: printf %s "$${variable}" | pulumi config set --secret ${key}`,
            ),
        ),
        ...(stackImport === undefined
            ? []
            : [
                  `Or without an up: pulumi import --file ${shellWord(stackImport)} --generate-code=false --yes; then remove the file`,
              ]),
    ];
}

function leftOutOf({ leftOut }: Plan): string {
    return leftOut.length === 0 ? "" : `:\n${leftOut.join("\n")}`;
}
