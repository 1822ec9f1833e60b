/** The domain of the sandbox in which facts are tried that hold in its world alone. */
export const ZONE = "/v5/livedns/domains/example.com";
export const RECORDS = `${ZONE}/records`;
export const DOMAIN = "/v5/domain/domains/example.com";
