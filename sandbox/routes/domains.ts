import { type Api, apiRoot, visibleDomain } from "../access";
import { empty, json, message, text } from "../answers";
import { forbidden, noRenewal } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import type { Domain } from "../state/model";
import { tldOf } from "../state/prices";
import { bodyFields, Fields } from "../validation/fields";
import { globbed } from "../validation/glob";
import { domainListView, domainView, nameserverKind } from "./domainViews";

const DOMAINS = "/domain/domains";
const DOMAIN = "/domain/domains/:domain";
const ACCEPTED = "The request has been accepted.";

/** The domain itself: list, details, deletion, transfer code, automatic renewal, tags. */
export function domainRoutes(api: Api): void {
    api.get(DOMAINS, (call) => {
        const { world, caller } = call.var;
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const wanted = {
            fqdn: query.string("fqdn"),
            nameserver: query.string("nameserver", { oneOf: ["abc", "livedns", "other"] }),
            resellee: query.string("resellee_id"),
            tld: query.string("tld"),
        };
        const order = query.string("sort_by");
        query.done("domain");
        const all = [...world.state.domains.values()]
            .filter(({ organization }) =>
                caller.sharingId === undefined
                    ? caller.token.reaches.includes(organization)
                    : organization === caller.sharingId,
            )
            .sort((a, b) => (a.fqdn < b.fqdn ? -1 : 1));
        // Guess: the document names the default `fqdn` only; the list of snapshots has the minus sign. Others are ignored.
        if (order === "-fqdn") {
            all.reverse();
        }
        const shown = all.filter((domain) => fits(domain, wanted));
        if (call.req.header("accept")?.startsWith("text/csv")) {
            return text(csv(shown), "text/csv");
        }
        const views = shown.map((domain) => domainListView(world.state, apiRoot(call), domain));
        const filtered = Object.values(wanted).some((value) => value !== undefined);
        const counts = { "total-count": String(all.length), "filtered-count": String(shown.length) };
        return paged(url, views, "domain", filtered ? counts : {});
    });

    api.get(DOMAIN, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        return json(domainView(call.var.world.state, apiRoot(call), domain));
    });

    api.delete(DOMAIN, (call) => {
        const { world } = call.var;
        const domain = visibleDomain(call, call.req.param("domain"));
        const organization = world.state.organizations.find(({ id }) => id === domain.organization);
        if (!organization?.mayDeleteDomains) {
            throw forbidden();
        }
        world.startAtRegistry(domain.fqdn, "domainDelete");
        return message(ACCEPTED, 202);
    });

    api.put(`${DOMAIN}/authinfo`, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        call.var.world.startAtRegistry(domain.fqdn, "authinfo");
        return message("The authorization code is being reset", 201);
    });

    api.patch(`${DOMAIN}/autorenew`, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const enabled = fields.boolean("enabled", { required: true });
        const duration = fields.integer("duration", { min: 1, max: 9 }) ?? 1;
        const organization = fields.string("org_id") ?? domain.autorenew.org_id;
        if (!call.var.caller.token.reaches.includes(organization)) {
            // Guess: the wording for an organisation that the token does not reach.
            fields.fail("org_id", "This organization does not exist");
        }
        fields.done("domain");
        if (enabled) {
            domain.hasRenewed = true;
        } else if (!domain.hasRenewed && !domain.autorenew.enabled) {
            throw noRenewal();
        }
        domain.autorenew = { enabled: enabled ?? false, duration, org_id: organization };
        return message("Automatic renewal updated", 201);
    });

    api.patch(`${DOMAIN}/status`, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const locked = fields.boolean("clientTransferProhibited", { required: true });
        fields.done("domain");
        call.var.world.startAtRegistry(domain.fqdn, "transferLock", { locked });
        return message(ACCEPTED, 202);
    });

    api.get(`${DOMAIN}/tags`, (call) => json(visibleDomain(call, call.req.param("domain")).tags));
    api.put(`${DOMAIN}/tags`, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const tags = fields.strings("tags", { required: true });
        fields.done("domain");
        domain.tags = [...new Set(tags)];
        return message("Tags updated", 200);
    });
    api.delete(`${DOMAIN}/tags`, (call) => {
        visibleDomain(call, call.req.param("domain")).tags = [];
        return empty(204);
    });
    api.patch(`${DOMAIN}/tags`, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const removed = new Set(fields.strings("remove"));
        const added = fields.strings("add") ?? [];
        fields.done("domain");
        domain.tags = [...new Set([...domain.tags.filter((tag) => !removed.has(tag)), ...added])];
        return message("Tags updated", 200);
    });
}

interface Wanted {
    fqdn: string | undefined;
    nameserver: string | undefined;
    resellee: string | undefined;
    tld: string | undefined;
}

function fits(domain: Domain, { fqdn, nameserver, resellee, tld }: Wanted): boolean {
    const kind = nameserverKind(domain);
    return (
        (fqdn === undefined || globbed(fqdn.toLowerCase(), domain.fqdn)) &&
        (nameserver === undefined || nameserver === (kind === "classic" ? "abc" : kind)) &&
        (resellee === undefined || resellee === domain.resellee) &&
        (tld === undefined || tld === tldOf(domain.fqdn))
    );
}

/** Guess: the columns of the list of domains; the document says no more than that the answer is CSV. */
function csv(domains: Domain[]): string {
    const rows = domains.map((domain) => [
        domain.fqdn,
        tldOf(domain.fqdn),
        isoDate(domain.createdAt),
        isoDate(domain.endsAt),
    ]);
    return [["fqdn", "tld", "created_at", "registry_ends_at"], ...rows].map((row) => `${row.join(",")}\n`).join("");
}
