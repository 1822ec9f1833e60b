import { type Api, visibleDomain } from "../access";
import { json, message } from "../answers";
import { bodyFields } from "../validation/fields";
import { readNameservers } from "../validation/nameservers";
import { nameserverKind } from "./domainViews";

const NAMESERVERS = "/domain/domains/:domain/nameservers";
const LIVEDNS = "/domain/domains/:domain/livedns";
const ACCEPTED = "The request has been accepted.";

/** Which nameservers the registry names for a domain. PUT is not in the document; the migration FAQ and every client use it. */
export function delegationRoutes(api: Api): void {
    api.get(NAMESERVERS, (call) => json(visibleDomain(call, call.req.param("domain")).nameservers));

    api.put(NAMESERVERS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const nameservers = readNameservers(fields, { required: true, empty: "At least one nameserver is required" });
        fields.done("domain");
        call.var.world.startAtRegistry(domain.fqdn, "nameservers", { nameservers });
        return message(ACCEPTED, 202);
    });

    api.get(LIVEDNS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const current = nameserverKind(domain);
        return json({
            dnssec_available: true,
            livednssec_available: current === "livedns",
            nameservers: domain.nameservers,
            current,
        });
    });

    api.post(LIVEDNS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        call.var.world.startAtRegistry(domain.fqdn, "livedns");
        return message(ACCEPTED, 202);
    });
}
