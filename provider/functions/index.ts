/**
 * Look-ups: what is there at Gandi, asked by the program itself. Each has a plain form, `getX(args)`, which asks now, and
 * an Output form, `getXOutput(args)`, which takes Inputs. What is a secret has an Output form only.
 * @module
 */
export * from "./availability";
export * from "./axfr";
export * from "./contacts";
export * from "./delegation";
export * from "./domains";
export * from "./liveDns";
export {
    type LookupArgs,
    LookupError,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
    type NoArgs,
} from "./lookup";
export * from "./organizations";
export { type GetRecordsArgs, getRecords, getRecordsOutput, type RRsetInfo } from "./records";
export * from "./snapshots";
export * from "./transfers";
export * from "./zoneFile";
