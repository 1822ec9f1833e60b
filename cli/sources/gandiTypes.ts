import { messageOf } from "../../provider/core/failures";
import { domainName } from "../../provider/dns";
import { RRset } from "../../provider/dns/rrset";
import { definitions } from "../../provider/resources/kinds";
import { ownValue } from "./ownValue";
import type { Entry } from "./source";

/** A resource of the Terraform provider go-gandi/gandi, also by way of its Pulumi bridge. */
export interface BridgedResource {
    /** `gandi_livedns_record`. */
    readonly type: string;
    /** The id that the provider gave it. */
    readonly id: string;
    /** Whatever the state holds of it. Only what tells it from others is read. */
    readonly attributes: object;
}

/** Things at Gandi, or why none of ours stands for it. */
export type Translated = readonly Pick<Entry, "kind" | "id" | "domain" | "isOptional">[] | string;

const NO_RESOURCE = "this package has no resource for it, so it stays where it is";

/** The parts of an attribute's text, where the id has them in order. */
const TYPES: Readonly<Record<string, (resource: BridgedResource) => Translated>> = {
    gandi_livedns_record(resource) {
        const [zone = "", name = "", type = ""] = resource.id.split("/");
        const domain = domainName(textOf(resource, "zone") ?? zone);
        const rrset = RRset.there(domain, textOf(resource, "name") ?? name, textOf(resource, "type") ?? type);
        if (rrset.type === "") {
            return "it names no zone, name and type";
        }
        if (ownValue(resource.attributes, "mutable") === true && rrset.type === "TXT") {
            return "it is mutable, so that others write values of the same RRset: a LiveDnsRecord declares all of them";
        }
        return rrset.key === "@ NS" || rrset.type === "SOA"
            ? "Gandi lists neither NS nor SOA of the apex, so it stays where it is; a LiveDnsRecord of your own can take it over"
            : [{ kind: "LiveDnsRecord", id: rrset.id, domain }];
    },
    gandi_livedns_domain: (resource) => thing("LiveDnsDomain", { fqdn: textOf(resource, "name") ?? resource.id }),
    gandi_domain(resource) {
        const domain = textOf(resource, "name") ?? resource.id;
        const servers = ownValue(resource.attributes, "nameservers");
        return Array.isArray(servers) && servers.length > 0
            ? [...thing("Domain", { fqdn: domain }), { ...thing("Nameservers", { domain })[0]!, isOptional: true }]
            : thing("Domain", { fqdn: domain });
    },
    gandi_nameservers: (resource) => thing("Nameservers", { domain: textOf(resource, "domain") ?? resource.id }),
    gandi_glue_record: (resource) =>
        thing("GlueRecord", { domain: textOf(resource, "zone") ?? "", name: textOf(resource, "name") ?? resource.id }),
    gandi_dnssec_key(resource) {
        // An import has given it both parts.
        const [given, id = given] = resource.id.split("/");
        const domain = domainName(textOf(resource, "domain") ?? given!);
        return [{ kind: "DnssecKey", id: `${domain}/${id}`, domain }];
    },
    gandi_email_forwarding(resource) {
        const address = textOf(resource, "source") ?? resource.id;
        const at = address.lastIndexOf("@");
        return thing("EmailForward", { domain: address.slice(at + 1), source: address.slice(0, Math.max(at, 0)) });
    },
    gandi_mailbox: () => NO_RESOURCE,
    gandi_simplehosting_instance: () => NO_RESOURCE,
    gandi_simplehosting_vhost: () => NO_RESOURCE,
};

/** What a resource of that provider stands for. */
export function translated(resource: BridgedResource): Translated {
    const translate = Object.hasOwn(TYPES, resource.type) ? TYPES[resource.type] : undefined;
    try {
        return translate?.(resource) ?? "its type is not known here, so it stays where it is";
    } catch (error) {
        return messageOf(error);
    }
}

function thing(kind: string, inputs: Readonly<Record<string, string>>): { kind: string; id: string; domain: string }[] {
    const domain = domainName(inputs.domain ?? inputs.fqdn ?? "");
    return [{ kind, id: String(definitions[kind]!.id({ ...inputs })), domain }];
}

/** Undefined for a secret, which Pulumi writes as an object. */
function textOf(resource: BridgedResource, key: string): string | undefined {
    const value = ownValue(resource.attributes, key);
    return typeof value === "string" && value !== "" ? value : undefined;
}
