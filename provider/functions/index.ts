/**
 * Look-ups: what is there at Gandi, asked by the program itself. Each has a plain form, `getX(args)`, which asks now, and
 * an Output form, `getXOutput(args)`, which takes Inputs. What is a secret has an Output form only.
 * @module
 */
export * from "./availabilityLookups";
export * from "./axfrLookups";
export * from "./contactLookups";
export * from "./delegationLookups";
export * from "./domainLookups";
export * from "./liveDnsLookups";
export {
    type LookupArgs,
    LookupError,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
    type NoArgs,
} from "./lookup";
export * from "./organizationLookups";
export { type GetRecordsArgs, getRecords, getRecordsOutput, type RRsetInfo } from "./recordLookups";
export * from "./snapshotLookups";
export * from "./transferLookups";
export * from "./zoneFileLookup";
