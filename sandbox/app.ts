import { setTimeout as sleep } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Next } from "hono";
import { authenticate, type Call, isKnown, type SandboxEnv } from "./access";
import { errorAnswer, unrouted } from "./answers";
import type { Control } from "./control/control";
import { controlRoutes } from "./control/routes";
import { ApiError, tooManyRequests } from "./errors";
import { drop, faultyAnswer, hang, stall, truncate } from "./faults";
import type { RateLimit } from "./rateLimit";
import { type LoggedRequest, shownBody, shownHeaders } from "./requestLog";
import { respelled } from "./respell";
import { apiRoutes, openRoutes } from "./routes";
import { tokenInfoRoute } from "./routes/tokenInfo";

export interface AppOptions {
    control: Control;
    rateLimit: RateLimit;
    /** Milliseconds that each answer takes. */
    latency: number;
    /** Called after each request that may have changed something. */
    changed: () => void;
}

/** A request and its answer, as the sandbox gave it. @internal */
export interface Exchange extends LoggedRequest {
    /** The request's. */
    readonly contentType: string;
    readonly answer: { readonly headers: Headers; readonly body: string };
}
type Observer = (exchange: Exchange) => void;

/** Paths are matched as they were sent and decoded once, in the parameters: `0%2F25` is one segment. */
function rawPath(request: Request): string {
    const start = request.url.indexOf("/", request.url.indexOf("://") + 3);
    const path = request.url.slice(start).split(/[?#]/, 1)[0] ?? "/";
    return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

export function createApp(options: AppOptions): Hono<SandboxEnv> {
    const { control } = options;
    const app = new Hono<SandboxEnv>({ getPath: rawPath });
    const api = app.basePath("/v5");
    const isRouted = (method: string, path: string) =>
        app.router.match(method, path)[0].some(([[, route]]) => route.method !== "ALL");

    app.route("/_sandbox", controlRoutes(control, options.changed));
    tokenInfoRoute(app, () => control.world);

    api.use("*", async (call, next) => {
        const entry = await logged(call, control);
        control.log.begin(entry);
        control.world.settle();
        call.set("world", control.world);
        await pause(options.latency);
        const answer = options.rateLimit.admits(control.now())
            ? await answered(call, next, control, entry)
            : errorAnswer(tooManyRequests());
        entry.status = answer === RESPONSE_ALREADY_SENT ? null : answer.status;
        await tell(entry, call, answer);
        call.res = undefined;
        call.res = answer;
        if (call.req.method !== "GET") {
            options.changed();
        }
    });
    openRoutes(api);
    api.use("*", async (call, next) => {
        const { method, path } = call.req;
        if (method === "OPTIONS") {
            const allowed = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].filter((other) =>
                isRouted(other === "HEAD" ? "GET" : other, path),
            );
            return allowed.length > 0 ? new Response(null, { headers: { allow: allowed.join(",") } }) : next();
        }
        if (isRouted(method === "HEAD" ? "GET" : method, path)) {
            call.set("caller", authenticate(call, control.world.state));
        }
        return next();
    });
    apiRoutes(api);

    app.notFound((call) => unrouted(call.req.method, call.req.path));
    app.onError((error, call) => {
        if (error instanceof ApiError) {
            return errorAnswer(error, call.req.header("accept"));
        }
        console.error(`The sandbox failed on ${call.req.method} ${call.req.path}:`, error);
        return call.json({ message: "The sandbox has a defect; its log tells more" }, 500);
    });
    return app;
}

/** Who is told of every exchange: a global of this name, which tests set. */
const OBSERVER = Symbol.for("pulumi-gandi.sandbox.observer");

/** Tells of an exchange that no fault has touched. */
async function tell(request: LoggedRequest, call: Call, answer: Response): Promise<void> {
    const observer: Observer | undefined = Reflect.get(globalThis, OBSERVER);
    if (observer !== undefined && request.fault === undefined && answer !== RESPONSE_ALREADY_SENT) {
        const sent = call.req.raw.headers.get("content-type") ?? "";
        observer({
            ...request,
            contentType: sent,
            answer: { headers: answer.headers, body: await answer.clone().text() },
        });
    }
}

async function logged(call: Call, control: Control): Promise<LoggedRequest> {
    return {
        time: control.now(),
        method: call.req.method,
        path: call.req.path,
        query: call.req.query(),
        headers: shownHeaders(call.req.raw.headers),
        body: isKnown(call, control.world.state) ? shownBody(await call.req.text()) : "",
        status: null,
    };
}

/** Timers do not keep the process alive: a sandbox that is closed must not wait for its slow answers. */
async function pause(ms: number): Promise<void> {
    if (ms > 0) {
        await sleep(ms, undefined, { ref: false });
    }
}

/** The answer of the routes, unless a fault comes before, after or instead of it. */
async function answered(call: Call, next: Next, control: Control, entry: LoggedRequest): Promise<Response> {
    const fault = control.faults.take(call.req.method, call.req.path);
    entry.fault = fault?.kind;
    await pause(fault?.delay ?? 0);
    const replaces = fault?.kind === "status" || fault?.kind === "html";
    if (fault && replaces && !fault.effect) {
        return faultyAnswer(fault);
    }
    if (fault?.kind === "drop-before") {
        drop(call.env);
        return RESPONSE_ALREADY_SENT;
    }
    if (fault?.kind === "hang" && !fault.effect) {
        await hang(call.env);
        return RESPONSE_ALREADY_SENT;
    }
    if (fault?.past) {
        call.set("world", call.var.world.inThePast(fault.past));
    }
    await next();
    switch (fault?.kind) {
        case "status":
        case "html":
            return faultyAnswer(fault);
        case "drop-after":
            drop(call.env);
            return RESPONSE_ALREADY_SENT;
        case "hang":
            await hang(call.env);
            return RESPONSE_ALREADY_SENT;
        case "stall":
            await stall(call.env, call.res);
            return RESPONSE_ALREADY_SENT;
        case "empty":
            return new Response(null, { status: fault.status ?? call.res.status });
        case "truncated":
            await truncate(call.env, call.res);
            return RESPONSE_ALREADY_SENT;
        case "respell":
            return inOtherSpelling(call.res);
        default:
            return call.res;
    }
}

async function inOtherSpelling(answer: Response): Promise<Response> {
    if (!answer.headers.get("content-type")?.startsWith("application/json")) {
        return answer;
    }
    const headers = new Headers(answer.headers);
    headers.delete("etag");
    return new Response(JSON.stringify(respelled(await answer.json())), { status: answer.status, headers });
}
