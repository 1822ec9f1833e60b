import { type Api, type Call, visibleDomain } from "../access";
import { json, message } from "../answers";
import { noEmailOffer } from "../errors";
import type { Domain, EmailOffer } from "../state/model";
import { bodyFields } from "../validation/fields";

const OFFER = "/email/offers/:domain";
const SWITCH = ["active", "inactive"] as const;
type Switch = (typeof SWITCH)[number];

/** The mail of a domain as a whole: `email/offers/{domain}`. */
export function emailOfferRoutes(api: Api): void {
    api.get(OFFER, (call) => json(withOffer(call).emailOffer));
    api.patch(OFFER, async (call) => {
        const { fqdn } = withOffer(call);
        const fields = bodyFields(await call.req.text(), "email");
        const antispam = fields.string("antispam", { required: true, oneOf: SWITCH }) as Switch | undefined;
        const dkim = fields.string("dkim", { oneOf: SWITCH }) as Switch | undefined;
        fields.done("email");
        // Guess: a change of the offer shows as late as any other that is answered with 202.
        call.var.world.startInMail(fqdn, "offerSet", { antispam, ...(dkim === undefined ? {} : { dkim }) });
        return message("Offer updated.", 202);
    });
}

function withOffer(call: Call): Domain & { emailOffer: EmailOffer } {
    const domain = visibleDomain(call, call.req.param("domain") ?? "", "email");
    if (domain.emailOffer === null) {
        throw noEmailOffer();
    }
    return domain as Domain & { emailOffer: EmailOffer };
}
