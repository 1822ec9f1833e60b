import { type Api, apiRoot, visibleDomain } from "../access";
import { message } from "../answers";
import { conflict, notFound } from "../errors";
import { paged } from "../paging";
import { bodyFields, type Fields } from "../validation/fields";

const DNSKEYS = "/domain/domains/:domain/dnskeys";
const ACCEPTED = "The request has been accepted.";

/** DNSSEC keys at the registry: `domain/domains/{domain}/dnskeys…`. A new key's id is found in the list only. */
export function dnskeyRoutes(api: Api): void {
    api.get(DNSKEYS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const root = `${apiRoot(call)}/domain/domains/${domain.fqdn}/dnskeys`;
        const views = domain.dnskeys.map((key) => ({ ...key, href: `${root}/${key.id}` }));
        return paged(new URL(call.req.url), views, "domain");
    });
    api.post(DNSKEYS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const key = readKey(fields);
        fields.done("domain");
        const isSame = (other: Record<string, unknown>) =>
            other.public_key === key.public_key && other.algorithm === key.algorithm;
        const { world } = call.var;
        if (
            domain.dnskeys.some((other) => isSame({ ...other })) ||
            world.isAccepted(domain.fqdn, "dnskeyAdd", isSame)
        ) {
            // Guess: how the same key again is refused, and that one which does not show yet counts.
            throw conflict("domain", "This key already exists");
        }
        world.startAtRegistry(domain.fqdn, "dnskeyAdd", key);
        return message(ACCEPTED, 202);
    });
    api.put(DNSKEYS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const keys = fields.items("keys", { required: true })?.map(readKey);
        fields.done("domain");
        call.var.world.startAtRegistry(domain.fqdn, "dnskeysReplace", { keys });
        return message(ACCEPTED, 202);
    });
    api.delete(`${DNSKEYS}/:id`, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const key = domain.dnskeys.find(({ id }) => String(id) === call.req.param("id"));
        if (!key) {
            throw notFound("domain");
        }
        call.var.world.startAtRegistry(domain.fqdn, "dnskeyDelete", { id: key.id });
        return message(ACCEPTED, 202);
    });
}

function readKey(fields: Fields): Record<string, unknown> {
    const text = fields.string("public_key", {
        required: true,
        pattern: /^[A-Za-z0-9+/=\s]+$/,
        expected: "a base64 public key",
    });
    return {
        algorithm: fields.integer("algorithm", { required: true, min: 0, max: 255 }),
        type: fields.string("type", { required: true, oneOf: ["none", "zsk", "ksk"] }),
        public_key: text?.replace(/\s+/g, ""),
    };
}
