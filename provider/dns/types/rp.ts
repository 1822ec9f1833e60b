/** RP (RFC 1183, section 2.2). */
import type { RecordType } from "../recordType";

export interface Rp {
    /** A mail address with a dot for its `@`: `admin.example.com.` */
    readonly mailbox: string;
    /** Where a TXT record tells more; `.` for nowhere. */
    readonly text: string;
}

export const RP: RecordType<Rp> = {
    example: '"admin.example.com. ."',
    parse: (fields) => ({ mailbox: fields.name("the mailbox"), text: fields.name("the name of the TXT record") }),
    print: ({ mailbox, text }) => `${mailbox} ${text}`,
};
