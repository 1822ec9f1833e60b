import { isRecordType } from "../../provider/dns/registry";
import { RRset } from "../../provider/dns/rrset";
import type { Entry, Untranslated } from "./source";

/** The RRsets that a tool declares in one zone, each once however many records it has. */
export class DeclaredZone {
    private readonly found = new Map<string, Entry>();
    private readonly unknown = new Map<string, Untranslated>();
    private hasApexServers = false;

    /** @param zone in A-labels */
    constructor(private readonly zone: string) {}

    /**
     * @param name relative to the zone; the apex is `@`
     * @param isOptional whether it may be meant for other providers only
     */
    add(name: string, type: string, isOptional = false): void {
        const rrset = RRset.there(this.zone, name, type);
        const title = `${rrset.key} of ${this.zone}`;
        if (rrset.key === "@ NS" || rrset.type === "SOA") {
            this.hasApexServers = true;
        } else if (!isRecordType(rrset.type)) {
            this.unknown.set(title, { name: title, why: "LiveDNS has no records of this type", domain: this.zone });
        } else if (!isOptional || !this.found.has(rrset.key)) {
            const entry = { kind: "LiveDnsRecord", id: rrset.id, domain: this.zone, title };
            this.found.set(rrset.key, isOptional ? { ...entry, isOptional } : entry);
        }
    }

    get entries(): Entry[] {
        return [...this.found.values()];
    }

    get untranslated(): Untranslated[] {
        return [...this.unknown.values()];
    }

    get remarks(): string[] {
        return this.hasApexServers
            ? [`${this.zone}: NS and SOA at the apex are Gandi's own, and stay out of the program`]
            : [];
    }
}
