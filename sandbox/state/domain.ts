import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { SocketAddress } from "node:net";
import { emailOffer } from "./emailOffer";
import type { Contact, ContactRole, Domain, RegistryKey, SigningKey } from "./model";

const YEAR = 365 * 86400_000;

export interface DomainStart {
    fqdn: string;
    organization: string;
    owner: Contact;
    nameservers: string[];
    contacts?: Partial<Record<ContactRole, Contact>>;
    years?: number;
    authinfo?: string;
    resellee?: string;
}

export function newDomain(start: DomainStart, now: number): Domain {
    return {
        id: randomUUID(),
        fqdn: start.fqdn,
        organization: start.organization,
        resellee: start.resellee,
        createdAt: now,
        updatedAt: now,
        endsAt: now + (start.years ?? 1) * YEAR,
        owner: start.owner,
        contacts: start.contacts ?? {},
        autorenew: { enabled: false, duration: 1, org_id: start.organization },
        nameservers: normalNameservers(start.nameservers),
        hosts: new Map(),
        forwards: new Map(),
        emailOffer: emailOffer(),
        slots: [],
        mailboxes: [],
        webRedirections: new Map(),
        dnskeys: [],
        authinfo: start.authinfo ?? newAuthinfo(),
        tags: [],
        status: ["clientTransferProhibited"],
        changeOwner: null,
    };
}

export function newAuthinfo(): string {
    return randomBytes(8).toString("base64url");
}

/** The registry keeps neither the final dot nor the order nor the case of nameservers. */
export function normalNameservers(names: string[]): string[] {
    return [...new Set(names.map((name) => name.toLowerCase().replace(/\.$/, "")))].sort();
}

/** IPv6 as the registry and the AXFR routes print it: eight groups of four digits. */
export function expandedAddress(address: string): string {
    if (!address.includes(":")) {
        return address;
    }
    const { address: canonical } = new SocketAddress({ address, family: "ipv6" });
    const embedded = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(canonical);
    const hex = embedded
        ? embedded[1] +
          [2, 4].map((at) => (Number(embedded[at]) * 256 + Number(embedded[at + 1])).toString(16)).join(":")
        : canonical;
    const [head = "", tail] = hex.split("::");
    const left = head === "" ? [] : head.split(":");
    const right = tail === undefined || tail === "" ? [] : tail.split(":");
    const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
    return [...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join(":");
}

/** The algorithm of all the keys that LiveDNS makes. */
export const ECDSAP256SHA256 = 13;

export function newSigningKey(flags: 256 | 257): SigningKey {
    return { id: randomUUID(), flags, publicKey: newPublicKey(), deleted: false };
}

/** The 64 octets of a P-256 public key as DNSKEY has them, RFC 6605 section 4. */
function newPublicKey(): string {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return publicKey.export({ type: "spki", format: "der" }).subarray(-64).toString("base64");
}

const SHA256 = 2;

/** A DNSKEY's tag (RFC 4034 appendix B) and the SHA-256 digest of its DS record (RFC 4509). */
export function keyTagAndDigest(fqdn: string, flags: number, algorithm: number, publicKey: string) {
    const rdata = Buffer.concat([
        Buffer.from([flags >> 8, flags & 255, 3, algorithm]),
        Buffer.from(publicKey, "base64"),
    ]);
    const sum = rdata.reduce((total, octet, index) => total + (index % 2 === 0 ? octet << 8 : octet), 0);
    const labels = fqdn.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
    const owner = Buffer.concat([...labels, Buffer.from([0])]);
    return {
        tag: (sum + (sum >> 16)) & 0xffff,
        digest: createHash("sha256").update(owner).update(rdata).digest("hex"),
    };
}

/** A key as the registry lists it. Guess: `none` counts as a key-signing key. */
export function registryKey(
    fqdn: string,
    id: number,
    key: Pick<RegistryKey, "algorithm" | "type" | "public_key">,
): RegistryKey {
    const publicKey = key.public_key.replace(/\s+/g, "");
    const { tag, digest } = keyTagAndDigest(fqdn, key.type === "zsk" ? 256 : 257, key.algorithm, publicKey);
    return { id, ...key, public_key: publicKey, keytag: tag, digest, digest_type: SHA256 };
}
