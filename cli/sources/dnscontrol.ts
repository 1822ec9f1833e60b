import { z } from "zod";
import { domainName } from "../../provider/dns";
import { CommandFailure } from "../command";
import { shellWord } from "../shell";
import type { Speech } from "../speech";
import { readDocument } from "./formats";
import { flag, list, object, text } from "./lenient";
import type { Entry, Source, Untranslated } from "./source";
import { DeclaredZone } from "./zoneEntries";

const provider = z.looseObject({ name: z.string(), type: z.string() });

/** What `print-ir` prints, as far as it is read here (dnscontrol's `models.DNSConfig`, of its versions 4 and 5). */
const configSchema = z.looseObject({
    registrars: list(provider),
    dns_providers: list(provider),
    domains: list(
        z.looseObject({
            name: z.string(),
            uniquename: text,
            registrar: text,
            dnsProviders: object.transform((value) => Object.keys(value ?? {})),
            records: list(z.looseObject({ type: z.string(), name: z.string() })),
            rawrecords: list(z.unknown()),
            unmanaged: list(z.unknown()),
            keepunknown: flag,
        }),
    ),
});
type Config = z.infer<typeof configSchema>;
type Domain = Config["domains"][number];

/** Whether a provider is Gandi: undefined where only creds.json says what it is. */
function isGandi(providers: Config["dns_providers"], name: string): boolean | undefined {
    const type = providers.find((one) => one.name === name)?.type;
    return type === "-" ? undefined : type === "GANDI_V5" || type === "GANDI";
}

/** The zones of a dnsconfig.js, as dnscontrol itself has read it: no program of anybody is run here. */
export async function readDnscontrol(file: string, speech: Speech): Promise<Source> {
    if (/\.[cm]?[jt]s$/i.test(file)) {
        const made = `dnscontrol print-ir --config ${shellWord(file)} --out dnsconfig.json`;
        throw new CommandFailure(
            `${file} is a program, and is not run here. Let dnscontrol read it, and give what it prints:\n${made}\nnpx pulumi-gandi import --from-dnscontrol dnsconfig.json`,
        );
    }
    const made = "`dnscontrol print-ir`";
    const { data, name } = await readDocument(file, speech, { format: "dnscontrol", made, schema: configSchema });
    if (data.domains.some(({ rawrecords }) => rawrecords.length > 0)) {
        throw new CommandFailure(`${name} was made with --raw, which leaves records out: make it again without`);
    }
    return sourceOf(data, name);
}

function sourceOf({ registrars, dns_providers: providers, domains: all }: Config, file: string): Source {
    const entries: Entry[] = [];
    const untranslated: Untranslated[] = [];
    const remarks: string[] = [];
    const domains = new Map<string, boolean>();
    const removals = new Map<string, string[]>();
    for (const domain of all) {
        const title = domain.uniquename || domain.name;
        const served = domain.dnsProviders.filter((one) => isGandi(providers, one) !== false);
        const isRegistered = isGandi(registrars, domain.registrar) !== false;
        if (served.length === 0 && !isRegistered) {
            remarks.push(`${title}: not at Gandi, but at ${domain.dnsProviders.join(", ") || "no provider"}`);
            continue;
        }
        try {
            const zone = domainName(domain.name);
            const isSure =
                served.some((one) => isGandi(providers, one)) || isGandi(registrars, domain.registrar) === true;
            domains.set(zone, isSure || domains.get(zone) === true);
            const declared = new DeclaredZone(zone);
            if (served.length > 0) {
                for (const record of domain.records) declared.add(record.name, record.type);
            }
            entries.push(...declared.entries, ...nameserversOf(zone, title, isRegistered));
            untranslated.push(...declared.untranslated);
            remarks.push(...declared.remarks, ...remarksOn(domain, title));
            removals.set(zone, [...(removals.get(zone) ?? []), removalOf(domain, title, served)]);
        } catch {
            untranslated.push({ name: title, why: "it is no name of a domain" });
        }
    }
    return {
        tool: "dnscontrol",
        file,
        entries,
        untranslated,
        domains,
        remarks,
        stop: "no push, neither by people nor by jobs, before the next step is done",
        handsOff: (taken) => [...new Set(taken.map(({ domain }) => domain))].flatMap((one) => removals.get(one) ?? []),
        afterwards:
            "A domain that is gone from dnsconfig.js is left alone; one that stays there without its records loses them at Gandi",
    };
}

/** Of a domain that is registered here, dnscontrol sets the nameservers; those of LiveDNS nobody needs to declare. */
function nameserversOf(zone: string, title: string, isRegistered: boolean): Entry[] {
    return isRegistered
        ? [{ kind: "Nameservers", id: zone, domain: zone, title: `nameservers of ${title}`, isOptional: true }]
        : [];
}

function remarksOn({ unmanaged, keepunknown }: Domain, title: string): string[] {
    const left = [
        ...(unmanaged.length > 0 ? [`${unmanaged.length} IGNORE`] : []),
        ...(keepunknown ? ["NO_PURGE"] : []),
    ];
    return left.length === 0
        ? []
        : [`${title}: ${left.join(" and ")} not needed, as what nobody declares is left alone`];
}

function removalOf({ dnsProviders, registrar }: Domain, title: string, served: readonly string[]): string {
    const itself = `D(${JSON.stringify(title)}, …)`;
    const others = dnsProviders.filter((one) => !served.includes(one));
    if (served.length === 0) {
        return `in dnsconfig.js, give ${itself} a registrar of type NONE instead of ${registrar}`;
    }
    return others.length > 0
        ? `in dnsconfig.js, take the provider ${served.join(", ")} out of ${itself}, which goes on at ${others.join(", ")}`
        : `in dnsconfig.js, take out ${itself} as a whole, and every D_EXTEND of it`;
}
