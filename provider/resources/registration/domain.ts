import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import { Failure } from "../../core/failures";
import { foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import type { Problem } from "../../core/property";
import { legalDifferences, seenOf } from "./contact";
import { contactWarnings, lockedEmail } from "./contactUpdate";
import { type DomainArgs, domainProperties } from "./domainArgs";
import { applySettings, isLocked, renewalOf } from "./domainSettings";
import { giveUp } from "./giveUp";
import { missingGlue } from "./glue";
import {
    acceptClaimsOf,
    claimsProblems,
    find,
    findIfThere,
    hasFailed,
    inAccount,
    notOurs,
    order,
    progress,
    reasonOf,
    registered,
} from "./order";
import { changeOwnership, ownerDiffers } from "./ownerChange";
import { purchaseProblems } from "./purchase";

/** What {@link Domain.get} may be told beside the id. */
export type DomainState = Partial<DomainArgs>;

/** @internal */
export const domain = define({
    kind: "Domain",
    properties: domainProperties,
    id: ["fqdn"],
    idLike: "the domain, e.g. example.com",
    livesIn: "fqdn",
    irreplaceable: true,
    outputs: ["expiresAt", "ownerChangePending"],
    changing: ["expiresAt", "ownerChangePending"],
    timeouts: { create: 3600, update: 900, delete: 900 },
    warnings: contactWarnings,

    problems(inputs, { given, prior, open }) {
        const { fqdn, owner } = inputs;
        const problems: Problem[] = [];
        if (prior?.fqdn !== undefined && fqdn !== undefined && prior.fqdn !== fqdn) {
            const reason = `can't change from ${prior.fqdn} to ${fqdn}: a domain has no other name. Declare ${fqdn} as another resource`;
            problems.push({ path: "fqdn", reason });
        }
        const isNew = prior === undefined && !inputs.adopt && !open.has("adopt");
        if (isNew && owner === undefined && !open.has("owner")) {
            problems.push({ path: "owner", reason: "is required to order a domain (only with adopt: true it is not)" });
        }
        if (owner !== undefined && prior?.owner !== undefined && inputs.ownerChange !== "allow") {
            for (const field of legalDifferences(owner, prior.owner)) {
                const reason = `can't change to "${owner[field]}" by itself: the owner's legal identity changes only through a change of ownership, for which both owners are asked. To start it, set ownerChange: "allow"`;
                problems.push({ path: `owner.${field}`, reason, code: "owner-change-not-allowed" });
            }
        }
        const locked = open.has("acceptIcannContract") ? undefined : lockedEmail(owner, prior?.owner, inputs);
        if (locked !== undefined) {
            problems.push({ path: "owner.email", reason: locked, code: "owner-email-locked" });
        }
        if (inputs.smd !== undefined && inputs.tldPeriod !== "sunrise" && !open.has("tldPeriod")) {
            problems.push({ path: "smd", reason: 'is for a sunrise: set tldPeriod: "sunrise", or remove it' });
        }
        return problems.length === 0 && isNew ? missingGlue(inputs, given, open) : problems;
    },

    /** Whether it may be ordered, resumed or adopted, and for how much. What is not known yet is judged by `up`. */
    async preflight(ctx, inputs, { open }) {
        const fqdn = inputs.fqdn!;
        if (open.has("sharingId")) {
            return [];
        }
        const found = (await inAccount(ctx, fqdn)) ? await find(ctx, fqdn) : await findIfThere(ctx, fqdn);
        if (found?.domain !== undefined) {
            const problem = open.has("adopt") || open.has("owner") ? undefined : notOurs(ctx, inputs, found.domain);
            const { owner } = found.domain.contacts;
            const locked = open.has("acceptIcannContract") ? undefined : lockedEmail(inputs.owner, owner, inputs);
            return [
                ...(problem === undefined ? [] : [problem]),
                ...(locked === undefined
                    ? []
                    : [{ path: "owner.email", reason: locked, code: "owner-email-locked" as const }]),
            ];
        }
        if (found?.order !== undefined && !hasFailed(found.order)) {
            ctx.log(`${fqdn}: an order is under way and will be gone on with: ${progress(found.order)}`);
            return [];
        }
        if (inputs.adopt === "only") {
            return [{ path: "", reason: notHere(fqdn), code: "not-in-account" }];
        }
        const renews = inputs.autorenew?.enabled ? inputs.autorenew.duration : undefined;
        const { problems } = await purchaseProblems(ctx, { ...inputs, fqdn, renews }, open);
        const asksForClaims = problems.length === 0 && !open.has("claims");
        const claims = asksForClaims ? await claimsProblems(ctx, { ...inputs, fqdn }, true) : [];
        const unorderable = [...problems, ...claims];
        const lacksOwner = inputs.adopt && inputs.owner === undefined && !open.has("owner");
        const reason = `is required: ${fqdn} is not in this account, so it would have to be ordered`;
        return lacksOwner ? [...unorderable, { path: "owner", reason, code: "not-in-account" }] : unorderable;
    },

    observe: (ctx, { fqdn }) => find(ctx, fqdn),

    /**
     * Orders what is neither there nor on order. What the state knows has been ordered: unless that order is seen to have
     * failed, it is never ordered again, however little the token may see.
     */
    async ensure(ctx, want, { prior, unfinished, observe }) {
        const { fqdn } = want;
        const found = prior === undefined ? await findIfThere(ctx, fqdn) : await observe();
        if (found?.domain !== undefined) {
            const problem = prior === undefined ? notOurs(ctx, want, found.domain) : undefined;
            if (problem !== undefined) {
                throw Failure.of([problem]);
            }
            return found;
        }
        if (found?.order !== undefined && !hasFailed(found.order)) {
            ctx.log(`${fqdn}: an order is under way, going on with it: ${progress(found.order)}`);
            await acceptClaimsOf(ctx, fqdn, want.claims);
            return found;
        }
        if (prior !== undefined && !(unfinished && prior.expiresAt === undefined && found !== undefined)) {
            throw new Failure(
                "left-account",
                `${fqdn} is no longer in this account: it is never ordered a second time`,
            );
        }
        if (want.adopt === "only") {
            throw new Failure("not-in-account", notHere(fqdn));
        }
        if (found?.order !== undefined) {
            ctx.log(`${fqdn}: an earlier order failed (${reasonOf(found.order)}): ordering anew`);
        }
        return order(ctx, want);
    },

    /** Waits for the registration, then sets what can only be set on a domain that exists. */
    async converge(ctx, want, found, { prior, unfinished }) {
        const { fqdn } = want;
        const there = found.domain ?? (await registered(ctx, fqdn));
        const hasBegun = prior?.ownerChangePending === true && !unfinished;
        const ownerChange = await changeOwnership(ctx, fqdn, want, there, hasBegun);
        // Nobody knows what was set by somebody else, or by a run that failed; an order has set all that it could.
        const isUnsure = unfinished || (prior === undefined && found.domain !== undefined && want.adopt);
        const old = isUnsure ? {} : (prior ?? want);
        const seen = await applySettings(ctx, fqdn, { want, old }, there, ownerChange !== undefined);
        return { domain: seen, ...(ownerChange === undefined ? {} : { ownerChange }) };
    },

    /** Until both owners have answered, each run looks again. */
    repair: (outputs) => outputs.ownerChangePending === true,

    unfinished: ({ order: step }) => (step ? progress(step) : undefined),

    describe({ domain: seen, ownerChange }, want) {
        if (seen === undefined) {
            return {};
        }
        const { owner, admin, tech, bill, autorenew } = want;
        const hasStarted = ownerChange !== undefined || want.ownerChangePending === true;
        const ownerChangePending = hasStarted && ownerDiffers(owner, seen);
        return {
            inputs: {
                // While both owners are asked, the old one is no drift.
                owner: ownerChangePending ? owner : owner && seenOf(owner, seen.contacts.owner),
                admin: admin && seenOf(admin, seen.contacts.admin),
                tech: tech && seenOf(tech, seen.contacts.tech),
                bill: bill && seenOf(bill, seen.contacts.bill),
                autorenew: autorenew && renewalOf(autorenew, seen.autorenew),
                tags: want.tags && seen.tags,
                transferLock: want.transferLock === undefined ? undefined : isLocked(seen),
            },
            outputs: { expiresAt: seen.dates.registry_ends_at ?? want.expiresAt, ownerChangePending },
        };
    },

    async remove(ctx, { fqdn, deletionPolicy }) {
        if (deletionPolicy === "delete") {
            await giveUp(ctx, fqdn);
        } else {
            ctx.log(`${fqdn}: stays at Gandi (deletionPolicy is "retain")`);
        }
    },

    list: (ctx, domains) =>
        inEach(domains, async (fqdn) =>
            (await inAccount(ctx, fqdn)) ? [{ at: { fqdn }, seen: await find(ctx, fqdn) }] : [],
        ),
});

const notHere = (fqdn: string) => `${fqdn} is not in this account, and adopt: "only" orders nothing`;

/**
 * A domain name, ordered at Gandi and kept as declared. Its id is the name in A-labels.
 *
 * Preview looks up availability and price (`GET /v5/domain/check`) and compares them with `maxPrice`. `up` does so
 * again, sends a dry run, then one `POST /v5/domain/domains` that is never repeated blindly; an order that is under
 * way, of a run that was interrupted, is gone on with, and a domain that is in the account is never ordered. It is done
 * when `GET /v5/domain/domains/{domain}` shows the domain, with contacts (`PATCH …/contacts`, `PUT …/contacts/owner`,
 * `POST /v5/domain/changeowner/{domain}`), renewal (`PATCH …/autorenew`), transfer lock
 * (`PATCH …/status`) and tags (`PUT …/tags`) as declared.
 *
 * Nothing replaces it: another `fqdn` is an error. Destroying the resource keeps the domain, unless `deletionPolicy` is
 * `delete` (`DELETE /v5/domain/domains/{domain}`, which few accounts may use; until `GET` no longer shows the domain, or
 * its status is `pendingDelete`). A removal that was interrupted is gone on with, and is done where the name is free.
 *
 * Preview fails, and nothing is ordered, without `maxPrice` or above it, for a name that can't be had, for a trademark
 * notice that `claims` does not accept, for a domain that is in the account without `adopt`, for another legal identity
 * of the owner without `ownerChange`, for another e-mail address of the owner without `acceptIcannContract`, and where
 * `gandi:purchases` is `forbid`. An order that Gandi refuses, or that ends in ERROR, leaves no resource. One that is
 * still under way when the time is up, with Gandi's support for example, is saved as partly made, and the next `up` goes
 * on with it. A domain that the token may not see is an error, never "gone", but for those in `gandi:goneDomains`.
 * @example
 * new gandi.Domain("shop", {
 *     fqdn: "example.com",
 *     duration: 1,
 *     maxPrice: 20,
 *     owner: {
 *         type: "individual", given: "Alice", family: "Doe", email: "alice@example.org", phone: "+33.123456789",
 *         streetaddr: "5 rue neuve", city: "Paris", zip: "75001", country: "FR",
 *     },
 * });
 */
export class Domain extends GandiResource {
    /** @internal */
    static override readonly definition = domain;

    /** Reads a domain of the account, without managing it. `id` is its name. */
    static get(name: string, id: Input<ID>, state?: DomainState, opts?: CustomResourceOptions): Domain {
        return new Domain(name, state as DomainArgs, getOptions(id, opts));
    }

    /** Whether a value is a Domain, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is Domain;

    /** The name, as given. */
    declare public readonly fqdn: Output<string>;
    /** When the registration ends, ISO 8601 in UTC. */
    declare public readonly expiresAt: Output<string | undefined>;
    /** Whether a change of ownership waits for its people. */
    declare public readonly ownerChangePending: Output<boolean | undefined>;

    /** Registers a domain, or takes over one that is in the account (`adopt`). An order costs money: it needs `maxPrice`. */
    constructor(name: string, args: DomainArgs, opts?: CustomResourceOptions) {
        super(...registration(domain, name, args, opts));
        foretellDefaults(this, domain, args, opts);
    }
}
