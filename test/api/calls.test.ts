import { checkAvailability } from "../../provider/api/availability";
import { getBilling } from "../../provider/api/billing";
import * as changeowner from "../../provider/api/changeowner";
import type { Client } from "../../provider/api/client";
import * as contacts from "../../provider/api/contacts";
import * as delegation from "../../provider/api/delegation";
import * as dnskeys from "../../provider/api/dnskeys";
import * as domains from "../../provider/api/domains";
import * as emailOffers from "../../provider/api/emailOffers";
import * as forwards from "../../provider/api/forwards";
import * as hosts from "../../provider/api/hosts";
import * as keys from "../../provider/api/keys";
import * as livedns from "../../provider/api/livednsDomains";
import * as mailboxes from "../../provider/api/mailboxes";
import * as mailDomains from "../../provider/api/mailDomains";
import * as mailForwards from "../../provider/api/mailForwards";
import { listMailProducts } from "../../provider/api/mailProducts";
import * as mailSlots from "../../provider/api/mailSlots";
import * as orders from "../../provider/api/orders";
import { listOrganizations } from "../../provider/api/organizations";
import * as records from "../../provider/api/records";
import * as renewals from "../../provider/api/renewals";
import * as slaves from "../../provider/api/slaves";
import * as snapshots from "../../provider/api/snapshots";
import { listStandaloneMailboxes } from "../../provider/api/standaloneMailboxes";
import * as transfers from "../../provider/api/transfers";
import * as tsig from "../../provider/api/tsig";
import * as webRedirections from "../../provider/api/webRedirections";
import { closeServers, type Handler, json, raw, serve } from "./server";

afterEach(closeServers);

const D = "example.com";
const ID = "2e21af2b-3d85-4ad9-b51b-698c242a13e5";
const message = { message: "ok" };
const accepted = json(202, message);
const created = json(201, message);
const noContent = raw(204, "");

const owner = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
} as const;
const contactBack = { ...owner, extra_parameters: {}, same_as_owner: true, brand_number: null };
const contactsBack = { owner: contactBack, admin: contactBack, bill: contactBack, tech: contactBack };
const www = { rrset_name: "www", rrset_type: "A", rrset_ttl: 320, rrset_values: ["192.0.2.1"] };
const redirection = {
    host: "www.example.com",
    type: "http301",
    url: "https://example.org/",
    protocol: "http",
} as const;
/** The example of the document, without what we do not read. */
const mailbox = {
    id: "066743e5-96e4-4a1d-9195-8b8a700a8a79",
    login: "alice",
    address: "alice@example.net",
    mailbox_type: "standard_2023",
    quota_used: 1200,
    antispam: true,
    expires_at: "2021-05-04T10:04:18Z",
    autorenew: { enabled: true, duration: 1 },
};
const ofMailbox = { aliases: ["bob", "bob*"], responder: { enabled: false, message: "" } };
const newMailbox = {
    login: "alice",
    mailbox_type: "standard",
    password: "a*6@Xk86cPR2kcZ@qPAi",
    aliases: ["bob", "bob*"],
};
/** The example of the document. */
const mailDomain = {
    dkim: false,
    mx: false,
    spf: false,
    txt: false,
    internal: false,
    antispam: false,
    is_livedns: false,
    configuration: [{ key: "TXT", values: ['mailsa 10800 IN TXT "03c77e4fabebde50"'] }],
};
const forward = { source: "forward", destinations: ["user@example.com"] };
const slot = {
    id: 123,
    status: "inactive",
    mailbox_type: "standard",
    capacity: 3072,
    created_at: "2019-01-15T13:20:01Z",
    refundable: false,
};
const month = { currency: "EUR", duration_unit: "m", min_duration: 1, max_duration: 12 };
const product = {
    config_name: "standard",
    label: "Standard 10Gb",
    description: "A mailbox",
    prices: [{ ...month, price_before_taxes: 1, price_after_taxes: 1.2 }],
};
const key = { id: "key-001", flags: 257, algorithm: 13, deleted: false, status: "active" };
const snapshot = { id: ID, name: "s", created_at: "2019-08-30T12:44:41Z", automatic: false };

interface Case {
    route: string;
    call(client: Client): Promise<unknown>;
    answer: Handler;
    /** What is sent, as JSON. */
    sent?: unknown;
    headers?: Record<string, string>;
    gives?: unknown;
}

const cases: Case[] = [
    {
        route: "GET /v5/domain/domains?fqdn=*.com&page=1&per_page=500",
        call: (client) => domains.listDomains(client, { fqdn: "*.com" }),
        answer: json(
            200,
            [{ fqdn: D, id: ID, dates: {}, status: [], autorenew: false, nameserver: { current: "livedns" } }],
            {
                "total-count": "1",
            },
        ),
        gives: [
            { fqdn: D, id: ID, dates: {}, status: [], autorenew: false, nameserver: { current: "livedns" }, tags: [] },
        ],
    },
    {
        route: `GET /v5/domain/domains/${D}`,
        call: (client) => domains.getDomain(client, D),
        answer: json(200, {
            fqdn: D,
            autorenew: { href: "x" },
            contacts: contactsBack,
            dates: { updated_at: "2019-02-25T16:20:49Z" },
            nameservers: ["ns1.example.net"],
            status: ["clientTransferProhibited"],
            id: null,
        }),
        gives: expect.objectContaining({ fqdn: D, autorenew: { enabled: false, duration: 1 }, services: [], tags: [] }),
    },
    { route: `DELETE /v5/domain/domains/${D}`, call: (client) => domains.deleteDomain(client, D), answer: accepted },
    {
        route: `PATCH /v5/domain/domains/${D}/autorenew`,
        call: (client) => domains.setAutorenew(client, D, { enabled: true, duration: 2 }),
        answer: created,
        sent: { enabled: true, duration: 2 },
    },
    {
        route: `GET /v5/domain/domains/${D}/renew`,
        call: (client) => renewals.getRenewalTerms(client, D),
        answer: json(200, { durations: [1, 2], maximum: 2, minimum: 1, prohibited: false }),
        gives: { durations: [1, 2], maximum: 2, prohibited: false },
    },
    {
        route: `POST /v5/domain/domains/${D}/renew`,
        call: (client) => renewals.renewDomain(client, D, 2),
        answer: accepted,
        sent: { duration: 2 },
    },
    {
        route: `PATCH /v5/domain/domains/${D}/status`,
        call: (client) => domains.setTransferLock(client, D, true),
        answer: accepted,
        sent: { clientTransferProhibited: true },
    },
    {
        route: `GET /v5/domain/domains/${D}/livedns/dnssec`,
        call: (client) => domains.getLiveDnsDnssec(client, D),
        answer: json(200, { state: "active" }),
        gives: { state: "active" },
    },
    {
        route: `POST /v5/domain/domains/${D}/livedns/dnssec`,
        call: (client) => domains.activateDnssec(client, D),
        answer: accepted,
    },
    {
        route: `DELETE /v5/domain/domains/${D}/livedns/dnssec`,
        call: (client) => domains.deactivateDnssec(client, D),
        answer: accepted,
    },
    {
        route: `PUT /v5/domain/domains/${D}/authinfo`,
        call: (client) => domains.resetAuthInfo(client, D),
        answer: created,
    },
    {
        route: `GET /v5/domain/domains/${D}/livedns`,
        call: (client) => domains.getLiveDnsStatus(client, D),
        answer: json(200, { current: "other", nameservers: [] }),
        gives: { current: "other", nameservers: [] },
    },
    {
        route: `POST /v5/domain/domains/${D}/livedns`,
        call: (client) => domains.enableLiveDns(client, D),
        answer: accepted,
    },
    {
        route: "GET /v5/domain/check?name=example.com&currency=EUR&processes=create&processes=renew",
        call: (client) => checkAvailability(client, { name: D, currency: "EUR", processes: ["create", "renew"] }),
        answer: json(200, { currency: "EUR", products: [{ name: D, status: "unavailable" }] }),
        gives: {
            currency: "EUR",
            products: [{ name: D, status: "unavailable", prices: [], taxes: [], periods: [] }],
            taxes: [],
        },
    },
    {
        route: "POST /v5/domain/domains",
        call: (client) => orders.createDomain(client, { fqdn: D, owner, duration: 2 }),
        answer: accepted,
        sent: { fqdn: D, owner, duration: 2 },
    },
    {
        route: "POST /v5/domain/domains",
        call: (client) => orders.createDomain(client, { fqdn: D, owner }, { dryRun: true }),
        answer: json(200, { status: "success" }),
        headers: { "dry-run": "1" },
    },
    {
        route: `GET /v5/domain/domains/${D}/createstatus`,
        call: (client) => orders.getCreateStatus(client, D),
        answer: json(200, { step: "SUPPORT", step_nb: 2, errortype: null }),
        gives: { state: "underWay", step: { step: "SUPPORT", step_nb: 2 } },
    },
    {
        route: `GET /v5/domain/domains/${D}/claims`,
        call: (client) => orders.getClaims(client, D),
        answer: json(404, message),
        gives: undefined,
    },
    { route: `POST /v5/domain/domains/${D}/claims`, call: (client) => orders.acceptClaims(client, D), answer: created },
    {
        route: `GET /v5/domain/domains/${D}/contacts`,
        call: (client) => contacts.getContacts(client, D),
        answer: json(200, { ...contactsBack, owner: { ...contactBack, type: 3, new_key: 1 } }),
        gives: expect.objectContaining({ owner: expect.objectContaining({ type: "publicbody", new_key: 1 }) }),
    },
    {
        route: `PATCH /v5/domain/domains/${D}/contacts`,
        call: (client) => contacts.patchContacts(client, D, { tech: owner }),
        answer: accepted,
        sent: { tech: owner },
    },
    {
        route: `PUT /v5/domain/domains/${D}/contacts/owner`,
        call: (client) => contacts.putOwner(client, D, { email: "a@b.example", streetaddr: "s", country: "FR" }),
        answer: accepted,
        sent: { email: "a@b.example", streetaddr: "s", country: "FR" },
    },
    {
        route: `GET /v5/domain/domains/${D}/nameservers`,
        call: (client) => delegation.getNameservers(client, D),
        answer: json(200, ["ns1.example.net"]),
        gives: ["ns1.example.net"],
    },
    {
        route: `PUT /v5/domain/domains/${D}/nameservers`,
        call: (client) => delegation.putNameservers(client, D, ["ns1.example.net"]),
        answer: accepted,
        sent: { nameservers: ["ns1.example.net"] },
    },
    {
        route: "GET /v5/email/offers/example.com",
        call: (client) => emailOffers.getEmailOffer(client, D),
        answer: json(200, { status: "active", version: 2, antispam: "mixed", dkim: "inactive" }),
        gives: { status: "active", version: 2, antispam: "mixed", dkim: "inactive" },
    },
    {
        route: "GET /v5/mailbox/domains?page=1&per_page=500",
        call: (client) => mailDomains.listMailDomains(client),
        answer: json(200, [{ fqdn: D }], { "total-count": "1" }),
        gives: [{ fqdn: D }],
    },
    {
        route: "GET /v5/mailbox/domains/example.com",
        call: (client) => mailDomains.getMailDomain(client, D),
        answer: json(200, mailDomain),
        gives: mailDomain,
    },
    {
        route: "GET /v5/email/slots/example.com?display_not_expired_and_inactive=true",
        call: (client) => mailSlots.listMailSlots(client, D, { usable: true }),
        answer: json(200, [{ ...slot, href: "…/slots/example.com/123" }], { "total-count": "1" }),
        gives: [slot],
    },
    {
        route: "GET /v5/mailbox/products",
        call: listMailProducts,
        answer: json(200, [{ config: [], ...product }], { "total-count": "1" }),
        gives: [product],
    },
    {
        route: "PATCH /v5/email/offers/example.com",
        call: (client) => emailOffers.patchEmailOffer(client, D, { antispam: "active", dkim: undefined }),
        answer: accepted,
        sent: { antispam: "active" },
    },
    {
        route: "GET /v5/email/mailboxes/example.com?%7Elogin=al*&mailbox_type=standard&antispam=false&%3Ccreated_at=2026-01-31T12%3A00%3A00Z&page=1&per_page=500",
        call: (client) =>
            mailboxes.listMailboxes(client, D, {
                filter: {
                    loginPattern: "al*",
                    type: "standard",
                    antispam: false,
                    createdBefore: "2026-01-31T12:00:00Z",
                },
            }),
        answer: json(200, [{ ...mailbox, href: "…", domain: D, alias_count: 2, to_convert: false }], {
            "total-count": "1",
        }),
        gives: [{ ...mailbox, alias_count: 2, to_convert: false }],
    },
    {
        route: "GET /v5/mailbox/forwards?search=example.com&page=1&per_page=500",
        call: (client) => mailForwards.listMailForwards(client, D),
        answer: json(
            200,
            [
                { source: "forward@Example.com", destinations: ["user@example.com"] },
                { source: "text@example.com", destinations: "user@example.com, bob@example.org" },
                { source: "other@not-example.com", destinations: ["forward@example.com"] },
            ],
            { "x-total-count": "3" },
        ),
        gives: [forward, { source: "text", destinations: ["user@example.com", "bob@example.org"] }],
    },
    {
        route: "POST /v5/mailbox/forwards",
        call: (client) => mailForwards.createMailForward(client, D, forward),
        answer: accepted,
        sent: { ...forward, source: "forward@example.com" },
    },
    {
        route: "PUT /v5/mailbox/forwards/%2A%40example.com",
        call: (client) => mailForwards.putMailForward(client, D, { ...forward, source: "*" }),
        answer: accepted,
        sent: { destinations: forward.destinations },
    },
    {
        route: "DELETE /v5/mailbox/forwards/sales%2Bparis%40example.com",
        call: (client) => mailForwards.deleteMailForward(client, D, "sales+paris"),
        answer: json(200, message),
    },
    {
        route: "GET /v5/mailbox/mailboxes?domain_part=example.com&page=1&per_page=500",
        call: (client) => listStandaloneMailboxes(client, D),
        answer: json(200, [{ address: "alice@example.com", antispam: true }], { "x-total-count": "1" }),
        gives: [{ address: "alice@example.com" }],
    },
    {
        route: `GET /v5/email/mailboxes/example.com/${mailbox.id}`,
        call: (client) => mailboxes.getMailbox(client, D, mailbox.id),
        answer: json(200, { ...mailbox, ...ofMailbox, domain: D }),
        gives: { ...mailbox, ...ofMailbox },
    },
    {
        route: "POST /v5/email/mailboxes/example.com",
        call: (client) => mailboxes.createMailbox(client, D, newMailbox),
        answer: json(
            202,
            { message: "…" },
            { location: `https://api.gandi.net/v5/email/mailboxes/${D}/${mailbox.id}` },
        ),
        gives: mailbox.id,
        sent: newMailbox,
    },
    {
        route: "POST /v5/email/mailboxes/example.com",
        call: (client) => mailboxes.createMailbox(client, D, newMailbox),
        answer: accepted,
        gives: undefined,
    },
    {
        route: `PATCH /v5/email/mailboxes/example.com/${mailbox.id}`,
        call: (client) =>
            mailboxes.patchMailbox(client, D, mailbox.id, {
                aliases: [],
                autorenew: { activated: true, duration: 12 },
            }),
        answer: accepted,
        sent: { aliases: [], autorenew: { activated: true, duration: 12 } },
    },
    {
        route: `DELETE /v5/email/mailboxes/example.com/${mailbox.id}`,
        call: (client) => mailboxes.deleteMailbox(client, D, mailbox.id),
        answer: accepted,
    },
    {
        route: "GET /v5/email/forwards/example.com?page=1&per_page=500",
        call: (client) => forwards.listForwards(client, D),
        answer: json(200, [{ ...forward, href: "…/forwards/example.com/forward" }], { "total-count": "1" }),
        gives: [forward],
    },
    {
        route: "POST /v5/email/forwards/example.com",
        call: (client) => forwards.createForward(client, D, forward),
        answer: created,
        sent: forward,
    },
    {
        route: "PUT /v5/email/forwards/example.com/%2A",
        call: (client) => forwards.putForward(client, D, { ...forward, source: "*" }),
        answer: accepted,
        sent: { destinations: forward.destinations },
    },
    {
        route: "DELETE /v5/email/forwards/example.com/sales%2Bparis",
        call: (client) => forwards.deleteForward(client, D, "sales+paris"),
        answer: accepted,
    },
    {
        route: `GET /v5/domain/domains/${D}/webredirs?page=1&per_page=500`,
        call: (client) => webRedirections.listWebRedirections(client, D),
        answer: json(200, [{ ...redirection, cert_status: null }], { "total-count": "1" }),
        gives: [redirection],
    },
    {
        route: `POST /v5/domain/domains/${D}/webredirs`,
        call: (client) => webRedirections.createWebRedirection(client, D, { ...redirection, override: false }),
        answer: accepted,
        sent: { ...redirection, override: false },
    },
    {
        route: `PATCH /v5/domain/domains/${D}/webredirs/${redirection.host}`,
        call: (client) => webRedirections.patchWebRedirection(client, D, redirection.host, { type: "http302" }),
        answer: accepted,
        sent: { type: "http302" },
    },
    {
        route: `DELETE /v5/domain/domains/${D}/webredirs/%2A.example.com`,
        call: (client) => webRedirections.deleteWebRedirection(client, D, "*.example.com"),
        answer: accepted,
    },
    {
        route: `GET /v5/domain/domains/${D}/hosts?page=1&per_page=500`,
        call: (client) => hosts.listHosts(client, D),
        answer: json(200, [{ name: "@", ips: ["203.0.113.1"] }], { "total-count": "1" }),
        gives: [{ name: "@", ips: ["203.0.113.1"] }],
    },
    {
        route: `GET /v5/domain/domains/${D}/hosts/%40`,
        call: (client) => hosts.getHost(client, D, "@"),
        answer: json(200, { name: "@", ips: ["203.0.113.1"], fqdn: D }),
        gives: { name: "@", ips: ["203.0.113.1"], fqdn: D },
    },
    {
        route: `POST /v5/domain/domains/${D}/hosts`,
        call: (client) => hosts.createHost(client, D, { name: "ns2", ips: ["203.0.113.2"] }),
        answer: json(200, message),
        sent: { name: "ns2", ips: ["203.0.113.2"] },
    },
    {
        route: `PUT /v5/domain/domains/${D}/hosts/ns2`,
        call: (client) => hosts.putHost(client, D, "ns2", ["203.0.113.3"]),
        answer: accepted,
        sent: { ips: ["203.0.113.3"] },
    },
    {
        route: `DELETE /v5/domain/domains/${D}/hosts/ns2`,
        call: (client) => hosts.deleteHost(client, D, "ns2"),
        answer: accepted,
    },
    {
        route: `GET /v5/domain/domains/${D}/dnskeys?page=1&per_page=500`,
        call: (client) => dnskeys.listDnsKeys(client, D),
        answer: json(200, [{ id: 42, algorithm: 13, type: "ksk", keytag: 1, digest: "ab", digest_type: 2 }], {
            "total-count": "1",
        }),
        gives: [{ id: "42", algorithm: 13, type: "ksk", keytag: 1, digest: "ab", digest_type: 2 }],
    },
    {
        route: `POST /v5/domain/domains/${D}/dnskeys`,
        call: (client) => dnskeys.createDnsKey(client, D, { algorithm: 13, type: "ksk", public_key: "eA==" }),
        answer: accepted,
        sent: { algorithm: 13, type: "ksk", public_key: "eA==" },
    },
    {
        route: `DELETE /v5/domain/domains/${D}/dnskeys/42`,
        call: (client) => dnskeys.deleteDnsKey(client, D, "42"),
        answer: accepted,
    },
    {
        route: `POST /v5/domain/changeowner/${D}`,
        call: (client) => changeowner.startOwnerChange(client, D, { owner }),
        answer: accepted,
        sent: { owner },
    },
    {
        route: `GET /v5/domain/changeowner/${D}`,
        call: (client) => changeowner.getOwnerChange(client, D),
        answer: json(200, { step: "WAIT", step_nb: 2, params: { answer_new_owner: "T" } }),
        gives: { step: "WAIT", step_nb: 2, params: { answer_new_owner: "T" }, foa: [] },
    },
    {
        route: `GET /v5/domain/changeowner/${D}`,
        call: (client) => changeowner.getOwnerChange(client, D),
        answer: json(404, message),
        gives: undefined,
    },
    {
        route: `POST /v5/domain/changeowner/${D}/foa`,
        call: (client) => changeowner.resendOwnerChangeMail(client, D, "alice@example.org"),
        answer: accepted,
        sent: { email: "alice@example.org" },
    },
    {
        route: "GET /v5/livedns/domains?page=1&per_page=500",
        call: (client) => livedns.listLiveDnsDomains(client),
        answer: json(200, [{ fqdn: D, domain_href: "x" }], { "total-count": "1" }),
        gives: [{ fqdn: D }],
    },
    {
        route: `GET /v5/livedns/domains/${D}`,
        call: (client) => livedns.getLiveDnsDomain(client, D),
        answer: json(200, { fqdn: D, automatic_snapshots: true }),
        gives: { fqdn: D, automatic_snapshots: true },
    },
    {
        route: "POST /v5/livedns/domains",
        call: (client) => livedns.addLiveDnsDomain(client, { fqdn: D, zone: { ttl: 3600, items: [www] } }),
        answer: created,
        sent: { fqdn: D, zone: { ttl: 3600, items: [www] } },
    },
    {
        route: `PATCH /v5/livedns/domains/${D}`,
        call: (client) => livedns.setAutomaticSnapshots(client, D, false),
        answer: json(200, message),
        sent: { automatic_snapshots: false },
    },
    {
        route: `GET /v5/livedns/domains/${D}/nameservers`,
        call: (client) => livedns.getLiveDnsNameservers(client, D),
        answer: json(200, ["ns-154-a.gandi.net"]),
        gives: ["ns-154-a.gandi.net"],
    },
    {
        route: `GET /v5/livedns/nameservers/${D}`,
        call: (client) => livedns.getGenericNameservers(client, D),
        answer: json(200, ["ns-154-a.gandi.net"]),
        gives: ["ns-154-a.gandi.net"],
    },
    {
        route: "GET /v5/livedns/dns/rrtypes",
        call: (client) => livedns.listRecordTypes(client),
        answer: json(200, ["A", "HTTPS"]),
        gives: ["A", "HTTPS"],
    },
    {
        route: `GET /v5/livedns/domains/${D}/records?rrset_type=A&page=1&per_page=500`,
        call: (client) => records.listRecords(client, D, { rrset_type: "A" }),
        answer: json(200, [{ ...www, rrset_href: "x", rrset_ttl: null }], { "total-count": "1" }),
        gives: [{ rrset_name: "www", rrset_type: "A", rrset_values: ["192.0.2.1"] }],
    },
    {
        route: `GET /v5/livedns/domains/${D}/records/%2A`,
        call: (client) => records.listRecordsNamed(client, D, "*"),
        answer: json(200, [www]),
        gives: [www],
    },
    {
        route: `GET /v5/livedns/domains/${D}/records/www`,
        call: (client) => records.listRecordsNamed(client, D, "www"),
        answer: json(404, { object: "dns-record", message: "no" }),
        gives: [],
    },
    {
        route: `GET /v5/livedns/domains/${D}/records/www/A`,
        call: (client) => records.getRRset(client, D, "www", "A"),
        answer: json(200, www),
        gives: www,
    },
    {
        route: `GET /v5/livedns/domains/${D}/records/www/A`,
        call: (client) => records.getRRset(client, D, "www", "A"),
        answer: json(404, { object: "dns-record", message: "no" }),
        gives: undefined,
    },
    {
        route: `POST /v5/livedns/domains/${D}/records`,
        call: (client) => records.createRRset(client, D, www),
        answer: created,
        sent: www,
        gives: "created",
    },
    {
        route: `POST /v5/livedns/domains/${D}/records`,
        call: (client) => records.createRRset(client, D, www),
        answer: json(200, message),
        gives: "unchanged",
    },
    {
        route: `PUT /v5/livedns/domains/${D}/records/www/A`,
        call: (client) => records.putRRset(client, D, www),
        answer: created,
        sent: { rrset_ttl: 320, rrset_values: ["192.0.2.1"] },
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/records/www/A`,
        call: (client) => records.deleteRRset(client, D, "www", "A"),
        answer: noContent,
        gives: true,
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/records/www/A`,
        call: (client) => records.deleteRRset(client, D, "www", "A"),
        answer: json(404, { object: "dns-record", message: "no" }),
        gives: false,
    },
    {
        route: `PUT /v5/livedns/domains/${D}/records`,
        call: (client) => records.putZone(client, D, [www], { remove_apex_ns: true }),
        answer: created,
        sent: { items: [www], remove_apex_ns: true },
    },
    {
        route: `GET /v5/livedns/domains/${D}/records`,
        call: (client) => records.getZoneText(client, D),
        answer: raw(200, "www 320 IN A 192.0.2.1\n", { "content-type": "text/plain" }),
        headers: { accept: "text/plain" },
        gives: "www 320 IN A 192.0.2.1\n",
    },
    {
        route: `GET /v5/livedns/domains/${D}/keys`,
        call: (client) => keys.listKeys(client, D),
        answer: json(200, [key]),
        gives: [key],
    },
    {
        route: `GET /v5/livedns/domains/${D}/keys/key-001`,
        call: (client) => keys.getKey(client, D, "key-001"),
        answer: json(200, { ...key, public_key: "eA==", tag: 1 }),
        gives: { ...key, public_key: "eA==", tag: 1 },
    },
    {
        route: `POST /v5/livedns/domains/${D}/keys`,
        call: (client) => keys.createKey(client, D, 257),
        answer: json(201, message, { location: "https://api.test/v5/livedns//domains/example.com/keys/key-001" }),
        sent: { flags: 257 },
        gives: "key-001",
    },
    {
        route: `POST /v5/livedns/domains/${D}/keys`,
        call: (client) => keys.createKey(client, D, 256),
        answer: created,
        gives: undefined,
    },
    {
        route: `PATCH /v5/livedns/domains/${D}/keys/key-001`,
        call: (client) => keys.undeleteKey(client, D, "key-001"),
        answer: json(200, message),
        sent: { deleted: false },
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/keys/key-001`,
        call: (client) => keys.deleteKey(client, D, "key-001"),
        answer: noContent,
    },
    {
        route: "GET /v5/livedns/axfr/tsig",
        call: (client) => tsig.listTsigKeys(client),
        answer: json(200, [{ id: ID, key_name: "k", secret: "aiG5ji3Necheisho" }]),
        gives: [{ id: ID, key_name: "k" }],
    },
    {
        route: "POST /v5/livedns/axfr/tsig",
        call: (client) => tsig.createTsigKey(client),
        answer: json(201, { id: ID, key_name: "k", href: "x" }),
        gives: { id: ID, key_name: "k" },
    },
    {
        route: `GET /v5/livedns/axfr/tsig/${ID}`,
        call: (client) => tsig.getTsigKey(client, ID),
        answer: json(200, { id: ID, key_name: "k", secret: "s" }),
        gives: { id: ID, key_name: "k", secret: "s" },
    },
    {
        route: `GET /v5/livedns/axfr/tsig/${ID}/config/bind`,
        call: (client) => tsig.getTsigConfig(client, ID, "bind"),
        answer: json(200, 'key "k" {};'),
        gives: 'key "k" {};',
    },
    {
        route: `GET /v5/livedns/domains/${D}/axfr/tsig`,
        call: (client) => tsig.listAssociatedTsigKeys(client, D),
        answer: json(200, [{ id: ID, key_name: "k" }]),
        gives: [{ id: ID, key_name: "k" }],
    },
    {
        route: `PUT /v5/livedns/domains/${D}/axfr/tsig/${ID}`,
        call: (client) => tsig.associateTsigKey(client, D, ID),
        answer: created,
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/axfr/tsig/${ID}`,
        call: (client) => tsig.dissociateTsigKey(client, D, ID),
        answer: raw(202, ""),
    },
    {
        route: `GET /v5/livedns/domains/${D}/axfr/slaves`,
        call: (client) => slaves.listSlaves(client, D),
        answer: json(200, ["192.0.2.1"]),
        gives: ["192.0.2.1"],
    },
    {
        route: `PUT /v5/livedns/domains/${D}/axfr/slaves/2001%3Adb8%3A%3A1`,
        call: (client) => slaves.addSlave(client, D, "2001:db8::1"),
        answer: created,
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/axfr/slaves/192.0.2.1`,
        call: (client) => slaves.removeSlave(client, D, "192.0.2.1"),
        answer: raw(202, ""),
    },
    {
        route: `GET /v5/livedns/domains/${D}/snapshots?automatic=false&page=1&per_page=500`,
        call: (client) => snapshots.listSnapshots(client, D, { automatic: false }),
        answer: json(200, [snapshot], { "total-count": "1" }),
        gives: [snapshot],
    },
    {
        route: `GET /v5/livedns/domains/${D}/snapshots/${ID}`,
        call: (client) => snapshots.getSnapshot(client, D, ID),
        answer: json(200, { ...snapshot, zone_data: [www] }),
        gives: { ...snapshot, zone_data: [www] },
    },
    {
        route: `GET /v5/livedns/domains/${D}/snapshots/${ID}`,
        call: (client) => snapshots.getSnapshotText(client, D, ID),
        answer: raw(200, "www 320 IN A 192.0.2.1\n"),
        headers: { accept: "text/plain" },
        gives: "www 320 IN A 192.0.2.1\n",
    },
    {
        route: `POST /v5/livedns/domains/${D}/snapshots`,
        call: (client) => snapshots.createSnapshot(client, D, "before"),
        answer: json(201, { id: ID, message: "ok" }),
        sent: { name: "before" },
        gives: ID,
    },
    {
        route: `PATCH /v5/livedns/domains/${D}/snapshots/${ID}`,
        call: (client) => snapshots.renameSnapshot(client, D, ID, "after"),
        answer: accepted,
        sent: { name: "after" },
    },
    {
        route: `DELETE /v5/livedns/domains/${D}/snapshots/${ID}`,
        call: (client) => snapshots.deleteSnapshot(client, D, ID),
        answer: noContent,
    },
    {
        route: "POST /v5/domain/transferin",
        call: (client) => transfers.startTransfer(client, { fqdn: D, owner, authinfo: "xyz5500" }),
        answer: accepted,
        sent: { fqdn: D, owner, authinfo: "xyz5500" },
    },
    {
        route: `GET /v5/domain/transferin/${D}`,
        call: (client) => transfers.getTransfer(client, D),
        answer: json(200, { fqdn: D, step: "WAIT", step_nb: 1 }),
        gives: { fqdn: D, step: "WAIT", step_nb: 1 },
    },
    {
        route: "GET /v5/organization/organizations?page=1&per_page=500",
        call: (client) => listOrganizations(client.withSharingId("mine")),
        answer: json(200, [{ id: ID, name: "scompany", type: "company", reseller: false }], { "total-count": "1" }),
        gives: [{ id: ID, name: "scompany", type: "company", reseller: false }],
    },
    {
        route: "GET /v5/billing/info",
        call: (client) => getBilling(client),
        answer: json(200, { grid: "A", prepaid: { amount: "12.50", currency: "EUR" } }),
        gives: { grid: "A", prepaid: { amount: 12.5, currency: "EUR" } },
    },
    {
        route: `GET /v5/billing/info/${ID}?sharing_id=${ID}`,
        call: (client) => getBilling(client.withSharingId(ID)),
        answer: json(200, { grid: "A" }),
        gives: { grid: "A" },
    },
];

test.each(cases)("$route", async ({ route, call, answer, sent, headers, gives }) => {
    const server = await serve(answer);
    const given = await call(server.client());
    if (gives === undefined) expect(given).toBeUndefined();
    else expect(given).toEqual(gives);
    const [request, ...more] = server.received;
    expect(`${request?.method} ${request?.url}`).toBe(route);
    expect(more).toEqual([]);
    if (sent !== undefined) expect(JSON.parse(request?.body ?? "")).toEqual(sent);
    if (headers !== undefined) expect(request?.headers).toMatchObject(headers);
});

test.each([
    ["303", raw(303, "", { location: "/v5/domain/domains/example.com" }), "done"],
    ["404", json(404, { message: "The resource could not be found.", object: "HTTPNotFound" }), "none"],
    ["403", json(403, { message: "Access was denied to this resource.", object: "HTTPForbidden" }), "none"],
] as const)("createstatus %s means the order is %s", async (_, answer, state) => {
    const server = await serve(answer);
    expect(await orders.getCreateStatus(server.client(), D)).toEqual({ state });
});

test("a createstatus without a valid token is an error, not an order that is not there (1)", async () => {
    const server = await serve(json(401, { message: "no" }));
    await expect(orders.getCreateStatus(server.client(), D)).rejects.toMatchObject({ kind: "unauthorized" });
});

test.each([
    ["an order", (client: Client) => orders.createDomain(client, { fqdn: D, owner }, { dryRun: true })],
    ["a change of owner", (client: Client) => changeowner.startOwnerChange(client, D, { owner }, { dryRun: true })],
    ["a transfer", (client: Client) => transfers.startTransfer(client, { fqdn: D, owner }, { dryRun: true })],
])("the dry run of %s that the server carried out is an error that says so (1)", async (_, call) => {
    const server = await serve(accepted);
    await expect(call(server.client())).rejects.toMatchObject({
        kind: "unexpected",
        message: expect.stringMatching(/^example\.com: the dry run was carried out \(202 on/),
    });
});

const DRY_RUNS: [string, (client: Client) => Promise<void>][] = [
    ["an order", (client) => orders.createDomain(client, { fqdn: D, owner }, { dryRun: true })],
    ["a change of owner", (client) => changeowner.startOwnerChange(client, D, { owner }, { dryRun: true })],
    [
        "a transfer",
        (client) => transfers.startTransfer(client, { fqdn: D, owner, authinfo: "xyz5500" }, { dryRun: true }),
    ],
];
const WARNINGS: [header: string, shown: string[]][] = [
    ['299 - "Not enough credit"', ["Not enough credit"]],
    [
        '299 api.gandi.net "A \\"trade\\", as Gandi says" "Wed, 25 Nov 2026 12:00:00 GMT", 299 - "Slow"',
        ['A "trade", as Gandi says', "Slow"],
    ],
    ["The owner is not reachable", ["The owner is not reachable"]],
    ["", []],
];
test.each(DRY_RUNS.flatMap(([what, call]) => WARNINGS.map(([header, shown]) => [what, header, shown, call] as const)))(
    "what Gandi warns of in the dry run of %s is shown: %s",
    async (_what, warning, shown, call) => {
        const lines: string[] = [];
        const server = await serve(json(200, { status: "success" }, { warning }));
        await call(server.client({ log: (line) => lines.push(line) }));
        expect(lines).toEqual(shown.map((text) => `example.com: Gandi warns: ${text}`));
    },
);

test("a warning that quotes the transfer code does not show it (7)", async () => {
    const lines: string[] = [];
    const server = await serve(json(200, { status: "success" }, { warning: '299 - "xyz5500 is about to expire"' }));
    await DRY_RUNS[2]![1](server.client({ log: (line) => lines.push(line) }));
    expect(lines).toEqual(["example.com: Gandi warns: [secret] is about to expire"]);
});

test.each([
    ["an order", (client: Client) => orders.createDomain(client, { fqdn: D, owner })],
    ["its dry run", (client: Client) => orders.createDomain(client, { fqdn: D, owner }, { dryRun: true })],
    ["a change of owner", (client: Client) => changeowner.startOwnerChange(client, D, { owner })],
    ["a transfer", (client: Client) => transfers.startTransfer(client, { fqdn: D, owner })],
])("%s is sent once, even when the server fails (1)", async (_, call) => {
    const server = await serve(json(500, { message: "oops" }));
    await expect(call(server.client())).rejects.toMatchObject({ kind: "server" });
    expect(server.received).toHaveLength(1);
});

test.each([
    ["an order", (client: Client) => orders.createDomain(client, { fqdn: D, owner })],
    ["a transfer", (client: Client) => transfers.startTransfer(client, { fqdn: D, owner })],
    ["a new zone", (client: Client) => livedns.addLiveDnsDomain(client, { fqdn: D })],
])("the error of %s begins with the domain, though the path does not name it", async (_, call) => {
    const server = await serve(json(403, { message: "no", object: "HTTPForbidden" }));
    await expect(call(server.client())).rejects.toThrow(/^example\.com: the token may not do this \(403 on POST/);
});

describe("reading one RRset of many", () => {
    const zone = Array.from({ length: 1000 }, (_, i) => ({ ...www, rrset_name: `Host${i}` }));
    const answer: Handler = ({ url }, ...rest) => {
        const page = new URL(url, "http://x").searchParams.get("page");
        const [, name] = /\/records\/([^/]+)\/A$/.exec(url) ?? [];
        if (page === null) {
            const found = zone.find(({ rrset_name }) => rrset_name === name);
            json(found === undefined ? 404 : 200, found ?? { object: "dns-record" })({} as never, ...rest);
            return;
        }
        const next = { link: `<http://127.0.0.1${url}>; rel="next"` };
        const headers = { "total-count": "1000", ...(page === "1" ? next : {}) };
        json(200, zone.slice((Number(page) - 1) * 500, Number(page) * 500), headers)({} as never, ...rest);
    };

    test("1,000 records cost three requests, whatever the case of their names", async () => {
        const server = await serve(answer);
        const client = server.client();
        const first = await records.readRRset(client, D, "Host0", "A");
        const others = await Promise.all(
            zone.slice(1).map(({ rrset_name }) => records.readRRset(client, D, rrset_name.toLowerCase(), "A")),
        );
        expect([first, ...others]).toEqual(zone);
        expect(server.received).toHaveLength(3);
    });

    test("one that is not in the list is not there", async () => {
        const server = await serve(answer);
        const client = server.client();
        expect(await records.readRRset(client, D, "nowhere", "A")).toBeUndefined();
        expect(await records.readRRset(client, D, "nowhere", "A")).toBeUndefined();
    });

    test("the NS of the apex are asked for alone, as no list has them", async () => {
        const ns = { ...www, rrset_name: "@", rrset_type: "NS", rrset_values: ["ns1.example.net."] };
        const server = await serve(json(200, ns));
        const client = server.client();
        for (let i = 0; i < 3; i++) expect(await records.readRRset(client, D, "@", "NS")).toEqual(ns);
        expect(server.received.map(({ url }) => url)).toEqual(Array(3).fill(`/v5/livedns/domains/${D}/records/%40/NS`));
    });

    test("a read after a write sees it", async () => {
        let value = "192.0.2.1";
        const server = await serve((request, ...rest) => {
            if (request.method === "PUT") value = JSON.parse(request.body).rrset_values[0];
            const now = { ...www, rrset_values: [value] };
            const list = request.url.includes("page=");
            json(200, list ? [now] : now, { "total-count": "1" })(request, ...rest);
        });
        const client = server.client();
        const read = async () => (await records.readRRset(client, D, "www", "A"))?.rrset_values;
        await read();
        expect(await read()).toEqual(["192.0.2.1"]);
        await records.putRRset(client, D, { ...www, rrset_values: ["192.0.2.2"] });
        expect(await read()).toEqual(["192.0.2.2"]);
    });
});

describe("what some servers spell otherwise", () => {
    test("numbers may come as text", async () => {
        const server = await serve(json(200, { ...www, rrset_ttl: "320" }));
        expect(await records.getRRset(server.client(), D, "www", "A")).toEqual(www);
    });

    test.each(["/v5/%E0%A4%A/", "/"])("a Location without id gives none: %s", async (location) => {
        const server = await serve(json(201, message, { location }));
        expect(await keys.createKey(server.client(), D, 257)).toBeUndefined();
    });
});
