import type { Api, Call } from "../access";
import { json } from "../answers";
import { forbidden } from "../errors";
import type { Organization } from "../state/model";

/** `organization/organizations` and `billing/info`: the two routes of other APIs that the migration FAQ shows. */
export function organizationRoutes(api: Api): void {
    api.get("/organization/organizations", (call) => json(reached(call).map(organizationView)));

    api.get("/billing/info", (call) => json(billingView(payer(call, call.var.caller.organization))));
    api.get("/billing/info/:id", (call) => json(billingView(payer(call, call.req.param("id")))));
}

function reached(call: Call): Organization[] {
    const { world, caller } = call.var;
    return world.state.organizations.filter(({ id }) => caller.token.reaches.includes(id));
}

function payer(call: Call, id: string): Organization {
    const organization = reached(call).find((candidate) => candidate.id === id);
    if (!organization) {
        throw forbidden();
    }
    return organization;
}

function organizationView({ id, firstname, lastname, orgname, type, email, name }: Organization) {
    return { id, firstname, vat_number: "", orgname, type, email, lastname, reseller: false, name, corporate: false };
}

/** Guess: the shape is that of public clients; the FAQ shows the request only. */
function billingView({ id, balance, currency }: Organization) {
    return {
        annual_balance: "0.00",
        grid: "A",
        outstanding_amount: "0.00",
        prepaid: { id, amount: balance.toFixed(2), currency, warning_threshold: null },
        prepaid_monthly_invoice: null,
    };
}
