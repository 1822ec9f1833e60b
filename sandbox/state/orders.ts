import { randomUUID } from "node:crypto";
import { newDomain } from "./domain";
import type { Contact, ContactRole, Order, State } from "./model";
import { endsInError, endsInSupport, isInClaimsPeriod } from "./prices";
import { defaultRRsets, hashedNameservers, newZone } from "./zone";

/** The part of an order's whole time that each step takes. */
const SHARE = { BILL: 0.25, WAIT: 0.25, RUN: 0.5 };
const STEPS = ["BILL", "WAIT", "RUN"] as const;

export function newOrder(
    start: Pick<Order, "kind" | "fqdn" | "organization" | "price" | "request">,
    now: number,
): Order {
    return {
        ...start,
        id: randomUUID(),
        billed: false,
        step: "BILL",
        stepNumber: 1,
        stepEndsAt: null,
        createdAt: now,
        claimAccepted: false,
    };
}

/** An order that can still become a domain. */
export function isOpen(order: Order): boolean {
    return order.step !== "DONE" && order.step !== "ERROR";
}

/** The latest order of a name. */
export function latestOrder(state: State, fqdn: string): Order | undefined {
    return state.orders.findLast((order) => order.fqdn === fqdn);
}

/** @param duration the whole order's, in milliseconds; with null the step stands until it is ended by hand. */
export function enterStep(order: Order, at: number, duration: number | null): void {
    const step = STEPS[order.stepNumber - 1] ?? "RUN";
    order.step = step;
    order.stepEndsAt = duration === null ? null : at + duration * SHARE[step];
    if (step === "WAIT" && order.kind === "create" && isInClaimsPeriod(order.fqdn) && !order.claimAccepted) {
        order.stepEndsAt = null;
    }
}

/** Ends the present step: the next one begins, or the domain is there. */
export function endStep(state: State, order: Order, at: number, duration: number | null): void {
    if (order.stepNumber === 1 && !order.billed && !bill(state, order)) {
        failOrder(state, order, "PREPAID_BALANCE", "The prepaid account has not enough credit");
        return;
    }
    if (order.stepNumber === 2 && endsInSupport(order.fqdn) && order.step !== "SUPPORT") {
        order.step = "SUPPORT";
        order.stepEndsAt = null;
        return;
    }
    if (order.stepNumber === 3) {
        if (endsInError(order.fqdn)) {
            failOrder(state, order, "REGISTRY_REFUSED", "The registry refused the order");
        } else {
            finishOrder(state, order, at);
        }
        return;
    }
    order.stepNumber += 1;
    enterStep(order, at, duration);
}

function bill(state: State, order: Order): boolean {
    const payer = state.organizations.find(({ id }) => id === order.organization);
    if (!payer || payer.balance < order.price) {
        return false;
    }
    payer.balance = Math.round((payer.balance - order.price) * 100) / 100;
    order.billed = true;
    return true;
}

/** Guess: the error types are made up, and an order that fails after it was billed is paid back. */
export function failOrder(state: State, order: Order, errortype: string, label: string): void {
    const payer = state.organizations.find(({ id }) => id === order.organization);
    if (order.billed && payer) {
        payer.balance = Math.round((payer.balance + order.price) * 100) / 100;
        order.billed = false;
    }
    order.step = "ERROR";
    order.stepEndsAt = null;
    order.errortype = errortype;
    order.errortype_label = label;
}

function finishOrder(state: State, order: Order, at: number): void {
    order.step = "DONE";
    order.stepEndsAt = null;
    const { owner, contacts, nameservers, hosts, duration, authinfo, resellee } = order.request as {
        owner: Contact;
        contacts: Partial<Record<ContactRole, Contact>>;
        nameservers?: string[];
        hosts?: Record<string, string[]>;
        duration: number;
        authinfo?: string;
        resellee?: string;
    };
    const domain = newDomain(
        {
            fqdn: order.fqdn,
            organization: order.organization,
            owner,
            contacts,
            years: duration,
            nameservers: nameservers ?? hashedNameservers(order.fqdn),
            authinfo,
            resellee,
        },
        at,
    );
    domain.hosts = new Map(Object.entries(hosts ?? {}));
    state.domains.set(order.fqdn, domain);
    if (!nameservers) {
        state.zones.set(order.fqdn, newZone(order.fqdn, order.organization, defaultRRsets(), at));
    }
}
