import type { Place } from "../../core/kind";

/** Where an address stands: Gandi lets one mailbox, one alias or one forward have it. What a wildcard stands for is many. */
export function addressPlace(domain: string, local: string): Place {
    const address = `${local}@${domain}`;
    return {
        name: `mail to ${address}`,
        excludes: () => `${address} is one mailbox's, one alias's or one forward's. Give it to one of them`,
    };
}
