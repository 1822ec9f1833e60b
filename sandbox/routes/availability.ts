import { type Api, normalFqdn } from "../access";
import { json } from "../answers";
import type { State } from "../state/model";
import { isOpen } from "../state/orders";
import {
    CURRENCIES,
    isPendingFirst,
    isPremium,
    isRegistrable,
    type Process,
    patternStatus,
    priceRanges,
    round,
    VAT_PERCENT,
    withTaxes,
} from "../state/prices";
import { Fields } from "../validation/fields";

const TAXES = [{ type: "service", rate: VAT_PERCENT, name: "vat" }];
const PROCESSES: readonly string[] = ["create", "transfer", "renew", "restore", "change_owner"];

/** `GET domain/check`. */
export function availabilityRoutes(api: Api): void {
    api.get("/domain/check", (call) => {
        const { state } = call.var.world;
        const query = new Fields(call.req.query(), "querystring");
        const name = normalFqdn(query.string("name", { required: true }) ?? "");
        const currency = query.string("currency", { oneOf: Object.keys(CURRENCIES) }) ?? "EUR";
        const longest = query.integer("max_duration", { min: 1 }) ?? 10;
        query.string("duration_unit", { oneOf: ["y", "m"] });
        // Clients that write lists as PHP and Rails do are answered as well (recorded of `processes[]=renew`).
        const given = ["processes", "processes[]"].flatMap((name) => call.req.queries(name) ?? []);
        const processes = given.length > 0 ? given : ["create"];
        for (const process of processes) {
            if (!PROCESSES.includes(process)) {
                query.fail("processes", `"${process}" is not one of ${PROCESSES.join(", ")}`);
            }
        }
        query.done("domain");
        const status = availability(state, name);
        state.asked.add(name);
        return json({
            currency,
            grid: query.string("grid") ?? "A",
            products: processes.map((process) => ({
                status,
                ...(status === "available" ? { periods: [{ name: "golive", starts_at: "2015-01-01T00:00:00Z" }] } : {}),
                name,
                process,
                taxes: TAXES,
                prices: hasPrice(status, process)
                    ? prices(name, process as Process, CURRENCIES[currency] ?? 1, longest)
                    : [],
            })),
            taxes: TAXES,
        });
    });
}

/** Unavailable is whatever any organisation has or is about to have; else the name's pattern decides. */
export function availability(state: State, fqdn: string): string {
    if (!isRegistrable(fqdn)) {
        return "error_invalid";
    }
    if (state.domains.has(fqdn) || state.orders.some((order) => order.fqdn === fqdn && isOpen(order))) {
        return "unavailable";
    }
    return isPendingFirst(fqdn) && !state.asked.has(fqdn) ? "pending" : patternStatus(fqdn);
}

/** Guess: a name that can't be had comes with an empty list of prices; the document has no example. */
function hasPrice(status: string, process: string): boolean {
    return process === "create" ? status.startsWith("available") : status !== "error_invalid";
}

function prices(fqdn: string, process: Process, rate: number, longest: number) {
    return priceRanges(fqdn, process)
        .filter(({ min }) => min <= longest)
        .map(({ min, max, price, normal }) => ({
            max_duration: Math.min(max, longest),
            duration_unit: "y",
            min_duration: min,
            discount: normal !== undefined,
            price_after_taxes: withTaxes(price * rate),
            price_before_taxes: round(price * rate),
            ...(normal === undefined
                ? {}
                : {
                      normal_price_after_taxes: withTaxes(normal * rate),
                      normal_price_before_taxes: round(normal * rate),
                  }),
            ...(isPremium(fqdn) ? { type: "premium" } : {}),
        }));
}
