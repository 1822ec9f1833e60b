/** A public key of the registry's algorithm 13 that no other entry has. */
export const OTHER_PUBLIC_KEY = Buffer.alloc(64, 7).toString("base64");

/** A name that nobody has. */
export const DOMAIN_ORDERED_NEXT = "every-kind-next.com";
