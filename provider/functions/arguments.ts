import { z } from "zod";
import { messageOf } from "../core/failures";
import { nonEmpty, oneLine, organization } from "../core/inputs/inputSchemas";
import type { Args } from "../core/program/gandiResource";
import { domainName } from "../dns";

/** What every look-up may be told. */
export interface LookupArgs {
    /** The organisation to ask for (a UUID), where it is not the configured one. */
    sharingId?: string;
}

/** What a look-up of a domain must be told. */
export interface DomainLookupArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
}

/** The arguments of a look-up that takes none. */
export type NoArgs = Record<string, never>;

/** The arguments of a look-up's Output form: with an Input at every leaf. */
export type LookupInputs<A> = { [K in keyof A]: Args<A>[K] };

/** An argument that names a domain, in whatever spelling. @internal */
export const domainArgument = z.string().transform((name, context) => {
    try {
        return domainName(name);
    } catch (error) {
        context.addIssue({ code: "custom", message: messageOf(error) });
        return z.NEVER;
    }
});

/** An argument that names an extension, such as `com` or `co.uk`, with or without a dot before it. @internal */
export const extensionArgument = nonEmpty(oneLine).transform((extension) => extension.replace(/^\./, ""));

/** An argument that names something by the id that the API gave it. A resource's id has the domain before it. @internal */
export const idArgument = nonEmpty(oneLine).transform((id) => id.slice(id.lastIndexOf("/") + 1));

/** {@link LookupArgs} @internal */
export const commonArguments = { sharingId: organization.optional() };

/** {@link DomainLookupArgs} @internal */
export const domainArguments = { domain: domainArgument, ...commonArguments };
