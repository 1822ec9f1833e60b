import type { RecordType } from "./recordType";
import { A, AAAA } from "./types/address";
import { CAA } from "./types/caa";
import { MX } from "./types/mx";
import { SRV } from "./types/srv";
import { ALIAS, CNAME, DNAME, NS, PTR } from "./types/target";
import { SPF, TXT } from "./types/txt";

const registry = { A, AAAA, ALIAS, CAA, CNAME, DNAME, MX, NS, PTR, SPF, SRV, TXT } satisfies Record<
    string,
    RecordType<unknown>
>;

/** A type of record that LiveDNS takes (`GET /v5/livedns/dns/rrtypes`). */
export type RecordTypeName = keyof typeof registry;

/** The types whose values are understood, in alphabetical order. */
export const recordTypes = Object.keys(registry) as readonly RecordTypeName[];

/** True for one of `recordTypes`, in upper case. */
export function isRecordType(type: string): type is RecordTypeName {
    return Object.hasOwn(registry, type);
}

/** What is known of a type; `undefined` for any other. */
export function recordType(type: string): RecordType<unknown> | undefined {
    return isRecordType(type) ? registry[type] : undefined;
}
