import type { Organization, Token } from "./model";

/** The sandbox's organisations. `client` is a customer of `first`: its tokens reach it with `sharing_id`. */
export const ORGANIZATIONS = {
    first: "f1f1f1f1-0000-4000-8000-000000000001",
    second: "5ec05ec0-0000-4000-8000-000000000002",
    client: "c11e57c1-0000-4000-8000-000000000003",
} as const;

/** One of the sandbox's organisations. */
export type OrganizationName = keyof typeof ORGANIZATIONS;

/** The sandbox's fixed credentials: worth nothing anywhere else, and as long as Gandi's. */
export const TOKENS = {
    first: "sandbox-first-organization-token-0000001",
    second: "sandbox-second-organization-token-000002",
    /** Answered with 401. */
    expired: "sandbox-expired-personal-access-token-03",
    /** A deprecated API key of the first organisation, for the `Apikey` scheme. */
    apiKey: "sandbox-apikey-first-024",
} as const;

/** One of the sandbox's tokens. */
export type TokenName = keyof typeof TOKENS;

/** A fresh copy for each sandbox. Balances are in EUR. */
export function initialOrganizations(): Organization[] {
    return [
        organization("first", "Alice", { balance: 1000, mayDeleteDomains: true }),
        organization("second", "Bob", { balance: 50, mayDeleteDomains: false }),
        organization("client", "Carol", { balance: 500, mayDeleteDomains: true }),
    ];
}

function organization(
    name: OrganizationName,
    firstname: string,
    rights: Pick<Organization, "balance" | "mayDeleteDomains">,
): Organization {
    return {
        id: ORGANIZATIONS[name],
        name: `${name}_organization`,
        orgname: `${name[0]!.toUpperCase()}${name.slice(1)} Organization`,
        type: "company",
        email: `${name}@example.org`,
        firstname,
        lastname: "Doe",
        currency: "EUR",
        ...rights,
    };
}

export function initialTokens(): Token[] {
    const { first, second, client } = ORGANIZATIONS;
    const token = (name: TokenName, organizationId: string, reaches: string[]): Token => ({
        name,
        scheme: name === "apiKey" ? "Apikey" : "Bearer",
        secret: TOKENS[name],
        status: name === "expired" ? "expired" : "valid",
        organization: organizationId,
        reaches,
        readOnly: false,
    });
    return [
        token("first", first, [first, client]),
        token("second", second, [second]),
        token("expired", first, [first, client]),
        token("apiKey", first, [first, client]),
    ];
}
