import type { Fact, Trial } from "../fact";
import { AUTHENTICATION } from "./authentication";
import { DOMAIN_FACTS } from "./domains";
import { EMAIL_OFFER_FACTS } from "./emailOffers";
import { FORWARD_FACTS } from "./forwards";
import { LIMITS } from "./limits";
import { MAILBOX_FACTS } from "./mailboxes";
import { MAIL_SLOT_FACTS } from "./mailSlots";
import { ORDER_FACTS } from "./orders";
import { RECORD_FACTS } from "./records";
import { REFUSED_RECORDS } from "./refusedRecords";
import { REGISTRY_FACTS } from "./registry";
import { UNTRIED } from "./untried";
import { WEB_REDIRECTION_FACTS } from "./webRedirections";
import { ZONES } from "./zones";

/** By what they are about. */
export const TRIALS: Record<string, readonly Trial[]> = {
    "authentication and routing": AUTHENTICATION,
    zones: ZONES,
    "the Domain API": DOMAIN_FACTS,
    records: RECORD_FACTS,
    "refused records": REFUSED_RECORDS,
    "forwards of e-mail": FORWARD_FACTS,
    "e-mail offers": EMAIL_OFFER_FACTS,
    mailboxes: MAILBOX_FACTS,
    "slots of mailboxes": MAIL_SLOT_FACTS,
    orders: ORDER_FACTS,
    "web redirections": WEB_REDIRECTION_FACTS,
    "the registry": REGISTRY_FACTS,
    limits: LIMITS,
};

/** The whole table. */
export const FACTS: readonly Fact[] = [...Object.values(TRIALS).flat(), ...UNTRIED];
