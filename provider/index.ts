/**
 * Gandi domains and LiveDNS as Pulumi resources.
 * @packageDocumentation
 */
export type { Timeouts } from "./core/timeouts";
export * as dns from "./dns";
export * from "./functions";
export { Provider, type ProviderArgs } from "./provider";
export type { ContactArgs } from "./resources/contact";
export { type AutorenewArgs, Domain, type DomainArgs, type DomainState } from "./resources/domain";
export { DomainTransfer, type DomainTransferArgs, type DomainTransferState } from "./resources/domainTransfer";
export { LiveDnsDomain, type LiveDnsDomainArgs, type LiveDnsDomainState } from "./resources/liveDnsDomain";
export { LiveDnsRecord, type LiveDnsRecordArgs, type LiveDnsRecordState } from "./resources/liveDnsRecord";
