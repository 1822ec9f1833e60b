import { parseArgs } from "node:util";
import { printable } from "../../provider/api/printable";
import { messageOf } from "../../provider/core/failures";
import { type Command, CommandFailure, readDomain } from "../command";
import { Account } from "./account";
import { refuseUsed, writeFolder } from "./folder";
import { overview } from "./overview";
import { type Plan, Planner } from "./plan";
import { type Language, projectOf } from "./program";
import { type Proof, prove } from "./proof";

const OPTIONS = {
    list: { type: "boolean" },
    all: { type: "boolean" },
    match: { type: "string" },
    out: { type: "string" },
    style: { type: "string" },
    domains: { type: "string" },
    language: { type: "string" },
    force: { type: "boolean" },
    json: { type: "boolean" },
    "no-proof": { type: "boolean" },
} as const;

/** What was asked for. */
interface Request {
    readonly words: readonly string[];
    readonly isList: boolean;
    readonly isAll: boolean;
    readonly match: RegExp | undefined;
    readonly out: string;
    readonly style: "zone" | "records";
    readonly domains: "adopt" | "skip";
    readonly language: Language;
    readonly force: boolean;
    readonly json: boolean;
    readonly isProved: boolean;
}

/** Writes a program for what an account has, and proves that its first `up` writes and orders nothing. */
export const importCommand: Command = {
    usage: "DOMAIN... | --all | --match PATTERN | --list",
    help: `Writes a Pulumi program for domains that are at Gandi, and proves that its first up changes nothing: the
program is run on the embedded engine, with nothing but GET and a state that is thrown away.

  --list               show the domains of the account, and write nothing
  --all                every domain of the account
  --match PATTERN      those whose names fit, such as '*.fr'
  --out DIR            where the program goes (default: gandi); nothing there is overwritten
  --force              write into a folder that is not empty; files of the same names are replaced
  --style zone         a zone file and a shared LiveDnsZone for each domain (default)
  --style records      a LiveDnsRecord for each RRset
  --domains skip       leave the registrations out (default: adopt them; none is ever ordered)
  --language NAME      typescript (default) or javascript
  --json               print the result as JSON
  --no-proof           write without the proof

It ends with 0 when all that is there is declared, with 3 when something is left out, which it names, with 1 when it
failed or the proof did, and with 2 when it was called wrongly.
`,
    async run(args, print) {
        const request = requestOf(args);
        // Standard output is the result's alone.
        const tell = (line: string) => void process.stderr.write(`${printable(line)}\n`);
        const account = new Account(process.env, tell);
        if (request.isList) {
            const domains = await account.domains();
            for (const line of request.json ? [JSON.stringify(domains)] : overview(domains)) print(line);
            return;
        }
        refuseUsed(request.out, request.force);
        const domains = await chosen(account, request);
        const plan = await new Planner(account, request, tell).plan(domains);
        if (plan.resources.length === 0) {
            throw new CommandFailure(`nothing of ${domains.join(", ")} can be declared${leftOutOf(plan)}`);
        }
        tell(`${plan.resources.length} resources; trying the program without writing anything`);
        const proof = request.isProved ? await prove(plan.resources, account.settings) : undefined;
        if (proof?.failure !== undefined) {
            throw new CommandFailure(`nothing was written, as the program is not what is there:\n${proof.failure}`);
        }
        writeFolder(request.out, projectOf(plan.resources, "gandi", request.language));
        report(request, plan, proof, domains, print);
    },
};

function requestOf(args: string[]): Request {
    try {
        const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
        const isAll = values.all === true || values.match !== undefined;
        const isList = values.list === true;
        const ways = [positionals.length > 0, isAll, isList].filter(Boolean).length;
        if (ways !== 1) {
            throw new Error("name domains, or give --all, --match or --list: one of them");
        }
        return {
            words: positionals.map(readDomain),
            isList,
            isAll,
            match: values.match === undefined ? undefined : patternOf(values.match),
            out: values.out ?? "gandi",
            style: oneOf("--style", values.style, ["zone", "records"]),
            domains: oneOf("--domains", values.domains, ["adopt", "skip"]),
            language: oneOf("--language", values.language, ["typescript", "javascript"]),
            force: values.force === true,
            json: values.json === true,
            isProved: values["no-proof"] !== true,
        };
    } catch (error) {
        throw error instanceof CommandFailure ? error : new CommandFailure(messageOf(error), 2);
    }
}

/** The first is the default. */
function oneOf<T extends string>(option: string, given: string | undefined, known: readonly [T, ...T[]]): T {
    const value = known.find((one) => one === (given ?? known[0]));
    if (value === undefined) {
        throw new Error(`${option} is ${known.join(" or ")}, not ${JSON.stringify(given)}`);
    }
    return value;
}

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
    request: Request,
    plan: Plan,
    proof: Proof | undefined,
    domains: string[],
    print: (line: string) => void,
): void {
    const { counts, leftOut, remarks, resources } = plan;
    if (request.json) {
        const resourcesByKind = resources.map(({ kind, name, domain }) => ({ kind, name, domain }));
        print(
            JSON.stringify({ out: request.out, domains, counts, leftOut, remarks, resources: resourcesByKind, proof }),
        );
    } else {
        for (const { what, there, declared } of counts) {
            print(`${what}: ${there} at Gandi, ${declared} declared, ${there - declared} left out`);
        }
        for (const remark of remarks) print(remark);
        if (proof !== undefined) {
            print(
                `${proof.takenOver} taken over, 0 would be written, 0 orders, 0.00; a preview after a refresh is empty`,
            );
        }
        print(
            `${request.out}/ holds the program. Next: cd ${request.out} && npm install && pulumi stack init && pulumi up`,
        );
    }
    if (leftOut.length > 0) {
        throw new CommandFailure(`${leftOut.length} left out${leftOutOf(plan)}`, 3);
    }
}

function leftOutOf({ leftOut }: Plan): string {
    return leftOut.length === 0 ? "" : `:\n${leftOut.join("\n")}`;
}
