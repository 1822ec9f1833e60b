/**
 * Record values of DNS: parse, normal form, compare, print. Pure: knows neither HTTP nor Pulumi.
 * Published as `pulumi-gandi/dns`.
 * @module
 */

export {
    caa,
    type DmarcPolicy,
    dmarc,
    type HttpsParameters,
    https,
    mx,
    spf,
    srv,
    sshfp,
    tlsa,
    txt,
} from "./builders";
export { checkRRset, DEFAULT_TTL, MAX_TTL, MIN_TTL, type WrittenRRset as RRset } from "./checkRRset";
export { checkZone } from "./checkZone";
export { DnsNameError, DnsValueError, ZoneFileError, type ZoneFileProblem } from "./dnsErrors";
export { domainName, fqdn, type OwnerName, ownerName, relativeOwner, spelledOwner } from "./owner";
export { isRecordType, type RecordTypeInput, type RecordTypeName, recordTypes } from "./registry";
export { duplicateValues, keepSpelling, sameRRset } from "./rrset";
export type { Soa } from "./soa";
export { apiValue, lint, normalize, presentation } from "./value";
export { parseZoneFile, toZoneFile, type ZoneFile, type ZoneFileOptions } from "./zoneFile";
