import { type Api, apiRoot, type Call, normalFqdn, visibleDomain } from "../access";
import { json, message, text } from "../answers";
import { conflict, missingRedirection } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import type { Domain, WebRedirection } from "../state/model";
import { recordsAt } from "../state/webRedirection";
import { bodyFields, type Fields } from "../validation/fields";
import { isHostName } from "../validation/rdata";

const REDIRECTIONS = "/domain/domains/:domain/webredirs";
const REDIRECTION = `${REDIRECTIONS}/:host` as const;

const TYPES = ["cloak", "http301", "http302"] as const;
const PROTOCOLS = ["http", "https", "httpsonly"] as const;
/** Without `per_page` a page has 50 (one client's report). */
const PAGE = 50;
/** Guess: how long a certificate is on its way, in ms. */
const CERTIFICATE_TAKES = 60_000;

/**
 * Web redirections: `domain/domains/{domain}/webredirs…`. A host is the whole name, in bodies, answers and paths.
 *
 * Guess: that a change shows as late as any other that is answered with 202, and the statuses, which the document has lost.
 * Gandi's test environment answers 500 to a redirection of the apex, and to `https`: this is what production may do.
 */
export function webRedirectionRoutes(api: Api): void {
    api.get(REDIRECTIONS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const views = [...domain.webRedirections].map(([host, redirection]) => view(call, host, redirection));
        if (call.req.header("accept")?.startsWith("text/csv")) {
            return text(csv(views), "text/csv");
        }
        const url = new URL(call.req.url);
        if (!url.searchParams.has("per_page")) {
            url.searchParams.set("per_page", String(PAGE));
        }
        return paged(url, views, "domain");
    });
    api.post(REDIRECTIONS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const { world } = call.var;
        const fields = bodyFields(await call.req.text(), "domain");
        const host = readHost(fields, domain);
        const type = fields.string("type", { required: true, oneOf: TYPES });
        const url = readUrl(fields, true);
        const protocol = fields.string("protocol", { oneOf: PROTOCOLS }) ?? "http";
        const override = fields.boolean("override") ?? false;
        fields.done("domain");
        const isSame = (other: Record<string, unknown>) => other.host === host;
        if (domain.webRedirections.has(host) || world.isAccepted(domain.fqdn, "webRedirectionSet", isSame)) {
            // Guess: how a second redirection of the same host is refused.
            throw conflict("domain", `Web redirection '${host}' already exists`);
        }
        const zone = world.state.zones.get(domain.fqdn);
        if (!override && zone !== undefined && recordsAt(zone, host).length > 0) {
            // Guess: the status and the words of the error that a DNS record triggers, and that Gandi's own counts.
            throw conflict("domain", `A DNS record already exists for '${host}'`);
        }
        world.startOnWeb(domain.fqdn, "webRedirectionSet", { host, type, url, protocol, overrides: true });
        return message("The web redirection is being created.", 202, `${hrefOf(call, domain)}/${host}`);
    });
    api.get(REDIRECTION, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const host = knownHost(domain, call.req.param("host"));
        return json(view(call, host, domain.webRedirections.get(host)!));
    });
    api.patch(REDIRECTION, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const host = knownHost(domain, call.req.param("host"));
        const fields = bodyFields(await call.req.text(), "domain");
        const type = fields.string("type", { oneOf: TYPES });
        const url = readUrl(fields, false);
        const protocol = fields.string("protocol", { oneOf: PROTOCOLS });
        const override = fields.boolean("override");
        fields.done("domain");
        const { world } = call.var;
        const zone = world.state.zones.get(domain.fqdn);
        if (override === false && zone !== undefined && recordsAt(zone, host).length === 0) {
            // Guess: the status and the words, and that an override which is not given asks for no record.
            throw conflict("domain", `There is no DNS record for '${host}'`);
        }
        const set = { type, url, protocol, overrides: override === true };
        world.startOnWeb(domain.fqdn, "webRedirectionSet", { host, ...set });
        return message("The web redirection is being updated.", 202);
    });
    api.delete(REDIRECTION, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const host = knownHost(domain, call.req.param("host"));
        call.var.world.startOnWeb(domain.fqdn, "webRedirectionDelete", { host });
        return message("The web redirection is being deleted.", 202);
    });
}

/** The whole name: a bare label is refused (two reports). Guess: with which words, and that one label may be a wildcard. */
function readHost(fields: Fields, { fqdn }: Domain): string {
    const host = normalFqdn(fields.string("host", { required: true }) ?? "");
    if (host !== "" && host !== fqdn && !(host.endsWith(`.${fqdn}`) && isHostName(host.replace(/^\*\./, "")))) {
        fields.fail("host", `'${host}' is not a host of ${fqdn}`);
    }
    return host;
}

/** Guess: which URLs are refused, and how. */
function readUrl(fields: Fields, required: boolean): string | undefined {
    return fields.string("url", { required, pattern: /^https?:\/\/[^\s/?#]+\S*$/i, expected: "a valid URL" });
}

function knownHost(domain: Domain, given: string): string {
    const host = normalFqdn(given);
    if (!domain.webRedirections.has(host)) {
        throw missingRedirection(host);
    }
    return host;
}

function hrefOf(call: Call, domain: Domain): string {
    return `${apiRoot(call)}/domain/domains/${domain.fqdn}/webredirs`;
}

/** Guess: the states of a certificate; that `override` never reads back is documented. */
function view(call: Call, host: string, { certificate, createdAt, updatedAt, ...shown }: WebRedirection) {
    const isIssued = certificate !== undefined && call.var.world.now() - certificate.orderedAt >= CERTIFICATE_TAKES;
    return {
        host,
        type: shown.type,
        url: shown.url,
        protocol: shown.protocol,
        created_at: isoDate(createdAt),
        updated_at: isoDate(updatedAt),
        ...(certificate ? { cert_uuid: certificate.id, cert_status: isIssued ? "valid" : "pending" } : {}),
    };
}

/** Guess: the columns of the list of redirections; the document says no more than that the answer is CSV. */
function csv(views: ReturnType<typeof view>[]): string {
    const rows = views.map(({ host, type, url, protocol }) => [host, type, url, protocol]);
    return [["host", "type", "url", "protocol"], ...rows].map((row) => `${row.join(",")}\n`).join("");
}
