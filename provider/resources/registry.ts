import type { AnyDefinition } from "../core/definition";
import { domain } from "./domain";
import { domainTransfer } from "./domainTransfer";
import { liveDnsDomain } from "./liveDnsDomain";
import { liveDnsRecord } from "./liveDnsRecord";

/** Every kind of resource, by the name that type tokens and `__provider` texts use. */
export const definitions: Readonly<Record<string, AnyDefinition>> = Object.fromEntries(
    [domain, domainTransfer, liveDnsDomain, liveDnsRecord].map((definition) => [definition.kind, definition]),
);
