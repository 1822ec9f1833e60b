import type { Client } from "../../api/client";
import { getEmailOffer } from "../../api/emailOffers";
import { GandiError, undefinedOn } from "../../api/errors";
import { listForwards } from "../../api/forwards";
import { listMailboxes } from "../../api/mailboxes";
import { getMailDomain } from "../../api/mailDomains";
import { listWebRedirections } from "../../api/webRedirections";
import type { Context } from "../../core/process/context";
import { ownerOrUndefined } from "../../dns/owner";
import type { RRset } from "../../dns/rrset";

/** What holds a record. */
export interface Holder {
    /** As messages call it: `the web redirection of www.example.com`. */
    readonly title: string;
    /** Whether it yields to a program that puts something else there on purpose: then only a removal is none of ours. */
    readonly yields: boolean;
}

/** By the key of an RRset what holds it. */
export type Holders = ReadonlyMap<string, Holder>;

/** A service of Gandi's that writes records into the zones of its customers by itself. */
interface Service {
    /** Whether a record looks like one of its own: where none does it is not asked, and most zones cost no request more. */
    writes(rrset: RRset): boolean;
    /** By the key of an RRset what of it needs the record. All that it reads is shared with others. */
    holders(ctx: Context, zone: string, like: readonly RRset[]): Promise<Holders>;
    /** What holds its records where the token may not see that; undefined where they are taken for nobody's then. */
    readonly perhaps: Holder | undefined;
}

const REDIRECTOR = "webredir.vip.gandi.net.";
/** Recorded from fresh zones of 2019 to 2025; the last octet has changed over the years. */
const REDIRECTOR_ADDRESS = /^217\.70\.184\.\d+$/;

/** Whether an RRset is as Gandi writes it for the host of a web redirection, be there one or not. */
export function isRedirectors({ name, type, values, normalValues }: RRset): boolean {
    const isOwn = (value: string) => (name === "@" ? REDIRECTOR_ADDRESS.test(value) : value === REDIRECTOR);
    return type === (name === "@" ? "A" : "CNAME") && values.length > 0 && [...normalValues].every(isOwn);
}

const WEB_REDIRECTIONS: Service = {
    writes: isRedirectors,
    async holders({ client }, zone, like) {
        const redirections = await listWebRedirections(client, zone, { shared: true });
        const hosts = new Map(redirections.map(({ host }) => [ownerOrUndefined(`${host}.`, zone), host]));
        return new Map(
            like.flatMap(({ key, name }) => {
                const host = hosts.get(name);
                return host === undefined ? [] : [[key, { title: `the web redirection of ${host}`, yields: false }]];
            }),
        );
    },
    // A token for DNS alone may still declare `www` of a fresh zone, as ever.
    perhaps: { title: "perhaps a web redirection, which this token may not see", yields: true },
};

/** What Gandi writes for the mail of a domain: into a fresh zone, with DKIM, for a domain of the Mailbox API. */
const MAIL_RECORDS: readonly { name: RegExp; type: string; value: RegExp; isDkim?: true }[] = [
    { name: /^@$/, type: "MX", value: /^\d+ (spool|fb)\.mail\.gandi\.net\.$/ },
    { name: /^@$/, type: "TXT", value: /^"v=spf1 include:_mailcust\.gandi\.net [?~-]all"$/ },
    { name: /^gm\d\._domainkey$/, type: "CNAME", value: /^gm\d\.gandimail\.net\.$/, isDkim: true },
];

function ofMail({ name, type, values, normalValues }: RRset) {
    const isOwn = (value: RegExp) => values.length > 0 && [...normalValues].every((one) => value.test(one));
    return MAIL_RECORDS.find((own) => own.type === type && own.name.test(name) && isOwn(own.value));
}

/** Mail that goes elsewhere from now on is a program's own affair: it only loses nothing that nobody has replaced. */
const MAIL: Service = {
    writes: (rrset) => ofMail(rrset) !== undefined,
    async holders({ client }, zone, like) {
        const mail = await mailOf(client, zone);
        const title = `the mail of ${zone}, which has ${mail.has}`;
        const isHeld = (rrset: RRset) => (ofMail(rrset)?.isDkim ? mail.dkim : mail.has !== undefined);
        const dkim = `the DKIM of the mail of ${zone}`;
        return new Map(
            like
                .filter(isHeld)
                .map((rrset) => [rrset.key, { title: ofMail(rrset)?.isDkim ? dkim : title, yields: true }]),
        );
    },
    perhaps: undefined,
};

/** Whether a domain's mail is in use at Gandi, and signed. */
async function mailOf(client: Client, domain: string): Promise<{ has: string | undefined; dkim: boolean }> {
    const offer = await undefinedOn(
        client.share("GET /v5/email/offers/{domain}", { domain }, {}, (asking) => getEmailOffer(asking, domain)),
        "invisible",
        "notFound",
    );
    if (offer === undefined) {
        const at = await undefinedOn(
            client.share("GET /v5/mailbox/domains/{domain}", { domain }, {}, (asking) => getMailDomain(asking, domain)),
            "invisible",
            "notFound",
            "unauthorized",
        );
        return { has: at && "its mailboxes at the Mailbox API", dkim: at !== undefined };
    }
    const dkim = offer.dkim === "active";
    if ((await listMailboxes(client, domain, { shared: true })).length > 0) {
        return { has: "mailboxes", dkim };
    }
    const forwards = await listForwards(client, domain, { shared: true });
    return { has: forwards.length > 0 ? "forwards" : undefined, dkim };
}

const SERVICES: readonly Service[] = [WEB_REDIRECTIONS, MAIL];

/** Whether an RRset is as a service of Gandi's writes it, be it in use or not. */
export function isOfService(rrset: RRset): boolean {
    return SERVICES.some(({ writes }) => writes(rrset));
}

/** Which of these RRsets a service of Gandi's holds: whoever takes them away breaks what its customer has there. */
export async function holdersOf(ctx: Context, zone: string, rrsets: Iterable<RRset>): Promise<Holders> {
    const all = [...rrsets];
    const held = await Promise.all(
        SERVICES.map(async (service) => {
            const like = all.filter(service.writes);
            return like.length === 0 ? [] : [...(await asked(service, ctx, zone, like))];
        }),
    );
    return new Map(held.flat());
}

async function asked(
    { holders, perhaps }: Service,
    ctx: Context,
    zone: string,
    like: readonly RRset[],
): Promise<Holders> {
    try {
        return await holders(ctx, zone, like);
    } catch (error) {
        // A domain that is registered elsewhere has nothing of it.
        if (GandiError.is(error, "invisible")) return new Map();
        if (!GandiError.is(error, "forbidden")) throw error;
        return new Map(perhaps === undefined ? [] : like.map(({ key }) => [key, perhaps]));
    }
}
