import { type Api, type Call, normalFqdn } from "../access";
import { json, message } from "../answers";
import { conflict, missingStandaloneMailbox, noFreeMailboxSlot, notFound, otherMailProduct } from "../errors";
import { pagedPlainly } from "../paging";
import { isoDate } from "../state/clock";
import { freeMailboxSlot } from "../state/mailboxSlot";
import { newMailDomain } from "../state/mailDomain";
import { MAIL_DURATIONS, MAIL_PRODUCTS, slotPrice } from "../state/mailPrices";
import type { MailboxConfigName, MailboxSlot, MailDomain, StandaloneMailbox, State } from "../state/model";
import { bodyFields, Fields } from "../validation/fields";
import { isLocalPart } from "../validation/localParts";
import { readAliases, readAutorenew, readPassword, readResponder } from "./mailboxes";
import { pay } from "./mailboxSlots";
import { isSeen, visibleMailDomain } from "./mailDomains";
import { configOf } from "./mailProducts";
import { dryRun } from "./orders";

const MAILBOXES = "/mailbox/mailboxes";
const MAILBOX = `${MAILBOXES}/:email` as const;
/** 10 GB and 50 GB. */
const QUOTAS_KB: Record<MailboxConfigName, number> = { standard: 10 * 1024 * 1024, premium: 50 * 1024 * 1024 };

/**
 * Mailboxes of the Mailbox API: `mailbox/mailboxes…`, by their addresses, of all domains in one list. The first mailbox of a
 * domain makes it one of the Mailbox API's.
 *
 * Guess: that a mailbox which is made or renewed shows as late as any other that is answered with 202, and that it is changed
 * and removed at once, as that is answered with 200.
 */
export function standaloneMailboxRoutes(api: Api): void {
    api.get(MAILBOXES, (call) => {
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const [address, domainPart, localPart, search] = ["address", "domain_part", "local_part", "search"].map(
            (name) => query.string(name)?.toLowerCase(),
        );
        query.done("email");
        const domains = [...call.var.world.state.mailDomains.values()].filter((one) => isSeen(call, one.organization));
        const shown = domains.flatMap((domain) =>
            [...domain.mailboxes]
                .filter(
                    ([key]) =>
                        (address ?? key) === key &&
                        (domainPart ?? domain.fqdn) === domain.fqdn &&
                        (localPart ?? localPartOf(key)) === localPartOf(key) &&
                        key.includes(search ?? ""),
                )
                .map(([, mailbox]) => view(call, domain, mailbox)),
        );
        return pagedPlainly(url, shown);
    });
    api.post(MAILBOXES, async (call) => {
        const { world, caller } = call.var;
        const fields = bodyFields(await call.req.text(), "email");
        const config = fields.string("config_name", { required: true, oneOf: MAIL_PRODUCTS }) as MailboxConfigName;
        const address = fields.string("email", { required: true }) ?? "";
        const fqdn = fqdnOf(address);
        if (address !== "" && !(isLocalPart(localPartOf(address)) && fqdn.includes("."))) {
            fields.fail("email", `'${address}': invalid email address`);
        }
        const passwordDigest = readPassword(fields, true);
        const aliases = readAliases(fields) ?? [];
        const months = fields.integer("duration_month", { oneOf: MAIL_DURATIONS });
        fields.done("email");
        const domain = domainFor(call, fqdn);
        refuseHeld(call, domain, [localPartOf(address), ...aliases]);
        const slot = freeMailboxSlot(world.state, { organization: caller.organization, config, months }, world.now());
        if (slot === undefined) {
            throw noFreeMailboxSlot(config);
        }
        world.state.mailDomains.set(fqdn, domain);
        const payload = { address: `${localPartOf(address)}@${fqdn}`, aliases, passwordDigest, mailboxSlot: slot.id };
        world.startAtMailboxApi(fqdn, "standaloneMailboxCreate", payload);
        return message("The mailbox is being created.", 202);
    });
    api.get(MAILBOX, (call) => {
        const { domain, mailbox } = knownMailbox(call, call.req.param("email"));
        return json({ ...view(call, domain, mailbox), ...details(call, mailbox) });
    });
    api.patch(MAILBOX, async (call) => {
        const { domain, mailbox } = knownMailbox(call, call.req.param("email"));
        const { world } = call.var;
        const fields = bodyFields(await call.req.text(), "email");
        const config = fields.string("config_name", { oneOf: MAIL_PRODUCTS }) as MailboxConfigName | undefined;
        const set = {
            passwordDigest: readPassword(fields, false),
            aliases: readAliases(fields),
            antispam: fields.boolean("antispam"),
            responder: readResponder(fields, "activated"),
        };
        const autorenew = readAutorenew(fields);
        fields.done("email");
        refuseHeld(call, domain, set.aliases ?? [], mailbox);
        const own = slotOf(world.state, mailbox);
        // Guess: that another config takes a slot of it that is free.
        const moves = config !== undefined && config !== own.config;
        const wanted = { organization: own.organization, config: config ?? own.config };
        const slot = moves ? freeMailboxSlot(world.state, wanted, world.now()) : own;
        if (slot === undefined) {
            throw noFreeMailboxSlot(wanted.config);
        }
        Object.assign(mailbox, definedOf(set), { slot: slot.id });
        if (autorenew !== undefined) {
            slot.autorenew = autorenew === 0 ? undefined : (autorenew as 1 | 12);
        }
        return message("The mailbox was updated.", 200);
    });
    api.delete(MAILBOX, (call) => {
        const { domain, mailbox } = knownMailbox(call, call.req.param("email"));
        domain.mailboxes.delete(mailbox.address.toLowerCase());
        return message("The mailbox was deleted.", 200);
    });
    api.post(`${MAILBOX}/renew`, async (call) => {
        const { domain, mailbox } = knownMailbox(call, call.req.param("email"));
        const fields = bodyFields(await call.req.text(), "email");
        const months = fields.integer("duration", { required: true, oneOf: MAIL_DURATIONS });
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        fields.done("email");
        pay(call, slotPrice(slotOf(call.var.world.state, mailbox).config, months!));
        const address = mailbox.address.toLowerCase();
        call.var.world.startAtMailboxApi(domain.fqdn, "slotRenewal", { address, months });
        return message("The mailbox is being renewed.", 202);
    });
}

/** The domain of a mailbox that is to be made, which the first one brings to this API, wherever it is registered. */
function domainFor(call: Call, fqdn: string): MailDomain {
    const { world, caller } = call.var;
    const there = world.state.mailDomains.get(fqdn);
    const registered = world.state.domains.get(fqdn);
    const owner = there?.organization ?? registered?.organization ?? caller.organization;
    if (!caller.token.reaches.includes(owner)) {
        throw notFound("email");
    }
    if (there === undefined && registered !== undefined && registered.emailOffer !== null) {
        throw otherMailProduct(fqdn);
    }
    return there ?? newMailDomain({ fqdn, organization: owner });
}

/** Refuses addresses that a mailbox, an alias or a forward has. Guess: with what an address is refused that is taken at the Mailbox API. */
function refuseHeld(call: Call, domain: MailDomain, locals: string[], own?: StandaloneMailbox): void {
    const others = [...domain.mailboxes.values()].filter((mailbox) => mailbox !== own);
    const coming = call.var.world.state.operations.filter(
        ({ fqdn, effect, status }) => fqdn === domain.fqdn && effect === "standaloneMailboxCreate" && status === "RUN",
    );
    const held = new Set(
        [
            ...domain.forwards.keys(),
            ...others.flatMap(({ address, aliases }) => [
                address,
                ...aliases.map((alias) => `${alias}@${domain.fqdn}`),
            ]),
            ...coming.map(({ payload }) => String(payload.address)),
        ].map((address) => address.toLowerCase()),
    );
    const taken = locals.map((local) => `${local}@${domain.fqdn}`).find((address) => held.has(address.toLowerCase()));
    if (taken !== undefined) {
        throw conflict("email", `'${taken}' already exists`);
    }
}

function definedOf<T extends object>(values: T): Partial<T> {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function knownMailbox(call: Call, given: string): { domain: MailDomain; mailbox: StandaloneMailbox } {
    const fqdn = fqdnOf(given);
    const domain = visibleMailDomain(call, fqdn);
    const mailbox = domain.mailboxes.get(`${localPartOf(given)}@${fqdn}`.toLowerCase());
    if (mailbox === undefined) {
        throw missingStandaloneMailbox(given);
    }
    return { domain, mailbox };
}

function fqdnOf(address: string): string {
    return normalFqdn(address.slice(address.lastIndexOf("@") + 1));
}

function localPartOf(address: string): string {
    return address.slice(0, Math.max(0, address.lastIndexOf("@")));
}

function slotOf(state: State, { slot }: StandaloneMailbox): MailboxSlot {
    return state.mailboxSlots.find(({ id }) => id === slot)!;
}

function view(call: Call, domain: MailDomain, mailbox: StandaloneMailbox) {
    const { state } = call.var.world;
    const { config, expiresAt } = slotOf(state, mailbox);
    return {
        address: mailbox.address,
        antispam: mailbox.antispam,
        config: { ...configOf(config), quota_kb: QUOTAS_KB[config] },
        created_at: isoDate(mailbox.createdAt),
        data_access: true,
        domain_part: domain.fqdn,
        expires_at: isoDate(expiresAt),
        internal_domain: state.domains.has(domain.fqdn),
    };
}

/** Guess: aliases, responder and autorenew of a mailbox are read as they are written, which the reference has lost. */
function details(call: Call, mailbox: StandaloneMailbox) {
    const { enabled, ...responder } = mailbox.responder;
    const { autorenew } = slotOf(call.var.world.state, mailbox);
    return {
        aliases: mailbox.aliases,
        responder: { activated: enabled, ...responder },
        autorenew: { activated: autorenew !== undefined, duration: autorenew ?? 1 },
    };
}
