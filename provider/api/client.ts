import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ZodType } from "zod";
import { DEFAULT_URL, parseBaseUrl } from "./baseUrl";
import type { Sharing } from "./cache";
import { type Clock, systemClock } from "./clock";
import { GandiError } from "./errors";
import { exchange } from "./exchange";
import { type Attempt, type Credential, readOnlyError } from "./explain";
import { type Origin, type Origins, ownOrigins } from "./origin";
import type { Remedies } from "./remedies";
import { REPEAT, type Repeat, waitBeforeRepeat } from "./retry";
import { fillRoute, type Params, type Query, queryString, type Route } from "./route";

export type { Credential } from "./explain";

export interface ClientOptions {
    /** The API's address, without `/v5`. Default `https://api.gandi.net`. `http:` only to this machine. */
    url?: string | undefined;
    credential: Credential;
    /** The organisation that pays, and whose things are listed. Default: the token's own. */
    sharingId?: string | undefined;
    /** Seconds for one attempt, from the connection to the last byte. Default 60. */
    timeout?: number | undefined;
    /** What it shares with other clients. Default: with all of this process that are given none. */
    origins?: Origins | undefined;
    /** Requests in any 60 seconds, of all the clients that share the origin. Default 1000. */
    requestsPerMinute?: number | undefined;
    /** Requests in flight at a time, of all the clients that share the origin. Default 16. */
    concurrency?: number | undefined;
    /** Where lines for people go, such as `waiting 12 s: Gandi's rate limit`. Default: nowhere. */
    log?: ((line: string) => void) | undefined;
    clock?: Clock | undefined;
    /** What errors say that can be done. Default: what can be in a stack. */
    remedies?: Remedies | undefined;
    /**
     * Aborting it ends whatever this client does, waiting and the request under way: it rejects with the signal's reason.
     * It is the signal of what the client works for, such as the operation of a resource, so that no call needs one.
     */
    signal?: AbortSignal | undefined;
    /** What says that nothing but GET is sent, such as `gandi:readOnly`. Default: everything is. */
    readOnly?: string | undefined;
    /** Called before each request is sent, and what it answers when that is over. Throws where none may be sent any more. */
    admit?: (() => () => void) | undefined;
}

/** What a POST takes that makes something. */
export interface MakeOptions {
    /** Default `unsent`; `unconnected` where the caller looks for what a 429 may have made. */
    repeat?: Extract<Repeat, "unsent" | "unconnected"> | undefined;
}

/** What every read of a collection takes. */
export interface ListOptions {
    /**
     * Share the answer with the other readers of this process: it may be five seconds old, but never older than this
     * process's last write to it. Default false, which is right for waiting until something shows.
     */
    shared?: boolean | undefined;
}

export interface RequestOptions<R extends Route, T> {
    /** The route as documented, such as `GET /v5/domain/domains/{domain}`. */
    route: R;
    params: Params<R>;
    query?: Query | undefined;
    /** Sent as JSON; a string as text/plain. */
    body?: unknown;
    headers?: Record<string, string> | undefined;
    /** What the answer must be. Without it an answer may be empty, and its data is whatever it is. */
    schema?: ZodType<T> | undefined;
    /** `text` asks for text/plain, and the schema is of the text. Default `json`. */
    as?: "json" | "text" | undefined;
    /** Statuses of 300 and more that are answers here, not errors, such as 303. Redirects are never followed. */
    expect?: readonly number[] | undefined;
    /** Default by method: GET, PUT, DELETE `always`, others `unsent`. */
    repeat?: Repeat | undefined;
    /** The domain in question, where the path does not name it: errors begin with it. */
    about?: string | undefined;
    /** Texts in the request that no error may hold. */
    secrets?: readonly string[] | undefined;
}

export interface Answer<T> {
    status: number;
    headers: IncomingHttpHeaders;
    data: T;
}

/** A wait below this is not worth a line, in milliseconds. */
const NOTICEABLE = 2_000;

/**
 * Asks the Gandi API. Clients are light: they share connections, the rate limit and reads of an origin.
 *
 * Every failure is a {@link GandiError}, except an abort, which is the signal's reason.
 */
export class Client {
    /** The organisation that pays, if not the token's own. */
    readonly sharingId: string | undefined;
    /** The origin asked, such as `https://api.gandi.net`. */
    readonly origin: string;
    readonly clock: Clock;
    readonly log: (line: string) => void;
    readonly #options: ClientOptions;
    readonly #prefix: string;
    readonly #shared: Origin;
    /** Who reads, of the readers that share: the token as a digest, and the payer. */
    readonly #reader: string;
    /** The shared read that this client was made for. */
    readonly #sharing: Sharing | undefined;

    /**
     * @param sharing the shared read that the client is made for: not for callers
     * @throws Error when a setting can't be used: the message names it, and never the token
     */
    constructor(options: ClientOptions, sharing?: Sharing) {
        this.#sharing = sharing;
        const { origin, prefix } = parseBaseUrl(options.url ?? DEFAULT_URL);
        if (!/^[\x21-\x7e]+$/.test(options.credential.token)) {
            const state =
                options.credential.token === "" ? "is empty" : "holds a space, a line end or a foreign letter";
            throw new Error(`The token of ${options.credential.source} ${state}: copy it again.`);
        }
        for (const setting of ["timeout", "requestsPerMinute", "concurrency"] as const) {
            const value = options[setting] ?? 1;
            if (!(value > 0)) throw new Error(`${setting} must be more than 0, not ${value}.`);
        }
        this.#options = options;
        this.#prefix = prefix;
        this.origin = origin;
        const { scheme, token } = options.credential;
        this.#reader = createHash("sha256")
            .update(JSON.stringify([prefix, scheme, token, options.sharingId]))
            .digest("hex");
        this.sharingId = options.sharingId;
        this.clock = options.clock ?? systemClock;
        this.log = options.log ?? (() => {});
        this.#shared = (options.origins ?? ownOrigins).of(origin, {
            requestsPerMinute: options.requestsPerMinute ?? 1000,
            concurrency: options.concurrency ?? 16,
            clock: this.clock,
        });
    }

    /** The same client for another payer. */
    withSharingId(sharingId: string | undefined): Client {
        return new Client({ ...this.#options, sharingId }, this.#sharing);
    }

    /** The same client, ended by this signal too. */
    withSignal(signal: AbortSignal): Client {
        const own = this.#options.signal;
        const either = own === undefined ? signal : AbortSignal.any([own, signal]);
        return new Client({ ...this.#options, signal: either }, this.#sharing);
    }

    /** Sends a request, as often as its `repeat` allows, and checks the answer. */
    async request<R extends Route, T = unknown>(options: RequestOptions<R, T>): Promise<Answer<T>> {
        const { method, path } = fillRoute(options.route, options.params);
        const send = () => this.#repeat(options, path, options.repeat ?? REPEAT[method]);
        if (method === "GET") {
            return send();
        }
        if (this.#options.readOnly !== undefined) {
            throw readOnlyError(this.#attempt(options, path), this.#options.readOnly);
        }
        return this.#shared.reads.write(path, send);
    }

    /**
     * A read that the process shares: see {@link ListOptions.shared}. `load` is called if nobody has asked yet, with a
     * client that goes on for as long as anybody waits for the answer.
     */
    share<R extends Route, T>(
        route: R,
        params: Params<R>,
        query: Query,
        load: (client: Client) => Promise<T>,
    ): Promise<T> {
        const path = fillRoute(route, params).path + queryString(query);
        return this.#shared.reads.read(this.#reader, path, this.#loading(load), this.#options.signal);
    }

    /** One item of a collection that the process shares: alone for a single reader, else picked from the list. */
    shareOne<R extends Route, T, List>(
        route: R,
        params: Params<R>,
        how: { one: () => Promise<T>; list: (client: Client) => Promise<List>; pick: (list: List) => T },
    ): Promise<T> {
        const { path } = fillRoute(route, params);
        const loading = { ...how, list: this.#loading(how.list) };
        return this.#shared.reads.readOne(this.#reader, path, loading, this.#options.signal);
    }

    #loading<T>(load: (client: Client) => Promise<T>): (sharing: Sharing) => Promise<T> {
        return (sharing) => load(new Client({ ...this.#options, signal: sharing.signal }, sharing));
    }

    async #repeat<R extends Route, T>(options: RequestOptions<R, T>, path: string, repeat: Repeat): Promise<Answer<T>> {
        const { signal } = this.#options;
        const start = this.clock.now();
        for (let attempt = 1; ; attempt++) {
            try {
                return await this.#once(options, path);
            } catch (error) {
                signal?.throwIfAborted();
                const limited = this.#sharing?.isLimited() ?? signal !== undefined;
                const soFar = { attempt, elapsed: this.clock.now() - start, limited };
                const wait = waitBeforeRepeat(error, repeat, soFar, this.clock);
                if (wait === undefined) {
                    throw attempt > 1 && GandiError.is(error) ? error.saying(`Tried ${attempt} times.`) : error;
                }
                if (wait >= NOTICEABLE) {
                    this.log(`trying again in ${Math.ceil(wait / 1000)} s: ${(error as Error).message}`);
                }
                await this.clock.sleep(wait, signal);
            }
        }
    }

    async #once<R extends Route, T>(options: RequestOptions<R, T>, path: string): Promise<Answer<T>> {
        const { gate, dispatcher } = this.#shared;
        const { signal, timeout = 60 } = this.#options;
        const permit = await gate.enter(this.log, signal);
        let over = () => {};
        try {
            over = this.#options.admit?.() ?? over;
            const answer = await exchange(dispatcher, {
                attempt: this.#attempt(options, path),
                origin: this.origin,
                url: this.#prefix + path + queryString({ ...options.query, sharing_id: this.sharingId }),
                sharingId: this.sharingId,
                timeout,
                clock: this.clock,
                signal,
                ...options,
            });
            gate.leave(permit, "answered");
            return answer as Answer<T>;
        } catch (error) {
            if (GandiError.is(error, "rateLimited")) gate.leave(permit, "refused", error.retryAfter);
            else gate.leave(permit, GandiError.is(error) && error.status !== undefined ? "answered" : "failed");
            throw error;
        } finally {
            over();
        }
    }

    #attempt(options: RequestOptions<Route, unknown>, path: string): Attempt {
        const params: Record<string, string> = options.params;
        return {
            method: options.route.slice(0, options.route.indexOf(" ")),
            path,
            host: new URL(this.origin).host,
            credential: this.#options.credential,
            remedies: this.#options.remedies,
            domain: params.domain ?? params.fqdn ?? options.about,
            aboutDomain: Object.keys(params).length === 1 && /\{(domain|fqdn)\}$/.test(options.route),
            secrets: options.secrets,
        };
    }
}
