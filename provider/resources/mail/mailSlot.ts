import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { undefinedOn } from "../../api/errors";
import { unlessGoneFromDomain } from "../../api/gone";
import { deleteMailSlot, getMailSlot, type MailSlot as Listed, listMailSlots } from "../../api/mailSlots";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import { Failure } from "../../core/failures";
import type { Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, plainly, remembered } from "../../core/property";
import { domainProperty } from "../properties";
import { buySlot, inTurnOfSlots } from "./buySlot";
import { slotLimits, slotPurchaseProblems } from "./slotPurchase";

/** The inputs of a {@link MailSlot}. */
export interface MailSlotArgs {
    /** The registered domain, e.g. `example.com`. Its mail must be that of the Email API. Another domain is another slot. */
    domain: Input<string>;
    /**
     * What mailboxes it can take. Those of 2023 are sold today: `standard_2023` has 10 GB, `premium_2023` 50 GB. Another
     * type is another slot.
     */
    type: Input<"standard" | "premium" | "standard_2023" | "premium_2023">;
    /** Months that it is bought for, 1 or 12; counts at the order only. Required to buy it. */
    duration?: Input<1 | 12>;
    /** Whether it renews by itself after that, for as many months; counts at the order only. Default: false. */
    autorenew?: Input<boolean>;
    /**
     * The most that it may cost for all its months, taxes included. Required to buy it, here: `gandi:maxPrice` is for
     * domains, and does not count.
     */
    maxPrice?: Input<number>;
    /** The only currency that it may be priced in. Default: the account's. */
    currency?: Input<"EUR" | "USD" | "GBP" | "TWD" | "CNY">;
    /**
     * The id of a slot that is there and is to be this resource's, as {@link getMailSlots} gives it (in digits): none is
     * bought. It may stay in the program; another slot's id replaces the resource. Default: a new slot.
     */
    adopt?: Input<string>;
    /**
     * The ids of the slots of this type that are there, and beside which another one is to be bought. Only counts when it
     * is. Default: none.
     */
    alongside?: Input<readonly Input<string>[]>;
    /**
     * `retain` keeps the slot when the resource is destroyed; `delete` gives it back, for the money that Gandi pays back,
     * where an earlier run had it said. Default: `retain`.
     */
    deletionPolicy?: Input<"retain" | "delete">;
    /** The organisation that owns the domain and pays (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link MailSlot.get} may be told beside the id. */
export type MailSlotState = Partial<MailSlotArgs>;

const TYPES = ["standard", "premium", "standard_2023", "premium_2023"] as const;
type Type = (typeof TYPES)[number];

const slotId = z.string().regex(/^\d+$/, "is no id of a slot, which is a number: getMailSlots lists them");

/** One that was bought and does not show yet has an id alone. */
interface Seen {
    readonly id: string;
    readonly slot?: Listed;
}

/** @internal */
export const mailSlot = define({
    kind: "MailSlot",
    properties: {
        domain: domainProperty,
        type: plainly(z.enum(TYPES)),
        ...slotLimits,
        autorenew: momentary(z.boolean().default(false)),
        adopt: {
            schema: slotId.optional(),
            consequence: "replace",
            optional: true,
            // Only another slot's id is another slot: which one was adopted, or that none was, is history.
            same: (_old, wanted, { old }) => wanted === undefined || wanted === old.slotId,
        },
        alongside: momentary(z.array(slotId).default([])),
        deletionPolicy: remembered(z.enum(["retain", "delete"]).default("retain")),
    },
    id: ["domain"],
    given: { name: "slotId", of: (seen: Seen | undefined, { adopt }) => seen?.id ?? adopt },
    idLike: "domain/id, with the number that the API gives it",
    livesIn: "domain",
    identity: ["domain", "type"],
    declaredAs: ["domain", "adopt"],
    marks: ({ domain, type }) => `${domain} ${type}`,
    irreplaceable: true,
    outputs: ["capacity", "createdAt", "expiresAt"],
    changing: ["expiresAt"],

    problems: ({ adopt, alongside = [] }) =>
        adopt !== undefined && alongside.includes(adopt)
            ? [{ path: "alongside", reason: "names the slot of adopt: it is this resource's, or it stands beside" }]
            : [],

    /** What it costs, and whether it may be there already. */
    async preflight(ctx, inputs, { open, isReplacement }) {
        const { domain, type, adopt, alongside = [] } = inputs as typeof inputs & { domain: string; type: Type };
        if (open.has("adopt")) {
            return [];
        }
        if (adopt !== undefined) {
            await adopted(ctx, domain, type, adopt);
            return [];
        }
        const isOther = (id: string) => alongside.includes(id) || ctx.isDeclared("MailSlot", `${domain}/${id}`);
        const others =
            open.has("alongside") || isReplacement ? [] : (await alike(ctx, domain, type)).filter(unless(isOther));
        const { problems } = await slotPurchaseProblems(ctx, { ...inputs, domain, type }, open);
        return others.length === 0
            ? problems
            : [{ path: "", reason: refusal(domain, type, others), code: "which-one" }, ...problems];
    },

    observe: async (ctx, { domain, slotId: id }) => seenAs(await read(ctx, domain, id)),

    /**
     * Bought only where none of its type is there that may be the one of a run that was killed, free or in use: nothing but
     * the program can tell them apart.
     */
    async ensure(ctx, want, { prior, unfinished, isReplaced, isGone, isTaken }) {
        const { domain, type, adopt, alongside } = want;
        if (prior !== undefined) {
            const there = await read(ctx, domain, prior.slotId);
            if (there === undefined && !unfinished) {
                throw new Failure(
                    "removed-meanwhile",
                    `${domain}: the slot ${prior.slotId} is gone: run \`pulumi up --refresh\` to buy another`,
                );
            }
            return seenAs(there) ?? { id: prior.slotId };
        }
        if (adopt !== undefined) {
            return seenAs(await adopted(ctx, domain, type, adopt))!;
        }
        return inTurnOfSlots(ctx, domain, async () => {
            const before = await listMailSlots(ctx.client, domain);
            const isOther = (id: string) => {
                const whole = `${domain}/${id}`;
                return alongside.includes(id) || isReplaced(whole) || isGone(whole) || isTaken(whole);
            };
            const others = before.filter(isOf(type)).filter(unless(isOther));
            if (others.length > 0) {
                throw new Failure("which-one", refusal(domain, type, others));
            }
            return { id: await buySlot(ctx, want, before, isOther) };
        });
    },

    async converge(ctx, { domain }, { id }) {
        const there = await ctx.until(() => read(ctx, domain, id), {
            done: (slot) => slot !== undefined,
            describe: () => `${domain}: waiting for the slot ${id} to be listed`,
        });
        return seenAs(there)!;
    },

    describe: ({ slot }, { capacity, createdAt, expiresAt }) => ({
        inputs: slot === undefined ? {} : { type: typeOf(slot) },
        outputs: {
            capacity: slot?.capacity ?? capacity,
            createdAt: slot?.created_at ?? createdAt,
            expiresAt: slot?.expires_at ?? expiresAt,
        },
    }),

    /** Refused while a mailbox has it: that one would lose its place, and its mail. */
    async remove(ctx, { domain, slotId: id, deletionPolicy }) {
        if (deletionPolicy !== "delete") {
            ctx.log(`${domain}: the slot ${id} stays, and goes on to cost what it costs (deletionPolicy is "retain")`);
            return;
        }
        await inTurnOfSlots(ctx, domain, async () => {
            const there = await read(ctx, domain, id);
            if (there === undefined) {
                return;
            }
            const { status, refundable, refund_amount: refund, refund_currency: currency } = there;
            if (status === "active" || refundable !== true) {
                const reason = status === "active" ? "a mailbox has it" : "Gandi pays nothing back for it";
                throw new Failure(
                    "slot-stays",
                    `${domain}: the slot ${id} is not given back, as ${reason}. ` +
                        'Keep it with deletionPolicy: "retain", set in an `up` before this one',
                );
            }
            const back = refund ? `${refund.toFixed(2)} ${currency ?? ""}`.trim() : "an amount that it does not say";
            ctx.log(`${domain}: the slot ${id} is given back; Gandi pays back ${back}`);
            await unlessGoneFromDomain(ctx.client, domain, deleteMailSlot(ctx.client, domain, id));
            await ctx.until(() => read(ctx, domain, id), {
                done: (slot) => slot === undefined,
                describe: () => `${domain}: waiting for the slot ${id} to be given back`,
            });
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const slots = await listMailSlots(client, domain);
            return slots.map((slot) => ({ at: { domain, adopt: String(slot.id) }, seen: seenAs(slot)! }));
        }),
});

const isOf =
    (type: Type) =>
    ({ mailbox_type }: Listed) =>
        mailbox_type === type;
const unless =
    (isOther: (id: string) => boolean) =>
    ({ id }: Listed) =>
        !isOther(String(id));
/** One of before 2023 that came free has a type that no program can ask for. */
const typeOf = ({ mailbox_type }: Listed) => TYPES.find((type) => type === mailbox_type) ?? null;

function seenAs(slot: Listed): Seen;
function seenAs(slot: Listed | undefined): Seen | undefined;
function seenAs(slot: Listed | undefined): Seen | undefined {
    return slot && { id: String(slot.id), slot };
}

function read({ client }: Context, domain: string, id: string) {
    return unlessGoneFromDomain(client, domain, getMailSlot(client, domain, id));
}

/** A domain that is not to be seen yet has none: it may be made by the same run. */
async function alike({ client }: Context, domain: string, type: Type): Promise<Listed[]> {
    const slots = await undefinedOn(listMailSlots(client, domain, { shared: true }), "invisible", "notFound");
    return (slots ?? []).filter(isOf(type));
}

async function adopted(ctx: Context, domain: string, type: Type, id: string): Promise<Listed> {
    const there = await read(ctx, domain, id);
    if (there === undefined) {
        throw new Failure("not-found", `${domain} has no slot ${id}: getMailSlots lists those that can be adopted`);
    }
    if (there.mailbox_type !== type) {
        throw new Failure(
            "already-there",
            `${domain}: the slot ${id} is of type ${there.mailbox_type}, not of ${type}`,
        );
    }
    return there;
}

/** Why no slot is bought beside these, and the ways out. */
function refusal(domain: string, type: Type, others: readonly Listed[]): string {
    const ids = others.map(({ id }) => String(id));
    const listed = others.map(({ id, status }) => `${id} (${status === "active" ? "in use" : "free"})`).join(", ");
    return (
        `${domain} has ${ids.length === 1 ? "a slot" : `${ids.length} slots`} of type ${type} that this program does not declare: ` +
        `${listed}. One of them may be this resource's, bought by a run that was killed, so none is bought. ` +
        "If this resource had another name or place in the program, give it `aliases`. " +
        `If one is to be its own: adopt: "${ids[0]}". If another is to be bought beside them: alongside: ${JSON.stringify(ids)}`
    );
}

/**
 * A place for one mailbox of the Email API, which is paid for some months. Its id is `domain/id`, with the number that the
 * API gives it.
 *
 * **Bought** with one `POST /v5/email/slots/{domain}`, for which there is no dry run, and which is never repeated blindly;
 * done when `GET …/{slot_id}` shows it. Preview shows the price (`GET /v5/mailbox/products`), and fails without `maxPrice`
 * or above it, where no price can be read, where `gandi:purchases` is `forbid`, and where all the orders of the run would
 * cost more than `gandi:maxTotal`. Another `domain` or `type` replaces it, which buys another.
 *
 * Slots are told apart by their ids alone. So none is bought while the domain has one of this type that the program does
 * not declare, free or in use: it may be the one that a killed run has bought. `adopt` takes it, and `alongside` buys
 * another beside it.
 *
 * Destroying the resource keeps the slot, unless an earlier run was told `deletionPolicy: "delete"` (`DELETE`, for which
 * Gandi pays back what the message says): that fails while a mailbox has it, and where nothing is paid back.
 * @example
 * new gandi.MailSlot("slot", { domain: "example.com", type: "standard_2023", duration: 12, maxPrice: 12 });
 */
export class MailSlot extends GandiResource {
    /** @internal */
    static override readonly definition = mailSlot;

    /** Reads a slot that is there, without managing it. `id` is `domain/id`, e.g. `example.com/123`. */
    static get(name: string, id: Input<ID>, state?: MailSlotState, opts?: CustomResourceOptions): MailSlot {
        return new MailSlot(name, state as MailSlotArgs, getOptions(id, opts));
    }

    /** Whether a value is a MailSlot, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is MailSlot;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** What mailboxes it can take. */
    declare public readonly type: Output<string>;
    /** MB. */
    declare public readonly capacity: Output<number | undefined>;
    /** When it was made: ISO 8601, UTC. */
    declare public readonly createdAt: Output<string | undefined>;
    /** When it ends, and its mailbox with it: ISO 8601, UTC. */
    declare public readonly expiresAt: Output<string | undefined>;

    /** Buys a place for a mailbox, or takes over one that exists (`adopt`). */
    constructor(name: string, args: MailSlotArgs, opts?: CustomResourceOptions) {
        super(...registration(mailSlot, name, args, opts));
        foretellDefaults(this, mailSlot, args, opts);
    }
}
