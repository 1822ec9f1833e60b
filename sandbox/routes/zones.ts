import { type Api, apiRoot, normalFqdn, visibleDomain, visibleZone } from "../access";
import { json, message } from "../answers";
import { conflict, otherOrganization } from "../errors";
import { paged } from "../paging";
import { defaultRRsets, hashedNameservers, newZone, zoneNameservers } from "../state/zone";
import { bodyFields, type Fields } from "../validation/fields";
import { RECORD_TYPES } from "../validation/rdata";
import { MAX_TTL, MIN_TTL, readRRset, zoneProblems } from "../validation/records";

const DOMAIN = "/livedns/domains/:fqdn";

/** The routes `livedns/domains`, `livedns/domains/{fqdn}` and `livedns/dns/rrtypes`. */
export function zoneRoutes(api: Api): void {
    api.get("/livedns/dns/rrtypes", () => json(RECORD_TYPES));

    api.get("/livedns/domains", (call) => {
        const { world, caller } = call.var;
        const root = `${apiRoot(call)}/livedns/domains`;
        const zones = [...world.state.zones.values()]
            .filter((zone) => zone.organization === caller.organization)
            .map(({ fqdn }) => ({
                fqdn,
                domain_href: `${root}/${fqdn}`,
                domain_records_href: `${root}/${fqdn}/records`,
            }))
            .sort((a, b) => (a.fqdn < b.fqdn ? -1 : 1));
        return paged(new URL(call.req.url), zones, "livedns");
    });

    api.post("/livedns/domains", async (call) => {
        const { world, caller } = call.var;
        const fields = bodyFields(await call.req.text(), "livedns");
        const fqdn = normalFqdn(fields.string("fqdn", { required: true }) ?? "");
        const { rrsets, soaTtl } = readNewZone(fields, fqdn);
        fields.done("livedns");
        const { organization } = visibleDomain(call, fqdn, "livedns");
        if (organization !== caller.organization) {
            throw otherOrganization();
        }
        if (world.state.zones.has(fqdn)) {
            // Guess: how a zone that is there already is refused.
            throw conflict("livedns", "This domain already exists");
        }
        const zone = newZone(fqdn, caller.organization, rrsets, world.now());
        world.state.zones.set(fqdn, { ...zone, soaTtl: soaTtl ?? zone.soaTtl });
        return message("Domain Created", 201, `${apiRoot(call)}/livedns/domains/${fqdn}`);
    });

    api.get(DOMAIN, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const href = `${apiRoot(call)}/livedns/domains/${zone.fqdn}`;
        return json({
            domain_keys_href: `${href}/keys`,
            fqdn: zone.fqdn,
            automatic_snapshots: zone.automaticSnapshots,
            domain_records_href: `${href}/records`,
            domain_href: href,
        });
    });

    api.patch(DOMAIN, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const fields = bodyFields(await call.req.text(), "livedns");
        const automatic = fields.boolean("automatic_snapshots");
        fields.done("livedns");
        zone.automaticSnapshots = automatic ?? zone.automaticSnapshots;
        return message("This domain was updated", 200);
    });

    api.get(`${DOMAIN}/nameservers`, (call) => json(zoneNameservers(visibleZone(call, call.req.param("fqdn")))));
}

/** The one route without authentication: it hashes any name. */
export function genericNameserverRoute(api: Api): void {
    api.get("/livedns/nameservers/:fqdn", (call) => json(hashedNameservers(normalFqdn(call.req.param("fqdn")))));
}

/**
 * Guess: a domain that is added without `zone` gets Gandi's default records, and one with it nothing but its items: octoDNS
 * adds `zone: {}` and then creates each of its own records.
 */
function readNewZone(fields: Fields, fqdn: string) {
    const zone = fields.nested("zone");
    const soaTtl = zone?.integer("ttl", { min: MIN_TTL, max: MAX_TTL });
    const items = zone?.items("items") ?? [];
    const rrsets = zone ? items.flatMap((item) => readRRset(item, fqdn) ?? []) : defaultRRsets();
    for (const problem of zoneProblems(rrsets)) {
        fields.fail("zone.items", problem);
    }
    return { rrsets, soaTtl };
}
