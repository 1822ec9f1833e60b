import type * as pulumi from "@pulumi/pulumi";
import type * as gandi from "../../provider";
import type { GivenOf } from "../../provider/core/kind";
import type { Properties } from "../../provider/core/propertySet";
import { tsigKey } from "../../provider/resources/axfr/tsigKey";
import { axfrSlave } from "../../provider/resources/axfrSlave";
import { dnssecKey } from "../../provider/resources/dnssec/dnssecKey";
import { emailForward } from "../../provider/resources/emailForward";
import { emailOffer } from "../../provider/resources/emailOffer";
import { glueRecord } from "../../provider/resources/glueRecord";
import { definitions } from "../../provider/resources/kinds";
import { liveDnsDomain } from "../../provider/resources/liveDnsDomain";
import { liveDnsKey } from "../../provider/resources/liveDnsKey";
import { mailSlot } from "../../provider/resources/mail/mailSlot";
import { mailbox } from "../../provider/resources/mailbox";
import { nameservers } from "../../provider/resources/nameservers";
import { domain } from "../../provider/resources/registration/domain";
import { domainTransfer } from "../../provider/resources/registration/domainTransfer";
import { snapshot } from "../../provider/resources/snapshot";
import { webRedirection } from "../../provider/resources/web/webRedirection";
import { liveDnsRecord } from "../../provider/resources/zone/liveDnsRecord";
import { liveDnsZone } from "../../provider/resources/zone/liveDnsZone";

type Mutable<T> = T extends readonly (infer E)[]
    ? Mutable<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;
/** What a program gives for each property, once all of it is known. */
type Given<A> = { [K in keyof A]-?: Mutable<NonNullable<pulumi.Unwrap<NonNullable<A[K]>>>> };
type Checked<I> = { [K in keyof I]-?: Mutable<NonNullable<I[K]>> };
type InputsOf<D> = D extends { readonly properties: infer P extends Properties } ? GivenOf<P> : never;
type SameKeys<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? unknown : never;
/** `true` where the documented arguments are those that check takes; else a type that `true` is not assignable to. */
type Agrees<A, D> =
    SameKeys<A, InputsOf<D>> extends never
        ? { missing: Exclude<keyof A, keyof InputsOf<D>> | Exclude<keyof InputsOf<D>, keyof A> }
        : Given<A> extends Checked<InputsOf<D>>
          ? true
          : { given: Given<A>; checked: Checked<InputsOf<D>> };

/** A zone's records, however they were given, reach check as a map of RRsets. */
type ZoneAsChecked = Omit<gandi.LiveDnsZoneArgs, "records" | "zoneFile"> & Pick<InputsOf<typeof liveDnsZone>, "rrsets">;

/** The compiler compares them; the run sees that none is left out. */
const agreements: Record<string, true> = {
    [axfrSlave.kind]: true satisfies Agrees<gandi.AxfrSlaveArgs, typeof axfrSlave>,
    [dnssecKey.kind]: true satisfies Agrees<gandi.DnssecKeyArgs, typeof dnssecKey>,
    [domain.kind]: true satisfies Agrees<gandi.DomainArgs, typeof domain>,
    [domainTransfer.kind]: true satisfies Agrees<gandi.DomainTransferArgs, typeof domainTransfer>,
    [emailForward.kind]: true satisfies Agrees<gandi.EmailForwardArgs, typeof emailForward>,
    [emailOffer.kind]: true satisfies Agrees<gandi.EmailOfferArgs, typeof emailOffer>,
    [glueRecord.kind]: true satisfies Agrees<gandi.GlueRecordArgs, typeof glueRecord>,
    [liveDnsDomain.kind]: true satisfies Agrees<gandi.LiveDnsDomainArgs, typeof liveDnsDomain>,
    [liveDnsKey.kind]: true satisfies Agrees<gandi.LiveDnsKeyArgs, typeof liveDnsKey>,
    [liveDnsRecord.kind]: true satisfies Agrees<gandi.LiveDnsRecordArgs, typeof liveDnsRecord>,
    [liveDnsZone.kind]: true satisfies Agrees<ZoneAsChecked, typeof liveDnsZone>,
    [mailbox.kind]: true satisfies Agrees<gandi.MailboxArgs, typeof mailbox>,
    [mailSlot.kind]: true satisfies Agrees<gandi.MailSlotArgs, typeof mailSlot>,
    [nameservers.kind]: true satisfies Agrees<gandi.NameserversArgs, typeof nameservers>,
    [snapshot.kind]: true satisfies Agrees<gandi.SnapshotArgs, typeof snapshot>,
    [webRedirection.kind]: true satisfies Agrees<gandi.WebRedirectionArgs, typeof webRedirection>,
    [tsigKey.kind]: true satisfies Agrees<gandi.TsigKeyArgs, typeof tsigKey>,
};

test("the documented arguments of each resource are those that its check takes", () => {
    expect(Object.keys(agreements).sort()).toEqual(Object.keys(definitions).sort());
});
