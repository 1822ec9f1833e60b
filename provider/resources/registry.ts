import type { AnyDefinition } from "../core/definition";
import { axfrSlave } from "./axfrSlave";
import { dnssecKey } from "./dnssecKey";
import { domain } from "./domain";
import { domainTransfer } from "./domainTransfer";
import { glueRecord } from "./glueRecord";
import { liveDnsDomain } from "./liveDnsDomain";
import { liveDnsKey } from "./liveDnsKey";
import { liveDnsRecord } from "./liveDnsRecord";
import { liveDnsZone } from "./liveDnsZone";
import { nameservers } from "./nameservers";
import { snapshot } from "./snapshot";
import { tsigKey } from "./tsigKey";

/** Every kind of resource, by the name that type tokens and `__provider` texts use. */
export const definitions: Readonly<Record<string, AnyDefinition>> = Object.fromEntries(
    [
        axfrSlave,
        dnssecKey,
        domain,
        domainTransfer,
        glueRecord,
        liveDnsDomain,
        liveDnsKey,
        liveDnsRecord,
        liveDnsZone,
        nameservers,
        snapshot,
        tsigKey,
    ].map((definition) => [definition.kind, definition]),
);
