import { BUSY_ANSWERS, type BusyAnswer } from "../errors";
import { type Fault, Faults } from "../faults";
import { refuseUnknownKeys } from "../knownKeys";
import { type LoggedRequest, RequestLog } from "../requestLog";
import { addDomain, type SeedDomain } from "../seed";
import { ORGANIZATIONS, type OrganizationName, type TokenName } from "../state/accounts";
import type { Clock } from "../state/clock";
import { expandedAddress, normalNameservers } from "../state/domain";
import { emailOffer } from "../state/emailOffer";
import { editMailboxes, type MailboxEdit, type SlotEdit, setFreeSlots } from "../state/mailbox";
import type {
    Contact,
    ContactRole,
    Domain,
    EmailOffer,
    Operation,
    Order,
    RRset,
    Token,
    WebRedirection,
    Zone,
} from "../state/model";
import { rrsetKey } from "../state/model";
import { endStep, failOrder, isOpen, latestOrder } from "../state/orders";
import { hostIn, type RedirectionEdit, setRedirection } from "../state/webRedirection";
import { completeChangeOwner, type Delays, type World } from "../state/world";
import { sortedRRsets } from "../state/zone";
import { ControlError } from "./controlError";
import { MailControl } from "./mail";

/** `next` ends the present step, `done` all of them; `error` and `support` stop it there. */
export type Outcome = "next" | "done" | "error" | "support";

/** A zone as `state.zone` shows it. Apex NS records are among its RRsets; lists of the API leave them out. */
export interface ZoneView extends Omit<Zone, "rrsets"> {
    /** All its RRsets, in the order in which they were made. */
    rrsets: RRset[];
}

/** A domain as the sandbox has it. */
export interface DomainView extends Omit<Domain, "hosts" | "forwards" | "webRedirections"> {
    /** Glue records: addresses by host name relative to the domain. */
    hosts: Record<string, string[]>;
    /** Forwards of e-mail: destinations by local part. */
    forwards: Record<string, string[]>;
    /** Web redirections by host, the whole name. */
    webRedirections: Record<string, WebRedirection>;
}

/** A change made "by hand", past every check and delay. What is left out stays. */
export interface DomainEdit {
    /** Its owner, whole. */
    owner?: Contact;
    /** Null makes a role the owner's again. */
    contacts?: Partial<Record<ContactRole, Contact | null>>;
    /** Its automatic renewal. */
    autorenew?: Partial<Domain["autorenew"]>;
    /** Its nameservers, all of them. */
    nameservers?: string[];
    /** Null removes a glue record. */
    hosts?: Record<string, string[] | null>;
    /** Null removes a forward. */
    forwards?: Record<string, string[] | null>;
    /** What of its e-mail offer changes, without any DNS; null takes the offer away. */
    emailOffer?: Partial<EmailOffer> | null;
    /** By login, what of it changes; null removes a mailbox, and leaves its slot free. A new one has a slot of its own. */
    mailboxes?: Record<string, MailboxEdit | null>;
    /** The slots that no mailbox has, all of them. */
    freeSlots?: SlotEdit[];
    /** By host relative to the domain, what of it changes; null removes a redirection, and no DNS. */
    webRedirections?: Record<string, RedirectionEdit | null>;
    /** Its DNSSEC keys at the registry, all of them. */
    dnskeys?: Domain["dnskeys"];
    /** How it stands with LiveDNS's own signing. */
    liveDnssec?: Domain["liveDnssec"];
    /** Its tags, all of them. */
    tags?: string[];
    /** Its EPP statuses, such as `clientTransferProhibited`. */
    status?: string[];
    /** Its transfer code. */
    authinfo?: string;
}

/** What can be edited, by its name. */
const EDITABLE = {
    domain: [
        "owner",
        "contacts",
        "autorenew",
        "nameservers",
        "hosts",
        "forwards",
        "emailOffer",
        "mailboxes",
        "freeSlots",
        "webRedirections",
        "dnskeys",
        "liveDnssec",
        "tags",
        "status",
        "authinfo",
    ] satisfies (keyof DomainEdit)[],
    rrset: ["name", "type", "ttl", "values"] satisfies (keyof RRset)[],
    token: ["status", "readOnly"] satisfies (keyof Token)[],
    organization: ["balance", "mayDeleteDomains"],
};

/** The handle of a sandbox's inside: time, faults, hand-made changes, and what came and what is there. */
export class Control {
    /** @internal */
    readonly faults = new Faults();
    /** @internal */
    readonly log = new RequestLog();
    /** What is at the Mailbox API. */
    readonly mail: MailControl;

    constructor(
        /** @internal */
        readonly world: World,
        private readonly clock: Clock,
        /** What the header `X-Sandbox-Token` of the control routes must say. */
        readonly controlToken: string,
    ) {
        this.mail = new MailControl(world);
    }

    /** What is there now. Everything is a copy. */
    readonly state = {
        zone: (fqdn: string): ZoneView | undefined => {
            const zone = this.settled().zones.get(fqdn.toLowerCase());
            return zone && structuredClone({ ...zone, rrsets: sortedRRsets(zone.rrsets.values()) });
        },
        domain: (fqdn: string): DomainView | undefined => {
            const domain = this.settled().domains.get(fqdn.toLowerCase());
            return (
                domain &&
                structuredClone({
                    ...domain,
                    hosts: Object.fromEntries(domain.hosts),
                    forwards: Object.fromEntries(domain.forwards),
                    webRedirections: Object.fromEntries(domain.webRedirections),
                })
            );
        },
        domains: (): string[] => [...this.settled().domains.keys()].sort(),
        orders: (fqdn?: string): Order[] =>
            structuredClone(this.settled().orders.filter((order) => fqdn === undefined || order.fqdn === fqdn)),
        operations: (fqdn?: string): Operation[] =>
            structuredClone(
                this.settled().operations.filter((operation) => fqdn === undefined || operation.fqdn === fqdn),
            ),
        /** Money on the prepaid account, taxes included. */
        balance: (organization: OrganizationName): number => this.organization(organization).balance,
    };

    /** The sandbox's time, in milliseconds since the epoch. */
    now(): number {
        return this.clock.now();
    }

    /** Moves the clock forward by so many milliseconds; what becomes due is done. */
    advance(ms: number): void {
        this.clock.advance(ms);
        this.world.settle();
    }

    /**
     * How long work takes that begins from now on; what is left out stays. With null it stands until it is stepped by hand.
     * A change of owner that waits already obeys, too.
     *
     * @throws RangeError for anything but null and a number of milliseconds, zero or more.
     */
    setDelays(delays: Partial<Delays>): void {
        refuseUnknownKeys("the edit of delays", delays, Object.keys(this.world.delays));
        for (const kind of ["order", "operation", "showing", "changeOwner"] as const) {
            const ms = delays[kind];
            if (ms === undefined) {
                continue;
            }
            if (ms !== null && !(Number.isFinite(ms) && ms >= 0)) {
                throw new RangeError(`the delay "${kind}" is a number of milliseconds, zero or more, or null`);
            }
            this.world.delays[kind] = ms;
        }
    }

    /**
     * In which of its forms the API refuses a second operation on a domain while one is under way. Default `message`.
     *
     * @throws TypeError for an unknown form
     */
    setBusyAnswer(answer: BusyAnswer): void {
        if (!BUSY_ANSWERS.includes(answer)) {
            throw new TypeError(`the form of the refusal is one of ${BUSY_ANSWERS.join(", ")}`);
        }
        this.world.busyAnswer = answer;
    }

    /** The requests to the API so far, oldest first, without those to the control routes. */
    requests(): LoggedRequest[] {
        return this.log.all();
    }

    clearRequests(): void {
        this.log.clear();
    }

    /** @returns the fault's id, for `removeFault`. @throws TypeError for a property that is none, or that can't be what it says. */
    addFault(fault: Fault): number {
        return this.faults.add(fault, this.settled());
    }

    removeFault(id: number): void {
        this.faults.remove(id);
    }

    clearFaults(): void {
        this.faults.clear();
    }

    /** Sets an RRset as someone else would: unchecked, with exactly these values. */
    setRRset(fqdn: string, rrset: Omit<RRset, "ttl"> & { ttl?: number }): void {
        refuseUnknownKeys("an RRset", rrset, EDITABLE.rrset);
        const { name, type, ttl = 10800, values } = rrset;
        if (!Array.isArray(values)) {
            throw new ControlError('an RRset needs "values", a list');
        }
        this.zone(fqdn).rrsets.set(rrsetKey(name, type), { name, type, ttl, values: [...values] });
    }

    deleteRRset(fqdn: string, name: string, type: string): void {
        this.zone(fqdn).rrsets.delete(rrsetKey(name, type));
    }

    /** Empties a zone, apex NS records included. */
    clearZone(fqdn: string): void {
        this.zone(fqdn).rrsets.clear();
    }

    editDomain(fqdn: string, edit: DomainEdit): void {
        refuseUnknownKeys("the edit of a domain", edit, EDITABLE.domain);
        const domain = this.domain(fqdn);
        const {
            contacts = {},
            hosts = {},
            forwards = {},
            emailOffer: offer,
            mailboxes = {},
            freeSlots,
            webRedirections = {},
            autorenew,
            nameservers,
            ...plain
        } = structuredClone(edit);
        Object.assign(domain, plain);
        Object.assign(domain.autorenew, autorenew);
        if (nameservers) {
            domain.nameservers = normalNameservers(nameservers);
        }
        for (const [role, contact] of Object.entries(contacts) as [ContactRole, Contact | null][]) {
            if (contact === null) {
                delete domain.contacts[role];
            } else {
                domain.contacts[role] = contact;
            }
        }
        editLists(domain.hosts, hosts, expandedAddress);
        editLists(domain.forwards, forwards);
        if (offer !== undefined) {
            domain.emailOffer = offer === null ? null : emailOffer({ ...domain.emailOffer, ...offer });
        }
        editMailboxes(this.world.state, domain, mailboxes, this.now());
        if (freeSlots !== undefined) {
            setFreeSlots(this.world.state, domain, freeSlots, this.now());
        }
        for (const [name, redirection] of Object.entries(webRedirections)) {
            const host = hostIn(domain.fqdn, name);
            if (redirection === null) {
                domain.webRedirections.delete(host);
            } else {
                setRedirection(domain, host, redirection, this.now());
            }
        }
        domain.updatedAt = this.now();
    }

    /** Adds a domain, or replaces it, without an order. */
    addDomain(seed: SeedDomain): void {
        addDomain(this.settled(), seed, this.now());
    }

    /** A domain leaves Gandi: sold, expired or transferred away. Its zone goes with it. */
    removeDomain(fqdn: string): void {
        this.domain(fqdn);
        this.world.state.domains.delete(fqdn.toLowerCase());
        this.world.state.zones.delete(fqdn.toLowerCase());
    }

    /** Makes a token expire, be unknown, be good again, or be allowed to read only. */
    editToken(name: TokenName, edit: Partial<Pick<Token, "status" | "readOnly">>): void {
        refuseUnknownKeys("the edit of a token", edit, EDITABLE.token);
        const token = this.world.state.tokens.find((candidate) => candidate.name === name);
        if (!token) {
            throw new ControlError(`there is no token ${name}`);
        }
        Object.assign(token, edit);
    }

    editOrganization(name: OrganizationName, edit: { balance?: number; mayDeleteDomains?: boolean }): void {
        refuseUnknownKeys("the edit of an organisation", edit, EDITABLE.organization);
        Object.assign(this.organization(name), edit);
    }

    /** Moves the latest order of a name, whatever the clock says. */
    stepOrder(fqdn: string, outcome: Outcome): void {
        const order = latestOrder(this.settled(), fqdn.toLowerCase());
        if (!order || !isOpen(order)) {
            throw new ControlError(`there is no open order for ${fqdn}`);
        }
        if (outcome === "error") {
            failOrder(this.world.state, order, "SANDBOX", "The sandbox was asked to fail this order");
        } else if (outcome === "support") {
            order.step = "SUPPORT";
            order.stepEndsAt = null;
        } else {
            do {
                endStep(this.world.state, order, this.now(), this.world.delays.order);
            } while (outcome === "done" && isOpen(order));
        }
    }

    /** Moves an operation, by its id or, if only one is under way there, by its domain. */
    stepOperation(idOrFqdn: string, outcome: Outcome): void {
        const wanted = idOrFqdn.toLowerCase();
        const operation = this.settled().operations.find(
            ({ id, fqdn, status }) => (id === wanted || fqdn === wanted) && status !== "DONE" && status !== "ERROR",
        );
        if (!operation) {
            throw new ControlError(`there is no operation under way for ${idOrFqdn}`);
        }
        if (outcome === "next") {
            this.world.endPart(operation, this.now());
        } else if (outcome === "done") {
            this.world.finish(operation, this.now());
        } else {
            operation.status = outcome === "error" ? "ERROR" : "SUPPORT";
            operation.endsAt = null;
        }
    }

    /** Answers a change of owner for both owners: `done` agrees, `error` refuses. */
    stepChangeOwner(fqdn: string, outcome: Outcome): void {
        const domain = this.domain(fqdn);
        if (domain.changeOwner?.step !== "WAIT" && domain.changeOwner?.step !== "SUPPORT") {
            throw new ControlError(`there is no change of owner under way for ${fqdn}`);
        }
        if (outcome === "next" || outcome === "done") {
            completeChangeOwner(domain, this.now());
        } else {
            domain.changeOwner.step = outcome === "error" ? "ERROR" : "SUPPORT";
            domain.changeOwner.updatedAt = this.now();
        }
    }

    private settled() {
        this.world.settle();
        return this.world.state;
    }

    private organization(name: OrganizationName) {
        const organization = this.settled().organizations.find(({ id }) => id === ORGANIZATIONS[name]);
        if (!organization) {
            throw new ControlError(`there is no organisation ${name}`);
        }
        return organization;
    }

    private zone(fqdn: string): Zone {
        const zone = this.settled().zones.get(fqdn.toLowerCase());
        if (!zone) {
            throw new ControlError(`${fqdn} has no zone in the sandbox`);
        }
        return zone;
    }

    private domain(fqdn: string): Domain {
        const domain = this.settled().domains.get(fqdn.toLowerCase());
        if (!domain) {
            throw new ControlError(`${fqdn} is not in the sandbox`);
        }
        return domain;
    }
}

/** Sets lists of values by their names; null removes one. */
function editLists(
    lists: Map<string, string[]>,
    edit: Record<string, string[] | null>,
    stored = (value: string) => value,
): void {
    for (const [name, values] of Object.entries(edit)) {
        if (values === null) {
            lists.delete(name);
        } else {
            lists.set(name, values.map(stored));
        }
    }
}
