import type { World } from "../world";
import { type Declared, DOMAINS, type ProgramModel } from "./model";

/** What an action has to hand. */
export interface Scene {
    readonly world: World;
    readonly model: ProgramModel;
    /** The id of a resource in the stack's state. */
    idOf(declared: Declared): string | undefined;
    /** A number in [0, 1) that belongs to the action alone. */
    readonly roll: () => number;
    /** A number that no other action has. */
    readonly serial: number;
    /** RRsets of the zone that nobody declares: they must stay. */
    readonly strangers: Record<string, readonly string[]>;
}

/** Changes what a program declares, or what is at Gandi, and says how; undefined where there is nothing to do it to. */
export type Action = (scene: Scene) => string | undefined;

function pick<T>(all: readonly T[], roll: () => number): T | undefined {
    return all[Math.floor(roll() * all.length)];
}

function address(roll: () => number): string {
    return `192.0.2.${1 + Math.floor(roll() * 250)}`;
}

function values(type: string, roll: () => number): string[] {
    const one = Math.floor(roll() * 1000);
    switch (type) {
        case "A":
            return [...new Set([address(roll), address(roll)])];
        case "MX":
            return [`${10 + (one % 5)} mx${one}.example.net.`];
        default:
            return [`text ${one}`];
    }
}

function add({ model, serial }: Scene, kind: string, args: Declared["args"]): string {
    model.declared.push({ kind, name: `r${serial}`, args });
    return `declares ${kind} r${serial} ${JSON.stringify(args)}`;
}

const growing: Readonly<Record<string, Action>> = {
    record: (scene) => {
        const type = pick(["A", "TXT", "MX"], scene.roll)!;
        const name = `${scene.model.stack}-${scene.serial}`;
        return add(scene, "LiveDnsRecord", { domain: DOMAINS.zone, name, type, values: values(type, scene.roll) });
    },
    glue: (scene) => {
        const name = `${scene.model.stack}-ns${scene.serial}`;
        return add(scene, "GlueRecord", { domain: DOMAINS.glue, name, ips: values("A", scene.roll) });
    },
    forward: (scene) => {
        const source = `${scene.model.stack}-${scene.serial}`;
        const destinations = [`x${Math.floor(scene.roll() * 1000)}@example.net`];
        return add(scene, "EmailForward", { domain: DOMAINS.mail, source, destinations });
    },
    redirection: (scene) => {
        const host = `${scene.model.stack}-${scene.serial}`;
        const url = `https://example.net/${Math.floor(scene.roll() * 1000)}`;
        return add(scene, "WebRedirection", { domain: DOMAINS.mail, host, url, type: "permanent" });
    },
    secondary: (scene) => {
        const used = new Set(scene.world.sandbox.state.zone(DOMAINS.zone)?.slaves);
        const ip = `198.51.100.${1 + (scene.serial % 250)}`;
        return used.has(ip) ? undefined : add(scene, "AxfrSlave", { domain: DOMAINS.zone, ip });
    },
    snapshot: (scene) => add(scene, "Snapshot", { domain: DOMAINS.zone, name: `${scene.model.stack}-${scene.serial}` }),
    domain: (scene) =>
        scene.model.of("Domain").length >= 2
            ? undefined
            : add(scene, "Domain", { fqdn: `shop-${scene.serial}.com`, owner: OWNER, maxPrice: 20 }),
    "registry key": (scene) => {
        const bytes = Buffer.from(Array.from({ length: 64 }, () => Math.floor(scene.roll() * 256)));
        const publicKey = bytes.toString("base64");
        return scene.model.of("DnssecKey").length >= 2
            ? undefined
            : add(scene, "DnssecKey", { domain: DOMAINS.keys, algorithm: 13, type: "ksk", publicKey });
    },
};

/** Keys that are rolled over: the new one beside the old ones, which go later. Only one stack does it: nobody else's are taken. */
const rolling: Readonly<Record<string, Action>> = {
    "TSIG key": (scene) =>
        scene.model.stack === "b" || scene.model.of("TsigKey").length >= 2
            ? undefined
            : add(scene, "TsigKey", {
                  domains: [DOMAINS.zone],
                  alongside: [...scene.world.sandbox.world.state.tsig.keys()],
              }),
    "signing key": (scene) => {
        const keys = scene.world.sandbox.state.zone(DOMAINS.signed)?.keys ?? [];
        return scene.model.stack === "b" || scene.model.of("LiveDnsKey").length >= 2
            ? undefined
            : add(scene, "LiveDnsKey", { domain: DOMAINS.signed, flags: 257, alongside: keys.map(({ id }) => id) });
    },
};

/** What goes with no trace at Gandi; a domain is retained. */
const shrinks: Action = ({ model, roll }) => {
    const gone = pick(
        model.declared.filter(({ kind }) => kind !== "Domain"),
        roll,
    );
    if (gone === undefined) return undefined;
    model.remove(gone);
    return `drops ${gone.kind} ${gone.name}`;
};

const changes: Action = ({ model, roll }) => {
    const changed = pick(
        model.declared.filter(({ kind }) => ["LiveDnsRecord", "GlueRecord", "EmailForward"].includes(kind)),
        roll,
    );
    if (changed === undefined) return undefined;
    const { kind, args } = changed;
    const change =
        kind === "LiveDnsRecord"
            ? { values: values(String(args.type), roll), ttl: 300 + Math.floor(roll() * 1000) }
            : kind === "GlueRecord"
              ? { ips: values("A", roll) }
              : { destinations: [`y${Math.floor(roll() * 1000)}@example.net`, "z@example.net"] };
    changed.args = { ...args, ...change };
    return `changes ${kind} ${changed.name} to ${JSON.stringify(change)}`;
};

/** What can't be had twice is taken over under another URN: nothing is ordered, no second key made. */
function taken({ idOf }: Scene, moved: Declared): void {
    const adopt = moved.kind === "Domain" ? true : moved.kind === "TsigKey" ? idOf(moved) : undefined;
    if (adopt !== undefined) {
        moved.args = { ...moved.args, adopt };
    }
}

const renames: Action = (scene) => {
    const { model, roll, serial } = scene;
    const renamed = pick(model.declared, roll);
    if (renamed === undefined) return undefined;
    const before = renamed.name;
    taken(scene, renamed);
    renamed.name = `n${serial}`;
    return `renames ${renamed.kind} ${before} to ${renamed.name}`;
};

const moves: Action = (scene) => {
    const { model, roll } = scene;
    const moved = pick(model.declared, roll);
    if (moved === undefined) return undefined;
    taken(scene, moved);
    moved.component = moved.component === undefined ? "group" : undefined;
    return `moves ${moved.kind} ${moved.name} ${moved.component ? "into" : "out of"} a component`;
};

const givesProvider: Action = (scene) => {
    const { model, roll } = scene;
    const given = pick(model.declared, roll);
    if (given === undefined) return undefined;
    taken(scene, given);
    given.hasOwnProvider = !given.hasOwnProvider;
    return `gives ${given.kind} ${given.name} ${given.hasOwnProvider ? "its own" : "the default"} provider`;
};

/** Another identity under the same name. */
const replaces: Action = ({ model, roll, serial }) => {
    const replaced = pick(
        model.declared.filter(({ kind }) => ["LiveDnsRecord", "GlueRecord", "EmailForward", "Snapshot"].includes(kind)),
        roll,
    );
    if (replaced === undefined) return undefined;
    const property = replaced.kind === "EmailForward" ? "source" : "name";
    replaced.args = { ...replaced.args, [property]: `${model.stack}-${serial}` };
    return `calls ${replaced.kind} ${replaced.name} ${model.stack}-${serial}`;
};

/** From a resource of its own into the stack's shared zone. */
const intoZone: Action = ({ model, roll }) => {
    const moved = pick(model.of("LiveDnsRecord"), roll);
    if (moved === undefined) return undefined;
    model.remove(moved);
    const { domain, ...record } = moved.args;
    const zone = zoneOf(model);
    zone.args = { ...zone.args, records: [...(zone.args.records as object[]), record] };
    return `moves record ${moved.name} (${record.name} ${record.type}) into the zone`;
};

const outOfZone: Action = ({ model, roll, serial }) => {
    const [zone] = model.of("LiveDnsZone");
    const record = pick((zone?.args.records ?? []) as Declared["args"][], roll);
    if (zone === undefined || record === undefined) return undefined;
    const records = (zone.args.records as object[]).filter((each) => each !== record);
    if (records.length === 0) model.remove(zone);
    zone.args = { ...zone.args, records };
    model.declared.push({ kind: "LiveDnsRecord", name: `r${serial}`, args: { domain: DOMAINS.zone, ...record } });
    return `moves ${record.name} ${record.type} out of the zone, as r${serial}`;
};

function zoneOf(model: ProgramModel): Declared {
    const [known] = model.of("LiveDnsZone");
    if (known !== undefined) {
        return known;
    }
    const args = { domain: DOMAINS.zone, exclusive: false, deletionPolicy: "delete", records: [] };
    const zone: Declared = { kind: "LiveDnsZone", name: "zone", args };
    model.declared.push(zone);
    return zone;
}

/** Changes in the program. */
export const inProgram: Readonly<Record<string, Action>> = {
    ...growing,
    ...rolling,
    shrinks,
    changes,
    renames,
    moves,
    givesProvider,
    replaces,
    intoZone,
    outOfZone,
};

const someRRset = ({ model, roll }: Scene) => pick(Object.keys(model.rrsets()), roll)?.split(" ");

/** Changes by hand, past the program: the next `up --refresh` sets right what the program declares. */
export const byHand: Readonly<Record<string, Action>> = {
    "edits an RRset": (scene) => {
        const [name, type] = someRRset(scene) ?? [];
        if (name === undefined || type === undefined) return undefined;
        const drifted = type === "TXT" ? ['"drifted"'] : values(type, scene.roll);
        scene.world.sandbox.setRRset(DOMAINS.zone, { name, type, ttl: 600, values: drifted });
        return `somebody edits ${name} ${type}`;
    },
    "removes an RRset": (scene) => {
        const [name, type] = someRRset(scene) ?? [];
        if (name === undefined || type === undefined) return undefined;
        scene.world.sandbox.deleteRRset(DOMAINS.zone, name, type);
        return `somebody removes ${name} ${type}`;
    },
    "adds an RRset": ({ world, strangers, serial }) => {
        world.sandbox.setRRset(DOMAINS.zone, { name: `stranger-${serial}`, type: "A", values: ["203.0.113.1"] });
        strangers[`stranger-${serial} A`] = ["203.0.113.1"];
        return `somebody adds stranger-${serial} A`;
    },
    "edits a forward": ({ world, model, roll }) => {
        const forward = pick(model.of("EmailForward"), roll);
        if (forward === undefined) return undefined;
        const source = String(forward.args.source);
        world.sandbox.editDomain(DOMAINS.mail, { forwards: { [source]: ["drifted@example.net"] } });
        return `somebody edits the forward ${source}`;
    },
    "removes a glue record": ({ world, model, roll }) => {
        const glue = pick(model.of("GlueRecord"), roll);
        if (glue === undefined) return undefined;
        world.sandbox.editDomain(DOMAINS.glue, { hosts: { [String(glue.args.name)]: null } });
        return `somebody removes the glue record ${glue.args.name}`;
    },
};

const OWNER = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    zip: "75001",
    city: "Paris",
    country: "FR",
    phone: "+33.123456789",
};
