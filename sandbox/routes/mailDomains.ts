import { type Api, type Call, normalFqdn } from "../access";
import { json, message } from "../answers";
import { forbidden, notFound } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import { MAIL_RECORDS, wantedRecords } from "../state/mailDomain";
import type { MailDomain } from "../state/model";
import { bodyFields } from "../validation/fields";

const DOMAINS = "/mailbox/domains";
const DOMAIN = `${DOMAINS}/:domain` as const;

/**
 * Domains whose mail is at the Mailbox API (BETA): `mailbox/domains…`.
 *
 * Guess: that a validation takes as long as any other that is answered with 202, and its status.
 */
export function mailDomainRoutes(api: Api): void {
    api.use("/mailbox/*", (call, next) => {
        // Guess: with what an API key is refused here, of which the page says both that it may and that it may not be used.
        if (call.var.caller?.token.scheme === "Apikey") {
            throw forbidden();
        }
        return next();
    });
    api.get(DOMAINS, (call) => {
        const seen = [...call.var.world.state.mailDomains.values()].filter(({ organization }) =>
            isSeen(call, organization),
        );
        const names = seen.map(({ fqdn }) => fqdn).sort();
        return paged(
            new URL(call.req.url),
            names.map((fqdn) => ({ fqdn })),
            "email",
            { "filtered-count": String(names.length) },
        );
    });
    api.get(DOMAIN, (call) => json(view(call, visibleMailDomain(call, call.req.param("domain")))));
    api.post(`${DOMAIN}/validate`, async (call) => {
        const { fqdn } = visibleMailDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "email");
        const what = fields.strings("records_to_validate", { required: true, empty: "Required" }) ?? [];
        what.forEach((kind, index) => {
            if (!MAIL_RECORDS.some((known) => known === kind)) {
                fields.fail(`records_to_validate.${index}`, `"${kind}" is not one of ${MAIL_RECORDS.join(", ")}`);
            }
        });
        fields.done("email");
        call.var.world.startAtMailboxApi(fqdn, "validation", { what });
        return message("The validation is under way.", 202);
    });
}

/** Guess: that a list shows what the token reaches, or the organisation that `sharing_id` names. */
export function isSeen(call: Call, organization: string): boolean {
    const { sharingId, token } = call.var.caller;
    return sharingId === undefined ? token.reaches.includes(organization) : sharingId === organization;
}

/** A domain of the Mailbox API, where the caller may see it. Guess: that another one is told as any that is not there. */
export function visibleMailDomain(call: Call, name: string): MailDomain {
    const domain = call.var.world.state.mailDomains.get(normalFqdn(name));
    if (!domain || !call.var.caller.token.reaches.includes(domain.organization)) {
        throw notFound("email");
    }
    return domain;
}

/** Guess: that all four sorts of records are shown, whatever was found of them; an example has two. */
function view(call: Call, domain: MailDomain) {
    const { state } = call.var.world;
    const wanted = wantedRecords(domain);
    return {
        ...domain.found,
        internal: state.domains.has(domain.fqdn),
        antispam: domain.antispam,
        is_livedns: state.zones.has(domain.fqdn),
        configuration: MAIL_RECORDS.map((kind) => ({
            key: kind.toUpperCase(),
            values: wanted[kind].flatMap(({ name, type, ttl, values }) =>
                values.map((value) => `${name} ${ttl} IN ${type} ${value}`),
            ),
        })),
        ...(domain.validatedAt === undefined ? {} : { date_last_validation: isoDate(domain.validatedAt) }),
    };
}
