/**
 * Gandi domains and LiveDNS as Pulumi resources.
 * @packageDocumentation
 */

export { Provider, type ProviderArgs } from "./account";
export type { TldPeriod } from "./api/prices";
export {
    type MailEntriesArgs,
    type MailProviderName,
    type MailRecord,
    MailRecords,
    type MailRecordsArgs,
} from "./components/mailRecords";
export { type SecondaryConfigurations, SecondaryDns, type SecondaryDnsArgs } from "./components/secondaryDns";
export type { Timeouts } from "./core/inputs/timeouts";
/** Record values, names and zone files: normal forms, checks, builders. Also `pulumi-gandi/dns`. */
export * as dns from "./dns";
export * from "./functions";
export { TsigKey, type TsigKeyArgs, type TsigKeyState } from "./resources/axfr/tsigKey";
export { AxfrSlave, type AxfrSlaveArgs, type AxfrSlaveState } from "./resources/axfrSlave";
export { DnssecKey, type DnssecKeyArgs, type DnssecKeyState } from "./resources/dnssec/dnssecKey";
export { EmailForward, type EmailForwardArgs, type EmailForwardState } from "./resources/emailForward";
export { EmailOffer, type EmailOfferArgs, type EmailOfferState } from "./resources/emailOffer";
export { GlueRecord, type GlueRecordArgs, type GlueRecordState } from "./resources/glueRecord";
export { LiveDnsDomain, type LiveDnsDomainArgs, type LiveDnsDomainState } from "./resources/liveDnsDomain";
export { LiveDnsKey, type LiveDnsKeyArgs, type LiveDnsKeyState } from "./resources/liveDnsKey";
export { MailSlot, type MailSlotArgs, type MailSlotState } from "./resources/mail/mailSlot";
export {
    Mailbox,
    type MailboxArgs,
    type MailboxAutorenewArgs,
    type MailboxState,
    type ResponderArgs,
} from "./resources/mailbox";
export { Nameservers, type NameserversArgs, type NameserversState } from "./resources/nameservers";
export type { ContactArgs } from "./resources/registration/contact";
export { Domain, type DomainState } from "./resources/registration/domain";
export type { AutorenewArgs, DomainArgs } from "./resources/registration/domainArgs";
export {
    DomainTransfer,
    type DomainTransferArgs,
    type DomainTransferState,
} from "./resources/registration/domainTransfer";
export { Snapshot, type SnapshotArgs, type SnapshotState } from "./resources/snapshot";
export {
    WebRedirection,
    type WebRedirectionArgs,
    type WebRedirectionState,
} from "./resources/web/webRedirection";
export { LiveDnsRecord, type LiveDnsRecordArgs, type LiveDnsRecordState } from "./resources/zone/liveDnsRecord";
export {
    LiveDnsZone,
    type LiveDnsZoneArgs,
    type LiveDnsZoneState,
    type ZoneIgnoreArgs,
    type ZoneRecordArgs,
    type ZoneRRset,
} from "./resources/zone/liveDnsZone";
