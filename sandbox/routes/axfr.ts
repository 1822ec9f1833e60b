import { randomBytes, randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { type Api, apiRoot, type Call, selfUrl, visibleZone, wantsText } from "../access";
import { empty, json, message, text } from "../answers";
import { invalidFields, notFound } from "../errors";
import { expandedAddress } from "../state/domain";
import type { TsigKey } from "../state/model";

const TSIG = "/livedns/axfr/tsig";
const AXFR = "/livedns/domains/:fqdn/axfr";

/** The routes of TSIG keys and of zone transfers. A TSIG key has no delete route. */
export function axfrRoutes(api: Api): void {
    api.get(TSIG, (call) => {
        const { world, caller } = call.var;
        const keys = [...world.state.tsig.values()].filter((key) => key.organization === caller.organization);
        return json(keys.map((key) => ({ ...tsigView(call, key), secret: key.secret })));
    });
    api.post(TSIG, (call) => {
        const { world, caller } = call.var;
        const secret = randomBytes(32).toString("base64");
        const key = { id: randomUUID(), organization: caller.organization, secret };
        world.state.tsig.set(key.id, key);
        const view = tsigView(call, key);
        return json(view, 201, { location: view.href });
    });
    api.get(`${TSIG}/:id`, (call) => {
        const key = visibleTsig(call, call.req.param("id"));
        const view = tsigView(call, key);
        const samples = Object.keys(CONFIGURATIONS).map((software) => [software, `${view.href}/config/${software}`]);
        return json({ ...view, secret: key.secret, config_samples: Object.fromEntries(samples) });
    });
    api.get(`${TSIG}/:id/config/:software`, (call) => {
        const key = visibleTsig(call, call.req.param("id"));
        const software = call.req.param("software");
        if (!isSoftware(software)) {
            const description = `"${software}" is not one of ${Object.keys(CONFIGURATIONS).join(", ")}`;
            throw invalidFields("livedns", [{ location: "path", name: "software", description }]);
        }
        const configuration = CONFIGURATIONS[software](`${key.id}.gandi.net`, key.secret);
        return wantsText(call) ? text(configuration) : json(configuration);
    });

    api.get(`${AXFR}/tsig`, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const root = `${apiRoot(call)}/livedns/domains/${zone.fqdn}/axfr/tsig`;
        return json(zone.tsig.map((id) => ({ id, key_name: `${id}.gandi.net`, href: `${root}/${id}` })));
    });
    api.put(`${AXFR}/tsig/:id`, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const { id } = visibleTsig(call, call.req.param("id"));
        zone.tsig = [...zone.tsig.filter((other) => other !== id), id];
        return message("TSIG key added to the domain", 201, selfUrl(call));
    });
    api.delete(`${AXFR}/tsig/:id`, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const id = call.req.param("id");
        if (!zone.tsig.includes(id)) {
            throw notFound("livedns");
        }
        call.var.world.startInZone(zone.fqdn, "tsigDelete", { id });
        return empty(202);
    });

    api.get(`${AXFR}/slaves`, (call) => json(visibleZone(call, call.req.param("fqdn")).slaves));
    api.put(`${AXFR}/slaves/:ip`, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const ip = slaveAddress(call.req.param("ip"));
        zone.slaves = [...zone.slaves.filter((other) => other !== ip), ip];
        return message("Slave IP added", 201, selfUrl(call));
    });
    api.delete(`${AXFR}/slaves/:ip`, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const ip = slaveAddress(call.req.param("ip"));
        if (!zone.slaves.includes(ip)) {
            throw notFound("livedns");
        }
        call.var.world.startInZone(zone.fqdn, "slaveDelete", { ip });
        return empty(202);
    });
}

function visibleTsig(call: Call, id: string): TsigKey {
    const { world, caller } = call.var;
    const key = world.state.tsig.get(id);
    if (!key || !caller.token.reaches.includes(key.organization)) {
        throw notFound("livedns");
    }
    return key;
}

function tsigView(call: Call, { id }: TsigKey) {
    return { id, key_name: `${id}.gandi.net`, href: `${apiRoot(call)}/livedns/axfr/tsig/${id}` };
}

function slaveAddress(ip: string): string {
    if (isIP(ip) === 0) {
        const description = `'${ip}': must be an IP address (param: {})`;
        throw invalidFields("livedns", [{ location: "path", name: "ip", description }]);
    }
    return expandedAddress(ip);
}

/** Guess: the texts; the algorithm is the one that LiveDNS's documentation names for its keys. */
const CONFIGURATIONS = {
    bind: (name: string, secret: string) => `key "${name}" {\n  algorithm hmac-sha512;\n  secret "${secret}";\n};\n`,
    knot: (name: string, secret: string) =>
        `key:\n  - id: ${name}\n    algorithm: hmac-sha512\n    secret: ${secret}\n`,
    nsd: (name: string, secret: string) => `key:\n  name: "${name}"\n  algorithm: hmac-sha512\n  secret: "${secret}"\n`,
    powerdns: (name: string, secret: string) => `pdnsutil import-tsig-key ${name} hmac-sha512 ${secret}\n`,
};

function isSoftware(name: string): name is keyof typeof CONFIGURATIONS {
    return Object.hasOwn(CONFIGURATIONS, name);
}
