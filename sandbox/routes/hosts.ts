import { isIP } from "node:net";
import { domainToUnicode } from "node:url";
import { type Api, apiRoot, type Call, visibleDomain } from "../access";
import { json, message } from "../answers";
import { conflict, missingHost } from "../errors";
import { paged } from "../paging";
import { expandedAddress } from "../state/domain";
import type { Domain } from "../state/model";
import { bodyFields, type Fields } from "../validation/fields";
import { isHostName } from "../validation/rdata";

const HOSTS = "/domain/domains/:domain/hosts";
const HOST = `${HOSTS}/:name` as const;
const ACCEPTED = "The request has been accepted.";

/** Glue records: `domain/domains/{domain}/hosts…`. The glue record of the domain itself is named `@`. */
export function hostRoutes(api: Api): void {
    api.get(HOSTS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const views = [...domain.hosts].map(([name, ips]) => hostView(call, domain, name, ips));
        return paged(new URL(call.req.url), views, "domain");
    });
    api.post(HOSTS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const name = (fields.string("name", { required: true }) ?? "").toLowerCase();
        if (name !== "" && name !== "@" && (!isHostName(name) || name.endsWith("."))) {
            fields.fail("name", "invalid hostname");
        }
        const ips = readAddresses(fields);
        fields.done("domain");
        const { world } = call.var;
        if (domain.hosts.has(name) || world.isAccepted(domain.fqdn, "hostSet", (host) => host.name === name)) {
            // Guess: how a second glue record of the same name is refused, and that one which does not show yet counts.
            throw conflict("domain", `Host '${hostFqdn(domain, name)}' already exists`);
        }
        world.startAtRegistry(domain.fqdn, "hostSet", { name, ips });
        return message(ACCEPTED, 202, `${apiRoot(call)}/domain/domains/${domain.fqdn}/hosts/${name}`);
    });
    api.get(HOST, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const { name, ips } = knownHost(domain, call.req.param("name"));
        return json(hostView(call, domain, name, ips));
    });
    api.put(HOST, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const { name } = knownHost(domain, call.req.param("name"));
        const fields = bodyFields(await call.req.text(), "domain");
        const ips = readAddresses(fields);
        fields.done("domain");
        call.var.world.startAtRegistry(domain.fqdn, "hostSet", { name, ips });
        return message(ACCEPTED, 202);
    });
    api.delete(HOST, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const { name } = knownHost(domain, call.req.param("name"));
        call.var.world.startAtRegistry(domain.fqdn, "hostDelete", { name });
        return message(ACCEPTED, 202);
    });
}

function readAddresses(fields: Fields): string[] {
    const ips = fields.strings("ips", { required: true, empty: "Required" }) ?? [];
    ips.forEach((ip, index) => {
        if (isIP(ip) === 0) {
            fields.fail(`ips.${index}`, `'${ip}': must be an IP address (param: {})`);
        }
    });
    return fields.errors.length > 0 ? [] : ips.map(expandedAddress);
}

function hostFqdn(domain: Domain, name: string): string {
    return name === "@" ? domain.fqdn : `${name}.${domain.fqdn}`;
}

function knownHost(domain: Domain, given: string): { name: string; ips: string[] } {
    const name = given.toLowerCase();
    const ips = domain.hosts.get(name);
    if (!ips) {
        throw missingHost(hostFqdn(domain, name));
    }
    return { name, ips };
}

/** `fqdn` is the domain's, not the host's: so the document's example. */
function hostView(call: Call, domain: Domain, name: string, ips: string[]) {
    return {
        ips,
        name,
        fqdn: domain.fqdn,
        href: `${apiRoot(call)}/domain/domains/${domain.fqdn}/hosts/${name}`,
        fqdn_unicode: domainToUnicode(domain.fqdn),
    };
}
