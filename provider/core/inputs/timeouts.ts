import { z } from "zod";
import { type Property, remembered } from "../property";
import { organization } from "./inputSchemas";

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Timers of Node.js count milliseconds in 31 bits, and ring at once beyond that. */
const LONGEST = 20 * 24 * 3600;

/**
 * Seconds of a duration that is given in seconds (`600`) or as text (`"90s"`, `"10m"`, `"1h30m"`); undefined if it is none,
 * or longer than 20 days.
 * @internal
 */
export function seconds(duration: number | string): number | undefined {
    if (typeof duration === "number") {
        return duration > 0 && duration <= LONGEST ? duration : undefined;
    }
    const text = duration.trim();
    if (/^\d+(\.\d+)?$/.test(text)) {
        return seconds(Number(text));
    }
    if (!/^(\d+(\.\d+)?[smh])+$/.test(text)) {
        return undefined;
    }
    let sum = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)) {
        sum += Number(amount) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
    }
    return seconds(sum);
}

const expected = 'must be seconds (600) or a duration in h, m and s such as "10m", up to 480h';
const duration = z
    .union([z.number(), z.string()], { error: expected })
    .refine((value) => seconds(value) !== undefined, { error: expected });

/**
 * How long one operation of a resource may take, with all its waiting: seconds, or text such as `"90s"`, `"10m"` or
 * `"1h30m"`; more than 0, up to 20 days (`"480h"`). Each resource says its defaults. What is not done by then is an error;
 * what Gandi has accepted is saved, and the next `up` goes on with it.
 */
export interface Timeouts {
    /** The time of a create. */
    create?: number | string;
    /** The time of an update, and of a read. */
    update?: number | string;
    /** The time of a delete. */
    delete?: number | string;
}

const sameDuration = (old: unknown, wanted: unknown) => seconds(old as string) === seconds(wanted as string);

/** What takes time. @internal */
export type Operation = keyof Timeouts;

/** The inputs that every resource has: they steer us and change nothing at Gandi. @internal */
export const commonProperties = {
    sharingId: remembered(organization.optional()),
    timeouts: timeouts(),
};

function timeouts(): Property<Timeouts | undefined> {
    const given = duration.optional();
    return {
        schema: z.strictObject({ create: given, update: given, delete: given }).optional(),
        parts: {
            create: { consequence: "momentary" },
            // A read takes its time from it.
            update: { consequence: "remember", same: sameDuration },
            delete: { consequence: "remember", same: sameDuration },
        },
    };
}
