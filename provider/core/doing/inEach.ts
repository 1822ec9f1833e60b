/** What there is in each of these domains, one list of all. */
export async function inEach<T>(
    domains: readonly string[],
    find: (domain: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
    return (await Promise.all(domains.map(find))).flat();
}
