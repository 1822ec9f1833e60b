/**
 * A Gandi on loopback: the Domain and LiveDNS APIs with their state, their delays and their errors, for tests, demos and CI.
 *
 * ```ts
 * const sandbox = await startSandbox({ zones: { "example.com": "www 300 IN A 192.0.2.1" } });
 * // … point a client at sandbox.url, with sandbox.token …
 * await sandbox.close();
 * ```
 *
 * It is built to the API's documents and to recordings of it. What neither says is marked in the code with `Guess:`.
 */

export { runSandboxCommand } from "./command";
export type { DomainEdit, DomainView, Outcome, ZoneView } from "./control/control";
export type { MailControl, MailDomainEdit, MailDomainView } from "./control/mail";
export type { BusyAnswer } from "./errors";
export type { Fault, FaultKind } from "./faults";
export type { LoggedRequest } from "./requestLog";
export { parseSeed, type Seed, type SeedDomain } from "./seed";
export { SeedError } from "./seedError";
export type { SeedMailDomain } from "./seedMail";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server";
export { ORGANIZATIONS, type OrganizationName, TOKENS, type TokenName } from "./state/accounts";
export type { MailboxEdit, SlotEdit } from "./state/mailbox";
export type { EmailOffer, Mailbox, MailSlot, Operation, Order, RRset, WebRedirection } from "./state/model";
export type { RedirectionEdit } from "./state/webRedirection";
export type { Delays } from "./state/world";
