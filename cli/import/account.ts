import { Client } from "../../provider/api/client";
import { type DomainEntry, listDomains } from "../../provider/api/domains";
import { GandiError, undefinedOn } from "../../provider/api/errors";
import { type LiveDnsDomainEntry, listLiveDnsDomains } from "../../provider/api/livednsDomains";
import { listRecords } from "../../provider/api/records";
import { Secrets } from "../../provider/core/inputs/secrets";
import { Call } from "../../provider/core/process/call";
import type { Run } from "../../provider/core/process/run";
import type { Settings } from "../../provider/core/process/settings";
import type { Props } from "../../provider/core/property";
import type { RRset } from "../../provider/dns/rrset";
import { definitions } from "../../provider/resources/kinds";
import { fromApi } from "../../provider/resources/zone/rrsets";
import { nameIn } from "../zones/accountZones";

/** A domain of the account. */
export interface AccountDomain {
    /** In A-labels. */
    readonly fqdn: string;
    /** Whether it is registered at Gandi, in what this token sees; undefined where it may not be told. */
    readonly isRegistered: boolean | undefined;
    /** Whether its zone is on LiveDNS; undefined where it may not be told. */
    readonly isOnLiveDns: boolean | undefined;
    /** When the registration ends, ISO 8601. */
    readonly ends?: string | undefined;
    readonly renews?: boolean | undefined;
    /** Whose nameservers it has: `livedns`, `abc` (Gandi's classic ones) or `other`. */
    readonly delegation?: string | undefined;
    /** EPP statuses such as `clientTransferProhibited`. */
    readonly status?: readonly string[] | undefined;
    readonly tags?: readonly string[] | undefined;
}

/** One that exists, as a program declares it. */
export interface Found {
    readonly kind: string;
    readonly id: string;
    readonly inputs: Props;
}

/** How a program tells an account from that of its environment and its stack. */
export interface Naming {
    /** The organisation, where the token reaches several. */
    readonly organization?: { readonly id: string; readonly name: string } | undefined;
    /** The environment variable that the token is in, where it is not the usual one. */
    readonly variable?: string | undefined;
}

/** Seconds that the list of one kind in all the domains may take: 1,000 domains need some minutes under Gandi's limit. */
const LIMIT = 3600;

/** The API with these settings, for a command. */
export function clientOf(settings: Settings, { log, origins, remedies, cancelled }: Run): Client {
    return new Client({ ...settings, remedies, log, origins, signal: cancelled });
}

/** What one token sees of one organisation, read and never written: no other request than GET leaves it. */
export class Account {
    private readonly client: Client;

    /** @param run what accounts share that are asked side by side, such as the rate limit */
    constructor(
        readonly settings: Settings,
        private readonly run: Run,
        /** Undefined where the environment alone says which account it is. */
        readonly naming?: Naming,
    ) {
        this.client = clientOf(settings, run);
    }

    /**
     * The registered ones and those that only have a zone here, by name.
     * @throws GandiError where the token may list neither
     */
    async domains(): Promise<AccountDomain[]> {
        const [registered, zones] = await Promise.all([
            this.orForbidden(listDomains(this.client), "registered domains"),
            this.orForbidden(listLiveDnsDomains(this.client), "zones on LiveDNS"),
        ]);
        if (GandiError.is(registered) && GandiError.is(zones)) {
            throw registered;
        }
        return this.joined(
            GandiError.is(registered) ? undefined : registered,
            GandiError.is(zones) ? undefined : zones,
        );
    }

    /** A token may see one of the two only. */
    private async orForbidden<T>(reading: Promise<T>, what: string): Promise<T | GandiError> {
        try {
            return await reading;
        } catch (error) {
            if (!GandiError.is(error, "forbidden")) throw error;
            this.run.log(`the token may not list ${what}: what only they would show is not seen`);
            return error;
        }
    }

    private joined(
        registered: readonly DomainEntry[] | undefined,
        zones: readonly LiveDnsDomainEntry[] | undefined,
    ): AccountDomain[] {
        const onLiveDns = new Set((zones ?? []).map(({ fqdn }) => this.named(fqdn)));
        const entries = new Map((registered ?? []).map((entry) => [this.named(entry.fqdn), entry]));
        const names = [...new Set([...entries.keys(), ...onLiveDns])].filter((name) => name !== undefined);
        return names.sort().map((fqdn) => {
            const entry = entries.get(fqdn);
            return {
                fqdn,
                isRegistered: registered && entry !== undefined,
                isOnLiveDns: zones && onLiveDns.has(fqdn),
                ends: entry?.dates.registry_ends_at,
                renews: entry?.autorenew,
                delegation: entry?.nameserver?.current,
                status: entry?.status,
                tags: entry?.tags,
            };
        });
    }

    private named(fqdn: string): string | undefined {
        const name = nameIn(fqdn);
        if (name === undefined) this.run.log(`${fqdn} is left out, as it is no domain name`);
        return name;
    }

    /** All of a kind in these domains; nothing of a kind that can't be listed. */
    async list(kind: string, domains: readonly string[]): Promise<readonly Found[]> {
        const definition = definitions[kind]!;
        const { list } = definition;
        if (typeof list !== "function") {
            return [];
        }
        const call = new Call(definition, this.run, this.settings, new Secrets(definition.inputs, {}));
        const found = await call.within("update", { inputs: {}, limit: LIMIT }, (context) => list(context, domains));
        return found.map(({ id, inputs }) => ({ kind, id, inputs }));
    }

    /**
     * The RRsets of a zone as the API answers them, those that nobody can declare too; undefined where there is no zone.
     * `GET /v5/livedns/domains/{fqdn}/records`
     */
    async zone(fqdn: string): Promise<readonly RRset[] | undefined> {
        const rrsets = await undefinedOn(listRecords(this.client, fqdn, { withEmpty: true }), "invisible");
        return rrsets?.map((rrset) => fromApi(rrset, fqdn));
    }
}

/** The RRsets that services of Gandi's among what was found write by themselves, by id. */
export function idsOfServices(found: readonly Found[]): ReadonlySet<string> {
    const services = found.filter(({ kind }) => kind === "WebRedirection");
    return new Set(services.flatMap(({ kind, inputs }) => definitions[kind]!.alsoDeclares(inputs).map(({ id }) => id)));
}
