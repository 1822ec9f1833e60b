import type { HttpBindings } from "@hono/node-server";
import { didYouMean, refuseUnknownKeys } from "./knownKeys";
import type { State } from "./state/model";

/**
 * - `status`: `status` (default 500) with `body` and `headers`, before the effect, or after it with `effect: true`
 * - `html`: the same with an HTML page (default 502)
 * - `empty`: the effect, then its status without a body
 * - `truncated`: the effect, then the first half of its body, and the connection is closed
 * - `drop-before`, `drop-after`: the connection is closed without an answer, before or after the effect
 * - `hang`: no answer, and the connection stays open; before the effect, or after it with `effect: true`
 * - `stall`: the effect, then its headers and the first half of its body, and the connection stays open
 * - `delay`: nothing but the `delay`
 * - `stale`: a GET is answered from the state as it was when the fault was added
 * - `respell`: the answer in another legal spelling
 */
export type FaultKind =
    | "status"
    | "html"
    | "empty"
    | "truncated"
    | "drop-before"
    | "drop-after"
    | "hang"
    | "stall"
    | "delay"
    | "stale"
    | "respell";

const FAULT_KINDS: readonly FaultKind[] = [
    "status",
    "html",
    "empty",
    "truncated",
    "drop-before",
    "drop-after",
    "hang",
    "stall",
    "delay",
    "stale",
    "respell",
];

/** What goes wrong with the requests that match. */
export interface Fault {
    /** Default `status`. */
    kind?: FaultKind;
    /** Any method if left out. */
    method?: string;
    /**
     * Any path if left out. A string is compared with the whole path, with or without `/v5`, percent-encoded as it is sent;
     * `*` in it stands for any characters. A RegExp may match anywhere in the path.
     */
    path?: string | RegExp;
    /** How many requests meet the fault; until it is cleared if left out. */
    times?: number;
    /** How many requests that match pass first. Default 0. */
    skip?: number;
    /** The HTTP status. Default 500, 502 with `html`. */
    status?: number;
    /** Sent as it is if a string, as JSON otherwise. */
    body?: unknown;
    /** More headers of the answer. */
    headers?: Record<string, string>;
    /** With `status`, `html` and `hang`: the request takes effect first. Default false. */
    effect?: boolean;
    /** Milliseconds to wait before anything else, with any kind. */
    delay?: number;
}

export interface ActiveFault extends Fault {
    id: number;
    kind: FaultKind;
    /** The state that a `stale` fault answers from. */
    past?: State;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What each property must be. One that is none of these would fail every request, or none. */
const PROPERTIES: Record<keyof Fault, (value: unknown) => string | undefined> = {
    kind: (kind) =>
        FAULT_KINDS.includes(kind as FaultKind)
            ? undefined
            : `is one of ${FAULT_KINDS.join(", ")}, not ${JSON.stringify(kind)}${didYouMean(String(kind), FAULT_KINDS)}`,
    method: (method) =>
        METHODS.includes(String(method).toUpperCase())
            ? undefined
            : `is one of ${METHODS.join(", ")}, not ${JSON.stringify(method)}`,
    path: (path) => (typeof path === "string" || path instanceof RegExp ? undefined : "is a text with *, or a RegExp"),
    times: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    skip: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    status: wholeNumber(200, 599),
    body: () => undefined,
    headers: (headers) =>
        isObject(headers) && Object.values(headers).every((value) => typeof value === "string")
            ? undefined
            : "is an object of texts",
    effect: (effect) => (typeof effect === "boolean" ? undefined : "is true or false"),
    delay: wholeNumber(0, 2 ** 31 - 1),
};

function wholeNumber(least: number, most: number): (value: unknown) => string | undefined {
    return (value) =>
        Number.isInteger(value) && Number(value) >= least && Number(value) <= most
            ? undefined
            : `is a whole number from ${least} to ${most}`;
}

/** @throws TypeError */
function refuseNonsense(fault: Fault): void {
    refuseUnknownKeys("a fault", fault, Object.keys(PROPERTIES));
    for (const [name, problem] of Object.entries(PROPERTIES)) {
        const value = fault[name as keyof Fault];
        const reason = value === undefined ? undefined : problem(value);
        if (reason !== undefined) {
            throw new TypeError(`a fault's ${JSON.stringify(name)} ${reason}`);
        }
    }
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

export class Faults {
    private active: ActiveFault[] = [];
    private lastId = 0;

    /** @returns an id for `remove`. @throws TypeError for a property that is none, or that can't be what it says. */
    add(fault: Fault, state: State): number {
        refuseNonsense(fault);
        const kind = fault.kind ?? "status";
        this.lastId += 1;
        const past = kind === "stale" ? structuredClone(state) : undefined;
        this.active.push({ ...fault, kind, id: this.lastId, past });
        return this.lastId;
    }

    remove(id: number): void {
        this.active = this.active.filter((fault) => fault.id !== id);
    }

    clear(): void {
        this.active = [];
    }

    list(): Omit<ActiveFault, "past">[] {
        return this.active.map(({ past, ...fault }) => fault);
    }

    /** The fault that this request meets, if any. The oldest that matches wins. */
    take(method: string, path: string): ActiveFault | undefined {
        for (const fault of this.active) {
            if (!matches(fault, method, path)) {
                continue;
            }
            if ((fault.skip ?? 0) > 0) {
                fault.skip = (fault.skip ?? 0) - 1;
                continue;
            }
            if (fault.times !== undefined) {
                fault.times -= 1;
                if (fault.times <= 0) {
                    this.remove(fault.id);
                }
            }
            return fault;
        }
        return undefined;
    }
}

function matches(fault: ActiveFault, method: string, path: string): boolean {
    if (fault.method !== undefined && fault.method.toUpperCase() !== method) {
        return false;
    }
    if (fault.kind === "stale" && method !== "GET") {
        return false;
    }
    if (fault.path === undefined) {
        return true;
    }
    if (fault.path instanceof RegExp) {
        return fault.path.test(path);
    }
    const pattern = fault.path.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^(/v5)?/?${pattern.replace(/^(\/v5)?\//, "")}$`).test(path);
}

const HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";

/** The answer of a `status` or `html` fault. @internal */
export function faultyAnswer(fault: ActiveFault): Response {
    const html = fault.kind === "html";
    const body = fault.body ?? (html ? HTML : { message: "The sandbox was asked to fail this request" });
    return new Response(typeof body === "string" ? body : JSON.stringify(body), {
        status: fault.status ?? (html ? 502 : 500),
        headers: { "content-type": html ? "text/html" : "application/json", ...fault.headers },
    });
}

/** Closes the connection under a request. @internal */
export function drop({ incoming }: HttpBindings): void {
    incoming.socket.destroy();
}

/** Sends the headers and half of the body, then closes the connection. @internal */
export async function truncate(bindings: HttpBindings, answer: Response): Promise<void> {
    await sendHalf(bindings, answer);
    bindings.outgoing.destroy();
}

/** Sends the headers and half of the body, and leaves it at that. @internal */
export async function stall(bindings: HttpBindings, answer: Response): Promise<void> {
    await sendHalf(bindings, answer);
    await hang(bindings);
}

/** Settles when the client has given up. @internal */
export function hang({ outgoing }: HttpBindings): Promise<void> {
    return new Promise((resolve) => {
        outgoing.once("close", resolve);
    });
}

async function sendHalf({ outgoing }: HttpBindings, answer: Response): Promise<void> {
    const body = Buffer.from(await answer.arrayBuffer());
    outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "content-length": body.length });
    await new Promise<void>((resolve) => {
        outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => resolve());
    });
}
