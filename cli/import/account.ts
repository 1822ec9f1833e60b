import { Client } from "../../provider/api/client";
import { listDomains } from "../../provider/api/domains";
import { undefinedOn } from "../../provider/api/errors";
import { listLiveDnsDomains } from "../../provider/api/livednsDomains";
import { getZoneText } from "../../provider/api/records";
import { OF_A_COMMAND } from "../../provider/api/remedies";
import { Secrets } from "../../provider/core/inputs/secrets";
import { Call } from "../../provider/core/process/call";
import { Run } from "../../provider/core/process/run";
import type { Settings } from "../../provider/core/process/settings";
import type { Props } from "../../provider/core/property";
import { definitions } from "../../provider/resources/kinds";
import { settingsOfEnvironment } from "../session";

/** A domain of the account. */
export interface AccountDomain {
    /** In A-labels. */
    readonly fqdn: string;
    /** Whether it is registered at Gandi, in what this token sees. */
    readonly isRegistered: boolean;
    /** Whether its zone is on LiveDNS. */
    readonly isOnLiveDns: boolean;
    /** When the registration ends, ISO 8601. */
    readonly ends?: string | undefined;
    readonly renews?: boolean | undefined;
    /** Whose nameservers it has: `livedns`, `abc` (Gandi's classic ones) or `other`. */
    readonly delegation?: string | undefined;
}

/** One that exists, as a program declares it. */
export interface Found {
    readonly kind: string;
    readonly id: string;
    readonly inputs: Props;
}

/** Seconds that the list of one kind in all the domains may take: 1,000 domains need some minutes under Gandi's limit. */
const LIMIT = 3600;

/** What the account has, read and never written: no other request than GET leaves it. */
export class Account {
    readonly settings: Settings;
    private readonly run: Run;
    private readonly client: Client;

    /** @throws SettingsError where the environment does not say how to ask */
    constructor(environment: NodeJS.ProcessEnv, log: (line: string) => void) {
        const settings = settingsOfEnvironment(environment);
        this.settings = { ...settings, readOnly: settings.readOnly ?? "npx pulumi-gandi import" };
        this.run = new Run({ log, environment });
        this.client = new Client({ ...this.settings, remedies: OF_A_COMMAND, log, origins: this.run.origins });
    }

    /** The registered ones and those that only have a zone here, by name. */
    async domains(): Promise<AccountDomain[]> {
        const [registered, zones] = await Promise.all([
            // A token may see one of the two only.
            undefinedOn(listDomains(this.client), "forbidden"),
            undefinedOn(listLiveDnsDomains(this.client), "forbidden"),
        ]);
        const onLiveDns = new Set((zones ?? []).map(({ fqdn }) => fqdn.toLowerCase()));
        const entries = new Map((registered ?? []).map((entry) => [entry.fqdn.toLowerCase(), entry]));
        return [...new Set([...entries.keys(), ...onLiveDns])].sort().map((fqdn) => {
            const entry = entries.get(fqdn);
            return {
                fqdn,
                isRegistered: entry !== undefined,
                isOnLiveDns: onLiveDns.has(fqdn),
                ends: entry?.dates.registry_ends_at,
                renews: entry?.autorenew,
                delegation: entry?.nameserver?.current,
            };
        });
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

    /** The zone as Gandi writes it into a file. `GET /v5/livedns/domains/{fqdn}/records` as text */
    zoneFile(fqdn: string): Promise<string> {
        return getZoneText(this.client, fqdn);
    }
}
