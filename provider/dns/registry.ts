import type { RecordType } from "./fields";
import { A, AAAA } from "./types/address";
import { CAA } from "./types/caa";
import { CDS, DS, SSHFP, TLSA } from "./types/digests";
import { KEY, OPENPGPKEY } from "./types/key";
import { LOC } from "./types/loc";
import { ALIAS, CNAME, DNAME, MX, NS, PTR, RP, SRV } from "./types/names";
import { NAPTR } from "./types/naptr";
import { HTTPS, SVCB } from "./types/svcb";
import { SPF, TXT } from "./types/txt";
import { WKS } from "./types/wks";

const registry = {
    A,
    AAAA,
    ALIAS,
    CAA,
    CDS,
    CNAME,
    DNAME,
    DS,
    HTTPS,
    KEY,
    LOC,
    MX,
    NAPTR,
    NS,
    OPENPGPKEY,
    PTR,
    RP,
    SPF,
    SRV,
    SSHFP,
    SVCB,
    TLSA,
    TXT,
    WKS,
} as const satisfies Readonly<Record<string, RecordType>>;

/** A type of record that LiveDNS takes (`GET /v5/livedns/dns/rrtypes`). */
export type RecordTypeName = keyof typeof registry;

/** A record type: completion knows those of LiveDNS, and any other is left to check, which may know newer ones. */
export type RecordTypeInput = RecordTypeName | (string & {});

/** The types whose values are understood, in alphabetical order. */
export const recordTypes: readonly RecordTypeName[] = Object.keys(registry) as RecordTypeName[];

/** True for one of `recordTypes`, in upper case. */
export function isRecordType(type: string): type is RecordTypeName {
    return Object.hasOwn(registry, type);
}

/** What is known of a type. */
export function recordType(type: RecordTypeName): RecordType {
    return registry[type];
}
