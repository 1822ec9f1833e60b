import { isIPv6, SocketAddress } from "node:net";
import { expandedAddress } from "./state/domain";

/**
 * The same answer in another legal spelling: what a client must not take for drift. RRset values come in reverse order and
 * respelled, RRset names, addresses of e-mail and hosts of redirections in upper case, IPv6 addresses in the other of their two spellings, nameservers
 * upside down.
 */
export function respelled(value: unknown, key = ""): unknown {
    if (Array.isArray(value)) {
        const list = value.map((member) => respelled(member, key));
        return value.every((member) => typeof member === "string") ? list.reverse() : list;
    }
    if (typeof value === "object" && value !== null) {
        if ("destinations" in value) {
            return respelledForward(value as ForwardView);
        }
        if ("mailbox_type" in value && "login" in value) {
            return respelledMailbox(value as unknown as MailboxView);
        }
        if ("host" in value && "url" in value) {
            return { ...value, host: String(value.host).toUpperCase() };
        }
        return "rrset_values" in value ? respelledRRset(value as RRsetView) : respelledMembers(value);
    }
    return typeof value === "string" && ADDRESS_KEYS.has(key) ? otherAddress(value) : value;
}

/** Where addresses stand: glue records' `ips`; a bare list is that of slaves or nameservers. */
const ADDRESS_KEYS = new Set(["ips", ""]);

interface RRsetView {
    rrset_name: string;
    rrset_type: string;
    rrset_values: string[];
}

interface MailboxView {
    login: string;
    address: string;
    aliases?: string[];
}

interface ForwardView {
    source: string;
    destinations: string[];
}

function respelledForward(forward: ForwardView): ForwardView {
    const destinations = forward.destinations.map((one) => one.toUpperCase()).reverse();
    return { ...forward, source: forward.source.toUpperCase(), destinations };
}

function respelledMailbox(mailbox: MailboxView): MailboxView {
    const { login, address, aliases } = mailbox;
    const others = aliases && { aliases: aliases.map((alias) => alias.toUpperCase()).reverse() };
    return { ...mailbox, login: login.toUpperCase(), address: address.toUpperCase(), ...others };
}

function respelledMembers(value: object): object {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, respelled(member, key)]));
}

function respelledRRset(rrset: RRsetView): RRsetView {
    return {
        ...rrset,
        rrset_name: rrset.rrset_name.toUpperCase(),
        rrset_values: rrset.rrset_values.map((value) => otherValue(rrset.rrset_type, value)).reverse(),
    };
}

function otherValue(type: string, value: string): string {
    switch (type) {
        case "AAAA":
            return otherAddress(value);
        case "TXT":
        case "SPF":
            return resegmented(value);
        case "CNAME":
        case "ALIAS":
        case "MX":
        case "NS":
        case "PTR":
        case "SRV":
            return value.toUpperCase();
        case "SSHFP":
        case "TLSA":
        case "DS":
            return value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
        default:
            return value;
    }
}

function otherAddress(address: string): string {
    if (!isIPv6(address)) {
        return address;
    }
    const expanded = expandedAddress(address);
    return expanded === address ? new SocketAddress({ address, family: "ipv6" }).address : expanded;
}

/** One quoted string in two pieces, cut between two plain characters; anything else as it is. */
function resegmented(value: string): string {
    return /^"[^"\\]{2,}"$/.test(value) ? `${value.slice(0, 2)}" "${value.slice(2)}` : value;
}
