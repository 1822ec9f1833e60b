import { type Api, type Call, normalFqdn } from "../access";
import { message } from "../answers";
import { conflict, missingForward, noMailboxYet, tooManyForwards } from "../errors";
import { pagedPlainly } from "../paging";
import type { MailDomain } from "../state/model";
import { bodyFields, Fields } from "../validation/fields";
import { isLocalPart } from "../validation/localParts";
import { readDestinations } from "./forwards";
import { isSeen, visibleMailDomain } from "./mailDomains";

const FORWARDS = "/mailbox/forwards";
const FORWARD = `${FORWARDS}/:source` as const;
const MOST_OF_A_DOMAIN = 1000;

/**
 * Forwards of the Mailbox API: `mailbox/forwards…`, by whole addresses, of all domains in one list. There is no route that
 * reads one alone.
 *
 * Guess: that a forward which is made or changed shows as late as any other that is answered with 202, and that it goes at
 * once, as its removal is answered with 200.
 */
export function mailForwardRoutes(api: Api): void {
    api.get(FORWARDS, (call) => {
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const search = query.string("search")?.toLowerCase() ?? "";
        const order = query.string("sort_by", { oneOf: ["source", "-source"] }) ?? "source";
        query.done("email");
        const domains = [...call.var.world.state.mailDomains.values()].filter((one) => isSeen(call, one.organization));
        const all = domains.flatMap(({ forwards }) =>
            [...forwards].map(([source, destinations]) => ({ source, destinations })),
        );
        const isFound = (text: string) => text.toLowerCase().includes(search);
        const found = all
            .filter(({ source, destinations }) => isFound(source) || destinations.some(isFound))
            .sort((one, other) => (one.source < other.source ? -1 : 1));
        return pagedPlainly(url, order === "source" ? found : found.reverse());
    });
    api.post(FORWARDS, async (call) => {
        const fields = bodyFields(await call.req.text(), "email");
        const source = fields.string("source", { required: true }) ?? "";
        const [local = "", fqdn = ""] = splitAddress(source);
        if (source !== "" && !(isLocalPart(local) && fqdn !== "")) {
            fields.fail("source", `'${source}': invalid email address`);
        }
        const destinations = readDestinations(fields);
        fields.done("email");
        const domain = visibleMailDomain(call, fqdn);
        const { world } = call.var;
        const isSame = (other: unknown) => String(other).toLowerCase() === source.toLowerCase();
        const isThere = [...domain.forwards.keys()].some(isSame);
        if (isThere || world.isAccepted(domain.fqdn, "mailForwardSet", (forward) => isSame(forward.source))) {
            throw conflict("email", `A forward already exists for '${source}'`);
        }
        if (domain.mailboxes.size === 0) {
            throw noMailboxYet(domain.fqdn);
        }
        if (isAddressOfMailbox(domain, source)) {
            // Guess: that a forward of an address that a mailbox or an alias has is refused, and how.
            throw conflict("email", `'${source}' is an address of a mailbox`);
        }
        if (domain.forwards.size >= MOST_OF_A_DOMAIN) {
            throw tooManyForwards(domain.fqdn);
        }
        set(call, domain, source, destinations);
        return message("The forward is being created.", 202);
    });
    api.put(FORWARD, async (call) => {
        const { domain, source } = knownForward(call, call.req.param("source"));
        const fields = bodyFields(await call.req.text(), "email");
        const destinations = readDestinations(fields);
        fields.done("email");
        if (domain.mailboxes.size === 0) {
            throw noMailboxYet(domain.fqdn);
        }
        set(call, domain, source, destinations);
        return message("The forward is being updated.", 202);
    });
    api.delete(FORWARD, (call) => {
        const { domain, source } = knownForward(call, call.req.param("source"));
        call.var.world.countForwardChange(domain.organization);
        domain.forwards.delete(source);
        return message("The forward was deleted.", 200);
    });
}

function set(call: Call, domain: MailDomain, source: string, destinations: string[]): void {
    call.var.world.countForwardChange(domain.organization);
    call.var.world.startAtMailboxApi(domain.fqdn, "mailForwardSet", { source, destinations });
}

function splitAddress(address: string): [local: string, fqdn: string] {
    const at = address.lastIndexOf("@");
    return [address.slice(0, Math.max(at, 0)), at < 0 ? "" : normalFqdn(address.slice(at + 1))];
}

/** The source as it was made. Guess: its case does not count here either. */
function knownForward(call: Call, given: string): { domain: MailDomain; source: string } {
    const domain = visibleMailDomain(call, splitAddress(given)[1]);
    const source = [...domain.forwards.keys()].find((one) => one.toLowerCase() === given.toLowerCase());
    if (source === undefined) {
        throw missingForward(given);
    }
    return { domain, source };
}

/** An alias with a wildcard stands for addresses that a forward may have. */
function isAddressOfMailbox({ mailboxes, fqdn }: MailDomain, source: string): boolean {
    const wanted = source.toLowerCase();
    const aliases = [...mailboxes.values()].flatMap((mailbox) => mailbox.aliases);
    return mailboxes.has(wanted) || aliases.some((alias) => `${alias}@${fqdn}`.toLowerCase() === wanted);
}
