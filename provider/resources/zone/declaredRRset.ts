import type { Declaration } from "../../core/program/declarations";
import type { OwnerName } from "../../dns";

/** Where an RRset is, in normal form: a zone without final dot, the owner name, a type in upper case. */
export interface Address {
    readonly domain: string;
    readonly name: OwnerName;
    readonly type: string;
}

/** The id of an RRset, as LiveDnsRecord has it. */
export function rrsetId({ domain, name, type }: Address): string {
    return `${domain}/${name}/${type}`;
}

const ALONE = "a CNAME excludes every other type of its name. Remove one of them.";

/** What a program says with an RRset, whichever resource it stands in. */
export function declaredRRset(address: Address): Declaration {
    const { domain, name, type } = address;
    return {
        thing: rrsetId(address),
        places: [{ name: domain }, { name: `${domain}/${name}`, excludes: type === "CNAME" ? () => ALONE : undefined }],
    };
}
