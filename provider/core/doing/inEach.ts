import { undefinedOn } from "../../api/errors";

/**
 * What there is in each of these domains, one list of all. In one that can't be seen there is nothing: it is not on
 * LiveDNS, or its registrar is another one, and the other kinds of what is in it are none the less to be listed.
 */
export async function inEach<T>(
    domains: readonly string[],
    find: (domain: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
    const found = await Promise.all(domains.map((domain) => undefinedOn(find(domain), "invisible")));
    return found.flatMap((there) => there ?? []);
}
