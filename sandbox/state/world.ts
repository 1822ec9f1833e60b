import { randomUUID } from "node:crypto";
import { type BusyAnswer, operationPending, weeklyForwards } from "../errors";
import type { Clock } from "./clock";
import {
    type MailboxApiEffectName,
    type MailEffectName,
    type RegistryEffectName,
    runEffect,
    type WebEffectName,
    type ZoneEffectName,
} from "./effects";
import type { Domain, Operation, Order, State } from "./model";
import { endStep, enterStep } from "./orders";

/** How long asynchronous work takes, in milliseconds. With null it stands until it is stepped by hand. */
export interface Delays {
    /** A registration or a transfer, over its three steps. Default 8000. */
    order: number | null;
    /** Any other operation that is answered with 202. Default 2000. */
    operation: number | null;
    /**
     * From the end of an operation at the registry until the API shows its effect; meanwhile the registry takes the next
     * one. Default 0. A change of nameservers is said to show 12 to 24 hours after its 202. Guess: that the registry is
     * free by then; a long `operation` is the other possibility.
     */
    showing: number | null;
    /** From a change of owner to its approval by both owners. Default null. */
    changeOwner: number | null;
}

const WEEK = 7 * 86400_000;
const FINISHED_OPERATIONS_KEPT = 100;

/** State that moves with time. Nothing runs in the background: whatever is due is done before each request. */
export class World {
    /** How a second operation at the registry is refused while one is under way. */
    busyAnswer: BusyAnswer = "message";
    /** How many forwards an organisation may change in any seven days; undefined for no limit. */
    forwardsAWeek: number | undefined;

    constructor(
        public state: State,
        private readonly clock: Clock,
        readonly delays: Delays,
    ) {}

    now(): number {
        return this.clock.now();
    }

    /** Does everything that is due, in the order of time. */
    settle(): void {
        for (let due = this.nextDue(); due; due = this.nextDue()) {
            due.run();
        }
    }

    /** Starts an asynchronous operation at the registry, which takes one per domain at a time. */
    startAtRegistry(fqdn: string, effect: RegistryEffectName, payload: Record<string, unknown> = {}): Operation {
        if (this.state.operations.some((other) => other.fqdn === fqdn && other.atRegistry && isUnderWay(other))) {
            throw operationPending(fqdn, this.busyAnswer);
        }
        return this.start(fqdn, effect, payload, true);
    }

    startInZone(fqdn: string, effect: ZoneEffectName, payload: Record<string, unknown>): Operation {
        return this.start(fqdn, effect, payload, false);
    }

    startInMail(fqdn: string, effect: MailEffectName, payload: Record<string, unknown>): Operation {
        return this.start(fqdn, effect, payload, false);
    }

    startAtMailboxApi(fqdn: string, effect: MailboxApiEffectName, payload: Record<string, unknown>): Operation {
        return this.start(fqdn, effect, payload, false);
    }

    /**
     * Counts a change of a forward, or refuses it.
     *
     * Guess: that what is made, changed and removed counts alike, of an organisation, in any seven days.
     */
    countForwardChange(organization: string): void {
        const since = this.now() - WEEK;
        this.state.forwardChanges = this.state.forwardChanges.filter(({ at }) => at > since);
        const sofar = this.state.forwardChanges.filter((change) => change.organization === organization);
        if (sofar.length >= (this.forwardsAWeek ?? Infinity)) {
            throw weeklyForwards();
        }
        this.state.forwardChanges.push({ organization, at: this.now() });
    }

    startOnWeb(fqdn: string, effect: WebEffectName, payload: Record<string, unknown>): Operation {
        return this.start(fqdn, effect, payload, false);
    }

    startOrder(order: Order): void {
        this.state.orders.push(order);
        enterStep(order, this.now(), this.delays.order);
    }

    /** Whether an operation has been accepted whose effect shows in no answer yet. */
    isAccepted(
        fqdn: string,
        effect: RegistryEffectName | MailEffectName | MailboxApiEffectName | WebEffectName,
        of: (payload: Record<string, unknown>) => boolean,
    ): boolean {
        return this.state.operations.some(
            (other) =>
                other.fqdn === fqdn &&
                other.effect === effect &&
                (isUnderWay(other) || other.status === "UNSHOWN") &&
                of(other.payload),
        );
    }

    /** The same clock over a state of the past, for reading. */
    inThePast(state: State): World {
        return new World(state, this.clock, this.delays);
    }

    /** Ends the present part of an operation: its work at the registry, then the time until it shows. */
    endPart(operation: Operation, at: number): void {
        const { showing } = this.delays;
        if (operation.status === "UNSHOWN" || !operation.atRegistry || showing === 0) {
            this.finish(operation, at);
        } else {
            operation.status = "UNSHOWN";
            operation.endsAt = showing === null ? null : at + showing;
        }
    }

    finish(operation: Operation, at: number): void {
        operation.status = "DONE";
        operation.endsAt = at;
        runEffect(this.state, operation.fqdn, operation.effect, operation.payload, at);
        const finished = this.state.operations.filter(({ status }) => status === "DONE" || status === "ERROR");
        if (finished.length > FINISHED_OPERATIONS_KEPT) {
            const oldest = finished[0];
            this.state.operations = this.state.operations.filter((other) => other !== oldest);
        }
    }

    private start(fqdn: string, effect: string, payload: Record<string, unknown>, atRegistry: boolean): Operation {
        const startedAt = this.now();
        const { operation: delay } = this.delays;
        const operation: Operation = {
            id: randomUUID(),
            fqdn,
            effect,
            payload,
            status: "RUN",
            startedAt,
            endsAt: delay === null ? null : startedAt + delay,
            atRegistry,
        };
        this.state.operations.push(operation);
        return operation;
    }

    private nextDue(): { at: number; run: () => void } | undefined {
        const due: { at: number; run: () => void }[] = [];
        for (const order of this.state.orders) {
            const at = order.stepEndsAt;
            if (at !== null && at <= this.now()) {
                due.push({ at, run: () => endStep(this.state, order, at, this.delays.order) });
            }
        }
        for (const operation of this.state.operations) {
            const at = operation.endsAt;
            const isOpen = operation.status === "RUN" || operation.status === "UNSHOWN";
            if (isOpen && at !== null && at <= this.now()) {
                due.push({ at, run: () => this.endPart(operation, at) });
            }
        }
        const changeOwner = this.delays.changeOwner;
        for (const domain of changeOwner === null ? [] : this.state.domains.values()) {
            const change = domain.changeOwner;
            const at = (change?.createdAt ?? 0) + (changeOwner ?? 0);
            if (change?.step === "WAIT" && at <= this.now()) {
                due.push({ at, run: () => completeChangeOwner(domain, at) });
            }
        }
        return due.sort((a, b) => a.at - b.at)[0];
    }
}

/** A stopped operation (SUPPORT) still holds the registry's lock; a failed one does not. */
function isUnderWay(operation: Operation): boolean {
    return operation.status === "RUN" || operation.status === "SUPPORT";
}

/** Both owners have agreed: the domain is the new owner's. */
export function completeChangeOwner(domain: Domain, at: number): void {
    const change = domain.changeOwner;
    if (!change) {
        return;
    }
    const { email } = domain.owner;
    domain.owner = change.keepsEmail ? { ...change.newOwner, email } : change.newOwner;
    Object.assign(domain.contacts, change.contacts);
    change.step = "DONE";
    change.updatedAt = at;
    domain.updatedAt = at;
}
