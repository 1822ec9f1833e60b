import { randomUUID } from "node:crypto";
import { type Api, apiRoot, type Call, visibleEmailDomain } from "../access";
import { json, message, text } from "../answers";
import { conflict, missingMailbox, noFreeSlot } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import { digestOf, isActive, slotOf, TYPES, typeCalled, WRITABLE_TYPES } from "../state/mailbox";
import type { Domain, Mailbox, MailSlot, Responder } from "../state/model";
import { bodyFields, Fields } from "../validation/fields";
import { globbed } from "../validation/glob";
import { holderOf, judgeLocalPart } from "../validation/localParts";
import { dryRun } from "./orders";

const MAILBOXES = "/email/mailboxes/:domain";
const MAILBOX = `${MAILBOXES}/:id` as const;

/**
 * Mailboxes: `email/mailboxes/{domain}…`. A mailbox needs a slot of its type that no other has.
 *
 * Guess: that a change of a mailbox shows as late as any other that is answered with 202, and the statuses, which the
 * document has lost.
 */
export function mailboxRoutes(api: Api): void {
    api.get(MAILBOXES, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const fits = readFilters(query, domain);
        query.done("email");
        const shown = domain.mailboxes.filter(fits);
        if (call.req.header("accept")?.startsWith("text/csv")) {
            return text(csv(shown, domain), "text/csv");
        }
        const counts = { "total-count": String(domain.mailboxes.length), "filtered-count": String(shown.length) };
        const views = shown.map((mailbox) => listView(call, domain, mailbox));
        return paged(url, views, "email", counts);
    });
    api.post(MAILBOXES, async (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const { world } = call.var;
        const fields = bodyFields(await call.req.text(), "email");
        const login = fields.string("login", { required: true }) ?? "";
        judgeLocalPart(fields, "login", login);
        const type = fields.string("mailbox_type", { required: true, oneOf: WRITABLE_TYPES });
        const passwordDigest = readPassword(fields, true);
        const aliases = readAliases(fields) ?? [];
        // Guess: a dry run judges the fields alone.
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        fields.done("email");
        refuseHeld(call, domain, [login, ...aliases]);
        const slot = freeSlot(call, domain, type!);
        const payload = { id: randomUUID(), login, slot: slot.id, passwordDigest, aliases };
        world.startInMail(domain.fqdn, "mailboxCreate", payload);
        return message("The mailbox is being created.", 202, hrefOf(call, domain, payload.id));
    });
    api.get(MAILBOX, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        return json(detailView(call, domain, knownMailbox(domain, call.req.param("id"))));
    });
    api.patch(MAILBOX, async (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const mailbox = knownMailbox(domain, call.req.param("id"));
        const fields = bodyFields(await call.req.text(), "email");
        const type = fields.string("mailbox_type", { oneOf: WRITABLE_TYPES });
        const set = {
            passwordDigest: readPassword(fields, false),
            aliases: readAliases(fields),
            antispam: fields.boolean("antispam"),
            responder: readResponder(fields),
            autorenew: readAutorenew(fields),
        };
        fields.done("email");
        refuseHeld(call, domain, set.aliases ?? [], mailbox);
        // Guess: a change of type takes a slot of the new type that is free, and leaves the old one free.
        const moves = type !== undefined && typeCalled(type) !== slotOf(domain, mailbox).type;
        const slot = moves ? freeSlot(call, domain, type).id : undefined;
        const given = Object.fromEntries(Object.entries({ ...set, slot }).filter(([, value]) => value !== undefined));
        call.var.world.startInMail(domain.fqdn, "mailboxSet", { id: mailbox.id, ...given });
        return message("The mailbox is being updated.", 202);
    });
    api.delete(MAILBOX, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const { id } = knownMailbox(domain, call.req.param("id"));
        call.var.world.startInMail(domain.fqdn, "mailboxDelete", { id });
        return message("The mailbox is being deleted.", 202);
    });
    api.delete(`${MAILBOX}/contents`, (call) => {
        const domain = visibleEmailDomain(call, call.req.param("domain"));
        const { id } = knownMailbox(domain, call.req.param("id"));
        call.var.world.startInMail(domain.fqdn, "mailboxPurge", { id });
        return message("The mailbox is being purged.", 202);
    });
}

function knownMailbox(domain: Domain, id: string): Mailbox {
    const mailbox = domain.mailboxes.find((candidate) => candidate.id === id.toLowerCase());
    if (mailbox === undefined) {
        throw missingMailbox(id);
    }
    return mailbox;
}

/** The date is said to be that of the slot. */
function readFilters(query: Fields, domain: Domain): (mailbox: Mailbox) => boolean {
    const login = query.string("login");
    const pattern = query.string("~login");
    const type = query.string("mailbox_type", { oneOf: TYPES });
    const antispam = query.boolean("antispam");
    const given = query.string("<created_at");
    const before = given === undefined ? Number.POSITIVE_INFINITY : Date.parse(given);
    if (Number.isNaN(before)) {
        query.fail("<created_at", `"${given}" is not a date`);
    }
    return (mailbox) => {
        const slot = slotOf(domain, mailbox);
        return (
            (login === undefined || mailbox.login === login) &&
            (pattern === undefined || globbed(pattern, mailbox.login)) &&
            (type === undefined || slot.type === type) &&
            (antispam === undefined || mailbox.antispam === antispam) &&
            slot.createdAt < before
        );
    };
}

/**
 * 8 to 200 characters with a capital, three digits and one that is neither letter nor digit; or a hash, which is taken as it
 * is. What is refused is not shown.
 */
export function readPassword(fields: Fields, required: boolean): string | undefined {
    const password = fields.string("password", { required });
    if (password === undefined) {
        return undefined;
    }
    const isHash = /^\{SHA512-CRYPT\}\$6\$(rounds=\d+\$)?[./\w]{1,16}\$[./\w]{86}$/.test(password);
    const isGood =
        password.length >= 8 &&
        password.length <= 200 &&
        /[A-Z]/.test(password) &&
        /(\d.*){3}/s.test(password) &&
        /[^A-Za-z0-9]/.test(password);
    if (!isHash && !isGood) {
        // Guess: the words, and how strictly a hash is looked at.
        fields.fail("password", "The password is not strong enough");
    }
    return digestOf(password);
}

/** Local parts, with a wildcard before or after at least two characters. */
export function readAliases(fields: Fields): string[] | undefined {
    const aliases = fields.strings("aliases");
    aliases?.forEach((alias, index) => {
        const name = `aliases.${index}`;
        if (!/^(\*?[^*]{2,}|[^*]{2,}\*|[^*]+)$/.test(alias)) {
            // Guess: the words, and that one wildcard is the most.
            fields.fail(name, `'${alias}': invalid alias`);
        }
        judgeLocalPart(fields, name, alias);
    });
    return aliases;
}

/** @param isOn what its switch is called. Guess: what of a responder is required, and that its dates must be in order. */
export function readResponder(fields: Fields, isOn: "enabled" | "activated" = "enabled"): Responder | undefined {
    const given = fields.nested("responder");
    if (given === undefined) {
        return undefined;
    }
    const enabled = given.boolean(isOn, { required: true }) ?? false;
    const text = given.string("message", { required: enabled }) ?? "";
    const [starts_at, ends_at] = (["starts_at", "ends_at"] as const).map((name) => {
        const date = given.string(name);
        return date === undefined || !Number.isNaN(Date.parse(date))
            ? date
            : given.fail(name, `"${date}" is not a date`);
    });
    if (starts_at !== undefined && ends_at !== undefined && Date.parse(ends_at) <= Date.parse(starts_at)) {
        given.fail("ends_at", "The end is not after the start");
    }
    // Switched off it was recorded with an empty message, and without dates.
    return enabled
        ? { enabled, message: text, ...(starts_at && { starts_at }), ...(ends_at && { ends_at }) }
        : { enabled, message: "" };
}

/** It is written as `activated`, and read as `enabled`. In months; 0 where it is switched off. */
export function readAutorenew(fields: Fields): number | undefined {
    const given = fields.nested("autorenew");
    const activated = given?.boolean("activated", { required: true });
    // Guess: the months where none are given.
    const duration = given?.integer("duration", { oneOf: [1, 12] }) ?? 1;
    return activated === undefined ? undefined : activated ? duration : 0;
}

/** Guess: how a mailbox is refused whose address, or one of whose aliases, is another's. */
function refuseHeld(call: Call, domain: Domain, locals: string[], own?: Mailbox): void {
    const twice = locals.find((local, index) => locals.indexOf(local) !== index || local === own?.login);
    const holders = locals.map((local) => holderOf(call.var.world, domain, local, own?.id));
    const holder = twice === undefined ? holders.find((one) => one !== undefined) : `Alias '${twice}@${domain.fqdn}'`;
    if (holder !== undefined) {
        throw conflict("email", `${holder} already exists`);
    }
}

/** The slot that a mailbox would have which neither has one nor will have. */
function freeSlot(call: Call, domain: Domain, type: string): MailSlot {
    const { world } = call.var;
    const wanted = typeCalled(type);
    const isReserved = ({ id }: MailSlot) =>
        (["mailboxCreate", "mailboxSet"] as const).some((effect) =>
            world.isAccepted(domain.fqdn, effect, ({ slot }) => slot === id),
        );
    const found = domain.slots.find(
        (slot) => slot.type === wanted && slot.expiresAt > world.now() && !isActive(domain, slot) && !isReserved(slot),
    );
    if (found === undefined) {
        throw noFreeSlot(wanted);
    }
    return found;
}

function hrefOf(call: Call, domain: Domain, id: string): string {
    return `${apiRoot(call)}/email/mailboxes/${domain.fqdn}/${id}`;
}

function detailView(call: Call, domain: Domain, mailbox: Mailbox) {
    const { id, login, aliases, antispam, responder, quotaUsed } = mailbox;
    const { type, expiresAt, autorenew } = slotOf(domain, mailbox);
    return {
        address: `${login}@${domain.fqdn}`,
        aliases,
        antispam,
        // Guess: the months of what does not renew by itself.
        autorenew: { enabled: autorenew !== undefined, duration: autorenew ?? 1, duration_type: "m" },
        domain: domain.fqdn,
        expires_at: isoDate(expiresAt),
        href: hrefOf(call, domain, id),
        id,
        login,
        mailbox_type: type,
        quota_used: quotaUsed,
        responder,
    };
}

/** The entry of a list has neither aliases nor responder, as in the document's example of it. */
function listView(call: Call, domain: Domain, mailbox: Mailbox) {
    const { aliases, responder: _, ...shown } = detailView(call, domain, mailbox);
    return { ...shown, alias_count: aliases.length, to_convert: shown.mailbox_type === "free" };
}

/** Guess: the columns of the list of mailboxes; the document says no more than that the answer is CSV. */
function csv(mailboxes: Mailbox[], domain: Domain): string {
    const rows = mailboxes.map((mailbox) => [
        `${mailbox.login}@${domain.fqdn}`,
        slotOf(domain, mailbox).type,
        mailbox.aliases.join(" "),
    ]);
    return [["address", "mailbox_type", "aliases"], ...rows].map((row) => `${row.join(",")}\n`).join("");
}
