/**
 * Look-ups: what is there at Gandi, asked by the program itself. Each has a plain form, `getX(args)`, which asks now, and
 * an Output form, `getXOutput(args)`, which takes Inputs. What is a secret has an Output form only.
 * @module
 */
export type { DomainLookupArgs, LookupArgs, LookupInputs, NoArgs } from "./arguments";
export { LookupError, type LookupOptions, type LookupOutputOptions } from "./asking";
export * from "./availabilityLookups";
export * from "./axfrLookups";
export * from "./delegationLookups";
export * from "./domainLookups";
export * from "./emailLookups";
export * from "./forwardLookups";
export * from "./liveDnsLookups";
export * from "./mailboxLookups";
export * from "./mailDomainLookups";
export * from "./organizationLookups";
export * from "./renewalLookups";
export * from "./transferLookups";
export * from "./webLookups";
export * from "./zoneLookups";
