import type { Account } from "./account";
import { Code, literal } from "./literal";
import { Names } from "./names";

/** How the resources of one account say that they are in it. */
export interface AccountCode {
    /** What stands for the id of the organisation. */
    readonly organization?: Code;
    /** What stands for the `gandi.Provider`. */
    readonly provider?: Code;
    /** The key of the stack's configuration that holds the token, and the environment variable that it is in now. */
    readonly token?: { readonly key: string; readonly variable: string };
}

/** How a program names all its accounts. */
export interface AccountsInProgram {
    /** What stands before all resources. */
    readonly lines: readonly string[];
    readonly needsConfig: boolean;
    readonly all: readonly AccountCode[];
    of(account: Account): AccountCode;
}

/** A constant for each organisation of a token that reaches several, and a `gandi.Provider` for each further token. */
export function accountsIn(accounts: readonly Account[]): AccountsInProgram {
    const names = new Names();
    const constant = (name: string, end: string) => `${identifier(names.of(end, name))}${end}`;
    const lines: string[] = [];
    const providers = new Map<string, Pick<AccountCode, "provider" | "token">>();
    const codes = new Map<Account, AccountCode>();
    for (const account of new Set(accounts)) {
        const { organization, variable } = account.naming ?? {};
        if (variable !== undefined && !providers.has(variable)) {
            const name = variable.replace(/^GANDI_|_?(?:PERSONAL_ACCESS_)?TOKEN$/g, "") || variable;
            const provider = constant(name, "Account");
            const key = `${provider.slice(0, -"Account".length)}Token`;
            lines.push(
                `const ${provider} = new gandi.Provider(${literal(names.of("Provider", name))}, { personalAccessToken: config.requireSecret(${literal(key)}) });`,
            );
            providers.set(variable, { provider: new Code(provider), token: { key, variable } });
        }
        const id = organization && constant(organization.name, "Id");
        if (id !== undefined) {
            lines.push(`const ${id} = ${literal(organization!.id)};`);
        }
        codes.set(account, {
            ...(variable === undefined ? {} : providers.get(variable)),
            ...(id === undefined ? {} : { organization: new Code(id) }),
        });
    }
    const needsConfig = providers.size > 0;
    return {
        lines: [...(needsConfig ? ["const config = new pulumi.Config();"] : []), ...lines],
        needsConfig,
        all: [...codes.values()],
        of: (account) => codes.get(account) ?? {},
    };
}

/** `acmeFrance` of `acme-france`; always an identifier, with what is put behind it never a word of the language. */
function identifier(name: string): string {
    const [first = "other", ...more] = name.split(/[-_]+/).filter(Boolean);
    const whole = [first, ...more.map((word) => word[0]!.toUpperCase() + word.slice(1))].join("");
    return /^\d/.test(whole) ? `the${whole}` : whole;
}
