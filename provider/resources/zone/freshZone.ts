import { deleteRRset, listRecordsNamed } from "../../api/records";
import type { Context } from "../../core/process/context";
import { apiValue, DnsValueError, type OwnerName } from "../../dns";
import type { Address } from "./declaredRRset";

/**
 * The records that Gandi puts into a zone when a domain is registered or added to LiveDNS: nobody's, so that declaring
 * `@ A` or `www` for a new domain needs no `adopt`. A record counts only while all its values are Gandi's; one that
 * somebody has touched is theirs.
 *
 * Recorded from zones of 2019 to 2025; the addresses have changed over the years, the names have not.
 */
const FRESH: readonly { name: RegExp; type: string; value: RegExp }[] = [
    { name: /^@$/, type: "A", value: /^217\.70\.184\.\d+$/ },
    { name: /^@$/, type: "AAAA", value: /^2001:4b98:/ },
    { name: /^@$/, type: "MX", value: /^\d+ (spool|fb)\.mail\.gandi\.net\.$/ },
    { name: /^@$/, type: "TXT", value: /^"v=spf1 include:_mailcust\.gandi\.net [?~-]all"$/ },
    { name: /^www$/, type: "CNAME", value: /^webredir\.vip\.gandi\.net\.$/ },
    { name: /^webmail$/, type: "CNAME", value: /^webmail\.gandi\.net\.$/ },
    { name: /^gm\d\._domainkey$/, type: "CNAME", value: /^gm\d\.gandimail\.net\.$/ },
    { name: /^_(imaps?|pop3s?|submissions?)\._tcp$/, type: "SRV", value: /^(0 0 0 \.|\d+ 1 \d+ mail\.gandi\.net\.)$/ },
];

/** Whether nobody would miss an RRset: it is as Gandi made it, or has no values. */
export function isNobodysRRset(name: OwnerName, type: string, values: readonly string[], zone: string): boolean {
    if (values.length === 0) {
        return true;
    }
    const candidates = FRESH.filter((fresh) => fresh.type === type && fresh.name.test(name));
    try {
        const normalForms = values.map((value) => apiValue(type, value, zone));
        return candidates.some((fresh) => normalForms.every((value) => fresh.value.test(value)));
    } catch (error) {
        if (error instanceof DnsValueError) {
            return false;
        }
        throw error;
    }
}

/**
 * Removes what Gandi put into the fresh zone where it excludes a record: a CNAME tolerates nothing beside it. The records
 * of one name are made at the same time, so they take turns: the first clears the way for all.
 *
 * @throws Error where what is in the way is somebody's
 */
export function clearTheWay(ctx: Context, { domain, name, type }: Address): Promise<void> {
    return ctx.inTurn(`${domain} ${name}`, async () => {
        const others = await listRecordsNamed(ctx.client, domain, name, { withEmpty: true });
        const inTheWay = others.filter((other) => (type === "CNAME") !== (other.rrset_type === "CNAME"));
        const strange = inTheWay.find(
            ({ rrset_type, rrset_values }) => !isNobodysRRset(name, rrset_type, rrset_values, domain),
        );
        if (strange !== undefined) {
            throw new Error(
                `${domain}: ${name} ${type} can't stand beside ${name} ${strange.rrset_type} (${strange.rrset_values.join(", ")}): ` +
                    "a CNAME excludes every other type of its name. Remove one of them (what a program no longer declares goes at " +
                    "the end of a run: let it go with an up of its own first, or change the type of the resource that is there)",
            );
        }
        for (const other of inTheWay) {
            ctx.log(
                `${domain}: removing ${name} ${other.rrset_type}, which ${other.rrset_values.length === 0 ? "has no values" : "Gandi put into the fresh zone"}`,
            );
            await deleteRRset(ctx.client, domain, other.rrset_name, other.rrset_type);
        }
    });
}
