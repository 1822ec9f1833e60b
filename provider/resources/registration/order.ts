import { type Domain as ApiDomain, type DomainEntry, getDomain, listDomains } from "../../api/domains";
import { GandiError, undefinedOn } from "../../api/errors";
import {
    acceptClaims,
    type Claims,
    createDomain,
    type DomainOrder,
    getClaims,
    getCreateStatus,
    type OrderStep,
} from "../../api/orders";
import { FailedError } from "../../core/doing/poll";
import { type OneTimePost, sendOnce } from "../../core/doing/sendOnce";
import { Failure, NothingMade } from "../../core/failures";
import type { Context } from "../../core/process/context";
import type { Problem } from "../../core/property";
import { legalDifferences } from "./contact";
import { orderedContacts } from "./contactUpdate";
import type { DomainInputs } from "./domainArgs";
import { amountOf, purchaseProblems } from "./purchase";

/** A domain as the account knows it: registered, or still on order. */
export interface Found {
    readonly domain?: ApiDomain;
    readonly order?: OrderStep;
    /** What a change of ownership waits for. */
    readonly ownerChange?: string;
}

/** An order is this run's predecessor's when the domain was made within this time, in milliseconds. */
const RECENT = 60 * 60 * 1000;

/**
 * The domain, or its order under way.
 * @param wasThere whether it was registered before: an order that is done says nothing of a domain that isn't there then
 * @throws the 404 of the domain where neither is to be seen; see {@link findIfThere}
 */
export async function find(ctx: Context, fqdn: string, { wasThere = false } = {}): Promise<Found> {
    try {
        return { domain: await getDomain(ctx.client, fqdn) };
    } catch (error) {
        if (!GandiError.is(error, "invisible")) {
            throw error;
        }
        const status = await getCreateStatus(ctx.client, fqdn);
        if (status.state === "underWay") {
            return { order: status.step };
        }
        if (status.state === "done" && !wasThere) {
            // Registered this very moment: the domain itself shows a little later.
            return { order: { step: "RUN", step_nb: 3 } };
        }
        throw error;
    }
}

/** `find`, where "nowhere to be seen" is an answer. */
export function findIfThere(ctx: Context, fqdn: string): Promise<Found | undefined> {
    return undefinedOn(find(ctx, fqdn), "invisible");
}

/** The domain in the account's list, which all the new Domains of a run share. */
export async function inAccount(ctx: Context, fqdn: string): Promise<DomainEntry | undefined> {
    const domains = await listDomains(ctx.client, { shared: true });
    return domains.find((entry) => entry.fqdn.toLowerCase() === fqdn);
}

/**
 * Why a domain that is in the account may not be taken for this resource's own; undefined when it may: `adopt` is set,
 * or it was made within the last hour for the owner declared here, by a run that was interrupted.
 */
export function notOurs(
    ctx: Context,
    want: Partial<Pick<DomainInputs, "adopt" | "owner" | "ownerChange">>,
    domain: ApiDomain,
): Problem | undefined {
    const { fqdn, contacts, dates } = domain;
    const { owner } = contacts;
    const differences = want.owner === undefined ? [] : legalDifferences(want.owner, owner);
    if (want.adopt) {
        const reason = `${fqdn} belongs to another owner than the one declared (${differences.join(", ")} differ): declare the registered owner, or none, to adopt it`;
        return differences.length === 0 || want.ownerChange === "allow"
            ? undefined
            : { path: "", reason, code: "other-owner" };
    }
    const created = dates.created_at ?? dates.registry_created_at ?? "";
    const age = ctx.client.clock.wallTime() - Date.parse(created);
    const isOwnerSeen = owner.family !== undefined || owner.orgname !== undefined;
    if (want.owner !== undefined && isOwnerSeen && differences.length === 0 && age < RECENT) {
        const minutes = Math.max(0, Math.round(age / 60_000));
        ctx.log(`${fqdn}: registered ${minutes} min ago for this owner: going on with the order of an interrupted run`);
        return undefined;
    }
    const reason = `${fqdn} is in this account already, since ${created.slice(0, 10) || "an unknown day"}: nothing is ordered. Set adopt: true to manage it here (or aliases, if the resource was renamed)`;
    return { path: "", reason, code: "already-there" };
}

/** Buys the domain: the guard, a dry run, then one order that is never repeated blindly (see {@link sendOnce}). */
export async function order(ctx: Context, request: DomainInputs): Promise<Found> {
    const { fqdn } = request;
    const { problems, offer } = await purchaseProblems(ctx, request);
    problems.push(...(await claimsProblems(ctx, request, false)));
    if (problems.length > 0 || offer === undefined) {
        throw Failure.of(problems);
    }
    const body = orderBody(request, offer.premium ? offer.total : undefined);
    const buy: OneTimePost<Found> = {
        domain: fqdn,
        what: "the order",
        sending: `ordering for ${amountOf(offer)}`,
        async send(dryRun) {
            try {
                await createDomain(ctx.client, body, { dryRun });
            } catch (error) {
                throw offer.premium && isAboutPrice(error)
                    ? error.saying(`The order offers ${amountOf(offer)}.`)
                    : error;
            }
        },
        look: async () => {
            const there = await findIfThere(ctx, fqdn);
            // A failed order is an earlier one's: createstatus goes on showing it until there is another.
            return there?.order !== undefined && hasFailed(there.order) ? undefined : there;
        },
    };
    const found = await ctx.spend(fqdn, offer, () => sendOnce(ctx, buy));
    return found ?? { order: { step: "BILL", step_nb: 1 } };
}

function isAboutPrice(error: unknown): error is GandiError {
    return GandiError.is(error, "rejected") && error.fieldErrors.some(({ name }) => name === "price");
}

/**
 * Why the order needs a word about a trademark: its owners have registered the name with the Trademark Clearinghouse, and
 * will be told of the registration. Only who has read the notice may accept it, by its id.
 */
export async function claimsProblems(
    ctx: Context,
    { fqdn, claims }: Pick<DomainInputs, "fqdn" | "claims">,
    show: boolean,
): Promise<Problem[]> {
    const notice = await noticeFor(ctx, fqdn);
    if (notice === undefined || notice.status === "accepted" || notice.notice_id === claims) {
        return [];
    }
    if (show) {
        ctx.log(`${fqdn}: ${noticeText(notice)}`);
    }
    const outdated = claims === undefined ? "" : ` (claims "${claims}" is not, or no longer, its id)`;
    const reason =
        `${fqdn} touches a trademark: ${noticeText(notice)}${outdated}. Its owner will be told of the registration and may take ` +
        `legal action. To order it all the same, set claims: "${notice.notice_id}"; a notice is valid for about 48 hours`;
    return [{ path: "", reason, code: "trademark-notice" }];
}

function noticeText({ claims }: Claims): string {
    const marks = claims.map(({ mark_name, holders, goods_and_services, jurisdiction_country }) => {
        const holder = holders.map(({ org, name }) => org ?? name).join(", ");
        return `"${mark_name}" of ${holder} (${jurisdiction_country}: ${goods_and_services})`;
    });
    return `trademark notice for ${marks.join("; ")}`;
}

/** An order that waits for a trademark notice goes on once the notice that the user names is accepted. */
export async function acceptClaimsOf(ctx: Context, fqdn: string, claims: string | undefined): Promise<void> {
    const notice = claims === undefined ? undefined : await noticeFor(ctx, fqdn);
    if (notice?.status === "new" && notice.notice_id === claims) {
        ctx.log(`${fqdn}: accepting the trademark notice ${claims}`);
        try {
            await acceptClaims(ctx.client, fqdn);
        } catch (error) {
            goOn(ctx, error, "the order is waited for all the same");
        }
    }
}

/**
 * The notice that an order needs, if any. Where Gandi will not say, nothing is lost by going on: what needs a notice and
 * has none is held up by Gandi itself ("in case the creation is blocked", of `POST …/claims`).
 */
async function noticeFor(ctx: Context, fqdn: string): Promise<Claims | undefined> {
    try {
        return await getClaims(ctx.client, fqdn);
    } catch (error) {
        goOn(ctx, error, "an order that needs a trademark notice would be held up by Gandi");
        return undefined;
    }
}

/** A status by which the API, and not a token or the hour, is against the request. */
const isRefusal = (status = 0) => status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);

/** Makes a warning of a refusal that only concerns the trademark notice; what is wrong with the token stays an error. */
function goOn(ctx: Context, error: unknown, consequence: string): void {
    if (!GandiError.is(error) || !isRefusal(error.status)) {
        throw error;
    }
    ctx.log(`warning: ${error.message} (${consequence})`);
}

/** Waits until an order has become a domain. An order in SUPPORT is waited for like any other: people look at it. */
export async function registered(ctx: Context, fqdn: string): Promise<ApiDomain> {
    try {
        const found = await ctx.until(
            async () => (await findIfThere(ctx, fqdn)) ?? { order: { step: "BILL", step_nb: 1 } },
            {
                done: ({ domain }) => domain !== undefined,
                failed: ({ order: step }) =>
                    step && hasFailed(step) ? `the order of ${fqdn} failed: ${reasonOf(step)}` : undefined,
                describe: ({ order: step }) => (step ? `${fqdn}: ${progress(step)}` : `${fqdn}: registered`),
            },
        );
        return found.domain!;
    } catch (error) {
        // Nothing was registered, so nothing is kept: the next run orders anew, with all its checks.
        throw error instanceof FailedError ? new NothingMade("operation-failed", error.message) : error;
    }
}

export function hasFailed(step: OrderStep): boolean {
    return step.step === "ERROR";
}

export function reasonOf(step: OrderStep): string {
    return step.errortype_label ?? step.errortype ?? "Gandi gives no reason";
}

export function progress({ step, step_nb }: OrderStep): string {
    return step === "SUPPORT"
        ? "the order is with Gandi's support, who will go on with it or ask you by e-mail"
        : `registering, ${step_nb === undefined ? "" : `step ${step_nb} of 3 `}(${step})`;
}

function orderBody(request: DomainInputs, premiumPrice: number | undefined): DomainOrder {
    const { nameserversIps: glue = {} } = request;
    return {
        fqdn: request.fqdn,
        ...orderedContacts({ ...request, owner: request.owner! }),
        duration: request.duration ?? 1,
        currency: request.currency,
        nameservers: request.nameservers,
        nameservers_ips: Object.keys(glue).length === 0 ? undefined : glue,
        mailbox_optin: request.mailboxOptin,
        resellee_id: request.reselleeId,
        template_id: request.templateId,
        claims: request.claims,
        lang: request.lang,
        smd: request.smd,
        tld_period: request.tldPeriod,
        extra_parameters: request.extraParameters,
        ...(premiumPrice === undefined ? {} : { enforce_premium: true, price: premiumPrice }),
    };
}
