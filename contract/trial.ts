import type { Answer, Ask, Wait } from "./client";
import { type Difference, differences, shown } from "./expected";
import type { Claim, Step, Trial } from "./fact";
import { filled, NoSuchName } from "./place";

export type Outcome =
    | { outcome: "holds" }
    | { outcome: "differs"; what: string[] }
    | { outcome: "not tried"; why: string };

/** Milliseconds between looks at what takes time, and how often to look: ten minutes. */
const LOOK_AGAIN_MS = 2000;
const LOOKS = 300;
const AT_ONCE = 20;
/** What these say is about the token, the rate of requests or a gateway, and not about the fact. */
const UNRELATED = [403, 429, 502, 503, 504];

/** A step of `given` did not come about. */
class Unmet extends Error {}

/**
 * Tries one fact.
 *
 * @param names what its placeholders stand for
 * @throws Interrupted, Refused
 */
export async function tryFact(
    trial: Claim & Pick<Trial, "meetsPending">,
    names: Record<string, string>,
    ask: Ask,
    wait: Wait,
): Promise<Outcome> {
    const patiently: Ask = async (question) => {
        for (let look = 1; ; look += 1) {
            const answer = await ask(question);
            if (!isPending(answer) || look === LOOKS) {
                return answer;
            }
            await wait(LOOK_AGAIN_MS);
        }
    };
    try {
        const known = { ...names };
        for (const step of trial.given ?? []) {
            await prepare(step, known, patiently, wait);
        }
        const claim = filled(trial, known);
        const { request: line, token, headers, body } = claim;
        const answer = await (trial.meetsPending ? ask : patiently)({ line, token, headers, body });
        if (UNRELATED.includes(answer.status) && answer.status !== claim.status) {
            return { outcome: "not tried", why: `${line} was answered with ${answer.status}${said(answer)}` };
        }
        const what = unlike(claim, answer);
        return what.length === 0 ? { outcome: "holds" } : { outcome: "differs", what };
    } catch (error) {
        if (error instanceof Unmet || error instanceof NoSuchName) {
            return { outcome: "not tried", why: error.message };
        }
        const { code } = error as NodeJS.ErrnoException;
        if (code !== undefined) {
            return { outcome: "not tried", why: `there was no answer (${code})` };
        }
        throw error;
    }
}

/** The registry takes one operation of a domain at a time; a fact that is not about that waits for its turn. */
function isPending({ status, text }: Answer): boolean {
    return status === 400 && /pending operation/i.test(text);
}

async function prepare(step: Step, names: Record<string, string>, ask: Ask, wait: Wait): Promise<void> {
    if (Array.isArray(step)) {
        const [line, body] = filled(step, names);
        await succeed(ask, line, body);
    } else if ("keep" in step) {
        const line = filled(step.of, names);
        const { json } = await succeed(ask, line);
        const [first] = Array.isArray(json) ? json : [json];
        const member = (first as Record<string, unknown> | undefined)?.[step.keep.slice(1, -1)];
        if (typeof member !== "string" && typeof member !== "number") {
            throw new Unmet(`the answer to ${line} has no ${step.keep}`);
        }
        names[step.keep] = String(member);
    } else if ("provided" in step) {
        const { provided: line, answer: wanted, otherwise } = filled(step, names);
        const answer = await ask({ line });
        if (answer.status !== 200 || (wanted !== undefined && differences(wanted, answer.json).length > 0)) {
            throw new Unmet(otherwise);
        }
    } else if ("until" in step) {
        await comeAbout(filled(step, names), ask, wait);
    } else {
        await provoke(step, ask);
    }
}

async function succeed(ask: Ask, line: string, body?: unknown): Promise<Answer> {
    const answer = await ask({ line, body });
    if (Math.floor(answer.status / 100) !== 2) {
        throw new Unmet(`${line} was answered with ${answer.status}${said(answer)}`);
    }
    return answer;
}

async function comeAbout(
    { until: line, status = 200, answer: wanted }: Extract<Step, { until: string }>,
    ask: Ask,
    wait: Wait,
): Promise<void> {
    for (let look = 1; look <= LOOKS; look += 1) {
        const answer = await ask({ line });
        if (answer.status === status && (wanted === undefined || differences(wanted, answer.json).length === 0)) {
            return;
        }
        await wait(LOOK_AGAIN_MS);
    }
    throw new Unmet(`in ten minutes ${line} was not answered as it should be`);
}

async function provoke({ burst: line, most }: Extract<Step, { burst: string }>, ask: Ask): Promise<void> {
    for (let sent = 0; sent < most; sent += AT_ONCE) {
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => ask({ line })));
        if (answers.some(({ status }) => status === 429)) {
            return;
        }
    }
    throw new Unmet(`${most} requests were answered without a 429`);
}

/** What is not as it was claimed, in words. */
function unlike({ status, answer, text, wholeText, answerHeaders = {} }: Claim, got: Answer): string[] {
    if (got.status !== status) {
        return [`status ${got.status} instead of ${status}${said(got)}`];
    }
    const ofBody = answer === undefined ? [] : differences(answer, got.json).map(inWords);
    const ofText = text === undefined ? [] : differences(text, got.text);
    const ofHeaders = Object.entries(answerHeaders).flatMap(([name, wanted]) =>
        differences(wanted, got.headers[name], name).map(inWords),
    );
    const start = (value: unknown) => (wholeText ? value : String(value).split("\n", 1)[0]);
    return [...ofBody, ...ofText.map((one) => inWords({ ...one, came: start(one.came), path: "text" })), ...ofHeaders];
}

function inWords({ path, came, wanted }: Difference): string {
    return `${path === "" ? "" : `${path}: `}${kindOf(came)} instead of ${wanted}`;
}

/** A text or a number itself; of what has parts no more than how many, as they may be anybody's. */
function kindOf(value: unknown): string {
    if (Array.isArray(value)) {
        return `a list of ${value.length}`;
    }
    return typeof value === "object" && value !== null ? "an object" : shown(value as string | undefined);
}

/** What an error says of itself. */
function said({ json, headers }: Answer): string {
    if (typeof json !== "object" || json === null) {
        return headers["content-type"] === undefined ? "" : ` (${headers["content-type"]})`;
    }
    const members = ["message", "object", "cause", "errors"].filter((name) => name in json);
    const parts = Object.fromEntries(members.map((name) => [name, (json as Record<string, unknown>)[name]]));
    return members.length === 0 ? "" : ` ${JSON.stringify(parts)}`;
}
