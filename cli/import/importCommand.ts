import { CommandFailure, command, EXIT, readDomain, UsageError } from "../command";
import type { Speech } from "../speech";
import { Account } from "./account";
import { refuseUsed, writeFolder } from "./folder";
import { overview } from "./overview";
import { type Plan, Planner } from "./plan";
import { type Language, projectOf } from "./program";
import { type Proof, prove } from "./proof";

/** What was asked for. */
interface Request {
    readonly words: readonly string[];
    readonly match: RegExp | undefined;
    readonly out: string;
    readonly style: "zone" | "records";
    readonly domains: "adopt" | "skip";
    readonly language: Language;
    readonly isProved: boolean;
}

/** Writes a program for what an account has, and proves that its first `up` writes and orders nothing. */
export const importCommand = command({
    options: {
        list: { type: "boolean", help: "show the domains of the account, and write nothing" },
        all: { type: "boolean", help: "every domain of the account" },
        match: { type: "string", value: "PATTERN", help: "those whose names fit, such as '*.fr'" },
        out: {
            type: "string",
            short: "o",
            value: "DIR",
            help: "where the program goes (default: gandi); nothing there is overwritten",
        },
        force: { type: "boolean", help: "write into a folder that is not empty; files of the same names are replaced" },
        style: {
            type: "string",
            value: "STYLE",
            oneOf: ["zone", "records"],
            help: "zone (default): a zone file and a shared LiveDnsZone for each domain;\nrecords: a LiveDnsRecord for each RRset",
        },
        domains: {
            type: "string",
            value: "HOW",
            oneOf: ["adopt", "skip"],
            help: "adopt (default) the registrations, or skip them; none is ever ordered",
        },
        language: {
            type: "string",
            value: "NAME",
            oneOf: ["typescript", "javascript"],
            help: "typescript (default) or javascript",
        },
        "no-proof": { type: "boolean", help: "write without the proof" },
    },
    help: `Writes a Pulumi program for domains that are at Gandi, and proves that its first up changes nothing: the
program is run on the embedded engine, with nothing but GET and a state that is thrown away.`,
    exits: { [EXIT.incomplete]: "something is left out; it is named" },
    async run({ words, options }, speech) {
        const isAll = options.all === true || options.match !== undefined;
        if ([words.length > 0, isAll, options.list === true].filter(Boolean).length !== 1) {
            throw new UsageError("name domains, or give --all, --match or --list: one of them");
        }
        const request: Request = {
            words: words.map(readDomain),
            match: options.match === undefined ? undefined : patternOf(options.match),
            out: options.out ?? "gandi",
            style: options.style ?? "zone",
            domains: options.domains ?? "adopt",
            language: options.language ?? "typescript",
            isProved: options["no-proof"] !== true,
        };
        const account = new Account(speech.env, speech.note);
        if (options.list) {
            const domains = await account.domains();
            speech.answer(domains);
            for (const line of overview(domains)) speech.print(line);
            return EXIT.done;
        }
        refuseUsed(request.out, options.force === true);
        const domains = await chosen(account, request);
        const plan = await new Planner(account, request, speech.note).plan(domains);
        if (plan.resources.length === 0) {
            throw new CommandFailure(`nothing of ${domains.join(", ")} can be declared${leftOutOf(plan)}`);
        }
        speech.note(`${plan.resources.length} resources; trying the program without writing anything`);
        const proof = request.isProved ? await prove(plan.resources, account.settings) : undefined;
        if (proof?.failure !== undefined) {
            throw new CommandFailure(`nothing was written, as the program is not what is there:\n${proof.failure}`);
        }
        writeFolder(request.out, projectOf(plan.resources, "gandi", request.language));
        report(request, plan, proof, domains, speech);
        if (plan.leftOut.length > 0) {
            throw new CommandFailure(`${plan.leftOut.length} left out${leftOutOf(plan)}`, EXIT.incomplete);
        }
        return EXIT.done;
    },
});

/** `*` stands for any characters. */
function patternOf(text: string): RegExp {
    const source = text
        .toLowerCase()
        .split("*")
        .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`);
}

async function chosen(account: Account, { words, match }: Request): Promise<string[]> {
    const known = (await account.domains()).map(({ fqdn }) => fqdn);
    const missing = words.filter((word) => !known.includes(word));
    if (missing.length > 0) {
        throw new CommandFailure(
            `${missing.join(", ")}: not in this account, in what this token sees. It has ${known.length} domains: \`pulumi-gandi import --list\` shows them`,
        );
    }
    const all =
        words.length > 0 ? [...new Set(words)] : known.filter((fqdn) => match === undefined || match.test(fqdn));
    if (all.length === 0) {
        throw new CommandFailure("no domain of this account is meant: `pulumi-gandi import --list` shows them");
    }
    return all;
}

function report(
    { out }: Request,
    { counts, leftOut, remarks, resources }: Plan,
    proof: Proof | undefined,
    domains: string[],
    speech: Speech,
): void {
    const declared = resources.map(({ kind, name, domain }) => ({ kind, name, domain }));
    speech.answer({ out, domains, counts, leftOut, remarks, resources: declared, proof });
    for (const { what, there, declared } of counts) {
        speech.print(`${what}: ${there} at Gandi, ${declared} declared, ${there - declared} left out`);
    }
    for (const remark of remarks) speech.print(remark);
    if (proof !== undefined) {
        speech.print(
            `${proof.takenOver} taken over, 0 would be written, 0 orders, 0.00; a preview after a refresh is empty`,
        );
    }
    speech.print(`${out}/ holds the program. Next: cd ${out} && npm install && pulumi stack init && pulumi up`);
}

function leftOutOf({ leftOut }: Plan): string {
    return leftOut.length === 0 ? "" : `:\n${leftOut.join("\n")}`;
}
