import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app";
import { Control } from "./control/control";
import { refuseUnknownKeys } from "./knownKeys";
import { isLoopbackHost } from "./loopback";
import { RateLimit } from "./rateLimit";
import { applySeed, type Seed } from "./seed";
import { SeedError } from "./seedError";
import { initialOrganizations, initialTokens, ORGANIZATIONS, TOKENS } from "./state/accounts";
import { Clock } from "./state/clock";
import type { State } from "./state/model";
import { type Delays, World } from "./state/world";
import { loadState, StateWriter } from "./stateFile";

/** How a sandbox is started. */
export interface SandboxOptions {
    /** Default 0: any free port. */
    port?: number;
    /** A loopback address. Default `127.0.0.1`. */
    host?: string;
    /** Milliseconds that each answer takes. Default 0. */
    latency?: number;
    /** Requests in any 60 seconds; more are answered with 429. Default: no limit. */
    rateLimit?: number;
    /** Master files by domain name. They become domains of the first organisation, on LiveDNS. */
    zones?: Record<string, string> | { fqdn: string; text: string }[];
    /** More domains, of any organisation. */
    seed?: Seed;
    /** With `manual` time stands still between calls of `advance`. Default `real`. */
    clock?: "real" | "manual";
    /** Milliseconds that operations take. Default: see {@link Delays}. */
    delays?: Partial<Delays>;
    /** Where the state is kept from one sandbox to the next. Default: nowhere. */
    stateFile?: string;
    /** What `X-Sandbox-Token` must say. Default: a random one. */
    controlToken?: string;
}

const OPTIONS = [
    "port",
    "host",
    "latency",
    "rateLimit",
    "zones",
    "seed",
    "clock",
    "delays",
    "stateFile",
    "controlToken",
] satisfies (keyof SandboxOptions)[];

const DEFAULT_DELAYS: Delays = { order: 8000, operation: 2000, showing: 0, changeOwner: null };

/** Where requests come in. */
interface Door {
    shut(): void;
    reopen(): Promise<void>;
    close(): Promise<void>;
}

/** A running sandbox. */
export class Sandbox extends Control {
    /** A good token of the first organisation. */
    readonly token = TOKENS.first;
    /** The tokens by what they are good for. */
    readonly tokens = TOKENS;
    /** Ids of the organisations, for `sharing_id`. */
    readonly organizations = ORGANIZATIONS;

    /** Use `startSandbox`. @internal */
    constructor(
        world: World,
        clock: Clock,
        controlToken: string,
        /** `http://127.0.0.1:<port>`, without `/v5`. */
        readonly url: string,
        private readonly door: Door,
    ) {
        super(world, clock, controlToken);
    }

    /** Refuses connections from now on, and drops those that there are. @internal */
    shut(): void {
        this.door.shut();
    }

    /** Listens again, at the same address. @internal */
    reopen(): Promise<void> {
        return this.door.reopen();
    }

    /** Ends all connections and writes the state file, if there is one. */
    close(): Promise<void> {
        return this.door.close();
    }
}

/**
 * Starts a sandbox on loopback.
 *
 * @throws TypeError for an option that is none; RangeError for a host that is not loopback; Error with code EADDRINUSE
 * where the port is taken; SeedError, StateFileError for data that can't be read, or a state that can't be kept.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
    refuseUnknownKeys("a sandbox", options, OPTIONS);
    const host = options.host ?? "127.0.0.1";
    if (!isLoopbackHost(host)) {
        throw new RangeError(`the sandbox listens on a loopback address only, not on ${host}`);
    }
    const saved = options.stateFile === undefined ? undefined : loadState(options.stateFile);
    const clock = new Clock(options.clock ?? "real", saved?.clockOffset);
    const world = new World(saved?.state ?? emptyState(), clock, { ...DEFAULT_DELAYS, ...options.delays });
    const domains = [...zoneSeeds(options.zones), ...(options.seed?.domains ?? [])];
    applySeed(world.state, { ...options.seed, domains }, clock.now());
    const writer = new StateWriter(options.stateFile, () => ({ state: world.state, clockOffset: clock.movedBy() }));
    // A file that can't be written is found now, and not when there is something to lose.
    writer.flush();

    const server = createServer();
    const port = await listen(server, host, options.port ?? 0);
    const controlToken = options.controlToken ?? randomBytes(20).toString("hex");
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    const sandbox = new Sandbox(world, clock, controlToken, url, {
        shut: () => void stop(server),
        reopen: async () => void (await listen(server, host, port)),
        async close() {
            await stop(server);
            writer.flush();
        },
    });
    const app = createApp({
        control: sandbox,
        rateLimit: new RateLimit(options.rateLimit),
        latency: options.latency ?? 0,
        changed: () => writer.changed(),
    });
    server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
    return sandbox;
}

function emptyState(): State {
    return {
        organizations: initialOrganizations(),
        tokens: initialTokens(),
        domains: new Map(),
        zones: new Map(),
        mailDomains: new Map(),
        mailboxSlots: [],
        forwardChanges: [],
        tsig: new Map(),
        orders: [],
        operations: [],
        claims: new Map(),
        asked: new Set(),
        nextKeyId: 1,
        nextSlotId: 1,
    };
}

function zoneSeeds(zones: SandboxOptions["zones"] = {}) {
    const list = Array.isArray(zones) ? zones : Object.entries(zones).map(([fqdn, text]) => ({ fqdn, text }));
    return list.map(({ fqdn, text }) => {
        if (typeof text !== "string") {
            throw new SeedError(`${fqdn}: a zone is the text of a master file`);
        }
        return { fqdn, zone: text };
    });
}

function listen(server: Server, host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
            server.off("error", reject);
            resolve((server.address() as AddressInfo).port);
        });
    });
}

function stop(server: Server): Promise<void> {
    return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
    });
}
