import type { Definition } from "../core/define";
import { tsigKey } from "./axfr/tsigKey";
import { axfrSlave } from "./axfrSlave";
import { dnssecKey } from "./dnssec/dnssecKey";
import { emailForward } from "./emailForward";
import { emailOffer } from "./emailOffer";
import { glueRecord } from "./glueRecord";
import { liveDnsDomain } from "./liveDnsDomain";
import { liveDnsKey } from "./liveDnsKey";
import { mailSlot } from "./mail/mailSlot";
import { mailbox } from "./mailbox";
import { nameservers } from "./nameservers";
import { domain } from "./registration/domain";
import { domainTransfer } from "./registration/domainTransfer";
import { snapshot } from "./snapshot";
import { webRedirection } from "./web/webRedirection";
import { liveDnsRecord } from "./zone/liveDnsRecord";
import { liveDnsZone } from "./zone/liveDnsZone";

/** Every kind of resource, by the name that type tokens and `__provider` texts use. */
export const definitions: Readonly<Record<string, Definition>> = Object.fromEntries(
    [
        axfrSlave,
        dnssecKey,
        domain,
        domainTransfer,
        emailForward,
        emailOffer,
        glueRecord,
        liveDnsDomain,
        liveDnsKey,
        liveDnsRecord,
        liveDnsZone,
        mailbox,
        mailSlot,
        nameservers,
        snapshot,
        tsigKey,
        webRedirection,
    ].map((definition) => [definition.kind, definition]),
);
