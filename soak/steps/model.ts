import * as pulumi from "@pulumi/pulumi";
import type { Program } from "../../engine/inProcess/functionProgram";
import * as gandi from "../../provider";
import { type Args, declare } from "../kinds";

/** The domains of a random world: each sort of resource has one where it may be as it likes. */
export const DOMAINS = {
    zone: "example.com",
    glue: "glue.example",
    mail: "mail.example",
    signed: "signed.example",
    keys: "keys.example",
} as const;

/** One resource of a program. */
export interface Declared {
    readonly kind: string;
    /** Its name in the program. */
    name: string;
    args: Args;
    /** The component that it is in; none at the top. */
    component?: string | undefined;
    /** Whether it has the explicit provider. */
    hasOwnProvider?: boolean;
}

/** An RRset: `www A`, and its values as Gandi shows them. */
export type RRsets = Record<string, readonly string[]>;

/** A program as data: what a stack declares at the moment. */
export class ProgramModel {
    readonly declared: Declared[] = [];

    constructor(
        readonly stack: string,
        private readonly token: string,
    ) {}

    of(kind: string): Declared[] {
        return this.declared.filter((each) => each.kind === kind);
    }

    remove(gone: Declared): void {
        this.declared.splice(this.declared.indexOf(gone), 1);
    }

    /** The RRsets that it declares, by record and by zone. */
    rrsets(): RRsets {
        const zone = this.of("LiveDnsZone").flatMap(({ args }) => args.records as Args[]);
        const all = [...this.of("LiveDnsRecord").map(({ args }) => args), ...zone];
        return Object.fromEntries(all.map(({ name, type, values }) => [`${name} ${type}`, shown(type, values)]));
    }

    /** The program as it is now. */
    program(): Program {
        const declared: Declared[] = JSON.parse(JSON.stringify(this.declared));
        return () => {
            const components = new Map<string, pulumi.ComponentResource>();
            const componentOf = (name: string) => {
                const known = components.get(name) ?? new pulumi.ComponentResource("soak:Group", name);
                components.set(name, known);
                return known;
            };
            const own = declared.some(({ hasOwnProvider }) => hasOwnProvider)
                ? new gandi.Provider("own", { personalAccessToken: pulumi.secret(this.token) })
                : undefined;
            for (const { kind, name, args, component, hasOwnProvider } of declared) {
                declare(kind, name, args, {
                    ...(component === undefined ? {} : { parent: componentOf(component) }),
                    ...(hasOwnProvider ? { provider: own } : {}),
                });
            }
        };
    }
}

/** Values as the sandbox keeps them. */
function shown(type: unknown, values: unknown): readonly string[] {
    return [...(values as string[])].map((value) => (type === "TXT" ? `"${value}"` : value)).sort();
}
