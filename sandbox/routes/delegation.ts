import { type Api, type Call, visibleDomain } from "../access";
import { json, message } from "../answers";
import type { Domain } from "../state/model";
import { bodyFields } from "../validation/fields";
import { readNameservers } from "../validation/nameservers";
import { nameserverKind } from "./domainViews";

const NAMESERVERS = "/domain/domains/:domain/nameservers";
const LIVEDNS = "/domain/domains/:domain/livedns";
const DNSSEC = `${LIVEDNS}/dnssec` as const;
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

    api.get(DNSSEC, (call) => json(dnssecOf(call, visibleDomain(call, call.req.param("domain")))));

    // Guess: the statuses; that one is already so, or under way, is a 409 with the state.
    api.post(DNSSEC, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const now = dnssecOf(call, domain);
        if (!["inactive", "activation_error"].includes(now.state)) {
            return json(now, 409);
        }
        call.var.world.startAtRegistry(domain.fqdn, "dnssecOn");
        return json({ state: "activating" }, 202);
    });

    api.delete(DNSSEC, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const now = dnssecOf(call, domain);
        if (!["active", "deactivation_error"].includes(now.state)) {
            return json(now, 409);
        }
        call.var.world.startAtRegistry(domain.fqdn, "dnssecOff");
        return json({ state: "deactivating" }, 202);
    });
}

/** Guess: that keys which somebody has made by hand do not count, nor keys of other nameservers. */
function dnssecOf(call: Call, domain: Domain): { state: string; error?: string } {
    const { world } = call.var;
    if (world.isAccepted(domain.fqdn, "dnssecOn", () => true)) {
        return { state: "activating" };
    }
    if (world.isAccepted(domain.fqdn, "dnssecOff", () => true)) {
        return { state: "deactivating" };
    }
    return domain.liveDnssec ?? { state: "inactive" };
}
