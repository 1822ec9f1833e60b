/**
 * Record values of DNS: parse, normal form, compare, print. Pure: knows neither HTTP nor Pulumi.
 * Published as `pulumi-gandi/dns`.
 * @module
 */
export { checkRRset, DEFAULT_TTL, MAX_TTL, MIN_TTL, type RRset } from "./checkRRset";
export { DnsNameError, DnsValueError } from "./errors";
export { domainName, fqdn, ownerName } from "./owner";
export { isRecordType, type RecordTypeName, recordTypes } from "./registry";
export { duplicateValues, keepSpelling, sameRRset } from "./rrset";
export { apiValue, lint, normalize, presentation } from "./value";
