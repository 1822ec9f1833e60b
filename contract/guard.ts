import type { Needs } from "./fact";
import { isBelowLabel, isOwn, labelOf, type Place } from "./place";

/** What a run may send. */
export interface Bounds {
    place: Place;
    /** The domain below whose label may be written, if any. */
    write: string | undefined;
    /** Where `money` and `limit` may be tried: Gandi's own test environment, or a sandbox on loopback. */
    isPlayground: boolean;
    /** Ids of the snapshots that the run has made. */
    snapshots: ReadonlySet<string>;
}

export interface Sent {
    method: string;
    url: URL;
    body: string | undefined;
}

/** A request that must not be sent: the table asks for more than it says, or a name is not where it should be. */
export class Refused extends Error {}

/** Refuses, by its name, each request that what a fact needs does not cover. @throws Refused */
export function guard(sent: Sent, needs: Needs, bounds: Bounds): void {
    const { method, url } = sent;
    const refuse = (why: string) => {
        throw new Refused(`${method} ${url.pathname} was not sent: ${why}`);
    };
    if ((needs === "money" || needs === "limit") && !bounds.isPlayground) {
        refuse(`what needs ${needs} is tried in a test environment only`);
    }
    if (method === "GET") {
        return;
    }
    if (needs === "read" || needs === "limit") {
        refuse(`what needs ${needs} asks with GET alone`);
    }
    const path = url.pathname.split("/").slice(1).map(decoded);
    const body = parsed(sent.body);
    const isCovered = isBelow(method, path, body, bounds) || (needs === "money" && isOnOwn(method, path, body, bounds));
    if (!isCovered) {
        refuse(`it is not below ${labelOf(bounds.place)} of ${bounds.write ?? "any domain"}`);
    }
}

/** Whether a request changes nothing but what is below the label, or a snapshot of the run. */
function isBelow(method: string, path: string[], body: unknown, { place, write, snapshots }: Bounds): boolean {
    if (write === undefined || !namesInBody(body).every((name) => isBelowLabel(name, place))) {
        return false;
    }
    const { name, source, rrset_name } = isObject(body) ? body : {};
    const [version, api, kind, third, fourth, fifth] = path;
    if (version !== "v5") {
        return false;
    }
    if (api === "email" && kind === "forwards" && third === write) {
        const given = fourth ?? (method === "POST" ? source : undefined);
        const [local, domain = write] = String(given).split("@");
        return isBelowLabel(local!, place) && domain === write && path.length <= 5;
    }
    if (api !== "livedns" || kind !== "domains" || third !== write) {
        return false;
    }
    if (fourth === "records") {
        const given = fifth ?? (method === "POST" ? rrset_name : undefined);
        return typeof given === "string" && isBelowLabel(given, place) && path.length <= 7;
    }
    if (fourth === "snapshots" && path.length === 5) {
        return method === "POST" && name === labelOf(place);
    }
    return fourth === "snapshots" && path.length === 6 && method === "DELETE" && snapshots.has(fifth ?? "");
}

/** Whether a request changes nothing but domains that the run has ordered for itself. A TSIG key belongs to no domain. */
function isOnOwn(method: string, path: string[], body: unknown, { place }: Bounds): boolean {
    const route = path.join("/");
    const fqdn = isObject(body) ? body.fqdn : undefined;
    switch (method === "POST" ? route : "") {
        case "v5/livedns/axfr/tsig":
            return true;
        case "v5/domain/domains":
        case "v5/domain/transferin":
        case "v5/livedns/domains":
            return isOwn(fqdn, place);
    }
    const ofDomains = [
        "v5/domain/domains",
        "v5/domain/changeowner",
        "v5/livedns/domains",
        "v5/email/offers",
        "v5/email/forwards",
        "v5/email/mailboxes",
        "v5/email/slots",
    ];
    return ofDomains.includes(path.slice(0, 3).join("/")) && isOwn(path[3], place);
}

/** The names of RRsets that stand anywhere in a body. */
function namesInBody(body: unknown): string[] {
    if (Array.isArray(body)) {
        return body.flatMap(namesInBody);
    }
    if (!isObject(body)) {
        return [];
    }
    return Object.entries(body).flatMap(([key, value]) =>
        key === "rrset_name" ? [String(value)] : namesInBody(value),
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A segment as a server reads it. One that can't be decoded is no name of ours. */
function decoded(segment: string): string {
    try {
        return decodeURIComponent(segment);
    } catch {
        return "";
    }
}

function parsed(body: string | undefined): unknown {
    try {
        return JSON.parse(body ?? "");
    } catch {
        return undefined;
    }
}
