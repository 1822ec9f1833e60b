import { timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import type { SandboxEnv } from "../access";
import type { BusyAnswer } from "../errors";
import type { Fault } from "../faults";
import { refuseUnknownKeys } from "../knownKeys";
import { isLoopbackAuthority } from "../loopback";
import type { SeedDomain } from "../seed";
import { SeedError } from "../seedError";
import type { SeedMailDomain } from "../seedMail";
import type { OrganizationName, TokenName } from "../state/accounts";
import type { TokenStatus } from "../state/model";
import type { Delays } from "../state/world";
import type { Control, DomainEdit, Outcome } from "./control";
import { ControlError } from "./controlError";
import type { MailDomainEdit } from "./mail";

/**
 * `/_sandbox/…`: the methods of `Control` over HTTP. Each request needs the control token in `X-Sandbox-Token` and a Host
 * that is a loopback address, so that no page in a browser can reach them.
 */
export function controlRoutes(control: Control, changed: () => void): Hono<SandboxEnv> {
    const app = new Hono<SandboxEnv>({ getPath: (request) => new URL(request.url).pathname });

    app.use("*", async (call, next) => {
        if (!isLoopbackAuthority(call.req.header("host") ?? "")) {
            return call.json({ message: "The control routes answer to a loopback host only" }, 403);
        }
        if (!sameSecret(call.req.header("x-sandbox-token") ?? "", control.controlToken)) {
            return call.json({ message: "X-Sandbox-Token is missing or wrong" }, 401);
        }
        await next();
        if (call.req.method !== "GET") {
            changed();
        }
    });
    app.onError((error, call) => {
        const expected = [ControlError, SeedError, TypeError, RangeError, SyntaxError].some(
            (kind) => error instanceof kind,
        );
        return call.json({ message: error.message }, expected ? 400 : 500);
    });
    app.notFound((call) =>
        call.json({ message: `There is no control route ${call.req.method} ${call.req.path}` }, 404),
    );

    app.post("/advance", async (call) => {
        const { ms } = await body<{ ms: number }>(call, "advance", ["ms"]);
        control.advance(ms);
        return call.json({ now: new Date(control.now()).toISOString() });
    });

    app.patch("/delays", async (call) => {
        const delays = await body<Partial<Delays>>(call);
        return done(call, () => control.setDelays(delays));
    });

    app.put("/busy", async (call) => {
        const { answer } = await body<{ answer: BusyAnswer }>(call, "busy", ["answer"]);
        return done(call, () => control.setBusyAnswer(answer));
    });

    app.get("/requests", (call) => call.json(control.requests()));
    app.delete("/requests", (call) => done(call, () => control.clearRequests()));

    app.get("/faults", (call) => call.json(control.faults.list()));
    app.post("/faults", async (call) => call.json({ id: control.addFault(await body<Fault>(call)) }, 201));
    app.delete("/faults", (call) => done(call, () => control.clearFaults()));
    app.delete("/faults/:id", (call) => done(call, () => control.removeFault(Number(call.req.param("id")))));

    app.get("/domains", (call) => call.json(control.state.domains()));
    app.get("/domains/:fqdn", (call) => found(call, control.state.domain(call.req.param("fqdn"))));
    app.put("/domains/:fqdn", async (call) => {
        const seed = { ...(await body<SeedDomain>(call)), fqdn: call.req.param("fqdn") };
        return done(call, () => control.addDomain(seed));
    });
    app.patch("/domains/:fqdn", async (call) => {
        const edit = await body<DomainEdit>(call);
        return done(call, () => control.editDomain(call.req.param("fqdn"), edit));
    });
    app.delete("/domains/:fqdn", (call) => done(call, () => control.removeDomain(call.req.param("fqdn"))));

    app.put("/forwards-a-week", async (call) => {
        const { most } = await body<{ most: number | null }>(call, "the weekly number of forwards", ["most"]);
        return done(call, () => control.mail.setForwardsAWeek(most));
    });
    app.get("/mail-domains", (call) => call.json(control.mail.domains()));
    app.get("/mail-domains/:fqdn", (call) => found(call, control.mail.domain(call.req.param("fqdn"))));
    app.put("/mail-domains/:fqdn", async (call) => {
        const seed = { ...(await body<SeedMailDomain>(call)), fqdn: call.req.param("fqdn") };
        return done(call, () => control.mail.addDomain(seed));
    });
    app.patch("/mail-domains/:fqdn", async (call) => {
        const edit = await body<MailDomainEdit>(call);
        return done(call, () => control.mail.editDomain(call.req.param("fqdn"), edit));
    });
    app.delete("/mail-domains/:fqdn", (call) => done(call, () => control.mail.removeDomain(call.req.param("fqdn"))));

    app.get("/zones/:fqdn", (call) => found(call, control.state.zone(call.req.param("fqdn"))));
    app.delete("/zones/:fqdn/records", (call) => done(call, () => control.clearZone(call.req.param("fqdn"))));
    app.put("/zones/:fqdn/records/:name/:type", async (call) => {
        const { fqdn, name, type } = call.req.param();
        const rrset = await body<{ ttl?: number; values: string[] }>(call);
        return done(call, () => control.setRRset(fqdn, { ...rrset, name, type }));
    });
    app.delete("/zones/:fqdn/records/:name/:type", (call) => {
        const { fqdn, name, type } = call.req.param();
        return done(call, () => control.deleteRRset(fqdn, name, type));
    });

    app.get("/orders", (call) => call.json(control.state.orders()));
    app.post("/orders/:fqdn", async (call) => {
        const outcome = await readOutcome(call);
        return done(call, () => control.stepOrder(call.req.param("fqdn"), outcome));
    });
    app.get("/operations", (call) => call.json(control.state.operations()));
    app.post("/operations/:id", async (call) => {
        const outcome = await readOutcome(call);
        return done(call, () => control.stepOperation(call.req.param("id"), outcome));
    });
    app.post("/changeowner/:fqdn", async (call) => {
        const outcome = await readOutcome(call);
        return done(call, () => control.stepChangeOwner(call.req.param("fqdn"), outcome));
    });

    app.patch("/tokens/:name", async (call) => {
        const edit = await body<{ status?: TokenStatus; readOnly?: boolean }>(call);
        return done(call, () => control.editToken(call.req.param("name") as TokenName, edit));
    });
    app.patch("/organizations/:name", async (call) => {
        const edit = await body<{ balance?: number; mayDeleteDomains?: boolean }>(call);
        return done(call, () => control.editOrganization(call.req.param("name") as OrganizationName, edit));
    });
    return app;
}

function sameSecret(given: string, expected: string): boolean {
    const [a, b] = [Buffer.from(given), Buffer.from(expected)];
    return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The body of a request.
 *
 * @param what how a refusal calls it, with its `known` keys: for a body that no method of `Control` takes as it is
 */
async function body<Body>(call: Context<SandboxEnv>, what?: string, known: readonly string[] = []): Promise<Body> {
    const value: unknown = await call.req.json();
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new ControlError("the body must be a JSON object");
    }
    if (what !== undefined) {
        refuseUnknownKeys(what, value, known);
    }
    return value as Body;
}

const OUTCOMES: readonly Outcome[] = ["next", "done", "error", "support"];

async function readOutcome(call: Context<SandboxEnv>): Promise<Outcome> {
    const { outcome } = await body<{ outcome: Outcome }>(call, "a step", ["outcome"]);
    if (!OUTCOMES.includes(outcome)) {
        throw new ControlError(`"outcome" must be one of ${OUTCOMES.join(", ")}`);
    }
    return outcome;
}

function done(call: Context<SandboxEnv>, action: () => void): Response {
    action();
    return call.body(null, 204);
}

function found(call: Context<SandboxEnv>, value: object | undefined): Response {
    return value ? call.json(value) : call.json({ message: "The sandbox has no such thing" }, 404);
}
