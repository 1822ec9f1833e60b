import { type Api, visibleDomain } from "../access";
import { json, message } from "../answers";
import { notEnoughCredit } from "../errors";
import { isoDate } from "../state/clock";
import type { Domain } from "../state/model";
import { CURRENCIES, orderPrice } from "../state/prices";
import { bodyFields } from "../validation/fields";
import { dryRun } from "./orders";

const RENEW = "/domain/domains/:domain/renew";
/** No registry lets a domain end later than so many years from now. */
const LONGEST = 10;
const YEAR = 365.25 * 86400_000;
const DAY = 86400_000;
/** Guess: for how many days after its end a domain can still be renewed. */
const GRACE_DAYS = 30;

/** Renewals: `domain/domains/{domain}/renew`. */
export function renewalRoutes(api: Api): void {
    api.get(RENEW, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const now = call.var.world.now();
        const durations = durationsOf(domain, now);
        return json({
            in_renew_period: durations.length > 0,
            durations,
            maximum: durations.at(-1) ?? 0,
            minimum: durations[0] ?? 0,
            prohibited: isProhibited(domain),
            begins_at: isoDate(domain.createdAt),
            ends_at: isoDate(domain.endsAt + GRACE_DAYS * DAY),
        });
    });

    api.post(RENEW, async (call) => {
        const { world, caller } = call.var;
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const years = fields.integer("duration", { min: 1, max: 9 }) ?? 1;
        if (!durationsOf(domain, world.now()).includes(years) && fields.errors.length === 0) {
            // Guess: how a renewal is refused that would be too long, or is prohibited.
            fields.fail("duration", `The domain can't be renewed for ${years} years`);
        }
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        fields.done("domain");
        const payer = world.state.organizations.find(({ id }) => id === caller.organization);
        const rate = CURRENCIES[payer?.currency ?? "EUR"] ?? 1;
        const price = orderPrice(domain.fqdn, "renew", years, rate)?.afterTaxes ?? 0;
        if (payer === undefined || payer.balance < price) {
            throw notEnoughCredit("domain");
        }
        world.startAtRegistry(domain.fqdn, "renew", { years });
        payer.balance = Math.round((payer.balance - price) * 100) / 100;
        return message("Domain renewal in progress", 202);
    });
}

function isProhibited({ status }: Domain): boolean {
    return status.includes("clientRenewProhibited");
}

function durationsOf(domain: Domain, now: number): number[] {
    const most = Math.floor(LONGEST - Math.max(0, domain.endsAt - now) / YEAR + 1e-9);
    return isProhibited(domain) ? [] : Array.from({ length: Math.max(0, Math.min(9, most)) }, (_, index) => index + 1);
}
