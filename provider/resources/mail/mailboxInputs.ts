import { z } from "zod";
import { MAILBOX_TYPES } from "../../api/mailboxes";
import {
    momentary,
    optional,
    type Property,
    plainly,
    recordOf,
    remembered,
    setOf,
    spelling,
} from "../../core/property";
import { shown } from "../../dns/dnsErrors";
import { localPart } from "../emailAddress";
import { domainProperty } from "../properties";
import { slotLimits } from "./slotPurchase";

/** Names of before 2023 that Gandi still takes: it answers with the present ones. */
const RENAMED: Readonly<Record<string, string>> = { standard_new: "standard_2023", premium_new: "premium_2023" };

const typeNames = z.enum([...MAILBOX_TYPES, "standard_new", "premium_new"], {
    error: `must be one of ${MAILBOX_TYPES.join(", ")}`,
});
type TypeName = z.output<typeof typeNames>;

/** What a mailbox is paid as. @internal */
export const typeProperty: Property<TypeName> = {
    schema: typeNames,
    normal: (name) => (RENAMED[name] ?? name) as TypeName,
};

/** What is made where the program does not say. @internal */
export const DEFAULT_TYPE = "standard";

/** Guess: that Gandi takes a login in any case for the same, as it does the source of a forward. @internal */
export const loginProperty = spelling(
    (text) => localPart(text).toLowerCase(),
    (text) => {
        const wrong = text.includes("/")
            ? "a slash, which parts the id"
            : text.includes("*")
              ? "a wildcard"
              : undefined;
        return wrong && `${shown(text)} holds ${wrong}`;
    },
);

/** A local part, in which a wildcard may stand first or last, beside at least two characters. */
const aliasProperty = spelling(
    (text) => localPart(text).toLowerCase(),
    (text) =>
        /^(\*?[^*]{2,}|[^*]{2,}\*|[^*])$/.test(text)
            ? undefined
            : `${shown(text)}: a wildcard stands before or after at least two characters, and once`,
);

const HASH = /^\{SHA512-CRYPT\}\$6\$(rounds=\d+\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}$/;

/** What is wrong with a password, without a word of it. */
function passwordProblem(password: string): string | undefined {
    if (password.startsWith("{SHA512-CRYPT}")) {
        return HASH.test(password) ? undefined : "is no hash of SHA512-CRYPT: {SHA512-CRYPT}$6$salt$hash";
    }
    const lacks = [
        ...(password.length < 8 ? ["8 characters"] : []),
        ...(/[A-Z]/.test(password) ? [] : ["a capital letter"]),
        ...(/(\d.*){3}/s.test(password) ? [] : ["3 digits"]),
        ...(/[^A-Za-z0-9]/.test(password) ? [] : ["a character that is neither letter nor digit"]),
    ];
    if (lacks.length > 0) {
        return `is too weak for Gandi: it lacks ${lacks.join(", ")}`;
    }
    return password.length > 200 ? "is longer than 200 characters" : undefined;
}

/** Gandi never reads it back. */
const passwordProperty: Property<string> = {
    schema: z.string(),
    secret: true,
    problems(password, path) {
        const reason = passwordProblem(password);
        return reason === undefined ? [] : [{ path, reason }];
    },
};

const time = z.iso.datetime({ offset: true, error: "is no time in ISO 8601, such as 2026-07-10T18:00:00Z" }).optional();
/** To the second, as Gandi keeps it. */
const sameTime = (one: string, other: string) =>
    Math.floor(Date.parse(one) / 1000) === Math.floor(Date.parse(other) / 1000);
const responderParts = recordOf({
    enabled: { schema: z.boolean() },
    message: { schema: z.string().optional() },
    startsAt: { schema: time, same: sameTime },
    endsAt: { schema: time, same: sameTime },
});
type Responder = z.output<typeof responderParts.schema>;

/** Of one that is off nothing else counts. @internal */
export const responderProperty: Property<Responder> = {
    ...responderParts,
    problems({ enabled, message, startsAt, endsAt }, path) {
        const isMute = enabled && (message ?? "").trim() === "";
        const isBackwards =
            startsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt);
        return [
            ...(isMute ? [{ path: `${path}.message`, reason: "is required where the responder is on" }] : []),
            ...(isBackwards
                ? [{ path: `${path}.endsAt`, reason: `"${endsAt}" is not after startsAt, "${startsAt}"` }]
                : []),
        ];
    },
    same: (old, wanted, all) => (!old.enabled && !wanted.enabled) || responderParts.same!(old, wanted, all),
    spelled: (given, there, others) =>
        !given.enabled && !there.enabled ? given : responderParts.spelled!(given, there, others),
};

const autorenewSchema = z.strictObject({
    enabled: z.boolean(),
    duration: z.union([z.literal(1), z.literal(12)], { error: "must be 1 or 12 months" }).optional(),
});
type Autorenew = z.output<typeof autorenewSchema>;

/** Of what does not renew nothing else counts. @internal */
export const autorenewProperty: Property<Autorenew> = {
    schema: autorenewSchema,
    same: (old, wanted) => !old.enabled && !wanted.enabled,
};

/** @internal */
export const aliasesProperty = setOf(aliasProperty, "alias", z.array(z.string()));

/** @internal */
export const mailboxProperties = {
    domain: domainProperty,
    login: loginProperty,
    type: optional(typeProperty),
    password: optional(passwordProperty),
    aliases: optional(aliasesProperty),
    antispam: optional(plainly(z.boolean())),
    responder: optional(responderProperty),
    autorenew: optional(autorenewProperty),
    slot: momentary(z.enum(["require", "buy"]).default("require")),
    ...slotLimits,
    adopt: momentary(z.boolean().default(false)),
    deletionPolicy: remembered(z.enum(["retain", "delete"]).default("retain")),
};
