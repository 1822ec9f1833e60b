import { checkAvailability } from "../../provider/api/availability";
import { getBilling } from "../../provider/api/billing";
import { type Domain, getDomain } from "../../provider/api/domains";
import { GandiError, undefinedOn } from "../../provider/api/errors";
import { type Offer, offerOf } from "../../provider/api/prices";
import { OF_A_COMMAND } from "../../provider/api/remedies";
import { getRenewalTerms, renewDomain } from "../../provider/api/renewals";
import { codeOf, withCode } from "../../provider/core/codes";
import { lookForEffect } from "../../provider/core/doing/lateEffect";
import { messageOf } from "../../provider/core/failures";
import { Secrets } from "../../provider/core/inputs/secrets";
import { Call } from "../../provider/core/process/call";
import type { Context } from "../../provider/core/process/context";
import { Run } from "../../provider/core/process/run";
import { domain as domainKind } from "../../provider/resources/registration/domain";
import { amountOf } from "../../provider/resources/registration/purchase";
import { FORBIDDEN } from "../../provider/resources/spending";
import { CommandFailure, command, EXIT, readDomain, UsageError } from "../command";
import { settingsOfEnvironment } from "../session";
import type { Speech } from "../speech";
import { organizationsOf } from "../zones/accountZones";
import { dayOf, daysUntil, distance, readDay } from "./dates";

/** A renewal by hand this near to one by itself may come to both. */
const NEAR_DAYS = 45;

/** What would be bought, and of what. */
interface Purchase {
    readonly domain: Domain;
    readonly ends: string;
    readonly years: number;
    readonly offer: Offer;
}

/**
 * Renews a domain: `GET /v5/domain/domains/{domain}/renew`, `GET /v5/domain/check`, then one `POST …/renew`, a dry run before
 * it. The day of the present end is part of the order: whoever runs it twice buys once.
 */
export const renew = command({
    options: {
        years: { type: "string", value: "N", help: "years to add, 1 to 9 (1)" },
        "expires-now": {
            type: "string",
            value: "DATE",
            help: "the day on which it ends now; another, and nothing is sent",
        },
        "max-price": { type: "string", value: "AMOUNT", help: "the most that it may cost, taxes included" },
        yes: { type: "boolean", short: "y", help: "do it" },
    },
    help: `Shows what the renewal of a domain costs, who pays, what they have prepaid, and whether the domain
renews by itself anyway. With --expires-now, --max-price and --yes it renews. The day of the present
end makes sure that a command which is run once more buys nothing twice. GANDI_PURCHASES=forbid
stops it.`,
    exits: { [EXIT.incomplete]: "Gandi has accepted the renewal, and does not show it yet" },
    async run({ words, options }, speech) {
        const fqdn = readDomain(words[0]!);
        const years = readYears(options.years ?? "1");
        const expected = options["expires-now"] && readDay("--expires-now", options["expires-now"]);
        const most = options["max-price"] === undefined ? undefined : readAmount(options["max-price"]);
        if (options.yes && (expected === undefined || most === undefined)) {
            throw new UsageError(`--yes needs ${expected === undefined ? "--expires-now DATE" : "--max-price AMOUNT"}`);
        }
        const settings = settingsOfEnvironment(speech.env);
        if (settings.purchases === "forbid") {
            throw new CommandFailure(`${fqdn}: ${FORBIDDEN}, so nothing is renewed`);
        }
        const over = new AbortController();
        const run = new Run({
            log: speech.note,
            environment: speech.env,
            remedies: OF_A_COMMAND,
            cancelled: over.signal,
        });
        const call = new Call(domainKind, run, settings, new Secrets(domainKind.inputs, {}));
        try {
            return await call.within("update", { inputs: {} }, async (ctx) => {
                const purchase = await lookedUp(ctx, fqdn, years);
                await show(ctx, speech, purchase);
                refuseOtherwise(purchase, expected, most);
                if (!options.yes) {
                    speech.answer({ ...dataOf(purchase), renewed: false });
                    speech.print(`Nothing was renewed. To do it: ${commandOf(purchase)}`);
                    return EXIT.done;
                }
                return await order(ctx, speech, purchase);
            });
        } finally {
            over.abort();
        }
    },
});

async function lookedUp({ client }: Context, fqdn: string, years: number): Promise<Purchase> {
    const [domain, terms, prices] = await Promise.all([
        getDomain(client, fqdn),
        getRenewalTerms(client, fqdn),
        checkAvailability(client, { name: fqdn, processes: ["renew"], max_duration: years, duration_unit: "y" }),
    ]);
    const ends = domain.dates.registry_ends_at;
    if (ends === undefined) {
        throw new CommandFailure(`${fqdn}: Gandi does not say when it ends, so nothing is renewed`);
    }
    if (terms.prohibited || !terms.durations.includes(years)) {
        const possible =
            terms.prohibited || terms.durations.length === 0 ? "not at all now" : terms.durations.join(", ");
        throw new CommandFailure(
            `${fqdn}: it can't be renewed for ${yearsText(years)}: years that it can: ${possible}`,
        );
    }
    const product = prices.products.find(({ process }) => process === undefined || process === "renew");
    const offer = offerOf(product?.prices ?? [], prices.currency, { duration: years });
    if (offer === undefined) {
        throw new CommandFailure(`${fqdn}: Gandi names no price for ${yearsText(years)}, so nothing is renewed`);
    }
    return { domain, ends, years, offer };
}

/** Who pays, and all that somebody would want to know before. */
async function show(ctx: Context, speech: Speech, { domain, ends, years, offer }: Purchase): Promise<void> {
    const { fqdn, autorenew } = domain;
    const now = ctx.client.clock.wallTime();
    const [billing, parts] = await Promise.all([
        undefinedOn(getBilling(ctx.client), "forbidden", "notFound", "invisible"),
        organizationsOf(ctx.client),
    ]);
    const { id, name } = parts[0]!;
    const payer = parts.length > 1 ? "the token's own organisation" : (name ?? id ?? "the token's own organisation");
    const { amount, currency } = billing?.prepaid ?? {};
    const balance =
        amount === undefined
            ? "what it has prepaid is not shown to this token"
            : `${amount.toFixed(2)} ${currency ?? ""} prepaid`;
    const days = daysUntil(ends, now);
    speech.print(`${fqdn}: ends on ${dayOf(ends)} (${distance(days)})`);
    speech.print(`${yearsText(years)} more: ${amountOf(offer)}, until ${dayOf(later(ends, years))}`);
    speech.print(`payer: ${payer}, ${balance}`);
    if (amount !== undefined && currency === offer.currency && amount < offer.total) {
        speech.note(
            `warning: ${fqdn}: that is less than the price: unless there is another way to pay, Gandi refuses it`,
        );
    }
    if (autorenew.enabled) {
        const near = days <= NEAR_DAYS ? ", which is near: both may come to pass" : "";
        speech.note(`warning: ${fqdn}: renews by itself before ${dayOf(ends)} anyway${near}`);
    }
}

function refuseOtherwise(
    { domain: { fqdn }, ends, offer }: Purchase,
    expected: string | undefined,
    most?: number,
): void {
    if (expected !== undefined && dayOf(ends) !== expected) {
        throw new CommandFailure(
            `${fqdn}: ends on ${dayOf(ends)}, not on ${expected}: it may have been renewed already. Nothing was sent`,
        );
    }
    if (most !== undefined && offer.total > most) {
        throw new CommandFailure(`${fqdn}: costs ${amountOf(offer)}, more than --max-price ${most}. Nothing was sent`);
    }
}

/** Once, whatever happens: after an answer that was lost it is looked for, and nothing more is sent. */
async function order(ctx: Context, speech: Speech, purchase: Purchase): Promise<number> {
    const { domain, ends, years, offer } = purchase;
    const { fqdn } = domain;
    try {
        await renewDomain(ctx.client, fqdn, years, { dryRun: true });
    } catch (error) {
        throw refusal(fqdn, error);
    }
    speech.note(`${fqdn}: renewing for ${amountOf(offer)}`);
    const look = async () => {
        const { dates } = await getDomain(ctx.client, fqdn);
        const now = dates.registry_ends_at;
        return now !== undefined && Date.parse(now) > Date.parse(ends) ? now : undefined;
    };
    try {
        await renewDomain(ctx.client, fqdn, years);
    } catch (error) {
        if (
            GandiError.isDenied(error) ||
            GandiError.is(error, "rejected", "busy", "conflict", "invisible", "readOnly")
        ) {
            throw refusal(fqdn, error);
        }
        const { seen } = await lookForEffect(ctx, { look, looking: `${fqdn}: looking whether it was renewed` });
        if (seen === undefined) {
            throw new CommandFailure(
                withCode(
                    `${messageOf(error)} Nobody knows whether ${fqdn} was renewed, and nothing more is sent. It still shows its end on ` +
                        `${dayOf(ends)}: look on Gandi's site in an hour, and run this again, which sends nothing where it has another end`,
                    "outcome-unknown",
                ),
            );
        }
        speech.note(`${fqdn}: the answer was lost, but it was renewed`);
    }
    const { seen } = await lookForEffect(ctx, { look, looking: `${fqdn}: waiting for its new end` });
    speech.answer({ ...dataOf(purchase), renewed: true, endsAt: seen ?? null });
    if (seen === undefined) {
        speech.print(`${fqdn}: Gandi has accepted the renewal, and still shows its end on ${dayOf(ends)}`);
        return EXIT.incomplete;
    }
    speech.print(`${fqdn}: renewed, ends on ${dayOf(seen)}`);
    return EXIT.done;
}

/** Says a refusal as what it is. */
function refusal(fqdn: string, error: unknown): CommandFailure {
    const busy = GandiError.is(error, "busy")
        ? ` Another operation on ${fqdn} is under way at the registry: run this again when it is over.`
        : "";
    return new CommandFailure(withCode(`${messageOf(error)}${busy} Nothing was renewed`, codeOf(error)));
}

function dataOf({ domain: { fqdn, autorenew }, ends, years, offer }: Purchase) {
    const price = { amount: offer.total, currency: offer.currency };
    return { domain: fqdn, endedAt: ends, years, price, renewsByItself: autorenew.enabled };
}

function commandOf({ domain: { fqdn }, ends, years, offer }: Purchase): string {
    const what = `--years ${years} --expires-now ${dayOf(ends)} --max-price ${offer.total.toFixed(2)} --yes`;
    return `npx pulumi-gandi renew ${fqdn} ${what}`;
}

function later(ends: string, years: number): number {
    const end = new Date(ends);
    return end.setUTCFullYear(end.getUTCFullYear() + years);
}

function yearsText(years: number): string {
    return years === 1 ? "1 year" : `${years} years`;
}

function readYears(text: string): number {
    if (!/^[1-9]$/.test(text)) {
        throw new UsageError(`--years ${text}: must be 1 to 9`);
    }
    return Number(text);
}

function readAmount(text: string): number {
    if (!/^\d+(\.\d+)?$/.test(text)) {
        throw new UsageError(`--max-price ${text}: is no amount, such as 20.00`);
    }
    return Number(text);
}
