import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { createDnsKey, type DnsKey, deleteDnsKey, listDnsKeys } from "../../api/dnskeys";
import { unlessGoneFromDomain } from "../../api/gone";
import { define } from "../../core/define";
import { atRegistry } from "../../core/doing/atRegistry";
import { inEach } from "../../core/doing/inEach";
import { wholeNumber } from "../../core/inputs/inputSchemas";
import type { Timeouts } from "../../core/inputs/timeouts";
import { PENDING_OUTPUTS } from "../../core/process/pending";
import { GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { plainly, spelling } from "../../core/property";
import { holdsPrivateKey, PRIVATE_KEY } from "../../dns/privateKey";
import { domainProperty } from "../properties";
import { find, findExactly, isKey, keyText, unlisted } from "./listedKeys";
import { signedBy } from "./signedBy";

/** The inputs of a {@link DnssecKey}. A change of any of the first four makes another key, the new one before the old one goes. */
export interface DnssecKeyArgs {
    /** The registered domain, e.g. `example.com`. It must be in the account. */
    domain: Input<string>;
    /** 0 to 255, of IANA's DNS Security Algorithm Numbers: 8 is RSASHA256, 13 ECDSAP256SHA256, 15 ED25519. */
    algorithm: Input<number>;
    /** `ksk`: a key-signing key (flags 257); `zsk`: a zone-signing key (256); `none` where the registry makes no difference. */
    type: Input<"ksk" | "zsk" | "none">;
    /**
     * The public key in Base64, the last field of the DNSKEY record. White space and padding do not count. A digest, a
     * whole DNSKEY record or a private key is refused.
     */
    publicKey: Input<string>;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 15 min each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link DnssecKey.get} may be told beside the id. */
export type DnssecKeyState = Partial<DnssecKeyArgs>;

const outputs = ["keyTag", "digest", "digestType", ...PENDING_OUTPUTS];

/** @internal */
export const dnssecKey = define({
    kind: "DnssecKey",
    properties: {
        domain: domainProperty,
        algorithm: plainly(wholeNumber(0, 255)),
        type: plainly(z.enum(["ksk", "zsk", "none"])),
        publicKey: spelling(keyText, keyProblem),
    },
    id: ["domain"],
    given: { name: "keyId", of: (seen?: DnsKey) => seen?.id },
    idLike: "domain/key id, e.g. example.com/1234",
    livesIn: "domain",
    identity: ["domain", "algorithm", "type", "publicKey"],
    // The same key material with other flags is refused beside itself; any other key comes before the old one goes.
    deleteBeforeReplace: "type",
    declaredAs: ["domain", "publicKey"],
    declares: ({ domain, publicKey }) => [{ title: `DnssecKey ${domain}/${publicKey}`, places: [signedBy(domain)] }],
    marks: ({ domain, publicKey }) => `${domain} ${publicKey}`,
    irreplaceable: true,
    outputs,
    // The digest of a key that is not listed yet is a guess.
    changing: outputs,
    timeouts: { create: 900, update: 900, delete: 900 },

    /** Whoever finds this key by itself may know it under the id of `unlisted`, too. */
    alsoDeclares({ domain, algorithm, type, publicKey }) {
        if (domain === undefined || algorithm === undefined || type === undefined || publicKey === undefined) {
            return [];
        }
        const { id } = unlisted({ domain, algorithm, type, publicKey });
        return [{ kind: "DnssecKey", id: `${domain}/${id}` }];
    },

    /** From the list, the only place where keys show. */
    observe: async ({ client }, at) => find(await listDnsKeys(client, at.domain, { shared: true }), at),

    /** `POST`, unless the key is there: a key is the same whoever added it. */
    async ensure(ctx, want) {
        const { domain, algorithm, type, publicKey } = want;
        const key = { algorithm, type, public_key: publicKey };
        let listed: readonly DnsKey[] = [];
        const there = await atRegistry(ctx, domain, {
            async look() {
                listed = await listDnsKeys(ctx.client, domain);
                return findExactly(listed, want);
            },
            done: (seen) => seen !== undefined,
            send: () => createDnsKey(ctx.client, domain, key),
            // Where no key of the list is in the way, it is this one that was accepted before.
            conflict: () => (listed.some((other) => isKey(other, domain, publicKey)) ? "refused" : "accepted"),
            waiting: "waiting for the registry to show the DNSSEC key",
        });
        return there!;
    },

    describe: ({ algorithm, type, public_key, keytag, digest, digest_type }) => ({
        inputs: { algorithm, type: type as "ksk" | "zsk" | "none", publicKey: public_key },
        outputs: { keyTag: keytag, digest, digestType: digest_type },
    }),

    pending: { inputs: ["algorithm", "type", "publicKey"], expected: unlisted },

    async remove(ctx, have) {
        const { client } = ctx;
        const { domain } = have;
        await atRegistry(ctx, domain, {
            look: async () => find(await listDnsKeys(client, domain), have),
            done: (there) => there === undefined,
            notYet: async (there) =>
                there === undefined ? "the registry has accepted it and does not list it yet" : undefined,
            send: (there) => unlessGoneFromDomain(client, domain, deleteDnsKey(client, domain, there!.id)),
            waiting: "waiting for the DNSSEC key to go from the registry",
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const keys = await listDnsKeys(client, domain);
            return keys.map((seen) => ({ at: { domain }, seen }));
        }),
});

function keyProblem(publicKey: string): string | undefined {
    const text = publicKey.replace(/\s+/g, "");
    const [, whole] = /^\s*\d+\s+3\s+\d+\s+(\S+)/.exec(publicKey) ?? [];
    if (whole !== undefined) {
        return `holds flags, protocol and algorithm too: write the key alone, "${whole.slice(0, 12)}…"`;
    }
    if ([publicKey, text].some((given) => holdsPrivateKey(Buffer.from(given)) || holdsPrivateKey(decoded(given)))) {
        return PRIVATE_KEY;
    }
    if (DIGEST.test(text)) {
        return "is the digest of a DS record, it seems: write the public key of the DNSKEY record";
    }
    const digits = text.replace(/={0,2}$/, "");
    return /^[A-Za-z0-9+/]+$/.test(digits) && digits.length % 4 !== 1 ? undefined : "is no base64, or cut off";
}

/** Of SHA-1, SHA-256 or SHA-384 in hexadecimal, which is base64 too. */
const DIGEST = /^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96})$/i;

function decoded(base64: string): Buffer {
    return Buffer.from(base64, "base64");
}

/**
 * A DNSSEC key of a domain at its registry, which publishes a DS record of it: for zones that are signed by other
 * nameservers than Gandi's, or by LiveDNS with keys of one's own.
 *
 * Its id is `domain/key id`; the key is found again by its public key, or by the digest of its DS record. Added with
 * `POST /v5/domain/domains/{domain}/dnskeys`, removed with `DELETE …/dnskeys/{id}`. The registry carries both out
 * later: the resource is done when `GET …/dnskeys` shows it, and removed when that no longer does. One that is there
 * already is taken as it is.
 *
 * Another `domain`, `algorithm`, `type` or `publicKey` replaces it, the new key before the old one goes: for a
 * roll-over declare both until the TTL of the old DS record has passed.
 *
 * A key that the registry has accepted and does not list within the time limit is `pending`, which is a success: preview
 * shows no change, `up` adds nothing twice, and a refresh does not take it for gone. Its id is `domain/unlisted-…` until a
 * refresh finds it in the list; key tag and digest are computed. After 48 hours a refresh fails, and the next `up` asks
 * again. A removal that does not show in time is a failure, to be run again: what signs the zone stays until it shows.
 * @example
 * new gandi.DnssecKey("ksk", {
 *     domain: "example.com", algorithm: 13, type: "ksk",
 *     publicKey: "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
 * });
 */
export class DnssecKey extends GandiResource {
    /** @internal */
    static override readonly definition = dnssecKey;

    /** Reads a key that is there, without managing it. `id` is `domain/key id`; look-ups list the ids. */
    static get(name: string, id: Input<ID>, state?: DnssecKeyState, opts?: CustomResourceOptions): DnssecKey {
        return new DnssecKey(name, state as DnssecKeyArgs, getOptions(id, opts));
    }

    /** Whether a value is a DnssecKey, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is DnssecKey;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** The algorithm's number. */
    declare public readonly algorithm: Output<number>;
    /** `ksk`, `zsk` or `none`. */
    declare public readonly type: Output<string>;
    /** The public key, as given; undefined for `get` where the API leaves it out. */
    declare public readonly publicKey: Output<string | undefined>;
    /** The key tag of the DS record, 0 to 65535. */
    declare public readonly keyTag: Output<number>;
    /** The digest of the DS record, in hexadecimal. */
    declare public readonly digest: Output<string>;
    /** The digest's type, 0 to 255: 2 is SHA-256. */
    declare public readonly digestType: Output<number>;
    /** Whether the registry has accepted the key and does not list it yet; undefined where it does. */
    declare public readonly pending: Output<boolean | undefined>;
    /** Since when it is pending, ISO 8601 in UTC. */
    declare public readonly pendingSince: Output<string | undefined>;

    /** Gives the registry a DNSSEC key of a domain. */
    constructor(name: string, args: DnssecKeyArgs, opts?: CustomResourceOptions) {
        super(...registration(dnssecKey, name, args, opts));
    }
}
