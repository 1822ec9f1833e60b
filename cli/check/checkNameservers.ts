import { Resolver } from "node:dns/promises";
import type { RRset } from "../../provider/api/records";
import { sameRRset } from "../../provider/dns";
import { type CheckResult, ok, problem, untold, warning } from "./checkResult";

/** How a nameserver is asked: `192.0.2.53`, `127.0.0.1:5353`, `[2001:db8::53]`. */
type Address = string;

/** What `node:dns` asks for and gives back whole; TXT in ASCII only. */
const ASKED = ["A", "AAAA", "CNAME", "MX", "NS", "SRV", "TXT"];

/** Of a big zone these many RRsets stand for all. */
const MOST = 100;

/** At a time, of one server. */
const AT_ONCE = 10;

export interface ServedZone {
    readonly domain: string;
    readonly rrsets: readonly RRset[];
    /** The names of its nameservers. */
    readonly nameservers: readonly string[];
    /** The one server to ask instead of these. */
    readonly server?: Address | undefined;
}

/** Whether the nameservers of a zone answer what LiveDNS holds. */
export async function checkNameservers({ domain, rrsets, nameservers, server }: ServedZone): Promise<CheckResult[]> {
    const servers =
        server === undefined ? await Promise.all(nameservers.map(addressed)) : [{ name: server, addresses: [server] }];
    const results = await Promise.all(
        servers.map(({ name, addresses }, at) =>
            addresses.length === 0
                ? untold(domain, `${name} can't be asked, as its address is not found from here`)
                : checkServer({ domain, name, addresses, rrsets: at === 0 ? rrsets : rrsets.slice(0, 5) }),
        ),
    );
    return server === undefined && results.every(({ level }) => level === "untold")
        ? [untold(domain, "its nameservers can't be asked from here: DNS gets no answer")]
        : results;
}

async function addressed(name: string): Promise<{ name: string; addresses: Address[] }> {
    const resolver = new Resolver({ timeout: 2000, tries: 2 });
    return { name, addresses: await resolver.resolve4(name).catch(() => []) };
}

async function checkServer({
    domain,
    name,
    addresses,
    rrsets,
}: {
    domain: string;
    name: string;
    addresses: Address[];
    rrsets: readonly RRset[];
}): Promise<CheckResult> {
    const resolver = new Resolver({ timeout: 2000, tries: 2 });
    resolver.setServers(addresses);
    try {
        await resolver.resolveSoa(domain);
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return code === "ETIMEOUT" || code === "ECONNREFUSED"
            ? untold(domain, `${name} does not answer from here (${code})`)
            : problem(domain, `${name} does not serve the zone (${code})`);
    }
    const asked = rrsets.filter(isAsked).slice(0, MOST);
    const different = (await inTurn(asked, (rrset) => differs(resolver, domain, rrset))).flatMap((text) => text ?? []);
    if (different.length === 0) {
        const of = asked.length < rrsets.length ? ` of ${rrsets.length}` : "";
        return ok(domain, `${name} answers as the zone says (${asked.length}${of} RRsets asked)`);
    }
    const shown = [...different.slice(0, 5), ...(different.length > 5 ? [`${different.length - 5} more`] : [])];
    return warning(
        domain,
        `${name} answers other than the zone: ${shown.join("; ")}. A change of the last minutes may still be on its way`,
    );
}

function isAsked({ rrset_type, rrset_values }: RRset): boolean {
    return (
        ASKED.includes(rrset_type) && (rrset_type !== "TXT" || rrset_values.every((value) => /^[ -~]*$/.test(value)))
    );
}

async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
    const results: U[] = [];
    for (let at = 0; at < items.length; at += AT_ONCE) {
        results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
    }
    return results;
}

/** How the answer differs, undefined where it does not. */
async function differs(resolver: Resolver, domain: string, rrset: RRset): Promise<string | undefined> {
    const { rrset_name: name, rrset_type: type, rrset_values: values } = rrset;
    const owner = name === "@" ? domain : `${name}.${domain}`;
    try {
        const answers = await ask(resolver, owner, type);
        return sameRRset(type, answers, values, domain) ? undefined : `${name} ${type} is ${answers.join(", ")}`;
    } catch (error) {
        return `${name} ${type}: ${(error as NodeJS.ErrnoException).code}`;
    }
}

/** The values of an answer in presentation form. */
async function ask(resolver: Resolver, owner: string, type: string): Promise<string[]> {
    switch (type) {
        case "A":
            return resolver.resolve4(owner);
        case "AAAA":
            return resolver.resolve6(owner);
        case "MX":
            return (await resolver.resolveMx(owner)).map(
                ({ priority, exchange }) => `${priority} ${absolute(exchange)}`,
            );
        case "SRV":
            return (await resolver.resolveSrv(owner)).map(
                (one) => `${one.priority} ${one.weight} ${one.port} ${absolute(one.name)}`,
            );
        case "TXT":
            return (await resolver.resolveTxt(owner)).map((pieces) => pieces.map(quoted).join(" "));
        case "NS":
            return (await resolver.resolveNs(owner)).map(absolute);
        default:
            return (await resolver.resolveCname(owner)).map(absolute);
    }
}

function absolute(name: string): string {
    return `${name}.`;
}

function quoted(text: string): string {
    return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
