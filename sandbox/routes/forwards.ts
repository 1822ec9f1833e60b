import { type Api, apiRoot, visibleEmailDomain } from "../access";
import { message, text } from "../answers";
import { conflict, missingForward } from "../errors";
import { paged } from "../paging";
import type { Domain } from "../state/model";
import { bodyFields, Fields } from "../validation/fields";
import { globbed } from "../validation/glob";
import { holderOf, judgeLocalPart } from "../validation/localParts";

const FORWARDS = "/email/forwards/:domain";
const FORWARD = `${FORWARDS}/:source` as const;
const ORDERS = ["source", "-source", "destination", "-destination"] as const;

interface Forward {
    source: string;
    destinations: string[];
}

/**
 * Forwards of e-mail: `email/forwards/{domain}…`. There is no route that reads one alone.
 *
 * Guess: a change shows as late as any other that is answered with 202, that of the POST too, which scripts know to be
 * answered with 201; and the statuses of PUT and DELETE, which the document has lost.
 */
export function forwardRoutes(api: Api): void {
    api.get(FORWARDS, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const wanted = { source: query.string("source"), destination: query.string("destination") };
        const order = (query.string("sort_by", { oneOf: ORDERS }) ?? "source") as (typeof ORDERS)[number];
        query.done("email");
        const all = sorted(
            [...domain.forwards].map(([source, destinations]) => ({ source, destinations })),
            order,
        );
        const shown = all.filter((forward) => fits(forward, wanted));
        if (call.req.header("accept")?.startsWith("text/csv")) {
            return text(csv(shown), "text/csv");
        }
        const views = shown.map(({ source, destinations }) => ({
            destinations,
            source,
            href: `${apiRoot(call)}/email/forwards/${domain.fqdn}/${encodeURIComponent(source)}`,
        }));
        // Guess: of whom the two headers speak; the document says "items returned by this call" of the filtered one.
        const counts = { "total-count": String(all.length), "filtered-count": String(shown.length) };
        return paged(url, views, "email", counts);
    });
    api.post(FORWARDS, async (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "email");
        const source = readSource(fields);
        const destinations = readDestinations(fields);
        fields.done("email");
        const { world } = call.var;
        const holder = holderOf(world, domain, source);
        if (holder !== undefined) {
            // Guess: how a forward is refused whose source another forward, a mailbox or an alias has.
            throw conflict("email", `${holder} already exists`);
        }
        world.countForwardChange(domain.organization);
        world.startInMail(domain.fqdn, "forwardSet", { source, destinations });
        return message("Forward created.", 201);
    });
    api.put(FORWARD, async (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const source = knownSource(domain, call.req.param("source"));
        const fields = bodyFields(await call.req.text(), "email");
        const destinations = readDestinations(fields);
        fields.done("email");
        call.var.world.countForwardChange(domain.organization);
        call.var.world.startInMail(domain.fqdn, "forwardSet", { source, destinations });
        return message("Forward updated.", 202);
    });
    api.delete(FORWARD, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const source = knownSource(domain, call.req.param("source"));
        call.var.world.countForwardChange(domain.organization);
        call.var.world.startInMail(domain.fqdn, "forwardDelete", { source });
        return message("Forward deleted.", 202);
    });
}

function readSource(fields: Fields): string {
    const source = fields.string("source", { required: true }) ?? "";
    judgeLocalPart(fields, "source", source);
    return source;
}

/** Guess: what is refused beyond an absent list. */
export function readDestinations(fields: Fields): string[] {
    const destinations = fields.strings("destinations", { required: true, empty: "Required" }) ?? [];
    destinations.forEach((destination, index) => {
        if (!/^[^\s@*]+@([a-z0-9-]+\.)+[a-z0-9-]+$/i.test(destination)) {
            fields.fail(`destinations.${index}`, `'${destination}': invalid email address`);
        }
    });
    return destinations;
}

/** The source as it was made. Guess: its case does not count, and what is not there is a 404. */
function knownSource(domain: Domain, given: string): string {
    const found = [...domain.forwards.keys()].find((source) => source.toLowerCase() === given.toLowerCase());
    if (found === undefined) {
        throw missingForward(`${given}@${domain.fqdn}`);
    }
    return found;
}

function fits({ source, destinations }: Forward, wanted: { source?: string; destination?: string }): boolean {
    return (
        (wanted.source === undefined || globbed(wanted.source, source)) &&
        (wanted.destination === undefined || destinations.some((one) => globbed(wanted.destination!, one)))
    );
}

/** Guess: by the first of several destinations. */
function sorted(forwards: Forward[], order: (typeof ORDERS)[number]): Forward[] {
    const key = ({ source, destinations }: Forward) => (order.endsWith("source") ? source : (destinations[0] ?? ""));
    const rising = forwards.sort((one, other) => (key(one) < key(other) ? -1 : 1));
    return order.startsWith("-") ? rising.reverse() : rising;
}

/** Guess: the columns of the list of forwards; the document says no more than that the answer is CSV. */
function csv(forwards: Forward[]): string {
    const rows = forwards.map(({ source, destinations }) => [source, destinations.join(" ")]);
    return [["source", "destinations"], ...rows].map((row) => `${row.join(",")}\n`).join("");
}
