import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import type { ListOptions } from "../api/client";
import { GandiError, undefinedOn } from "../api/errors";
import { unlessGoneFromDomain } from "../api/gone";
import { createMailbox, deleteMailbox, getMailbox, listMailboxes, patchMailbox } from "../api/mailboxes";
import { codeOf } from "../core/codes";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { lookForEffect } from "../core/doing/lateEffect";
import { makeOne } from "../core/doing/makeOne";
import { Failure, messageOf, PartlyMade } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { derived, foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { normalOf, type Problem } from "../core/property";
import { addressPlace } from "./mail/addressPlace";
import { aliasesProperty, DEFAULT_TYPE, loginProperty, mailboxProperties, typeProperty } from "./mail/mailboxInputs";
import { changeTo, type MailboxInputs, type Seen, settingsOf } from "./mail/mailboxSettings";
import { inSlot, type SlotNeed, slotProblems } from "./mail/slots";
import { domainProperty } from "./properties";

/** An out-of-office reply. */
export interface ResponderArgs {
    /** Whether it is on. Of one that is off nothing else counts. */
    enabled: Input<boolean>;
    /** What it answers. Required where it is on. */
    message?: Input<string>;
    /** From when on, ISO 8601, e.g. `2026-07-10T18:00:00Z`. Default: at once. */
    startsAt?: Input<string>;
    /** Until when, ISO 8601, after `startsAt`. Default: until it is switched off. */
    endsAt?: Input<string>;
}

/** Automatic renewal of a mailbox. */
export interface MailboxAutorenewArgs {
    /** Whether it renews by itself, at Gandi's price of that day. */
    enabled: Input<boolean>;
    /** Months that it renews for, 1 or 12. Default: as it is at Gandi. */
    duration?: Input<1 | 12>;
}

/** The inputs of a {@link Mailbox}. */
export interface MailboxArgs {
    /** The registered domain, e.g. `example.com`. Its mail must be that of the Email API. It never changes. */
    domain: Input<string>;
    /** What stands before the `@`: `alice`, in any case. It never changes: another login is another resource. */
    login: Input<string>;
    /**
     * 8 to 200 characters with a capital letter, 3 digits and one that is neither letter nor digit; or a hash,
     * `{SHA512-CRYPT}$6$…`. Required to make a mailbox, and always kept as a secret. Of one that exists it is set only where
     * the stack knows the password of an earlier run, and the program now has another: never by `adopt` or an import.
     */
    password?: Input<string>;
    /**
     * What it is paid as. Another type needs a slot of that type that is free. Default: `standard` for one that is made,
     * and not managed from then on.
     */
    type?: Input<"standard" | "premium" | "standard_2023" | "premium_2023" | "standard_new" | "premium_new">;
    /**
     * Other local parts that reach it, in any order: `info`, `sales*`. A `*` stands before or after at least two
     * characters. An empty list removes them all. Default: not managed.
     */
    aliases?: Input<readonly Input<string>[]>;
    /** Whether it is protected against spam. Default: not managed. */
    antispam?: Input<boolean>;
    /** Its out-of-office reply. Default: not managed. */
    responder?: Input<ResponderArgs>;
    /** Whether it renews by itself. Default: not managed. */
    autorenew?: Input<MailboxAutorenewArgs>;
    /**
     * Whether a slot may be bought for it. `require` takes one that is free, or fails; `buy` buys one of its `type` where
     * none is free, within `maxPrice`, when it is made and for another `type`. Default: `require`.
     */
    slot?: Input<"require" | "buy">;
    /** Months that a slot is bought for, 1 or 12; counts then only. Required to buy one. */
    duration?: Input<1 | 12>;
    /**
     * The most that a slot may cost for all its months, taxes included. Required to buy one, here: `gandi:maxPrice` is for
     * domains, and does not count.
     */
    maxPrice?: Input<number>;
    /** The only currency that a slot may be priced in. Default: the account's. */
    currency?: Input<"EUR" | "USD" | "GBP" | "TWD" | "CNY">;
    /**
     * Take over a mailbox that exists: its mail and its password stay, and what is given of the rest is set. Default: false,
     * which makes one that exists an error.
     */
    adopt?: Input<boolean>;
    /**
     * `retain` keeps the mailbox when the resource is destroyed; `delete` deletes it **with all its mail**, for ever, where an
     * earlier run had it said. Default: `retain`.
     */
    deletionPolicy?: Input<"retain" | "delete">;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link Mailbox.get} may be told beside the id. */
export type MailboxState = Partial<MailboxArgs>;

/** One that was accepted and is not listed yet has an id alone. */
interface There {
    readonly id: string;
    readonly seen?: Seen;
}

type Wanted = Pick<MailboxInputs, "domain" | "login"> & Partial<MailboxInputs>;

/** For how long what was accepted may not show before it is asked for again, in seconds. */
const ASK_AGAIN_AFTER = 60;

/** @internal */
export const mailbox = define({
    kind: "Mailbox",
    properties: mailboxProperties,
    id: ["domain", "login"],
    declaredAs: ["domain", "login", "aliases"],
    declares: ({ domain, login, aliases = [] }) => [
        {
            title: `Mailbox ${domain}/${login}`,
            places: [login, ...aliases].map((local) => addressPlace(domain, local)),
        },
    ],
    idLike: "domain/login, e.g. example.com/alice",
    livesIn: "domain",
    irreplaceable: true,
    outputs: ["mailboxId", "expiresAt"],
    changing: ["expiresAt"],

    problems({ domain, login, aliases = [] }, { prior }) {
        const own = aliases.indexOf(String(login));
        return [
            ...another("domain", prior?.domain, domain),
            ...another("login", prior?.login, login),
            ...(own < 0 ? [] : [{ path: `aliases[${own}]`, reason: `"${login}" is the login itself` }]),
        ];
    },

    /** Whether it is to be made or taken over, and whether a slot is there for it. */
    async preflight(ctx, inputs, { open, isReplacement }) {
        const { domain, login, password, adopt } = inputs as Wanted;
        const listing = listMailboxes(ctx.client, domain, { shared: true });
        const mailboxes = await unlessGoneFromDomain(ctx.client, domain, listing);
        if (mailboxes === undefined) {
            return [{ path: "domain", reason: otherMail(domain), code: "not-found" }];
        }
        const there = ownOf(mailboxes, login);
        const problems: Problem[] = [];
        if (there !== undefined && !adopt && !open.has("adopt") && !isReplacement) {
            return [{ path: "", reason: isThere(inputs as Wanted), code: "already-there" }];
        }
        if (there !== undefined && !open.has("aliases")) {
            await tellOfLostAliases(ctx, inputs as Wanted);
        }
        if (there === undefined && password === undefined && !open.has("password")) {
            problems.push({ path: "password", reason: missingPassword(inputs as Wanted) });
        }
        const type = inputs.type ?? (there === undefined ? DEFAULT_TYPE : undefined);
        if (type !== undefined && !open.has("type")) {
            problems.push(...(await problemsOfSlot(ctx, needOf(inputs as Wanted, type), there, open)));
        }
        return problems;
    },

    /** Another type needs a slot of it, before anything is changed. */
    async preflightUpdate(ctx, inputs, prior) {
        const { domain, login, type } = inputs as Wanted;
        if (type === undefined || type === prior.type) {
            return [];
        }
        const there = await listed(ctx, { domain, login });
        return there === undefined ? [] : problemsOfSlot(ctx, needOf(inputs as Wanted, type), there, new Set());
    },

    /** By its login, as one that somebody made anew has another id; the rest only where it is managed. */
    observe: (ctx, at) => find(ctx, at, { shared: true }),

    /**
     * One that is there keeps its mail and its password: that is sent only where the state has an older one. Each of the two
     * goes alone, as neither a password that was set nor a slot that was taken can be told from what shows later.
     */
    async ensure(ctx, want, { prior, unfinished }) {
        const { domain, login, type, password, adopt } = want;
        const address = addressOf(want);
        const there = await listed(ctx, want);
        if (there === undefined) {
            if (prior !== undefined && !unfinished) {
                throw new Failure(
                    "removed-meanwhile",
                    `${address} is gone: run \`pulumi up --refresh\` to have a mailbox there again, an empty one`,
                );
            }
            return create(ctx, want, unfinished);
        }
        if (prior === undefined) {
            if (!adopt) {
                throw new Failure("already-there", isThere(want));
            }
            ctx.log(`${address}: taken over with its mail; its password stays as it is, and none is sent`);
        } else if (password !== undefined && prior.password === undefined) {
            ctx.log(`${address}: its password stays as it is, as the stack knows no earlier one: none is sent`);
        }
        if (type !== undefined && type !== typeOf(there)) {
            await changeType(ctx, want, there, unfinished);
        }
        if (password !== undefined && prior?.password !== undefined && prior.password !== password) {
            await patchMailbox(ctx.client, domain, there.id, { password });
            ctx.log(`${address}: the password ${login} logs in with has been changed`);
        }
        return { id: there.id };
    },

    /** Waits until it is listed; then sets all that differs at once, and again what of it did not come about. */
    async converge(ctx, want, made) {
        try {
            return await settled(ctx, want);
        } catch (error) {
            throw new PartlyMade(codeOf(error), messageOf(error), made);
        }
    },

    describe: ({ id, seen }, want) => ({
        inputs: {
            ...(seen && settingsOf(want, seen)),
            // One of before 2023 is of a type that no program can ask for.
            ...(seen && want.type && { type: asType(seen.mailbox_type) }),
        },
        outputs: { mailboxId: id, expiresAt: seen?.expires_at ?? want.expiresAt },
    }),

    /** Only what the state says for certain: another mailbox may have been made under this address since. */
    async remove(ctx, have) {
        const { domain, deletionPolicy, mailboxId } = have;
        const address = addressOf(have);
        if (deletionPolicy !== "delete") {
            ctx.log(`${address}: stays at Gandi with its mail (deletionPolicy is "retain")`);
            return;
        }
        const there = await listed(ctx, have);
        if (there === undefined) {
            return;
        }
        if (there.id !== mailboxId) {
            throw new Failure(
                "delete-in-doubt",
                `${address} is not deleted: the mailbox there (${there.id}) is not known to be the one of this stack` +
                    `${mailboxId === undefined ? "" : ` (${mailboxId})`}. Run \`pulumi up --refresh\` first, and delete it then`,
            );
        }
        await undefinedOn(deleteMailbox(ctx.client, domain, there.id), "notFound", "invisible");
        await ctx.until(() => listed(ctx, have), {
            done: (seen) => seen === undefined,
            describe: () => `${address}: waiting for the mailbox to be deleted`,
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const mailboxes = await listMailboxes(client, domain);
            return mailboxes.map((seen) => ({
                at: { domain, login: normalOf(loginProperty, seen.login) },
                seen: { id: seen.id, seen },
            }));
        }),
});

const addressOf = ({ domain, login }: Pick<Wanted, "domain" | "login">) => `${login}@${domain}`;
const typeOf = ({ mailbox_type }: Seen) => normalOf(typeProperty, mailbox_type as MailboxInputs["type"] & string);
const asType = (name: string) => (typeProperty.schema.safeParse(name).success ? (name as MailboxInputs["type"]) : null);

const isThere = (at: Wanted) =>
    `the mailbox ${addressOf(at)} is there already. Set adopt: true to take it over, with its mail and its password`;
const otherMail = (domain: string) =>
    `${domain} has no mail of Gandi's Email API: it has none at Gandi, or that of the Mailbox API`;
const missingPassword = (at: Wanted) =>
    `is required: there is no mailbox ${addressOf(at)} yet, and one is made with a password`;

function another(path: "domain" | "login", old: string | undefined, wanted: string | undefined): Problem[] {
    if (old === undefined || wanted === undefined || old === wanted) {
        return [];
    }
    const reason = `can't change from ${old} to ${wanted}: a mailbox with its mail has no other address. Declare the other one as another resource`;
    return [{ path, reason }];
}

function needOf({ domain, slot, duration, maxPrice, currency, autorenew }: Wanted, type: string): SlotNeed {
    return { domain, type, slot, duration, maxPrice, currency, autorenew: autorenew?.enabled };
}

/** @param there what would take the slot; undefined where it is to be made */
async function problemsOfSlot(ctx: Context, need: SlotNeed, there: Seen | undefined, open: ReadonlySet<string>) {
    return there !== undefined && typeOf(there) === need.type ? [] : slotProblems(ctx, need, open);
}

/** What the list says of it. */
async function listed({ client }: Context, { domain, login }: Pick<Wanted, "domain" | "login">, how?: ListOptions) {
    return ownOf(await listMailboxes(client, domain, how), login);
}

function ownOf(mailboxes: readonly Seen[], login: string): Seen | undefined {
    return mailboxes.find((mailbox) => normalOf(loginProperty, mailbox.login) === login);
}

/** Mail to an alias that goes is refused from then on, or caught by somebody else. */
async function tellOfLostAliases(ctx: Context, want: Wanted): Promise<void> {
    const { aliases } = want;
    const there = aliases && (await find(ctx, want, { shared: true }));
    const lost = normalOf(aliasesProperty, there?.seen?.aliases ?? []).filter((alias) => !aliases?.includes(alias));
    if (lost.length > 0) {
        const shown = ctx.unlessSecret(["aliases"], lost.join(", "));
        ctx.log(`${addressOf(want)}: it is taken over, and aliases that the program does not name go: ${shown}`);
    }
}

async function find(ctx: Context, at: Wanted, how?: ListOptions): Promise<There | undefined> {
    const { domain, aliases, responder } = at;
    const entry = await listed(ctx, at, how);
    if (entry === undefined || (aliases === undefined && responder === undefined)) {
        return entry && { id: entry.id, seen: entry };
    }
    const whole = await undefinedOn(getMailbox(ctx.client, domain, entry.id), "notFound");
    if (whole === undefined) {
        // A list that is shared may be some seconds old.
        return how?.shared === true ? find(ctx, at) : undefined;
    }
    return { id: entry.id, seen: { ...entry, ...whole } };
}

/**
 * Made with one POST, which is never repeated blindly: what became of it shows in the list.
 * @param isAgain whether an earlier run may have done so
 */
async function create(ctx: Context, want: MailboxInputs, isAgain: boolean): Promise<There> {
    const { domain, login, password, aliases, type = DEFAULT_TYPE } = want;
    if (password === undefined) {
        throw new Failure("invalid-input", `password: ${missingPassword(want)}`);
    }
    const made = { login, mailbox_type: type, password, ...(aliases === undefined ? {} : { aliases }) };
    const make = () =>
        makeOne<Seen, string>(ctx, {
            what: `the mailbox ${addressOf(want)}`,
            before: [],
            idOf: ({ id }) => id,
            send: () => createMailbox(ctx.client, domain, made, { repeat: "unconnected" }),
            list: () => listMailboxes(ctx.client, domain),
            isLike: (other) => normalOf(loginProperty, other.login) === login,
            take: ({ id }) => id,
            advice: "Look which one is meant",
        });
    try {
        return await inSlot<There>(ctx, needOf(want, type), {
            isAgain,
            async refuseTaken() {
                if ((await listed(ctx, want)) !== undefined) {
                    throw new Failure("already-there", isThere(want));
                }
            },
            take: async () => ({ id: await make() }),
            show: async (made) => {
                try {
                    await ctx.until(() => listed(ctx, want), {
                        done: (seen) => seen !== undefined,
                        describe: () => `${addressOf(want)}: waiting for the mailbox to be listed`,
                    });
                } catch (error) {
                    throw new PartlyMade(codeOf(error), messageOf(error), made);
                }
            },
        });
    } catch (error) {
        if (error instanceof PartlyMade) {
            throw error;
        }
        // The next run finds it, and knows by this state that it is no stranger's.
        throw codeOf(error) === "outcome-unknown" ? new PartlyMade("outcome-unknown", messageOf(error)) : error;
    }
}

/** In a slot of the other type, which is free or bought. */
function changeType(ctx: Context, want: MailboxInputs, there: Seen, isAgain: boolean): Promise<void> {
    const type = want.type!;
    const isChanged = async () => {
        const now = await listed(ctx, want);
        return now !== undefined && typeOf(now) === type;
    };
    return inSlot(ctx, needOf(want, type), {
        isAgain,
        async refuseTaken() {
            if (await isChanged()) {
                throw new Failure("changed-meanwhile", `${addressOf(want)} is of type ${type} now: run again`);
            }
        },
        take: () => askForType(ctx, want, there),
        show: async () => {
            await ctx.until(isChanged, {
                done: (is) => is,
                describe: () => `${addressOf(want)}: waiting for its type to be changed`,
            });
        },
    });
}

/** Asked for once, as it takes a slot: what became of it shows in the list. */
async function askForType(ctx: Context, want: MailboxInputs, there: Seen): Promise<void> {
    const { domain } = want;
    const type = want.type!;
    try {
        await patchMailbox(ctx.client, domain, there.id, { mailbox_type: type });
    } catch (error) {
        if (!GandiError.is(error, "rateLimited") && !GandiError.mayHaveWorked(error)) {
            throw error;
        }
        const { seen } = await lookForEffect(ctx, {
            look: async () => {
                const now = await listed(ctx, want);
                return now !== undefined && typeOf(now) === type ? now : undefined;
            },
            looking: `${addressOf(want)}: looking whether its type was changed`,
            atLeast: GandiError.is(error, "rateLimited") ? error.retryAfter : undefined,
        });
        if (seen === undefined) {
            throw error;
        }
    }
}

async function settled(ctx: Context, want: MailboxInputs): Promise<There> {
    const { domain, type } = want;
    const { clock } = ctx.client;
    let asked: { parts: number; at: number } | undefined;
    const missing = ({ seen }: There) => Object.keys(changeTo(want, seen!));
    const isOfType = ({ seen }: There) => type === undefined || typeOf(seen!) === type;
    const shown = await ctx.until(
        async () => {
            const there = await find(ctx, want);
            const parts = there === undefined ? 0 : missing(there).length;
            // Some of it shows and some does not: whether Gandi takes several things at once was never recorded.
            const isDue =
                asked === undefined || parts < asked.parts || clock.now() - asked.at >= ASK_AGAIN_AFTER * 1000;
            if (there !== undefined && parts > 0 && isDue) {
                await patchMailbox(ctx.client, domain, there.id, changeTo(want, there.seen!));
                asked = { parts, at: clock.now() };
            }
            return there;
        },
        {
            done: (there) => there !== undefined && missing(there).length === 0 && isOfType(there),
            describe: (there) =>
                there === undefined
                    ? `${addressOf(want)}: waiting for the mailbox to be listed`
                    : `${addressOf(want)}: waiting for ${[...missing(there), ...(isOfType(there) ? [] : ["type"])].join(", ")} to be changed`,
        },
    );
    return shown!;
}

/**
 * A mailbox of the Email API, whose mail is never harmed. Its id is `domain/login`, the login in lower case.
 *
 * Made with one `POST /v5/email/mailboxes/{domain}`, which is never repeated blindly, in a slot of its type that is paid and
 * free (`GET /v5/email/slots/{domain}`). Where there is none, preview says so; with `slot: "buy"` it shows the price, and one
 * is bought within `maxPrice` (see {@link MailSlot}). A run that was killed after it has left a free slot, which the next takes. It is done when the
 * list (`GET`) shows it, and `PATCH …/{mailbox_id}` has set the rest. What is not given is not managed.
 *
 * Nothing replaces it: another `domain` or `login` is an error. One that exists is taken over with `adopt` only, with its
 * mail and its password. Destroying the resource keeps the mailbox, unless an earlier run was told `deletionPolicy: "delete"`
 * (`DELETE`, with all its mail; its slot is free then).
 * @example
 * new gandi.Mailbox("alice", {
 *     domain: "example.com",
 *     login: "alice",
 *     password: config.requireSecret("alicesPassword"),
 *     aliases: ["sales", "info*"],
 * });
 */
export class Mailbox extends GandiResource {
    /** @internal */
    static override readonly definition = mailbox;

    /** Reads a mailbox that is there, without managing it. `id` is `domain/login`, e.g. `example.com/alice`. */
    static get(name: string, id: Input<ID>, state?: MailboxState, opts?: CustomResourceOptions): Mailbox {
        return new Mailbox(name, state as MailboxArgs, getOptions(id, opts));
    }

    /** Whether a value is a Mailbox, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is Mailbox;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** What stands before the `@`, as given. */
    declare public readonly login: Output<string>;
    /** Its id at Gandi (a UUID). */
    declare public readonly mailboxId: Output<string>;
    /** When it ends, ISO 8601 in UTC. */
    declare public readonly expiresAt: Output<string | undefined>;
    /** The whole address, e.g. `alice@example.com`. */
    public readonly address: Output<string>;

    /** Makes a mailbox in a free slot, or takes over one that exists (`adopt`). */
    constructor(name: string, args: MailboxArgs, opts?: CustomResourceOptions) {
        super(...registration(mailbox, name, args, opts));
        foretellDefaults(this, mailbox, args, opts);
        // Made here from what is known in preview: as an output of the provider it would be unknown on every update.
        this.address = derived(
            [this.domain, this.login],
            (domain, login) => `${normalOf(loginProperty, login)}@${normalOf(domainProperty, domain)}`,
        );
    }
}
