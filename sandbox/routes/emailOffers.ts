import { type Api, visibleEmailDomain } from "../access";
import { json, message } from "../answers";
import { bodyFields } from "../validation/fields";

const OFFER = "/email/offers/:domain";
const SWITCH = ["active", "inactive"] as const;
type Switch = (typeof SWITCH)[number];

/** The mail of a domain as a whole: `email/offers/{domain}`. */
export function emailOfferRoutes(api: Api): void {
    api.get(OFFER, (call) => json(visibleEmailDomain(call, call.req.param("domain")).emailOffer));
    api.patch(OFFER, async (call) => {
        const { fqdn } = visibleEmailDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "email");
        const antispam = fields.string("antispam", { required: true, oneOf: SWITCH }) as Switch | undefined;
        const dkim = fields.string("dkim", { oneOf: SWITCH }) as Switch | undefined;
        fields.done("email");
        // Guess: a change of the offer shows as late as any other that is answered with 202.
        call.var.world.startInMail(fqdn, "offerSet", { antispam, ...(dkim === undefined ? {} : { dkim }) });
        return message("Offer updated.", 202);
    });
}
