import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

const KEY_OCTETS = 32;
const SALT_OCTETS = 8;
const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;
const ITERATIONS = 1_000_000;
/** What the salt string encrypts, so that a wrong passphrase is noticed at once. */
const PROBE = "pulumi";

const deriveKey = promisify(pbkdf2);

/** Deriving a key takes the better part of a second: once for each passphrase and salt. */
const keys = new Map<string, Promise<Buffer>>();

/**
 * Pulumi's passphrase secrets provider: AES-256-GCM under a key that PBKDF2 (SHA-256, 1,000,000 rounds) makes of the
 * passphrase and the stack's salt.
 */
export class PassphraseSecrets {
    private constructor(
        private readonly key: Buffer,
        /** `v1:<salt>:<probe>`: `encryptionsalt` in Pulumi.<stack>.yaml, and in the state. */
        readonly salt: string,
    ) {}

    /** A new salt for a new stack. */
    static async create(passphrase: string): Promise<PassphraseSecrets> {
        const salt = randomBytes(SALT_OCTETS).toString("base64");
        const key = await keyOf(passphrase, salt);
        return new PassphraseSecrets(key, `v1:${salt}:${encrypt(key, PROBE)}`);
    }

    /** @throws when the passphrase is not the one that the salt string was made with. */
    static async open(passphrase: string, saltString: string): Promise<PassphraseSecrets> {
        const [version, salt, ...probe] = saltString.split(":");
        if (version !== "v1" || salt === undefined) {
            throw new Error(`not an encryption salt: ${saltString}`);
        }
        const secrets = new PassphraseSecrets(await keyOf(passphrase, salt), saltString);
        try {
            secrets.decrypt(probe.join(":"));
        } catch {
            throw new Error("incorrect passphrase: PULUMI_CONFIG_PASSPHRASE is not the one this stack was made with");
        }
        return secrets;
    }

    /** `v1:<nonce>:<ciphertext and tag>`, both in base64. */
    encrypt(plaintext: string): string {
        return encrypt(this.key, plaintext);
    }

    decrypt(text: string): string {
        const [version, nonce, sealed] = text.split(":");
        if (version !== "v1" || nonce === undefined || sealed === undefined) {
            throw new Error("not a ciphertext of the passphrase secrets provider");
        }
        const bytes = Buffer.from(sealed, "base64");
        const decipher = createDecipheriv("aes-256-gcm", this.key, Buffer.from(nonce, "base64"));
        decipher.setAuthTag(bytes.subarray(bytes.length - TAG_OCTETS));
        return Buffer.concat([
            decipher.update(bytes.subarray(0, bytes.length - TAG_OCTETS)),
            decipher.final(),
        ]).toString("utf8");
    }
}

function keyOf(passphrase: string, salt: string): Promise<Buffer> {
    const name = JSON.stringify([passphrase, salt]);
    let key = keys.get(name);
    if (key === undefined) {
        key = deriveKey(passphrase, Buffer.from(salt, "base64"), ITERATIONS, KEY_OCTETS, "sha256");
        keys.set(name, key);
    }
    return key;
}

function encrypt(key: Buffer, plaintext: string): string {
    const nonce = randomBytes(NONCE_OCTETS);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}
