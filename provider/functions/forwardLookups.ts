import { z } from "zod";
import { forwardSchema } from "../api/forwards";
import { FORWARDS, MAIL_PRODUCTS, mailProductOf } from "../api/mailProduct";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getEmailForwards}. */
export interface GetEmailForwardsArgs extends DomainLookupArgs {
    /** A pattern of what stands before the `@`, in which `*` stands for any characters. Default: any. */
    source?: string;
    /** A pattern of one of the destinations. Default: any. */
    destination?: string;
    /** The product that the domain's mail is. Default: it is found out. */
    api?: "email" | "mailbox";
}

/** A forward of e-mail. */
export interface EmailForwardInfo {
    /** What stands before the `@`; `*` stands for any characters. */
    source: string;
    /** The whole addresses that get its mail. */
    destinations: string[];
}

/**
 * The forwards of a domain, on either product of Gandi's mail.
 * `GET /v5/email/forwards/{domain}`, or `GET /v5/mailbox/forwards`
 * @throws LookupError also where the domain's mail is neither product's
 */
export const getEmailForwards = lookup.plain<GetEmailForwardsArgs, EmailForwardInfo[]>("getEmailForwards")({
    args: {
        ...domainArguments,
        source: nonEmpty(oneLine).optional(),
        destination: nonEmpty(oneLine).optional(),
        api: z.enum(MAIL_PRODUCTS).optional(),
    },
    answer: z.array(forwardSchema),
    async read({ client }, { domain, source, destination, api }) {
        const product = api ?? (await mailProductOf(client, domain));
        return FORWARDS[product].list(client, domain, { filter: { source, destination } });
    },
});
/** {@link getEmailForwards} with Inputs. */
export const getEmailForwardsOutput = lookup.output(getEmailForwards);
