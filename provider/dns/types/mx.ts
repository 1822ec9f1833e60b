/** MX (RFC 1035, section 3.3.9); `0 .` is the null MX (RFC 7505). */
import type { RecordType } from "../recordType";

export interface Mx {
    /** 0 to 65535, the lowest is tried first. */
    readonly preference: number;
    readonly exchange: string;
}

export const MX: RecordType<Mx> = {
    example: '"10 mail.example.com."',
    parse: (fields) => ({
        preference: fields.integer("the preference", 65535),
        exchange: fields.name("the exchange"),
    }),
    print: ({ preference, exchange }) => `${preference} ${exchange}`,
};
