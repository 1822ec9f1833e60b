import { refuseUnknownKeys } from "../knownKeys";
import { addMailDomain, type SeedMailDomain } from "../seedMail";
import type { MailDomain, RRset, StandaloneMailbox } from "../state/model";
import type { World } from "../state/world";
import { ControlError } from "./controlError";

/** A domain at the Mailbox API as the sandbox has it. */
export interface MailDomainView extends Omit<MailDomain, "forwards" | "mailboxes"> {
    /** Destinations by the whole address. */
    forwards: Record<string, string[]>;
    /** By their address in lower case. */
    mailboxes: Record<string, StandaloneMailbox>;
}

/** A change made "by hand", past every check and delay. What is left out stays. */
export interface MailDomainEdit {
    /** By local part; null removes a forward. */
    forwards?: Record<string, string[] | null>;
    /** All the records of its DNS, where its zone is not LiveDNS's. */
    records?: (Omit<RRset, "ttl"> & { ttl?: number })[];
}

const EDITABLE = ["forwards", "records"] satisfies (keyof MailDomainEdit)[];

/** The handle of what the sandbox has at the Mailbox API. */
export class MailControl {
    /** @internal */
    constructor(private readonly world: World) {}

    /** The domains whose mail is there. */
    domains(): string[] {
        return [...this.settled().mailDomains.keys()].sort();
    }

    /** What is there of a domain now. Everything is a copy. */
    domain(fqdn: string): MailDomainView | undefined {
        const domain = this.settled().mailDomains.get(fqdn.toLowerCase());
        return (
            domain &&
            structuredClone({
                ...domain,
                forwards: Object.fromEntries(domain.forwards),
                mailboxes: Object.fromEntries(domain.mailboxes),
            })
        );
    }

    /** Puts the mail of a domain there, or replaces what is there of it. One that is registered in the sandbox has no e-mail offer then. */
    addDomain(seed: SeedMailDomain): void {
        addMailDomain(this.settled(), seed, this.world.now());
    }

    /** Changes the mail of a domain by hand. @throws Error where it is not there */
    editDomain(fqdn: string, edit: MailDomainEdit): void {
        refuseUnknownKeys("the edit of a domain's mail", edit, EDITABLE);
        const domain = this.settled().mailDomains.get(fqdn.toLowerCase());
        if (domain === undefined) {
            throw new ControlError(`the mail of ${fqdn} is not at the sandbox's Mailbox API`);
        }
        const { forwards = {}, records } = structuredClone(edit);
        for (const [local, destinations] of Object.entries(forwards)) {
            const source = `${local}@${domain.fqdn}`;
            if (destinations === null) {
                domain.forwards.delete(source);
            } else {
                domain.forwards.set(source, destinations);
            }
        }
        domain.dns = records?.map(({ ttl = 10800, ...rrset }) => ({ ttl, ...rrset })) ?? domain.dns;
    }

    /** The mail of a domain leaves Gandi. */
    removeDomain(fqdn: string): void {
        this.settled().mailDomains.delete(fqdn.toLowerCase());
    }

    /**
     * How many forwards an organisation may change in any seven days, of both products; with null there is no limit, which is the default.
     *
     * @throws RangeError for anything but null and a whole number, zero or more
     */
    setForwardsAWeek(most: number | null): void {
        if (most !== null && !(Number.isInteger(most) && most >= 0)) {
            throw new RangeError("the weekly number of forwards is a whole number, zero or more, or null");
        }
        this.world.forwardsAWeek = most ?? undefined;
    }

    private settled() {
        this.world.settle();
        return this.world.state;
    }
}
