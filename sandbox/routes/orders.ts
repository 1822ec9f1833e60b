import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { domainToUnicode } from "node:url";
import { type Api, apiRoot, type Call, normalFqdn } from "../access";
import { json, message } from "../answers";
import { conflict, notFound } from "../errors";
import { isoDate } from "../state/clock";
import { expandedAddress } from "../state/domain";
import type { Order } from "../state/model";
import { enterStep, isOpen, newOrder } from "../state/orders";
import { CURRENCIES, isInClaimsPeriod, isPremium, orderPrice, round } from "../state/prices";
import { readContact, readRoles } from "../validation/contacts";
import { bodyFields, type Fields } from "../validation/fields";
import { readNameservers } from "../validation/nameservers";
import { availability } from "./availability";

const CLAIMS = "/domain/domains/:domain/claims";
const CLAIM_LIFE_MS = 48 * 3600_000;
const PERIODS = ["sunrise", "landrush", ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `eap${n}`), "golive"];

/** Orders: `POST domain/domains`, `createstatus`, `claims`, `transferin`. */
export function orderRoutes(api: Api): void {
    api.post("/domain/domains", async (call) => {
        const { world, caller } = call.var;
        const fields = bodyFields(await call.req.text(), "domain");
        const { fqdn, price, request, claimAccepted } = readCreation(call, fields);
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        refuseWhileOnOrder(call, fqdn);
        fields.done("domain");
        const kind = "create" as const;
        const order = newOrder({ kind, fqdn, organization: caller.organization, price, request }, world.now());
        world.startOrder({ ...order, claimAccepted });
        return message("Domain creation in progress", 202, `${apiRoot(call)}/domain/domains/${fqdn}/createstatus`);
    });

    api.get("/domain/domains/:domain/createstatus", (call) => {
        const fqdn = normalFqdn(call.req.param("domain"));
        const domain = call.var.world.state.domains.get(fqdn);
        if (domain && call.var.caller.token.reaches.includes(domain.organization)) {
            const location = `${apiRoot(call)}/domain/domains/${fqdn}`;
            // Guess: the body of the redirect.
            return json({ message: "Domain created" }, 303, { location });
        }
        const order = ownOrder(call, fqdn, "create");
        if (order.step === "DONE") {
            // The domain that it made has left Gandi since.
            throw notFound("domain");
        }
        return json(statusView(order));
    });

    api.post("/domain/transferin", async (call) => {
        const { world, caller } = call.var;
        const fields = bodyFields(await call.req.text(), "domain");
        const { fqdn, price, request } = readTransfer(call, fields);
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        refuseWhileOnOrder(call, fqdn);
        fields.done("domain");
        const kind = "transfer" as const;
        world.startOrder(newOrder({ kind, fqdn, organization: caller.organization, price, request }, world.now()));
        return message("The request has been accepted.", 202, `${apiRoot(call)}/domain/transferin/${fqdn}`);
    });
    // Guess: the shape of a transfer's status, after those of `createstatus` and `changeowner`.
    api.get("/domain/transferin/:domain", (call) => {
        const order = ownOrder(call, normalFqdn(call.req.param("domain")), "transfer");
        return json({
            ...statusView(order),
            created_at: isoDate(order.createdAt),
            updated_at: isoDate(call.var.world.now()),
            params: { domain: order.fqdn, duration: order.request.duration },
        });
    });

    api.get(CLAIMS, (call) => {
        const { world } = call.var;
        const fqdn = normalFqdn(call.req.param("domain"));
        if (!isInClaimsPeriod(fqdn)) {
            throw notFound("domain");
        }
        let claim = world.state.claims.get(fqdn);
        if (!claim || claim.expiresAt <= world.now()) {
            const notice = randomUUID().replaceAll("-", "");
            const [createdAt, expiresAt] = [world.now(), world.now() + CLAIM_LIFE_MS];
            claim = { notice, fqdn, createdAt, expiresAt, accepted: false };
            world.state.claims.set(fqdn, claim);
        }
        const holder = { name: "Example Trademarks", org: "Example Trademarks Ltd", city: "Paris", cc: "FR" };
        return json({
            claims: [
                {
                    contacts: [holder],
                    goods_and_services: "Examples of every kind",
                    holders: [holder],
                    jurisdiction_classes: [9, 42],
                    jurisdiction_country: "FR",
                    mark_name: fqdn.split(".")[0],
                },
            ],
            created_at: isoDate(claim.createdAt),
            expires_at: isoDate(claim.expiresAt),
            fqdn,
            fqdn_alabel: fqdn,
            fqdn_ulabel: domainToUnicode(fqdn),
            notice_id: claim.notice,
            status: claim.accepted ? "accepted" : "new",
        });
    });
    api.post(CLAIMS, (call) => {
        const { world } = call.var;
        const fqdn = normalFqdn(call.req.param("domain"));
        const claim = world.state.claims.get(fqdn);
        if (!claim) {
            // Guess: how a claim is refused whose notice was not read: "You must first make a GET request to retrieve the
            // information."
            throw conflict("domain", "The claims notice was not retrieved");
        }
        claim.accepted = true;
        const order = openOrder(call, fqdn);
        if (order && !order.claimAccepted) {
            order.claimAccepted = true;
            if (order.step === "WAIT") {
                enterStep(order, world.now(), world.delays.order);
            }
        }
        return message("Claims accepted", 201);
    });
}

function ownOrder(call: Call, fqdn: string, kind: Order["kind"]): Order {
    const { world, caller } = call.var;
    const order = world.state.orders.findLast((candidate) => candidate.fqdn === fqdn && candidate.kind === kind);
    if (!order || !caller.token.reaches.includes(order.organization)) {
        throw notFound("domain");
    }
    return order;
}

function statusView({ step, stepNumber, errortype, errortype_label }: Order) {
    return { step, step_nb: stepNumber, ...(step === "ERROR" ? { errortype, errortype_label } : {}) };
}

/** A Dry-Run answers 200 even where it found errors. */
export function dryRun(fields: Fields): Response {
    return json(fields.errors.length > 0 ? { status: "error", errors: fields.errors } : { status: "success" });
}

/** What creation and transfer share. */
function readOrder(fields: Fields) {
    const fqdn = normalFqdn(fields.string("fqdn", { required: true }) ?? "");
    const owner = fields.nested("owner", { required: true });
    const nameservers = readNameservers(fields);
    const request: Record<string, unknown> = {
        owner: owner && readContact(owner),
        contacts: readRoles(fields),
        duration: fields.integer("duration", { min: 1, max: 10 }) ?? 1,
        nameservers: nameservers?.length ? nameservers : undefined,
        hosts: readGlue(fields, fqdn),
        resellee: fields.string("resellee_id"),
    };
    fields.string("currency", { oneOf: Object.keys(CURRENCIES) });
    request.mailboxOptin = fields.boolean("mailbox_optin");
    fields.string("lang");
    fields.nested("extra_parameters");
    return { fqdn, request };
}

/** The order for a name that is under way and that the caller may see. */
function openOrder(call: Call, fqdn: string): Order | undefined {
    const { world, caller } = call.var;
    return world.state.orders.find(
        (order) => order.fqdn === fqdn && isOpen(order) && caller.token.reaches.includes(order.organization),
    );
}

/** Guess: that a name on order is refused is sure, that it is a 409 is not. */
function refuseWhileOnOrder(call: Call, fqdn: string): void {
    if (openOrder(call, fqdn)) {
        throw conflict("domain", `An order for ${fqdn} is already in progress`);
    }
}

function readCreation(call: Call, fields: Fields) {
    const { world } = call.var;
    const { fqdn, request } = readOrder(fields);
    fields.string("tld_period", { oneOf: PERIODS });
    fields.string("smd");
    fields.string("template_id");
    refuseWithoutGlue(fields, fqdn, request);
    const notice = fields.string("claims");
    const claim = world.state.claims.get(fqdn);
    const claimAccepted = notice !== undefined && claim?.notice === notice && claim.expiresAt > world.now();
    if (notice !== undefined && !claimAccepted) {
        fields.fail("claims", "This notice is unknown or has expired");
    }
    const status = fqdn === "" ? "available" : availability(world.state, fqdn);
    if (status !== "available" && status !== "pending") {
        // Guess: how a name that can't be had is refused.
        fields.fail("fqdn", `${fqdn} is not available (${status})`);
    }
    const years = request.duration as number;
    const price = orderPrice(fqdn, "create", years);
    if (price === undefined) {
        fields.fail("duration", `${request.duration} years are not possible for ${fqdn}`);
    }
    readPremium(fields, fqdn, years);
    return { fqdn, request, claimAccepted, price: price?.afterTaxes ?? 0 };
}

/** Guess: the price of a premium name is accepted with and without taxes; any other is refused. */
function readPremium(fields: Fields, fqdn: string, years: number): void {
    const enforced = fields.boolean("enforce_premium");
    const offered = fields.number("price");
    if (!isPremium(fqdn)) {
        return;
    }
    if (!enforced) {
        fields.fail("enforce_premium", "Must be set to true if the domain is a premium domain.");
    }
    const rate = CURRENCIES[fields.string("currency") ?? "EUR"] ?? 1;
    const price = orderPrice(fqdn, "create", years, rate);
    if (offered === undefined) {
        fields.fail("price", "Required");
    } else if (price && round(offered) !== price.beforeTaxes && round(offered) !== price.afterTaxes) {
        const { afterTaxes, beforeTaxes } = price;
        fields.fail(
            "price",
            `${offered} is not the price of this domain: ${afterTaxes} with taxes, ${beforeTaxes} without`,
        );
    }
}

function readTransfer(call: Call, fields: Fields) {
    const { state } = call.var.world;
    const { fqdn, request } = readOrder(fields);
    request.authinfo = fields.string("authinfo", { required: true });
    if (state.domains.has(fqdn)) {
        fields.fail("fqdn", `${fqdn} is at Gandi already`);
    }
    return { fqdn, request, price: orderPrice(fqdn, "transfer", 1)?.afterTaxes ?? 0 };
}

/**
 * Guess: the wording of a nameserver without its address. A registry takes no host inside a domain without one (RFC 5732
 * section 3.2.1).
 */
function refuseWithoutGlue(fields: Fields, fqdn: string, { nameservers, hosts }: Record<string, unknown>): void {
    (nameservers as string[] | undefined)?.forEach((server, index) => {
        const host = hostIn(server, fqdn);
        if (host !== undefined && !(host in (hosts as Record<string, string[]>))) {
            fields.fail(`nameservers.${index}`, `${server} needs an IP address in nameservers_ips`);
        }
    });
}

/** A host by its name relative to the domain; undefined for one outside of it. */
function hostIn(server: string, fqdn: string): string | undefined {
    const name = server.toLowerCase().replace(/\.$/, "");
    return name === fqdn || name.endsWith(`.${fqdn}`) ? name.slice(0, -fqdn.length - 1) || "@" : undefined;
}

/** Glue records of the order. Guess: those of names in the new domain become its glue records. */
function readGlue(fields: Fields, fqdn: string): Record<string, string[]> {
    const glue = fields.nested("nameservers_ips");
    const hosts: Record<string, string[]> = {};
    for (const server of Object.keys(glue?.raw() ?? {})) {
        const ips = glue?.strings(server, { empty: "Required" }) ?? [];
        const wrong = ips.find((ip) => isIP(ip) === 0);
        if (wrong !== undefined) {
            glue?.fail(server, `'${wrong}': must be an IP address (param: {})`);
        }
        const host = hostIn(server, fqdn);
        if (host !== undefined) {
            hosts[host] = ips.map(expandedAddress);
        }
    }
    return hosts;
}
