import * as changeowner from "../api/changeowner";
import { getDomain } from "../api/domains";
import * as transfers from "../api/transfers";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getOwnerChange} and {@link getTransfer}. */
export interface TransferArgs extends DomainLookupArgs {}

/** How far a change of owner is. */
export interface OwnerChangeInfo {
    /** ISO 8601, UTC. */
    createdAt?: string;
    /** ISO 8601, UTC. */
    updatedAt?: string;
    /** When it was begun; ISO 8601. */
    dateStart?: string;
    /** Such as `WAIT` and `DONE`. */
    step: string;
    /** The number of the step, from 1. */
    stepNb: number;
    /** Such as `checking_foa_response`: waiting for people. */
    innerStep?: string;
    /** Why it failed, as a code. */
    errortype?: string;
    /** Why it failed, in words. */
    errortypeLabel?: string;
    /** Who was asked to agree, and what they said. */
    foa: {
        /** Whose answer it is. */
        email: string;
        /** What they said; absent until they have. */
        answer?: string;
    }[];
    /** What is known of its people: their e-mail addresses, and what they have answered. */
    params: {
        /** Such as `checking_foa_response`. */
        innerStep?: string;
        /** Where the new owner is asked. */
        newOwnerEmail?: string;
        /** Where the present owner is asked. */
        oldOwnerEmail?: string;
        /** Where the present administrative contact is asked. */
        oldAdminEmail?: string;
        /** What the new owner said. */
        answerNewOwner?: string;
        /** What the present owner said. */
        answerOldOwner?: string;
    };
}

/**
 * How far the last change of a domain's owner is; undefined when there was none. The e-mail to who has not answered is
 * sent again by `npx pulumi-gandi resend-foa`. `GET /v5/domain/changeowner/{domain}`
 * @throws LookupError
 */
export const getOwnerChange = lookup.plain<TransferArgs, OwnerChangeInfo | undefined>("getOwnerChange")({
    args: domainArguments,
    answer: changeowner.ownerChangeSchema.optional(),
    async read({ client }, { domain }) {
        const change = await changeowner.getOwnerChange(client, domain);
        if (change === undefined) {
            // A domain that this token may not see answers the same: that is an error, not "none".
            await getDomain(client, domain);
        }
        return change;
    },
});
/** {@link getOwnerChange} with Inputs. */
export const getOwnerChangeOutput = lookup.output(getOwnerChange);

/** How far a transfer to Gandi is. */
export interface TransferInfo
    extends Pick<OwnerChangeInfo, "createdAt" | "updatedAt" | "errortype" | "errortypeLabel"> {
    /** The domain, in A-labels. */
    fqdn?: string;
    /** Such as `BILL`, `WAIT` and `DONE`. */
    step: string;
    /** The number of the step, from 1. */
    stepNb?: number;
}

/**
 * How far the transfer of a domain to Gandi is; undefined when this account knows of none.
 * `GET /v5/domain/transferin/{domain}`, in no document at hand: the shape is that of public clients.
 * @throws LookupError
 */
export const getTransfer = lookup.plain<TransferArgs, TransferInfo | undefined>("getTransfer")({
    args: domainArguments,
    answer: transfers.transferSchema.optional(),
    read: ({ client }, { domain }) => transfers.getTransfer(client, domain),
});
/** {@link getTransfer} with Inputs. */
export const getTransferOutput = lookup.output(getTransfer);
