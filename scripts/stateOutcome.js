// @ts-check
"use strict";
/**
 * What a run leaves at Gandi, for the fixtures of `test/states`.
 *
 * The types are written out, as `dist/` need not be there when these are checked.
 *
 * @typedef {Record<string, unknown>} Contact
 * @typedef {object} Domain
 * @property {Contact} owner
 * @property {Record<string, Contact>} contacts
 * @property {{ enabled: boolean }} autorenew
 * @property {string[]} nameservers
 * @property {Record<string, string[]>} hosts
 * @property {{ type: string, algorithm: number, public_key: string }[]} dnskeys
 * @property {string[]} tags
 * @property {{ step: string } | null} [changeOwner]
 *
 * @typedef {object} Zone
 * @property {{ name: string, type: string, ttl: number, values: string[] }[]} rrsets
 * @property {boolean} automaticSnapshots
 * @property {{ name: string, automatic: boolean }[]} snapshots
 * @property {{ flags: number, deleted: boolean }[]} keys
 * @property {string[]} slaves
 * @property {unknown[]} tsig
 *
 * @typedef {object} State
 * @property {() => string[]} domains
 * @property {(fqdn: string) => Domain | undefined} domain
 * @property {(fqdn: string) => Zone | undefined} zone
 * @property {() => { fqdn: string, step: string }[]} orders
 * @property {() => { id: string, status: string }[]} operations
 *
 * @typedef {object} Sandbox
 * @property {State} state
 * @property {(delays: object) => void} setDelays
 * @property {(fqdn: string, step: "done") => void} stepOrder
 * @property {(id: string, step: "done") => void} stepOperation
 */

/**
 * What was under way in the sandbox comes to its end, and what begins from now on ends at once.
 *
 * @param {Sandbox} sandbox
 */
function settle(sandbox) {
    sandbox.setDelays({ order: 0, operation: 0, showing: 0, changeOwner: 0 });
    for (const { fqdn, step } of sandbox.state.orders()) {
        if (step !== "DONE") {
            sandbox.stepOrder(fqdn, "done");
        }
    }
    for (const { id, status } of sandbox.state.operations()) {
        if (status !== "DONE") {
            sandbox.stepOperation(id, "done");
        }
    }
}

/**
 * Every domain of the sandbox with all that the package manages of it, without ids and times.
 *
 * @param {Sandbox} sandbox
 */
function look(sandbox) {
    return Object.fromEntries(sandbox.state.domains().map((fqdn) => [fqdn, lookAt(sandbox, fqdn)]));
}

/** @param {Sandbox} sandbox @param {string} fqdn */
function lookAt(sandbox, fqdn) {
    const domain = /** @type {Domain} */ (sandbox.state.domain(fqdn));
    const { owner, contacts, autorenew, nameservers, hosts, dnskeys, tags, changeOwner } = domain;
    const zone = sandbox.state.zone(fqdn);
    return {
        owner: nameOf(owner),
        contacts: Object.fromEntries(Object.entries(contacts).map(([role, contact]) => [role, nameOf(contact)])),
        changeOfOwner: changeOwner?.step ?? null,
        autorenew: autorenew.enabled,
        tags: [...tags].sort(),
        nameservers: [...nameservers].sort(),
        hosts: Object.entries(hosts).map(([name, ips]) => `${name} ${[...ips].sort().join(" ")}`),
        dnskeys: dnskeys.map(({ type, algorithm, public_key }) => `${type} ${algorithm} ${public_key}`).sort(),
        zone: zone && {
            rrsets: zone.rrsets.map(({ name, type, ttl, values }) =>
                [name, ttl, type, ...[...values].sort()].join(" "),
            ),
            automaticSnapshots: zone.automaticSnapshots,
            snapshots: zone.snapshots.filter(({ automatic }) => !automatic).map(({ name }) => withoutTime(name)),
            keys: zone.keys.map(({ flags, deleted }) => `${flags}${deleted ? " deleted" : ""}`).sort(),
            secondaries: [...zone.slaves].sort(),
            tsigKeys: zone.tsig.length,
        },
    };
}

/** @param {Record<string, unknown>} contact */
function nameOf({ given, family, orgname }) {
    return [given, family, orgname].filter(Boolean).join(" ");
}

/** @param {string} name */
function withoutTime(name) {
    return name.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "TIME");
}

module.exports = { look, settle };
