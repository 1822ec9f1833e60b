import { type Api, apiRoot, type Call, visibleZone } from "../access";
import { empty, json, message } from "../answers";
import { notFound } from "../errors";
import { ECDSAP256SHA256, keyTagAndDigest, newSigningKey } from "../state/domain";
import type { SigningKey, Zone } from "../state/model";
import { bodyFields } from "../validation/fields";

const KEYS = "/livedns/domains/:fqdn/keys";
const KEY = `${KEYS}/:id` as const;

/** The routes `livedns/domains/{fqdn}/keys…`: the keys that LiveDNS signs a zone with. */
export function keyRoutes(api: Api): void {
    api.get(KEYS, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        // The list lacks what only the details have.
        return json(
            zone.keys.map((key) => {
                const { public_key, tag, fingerprint, ...listed } = keyView(call, zone, key);
                return listed;
            }),
        );
    });
    api.post(KEYS, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const fields = bodyFields(await call.req.text(), "livedns");
        const flags = fields.integer("flags", { required: true, oneOf: [256, 257] });
        fields.done("livedns");
        const key = newSigningKey(flags as 256 | 257);
        zone.keys.push(key);
        return message("Domain Key Created", 201, keyUrl(call, zone, key));
    });
    api.get(KEY, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return json(keyView(call, zone, knownKey(zone, call.req.param("id"))));
    });
    api.patch(KEY, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const key = knownKey(zone, call.req.param("id"));
        const fields = bodyFields(await call.req.text(), "livedns");
        if (fields.boolean("deleted", { required: true }) === true) {
            fields.fail("deleted", '"true" is not one of false');
        }
        fields.done("livedns");
        key.deleted = false;
        return message("Domain Key Undeleted", 200);
    });
    api.delete(KEY, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        knownKey(zone, call.req.param("id")).deleted = true;
        return empty(204);
    });
}

function knownKey(zone: Zone, id: string): SigningKey {
    const key = zone.keys.find((candidate) => candidate.id === id);
    if (!key) {
        throw notFound("livedns");
    }
    return key;
}

function keyUrl(call: Call, zone: Zone, key: SigningKey): string {
    return `${apiRoot(call)}/livedns/domains/${zone.fqdn}/keys/${key.id}`;
}

function keyView(call: Call, zone: Zone, key: SigningKey) {
    const { tag, digest } = keyTagAndDigest(zone.fqdn, key.flags, ECDSAP256SHA256, key.publicKey);
    return {
        id: key.id,
        fqdn: zone.fqdn,
        flags: key.flags,
        algorithm: ECDSAP256SHA256,
        algorithm_name: "ECDSAP256SHA256",
        status: key.deleted ? "deleted" : "active",
        deleted: key.deleted,
        ds: `${zone.fqdn}. 3600 IN DS ${tag} ${ECDSAP256SHA256} 2 ${digest}`,
        key_href: keyUrl(call, zone, key),
        public_key: key.publicKey,
        tag,
        fingerprint: digest,
    };
}
