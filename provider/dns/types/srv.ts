/** SRV (RFC 2782); target `.` says that there is no such service. */
import type { RecordType } from "../recordType";

export interface Srv {
    /** 0 to 65535, the lowest is tried first. */
    readonly priority: number;
    /** 0 to 65535, the share among targets of one priority. */
    readonly weight: number;
    readonly port: number;
    readonly target: string;
}

export const SRV: RecordType<Srv> = {
    example: '"10 5 5060 sip.example.com."',
    parse: (fields) => ({
        priority: fields.integer("the priority", 65535),
        weight: fields.integer("the weight", 65535),
        port: fields.integer("the port", 65535),
        target: fields.name("the target"),
    }),
    print: ({ priority, weight, port, target }) => `${priority} ${weight} ${port} ${target}`,
};
