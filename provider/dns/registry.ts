import type { RecordType } from "./recordType";
import { A, AAAA } from "./types/address";
import { CAA } from "./types/caa";
import { CDS, DS } from "./types/ds";
import { KEY, OPENPGPKEY } from "./types/key";
import { LOC } from "./types/loc";
import { MX } from "./types/mx";
import { NAPTR } from "./types/naptr";
import { RP } from "./types/rp";
import { SRV } from "./types/srv";
import { SSHFP } from "./types/sshfp";
import { HTTPS, SVCB } from "./types/svcb";
import { ALIAS, CNAME, DNAME, NS, PTR } from "./types/target";
import { TLSA } from "./types/tlsa";
import { SPF, TXT } from "./types/txt";
import { WKS } from "./types/wks";

const NAMES = [
    "A",
    "AAAA",
    "ALIAS",
    "CAA",
    "CDS",
    "CNAME",
    "DNAME",
    "DS",
    "HTTPS",
    "KEY",
    "LOC",
    "MX",
    "NAPTR",
    "NS",
    "OPENPGPKEY",
    "PTR",
    "RP",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
    "WKS",
] as const;

/** A type of record that LiveDNS takes (`GET /v5/livedns/dns/rrtypes`). */
export type RecordTypeName = (typeof NAMES)[number];

/** A record type: completion knows those of LiveDNS, and any other is left to check, which may know newer ones. */
export type RecordTypeInput = RecordTypeName | (string & {});

/** The types whose values are understood, in alphabetical order. */
export const recordTypes: readonly RecordTypeName[] = NAMES;

const registry: Readonly<Record<RecordTypeName, RecordType<unknown>>> = {
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
};

/** True for one of `recordTypes`, in upper case. */
export function isRecordType(type: string): type is RecordTypeName {
    return Object.hasOwn(registry, type);
}

/** What is known of a type. */
export function recordType(type: RecordTypeName): RecordType<unknown> {
    return registry[type];
}
