import type { Input, Unwrap } from "@pulumi/pulumi";
import { z } from "zod";
import { TLD_PERIODS, type TldPeriod } from "../../api/prices";
import { nonEmpty, oneLine, organization, wholeNumber } from "../../core/inputs/inputSchemas";
import type { Timeouts } from "../../core/inputs/timeouts";
import { inUsersSpelling, sameSet } from "../../core/inputs/values";
import { readerFor } from "../../core/inputs/wording";
import type { InputsOf } from "../../core/kind";
import { momentary, optional, type Property, plainly, remembered } from "../../core/property";
import { domainProperty, serversProperty } from "../properties";
import { type ContactArgs, contactProperty, extraParameters } from "./contact";
import { glueProperty } from "./glue";
import { limitProperties } from "./purchase";

/** Automatic renewal. */
export interface AutorenewArgs {
    /** Whether it renews by itself, at Gandi's price of that day: `maxPrice` is not asked. */
    enabled: Input<boolean>;
    /** Years that it renews for, 1 to 9. Default at Gandi: 1. */
    duration?: Input<number>;
    /** The organisation that pays for it (a UUID). Default: the domain's own. */
    organization?: Input<string>;
}

/** @internal */
export type Renewal = Unwrap<AutorenewArgs>;

/** The inputs of a {@link Domain}. */
export interface DomainArgs {
    /** The name to register, e.g. `example.com`; IDNs in either form. It never changes: another name is another resource. */
    fqdn: Input<string>;
    /** Who will own it. Required to order; with `adopt` optional, and then not managed. */
    owner?: Input<ContactArgs>;
    /** Default: the owner's data; not managed unless given. */
    admin?: Input<ContactArgs>;
    /** Default: the owner's data; not managed unless given. */
    tech?: Input<ContactArgs>;
    /** Default: the owner's data; not managed unless given. */
    bill?: Input<ContactArgs>;
    /** Years to register for, 1 to 10. Counts at the order only. Default: 1. */
    duration?: Input<number>;
    /**
     * The most that the order may cost, for all its years, taxes included, in `currency`: 0 or more. Without it (here
     * or as `gandi:maxPrice`) nothing is ordered, not even for nothing, and preview says what the domain costs. A
     * change of owner is held to it too, where it costs something.
     */
    maxPrice?: Input<number>;
    /** The currency of the order and of `maxPrice`. Default: the account's. */
    currency?: Input<"EUR" | "USD" | "GBP" | "TWD" | "CNY">;
    /**
     * Take over a domain that is in the account already. `"only"` never orders one: what is not there is an error. Default:
     * false, which makes a domain that is there an error.
     */
    adopt?: Input<boolean | "only">;
    /** Automatic renewal; not managed unless given. */
    autorenew?: Input<AutorenewArgs>;
    /**
     * Whether it is locked against its transfer to another registrar (`clientTransferProhibited`); an extension that has no
     * lock is Gandi's to refuse. Not managed unless given.
     */
    transferLock?: Input<boolean>;
    /** Tags of the domain at Gandi, in any order; an empty list removes them all. Not managed unless given. */
    tags?: Input<readonly Input<string>[]>;
    /**
     * Nameservers to begin with, 1 to 13. Those inside the domain itself need `nameserversIps`. Counts at the order only.
     * Default: LiveDNS.
     */
    nameservers?: Input<readonly Input<string>[]>;
    /**
     * The addresses of those of `nameservers` that need a glue record, by their names: `{ "ns1.example.com":
     * ["192.0.2.1"] }`, IPv4 and IPv6, at least one each. Counts at the order only; a GlueRecord manages them from then on.
     * Default: none.
     */
    nameserversIps?: Input<Record<string, Input<readonly Input<string>[]>>>;
    /**
     * The `notice_id` of a trademark notice that you have read and accept; preview shows the notice, which is valid for
     * about 48 hours. Counts at the order only. Default: none, which makes a notice an error.
     */
    claims?: Input<string>;
    /**
     * The language of the name (ISO 639-2), e.g. `fre`, which some IDN extensions ask for. Counts at the order only.
     * Default: none.
     */
    lang?: Input<string>;
    /**
     * The content of a Signed Mark Data file; needs `tldPeriod: "sunrise"`. Counts at the order only. Default: none.
     */
    smd?: Input<string>;
    /** The launch phase to register in. Counts at the order only. Default: `golive`. */
    tldPeriod?: Input<TldPeriod>;
    /** What single extensions ask for, under the API's own names. Counts at the order only. Default: none. */
    extraParameters?: Input<Record<string, Input<string | number | boolean>>>;
    /** Whether Gandi's offer of a mailbox with the domain is wanted. Counts at the order only. Default: Gandi's, which is yes. */
    mailboxOptin?: Input<boolean>;
    /** The customer of a reseller that the domain is for (a UUID of the Organization API). Counts at the order only. Default: none. */
    reselleeId?: Input<string>;
    /** The template (of Gandi's Template API) to apply to the domain once it is registered. Counts at the order only. Default: none. */
    templateId?: Input<string>;
    /**
     * `allow` lets a changed legal identity of the owner (type, and a person's names or an organisation's; who stands for an
     * organisation is no part of it) start a change of ownership, which
     * waits for both owners to answer e-mails and may cost (compared with `maxPrice`). The run succeeds meanwhile, with
     * the output `ownerChangePending`. Default: `forbid`, which makes it an error.
     */
    ownerChange?: Input<"forbid" | "allow">;
    /**
     * Your word that Gandi may be the "Designated Agent" under ICANN's rules, sent as `icann_contract_accept` with each change
     * of a contact or of the owner. Without it the owner's e-mail address is locked, and another one is an error.
     * Default: false.
     */
    acceptIcannContract?: Input<boolean>;
    /** `retain` keeps the domain at Gandi when the resource is destroyed; `delete` gives it up. Default: `retain`. */
    deletionPolicy?: Input<"retain" | "delete">;
    /** The organisation that pays and owns (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 1 h to create, 15 min to update or delete. */
    timeouts?: Input<Timeouts>;
}

const word = nonEmpty(oneLine);

/** Of what does not renew nothing else counts. @internal */
export const renewalProperty: Property<Renewal> = {
    schema: z.strictObject({
        enabled: z.boolean(),
        duration: wholeNumber(1, 9, "years").optional(),
        organization: organization.optional(),
    }),
    same: (old, wanted) => !old.enabled && !wanted.enabled,
};

/** In any order; a tag that stands twice is one. */
const tagsProperty: Property<string[]> = {
    schema: z.array(word),
    same: (old, wanted) => sameSet(old, wanted, (tag) => tag),
    spelled: (given, there) => inUsersSpelling(given, there, (tag) => tag),
};

/** @internal */
export const domainProperties = {
    fqdn: domainProperty,
    owner: optional(contactProperty),
    admin: optional(contactProperty),
    tech: optional(contactProperty),
    bill: optional(contactProperty),
    ...limitProperties,
    adopt: momentary(
        z
            .union([z.boolean(), z.literal("only")], {
                error: ({ input }) => `must be true, false or "only"${readerFor("boolean", input)}`,
            })
            .default(false),
    ),
    autorenew: optional(renewalProperty),
    transferLock: plainly(z.boolean().optional()),
    tags: optional(tagsProperty),
    nameservers: momentary(optional(serversProperty)),
    nameserversIps: momentary(optional(glueProperty)),
    mailboxOptin: momentary(z.boolean().optional()),
    reselleeId: momentary(organization.optional()),
    templateId: momentary(word.optional()),
    claims: momentary(word.optional()),
    lang: momentary(
        z
            .string()
            .regex(/^[a-z]{2,3}$/i, { error: "is no language code, such as fre" })
            .optional(),
    ),
    smd: momentary(nonEmpty(z.string()).optional()),
    tldPeriod: momentary(z.enum(TLD_PERIODS).optional()),
    extraParameters: momentary(optional(extraParameters)),
    ownerChange: momentary(z.enum(["forbid", "allow"]).default("forbid")),
    acceptIcannContract: momentary(z.boolean().optional()),
    deletionPolicy: remembered(z.enum(["retain", "delete"]).default("retain")),
};

/** @internal */
export type DomainInputs = InputsOf<typeof domainProperties>;
