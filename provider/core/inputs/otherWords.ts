import { folded } from "./nearest";

/**
 * What other tools and the registrars' forms call the same things (Terraform, Route 53, Cloudflare, dnscontrol, octoDNS,
 * Gandi's own API): each line is one thing, in every word for it. A word may stand in several; the properties that a
 * resource has decide.
 */
const ONE_THING: readonly (readonly string[])[] = [
    [
        "domain",
        "fqdn",
        "domains",
        "zone",
        "zoneName",
        "zoneId",
        "hostedZone",
        "hostedZoneId",
        "managedZone",
        "domainName",
        "name",
    ],
    ["name", "host", "hostname", "subdomain", "label", "owner", "ownerName", "record", "recordName", "rrsetName"],
    ["type", "mailboxType", "recordType", "rrtype", "rrsetType"],
    ["ttl", "ttlSeconds", "rrsetTtl", "timeToLive", "cacheTtl"],
    [
        ...[
            "values",
            "value",
            "content",
            "contents",
            "record",
            "records",
            "resourceRecords",
            "rrdata",
            "rrdatas",
            "rdata",
        ],
        ...["rrsetValues", "data", "target", "targets", "answer", "answers", "address", "addresses", "text"],
    ],
    [
        "ips",
        "ip",
        "ipAddress",
        "ipAddresses",
        "address",
        "addresses",
        "ipv4",
        "ipv6",
        "values",
        "value",
        "content",
        "records",
        "target",
    ],
    ["records", "rrsets", "recordSets", "resourceRecordSets", "recordset", "rrset", "values", "content", "contents"],
    ["zoneFile", "bind", "zoneText", "masterFile", "file"],
    ["host", "hostname", "subdomain", "source", "from", "label", "name", "record"],
    ["url", "target", "targetUrl", "destination", "to", "location", "redirectTo", "value", "content"],
    ["type", "statusCode", "status", "code", "redirectType", "httpCode"],
    ["login", "localPart", "mailbox", "user", "username", "account", "address", "email", "name"],
    ["password", "passwd", "pass", "secret", "initialPassword", "passwordHash"],
    ["aliases", "alias", "aliasAddresses", "addresses"],
    ["type", "mailboxType", "offer", "plan", "size", "quota"],
    ["responder", "autoresponder", "autoReply", "outOfOffice", "vacation", "vacationMessage"],
    ["source", "alias", "localPart", "mailbox", "from", "address", "name"],
    ["destinations", "destination", "to", "forwardTo", "recipients", "target", "targets", "addresses", "values"],
    ["antispam", "spamFilter", "spam", "antispamEnabled"],
    ["dkim", "dkimSigning", "dkimEnabled", "signing"],
    ["nameservers", "ns", "nsRecords", "servers", "hosts", "values", "records", "content"],
    ["duration", "period", "years", "months", "registrationPeriod", "durationInYears", "term"],
    ["owner", "registrant", "registrantContact", "ownerContact", "holder", "contact"],
    ["admin", "adminContact", "administrative", "administrativeContact"],
    ["tech", "techContact", "technical", "technicalContact"],
    ["bill", "billing", "billingContact"],
    ["autorenew", "renew", "autoRenewal", "renewal"],
    ["authinfo", "authCode", "eppCode", "transferCode", "authorizationCode"],
    ["adopt", "overwrite", "allowOverwrite", "import", "takeOver"],
    ["deletionPolicy", "deletionProtection", "preventDestroy", "forceDestroy", "retain"],
    ["sharingId", "organization", "organizationId", "orgId", "accountId", "account"],
    ["given", "firstName", "givenName"],
    ["family", "lastName", "surname", "familyName"],
    ["streetaddr", "street", "streetAddress", "address", "address1", "addressLine1"],
    ["zip", "postalCode", "postcode", "zipCode"],
    ["orgname", "organization", "organizationName", "company", "companyName"],
    ["phone", "telephone", "phoneNumber"],
    ["email", "mail", "emailAddress"],
    ["state", "province", "region"],
    ["country", "countryCode"],
    ["publicKey", "key", "dnskey"],
    ["maxPrice", "price", "budget", "priceLimit"],
];

/** Fields of single types that other tools have beside the value; here they are a part of it. */
const IN_THE_VALUE = ["priority", "preference", "weight", "port", "tag", "target", "exchange", "service"];

/** The one of `names` that another tool calls `word`; undefined where none is. */
export function ourWord(word: string, names: readonly string[]): string | undefined {
    const meant = folded(word);
    for (const words of ONE_THING) {
        const ours = words.some((one) => folded(one) === meant) ? words.find((one) => names.includes(one)) : undefined;
        if (ours !== undefined) {
            return ours;
        }
    }
    return undefined;
}

/** Whether `word` names a part of a record's value, of a resource that has values. */
export function isInTheValue(word: string, names: readonly string[]): boolean {
    return names.includes("values") && IN_THE_VALUE.includes(word.toLowerCase());
}
