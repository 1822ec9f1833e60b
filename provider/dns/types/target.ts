/**
 * The types whose value is one domain name: CNAME, NS, PTR (RFC 1035), DNAME (RFC 6672),
 * ALIAS (no RFC: LiveDNS answers with the addresses of the target).
 */
import type { RecordType } from "../recordType";

const target: RecordType<string> = {
    example: "www.example.com.",
    parse: (fields) => fields.name("the target"),
    print: (name) => name,
};

export const ALIAS = target;
export const CNAME = target;
export const DNAME = target;
export const NS = target;
export const PTR = target;
