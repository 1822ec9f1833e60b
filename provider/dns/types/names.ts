/**
 * The types that are numbers and domain names: MX (RFC 1035, section 3.3.9; `0 .` is the null MX of RFC 7505), SRV (RFC
 * 2782; target `.` says that there is no such service), RP (RFC 1183, section 2.2), and those whose value is one name:
 * CNAME, NS, PTR (RFC 1035), DNAME (RFC 6672), ALIAS (no RFC: LiveDNS answers with the addresses of the target).
 */
import type { Fields, RecordType } from "../fields";

const short = (fields: Fields, what: string) => fields.integer(what, 65535);

export const MX: RecordType = {
    example: '"10 mail.example.com."',
    normal: (fields) => `${short(fields, "the preference")} ${fields.name("the exchange")}`,
};

export const SRV: RecordType = {
    example: '"10 5 5060 sip.example.com."',
    normal: (fields) =>
        [
            short(fields, "the priority"),
            short(fields, "the weight"),
            short(fields, "the port"),
            fields.name("the target"),
        ].join(" "),
};

export const RP: RecordType = {
    example: '"admin.example.com. ."',
    normal: (fields) => `${fields.name("the mailbox")} ${fields.name("the name of the TXT record")}`,
};

const target: RecordType = { example: "www.example.com.", normal: (fields) => fields.name("the target") };

export const ALIAS = target;
export const CNAME = target;
export const DNAME = target;
export const NS = target;
export const PTR = target;
