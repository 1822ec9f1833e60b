import { z } from "zod";

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration that is given in seconds (`600`) or as text (`"90s"`, `"10m"`, `"1h30m"`); undefined if it is none. */
export function seconds(duration: number | string): number | undefined {
    if (typeof duration === "number") {
        return duration > 0 && Number.isFinite(duration) ? duration : undefined;
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

const duration = z
    .union([z.number(), z.string()])
    .refine((value) => seconds(value) !== undefined, { error: 'must be seconds (600) or a duration such as "10m"' });

/** How long an operation of one resource may take: seconds, or text such as `"10m"`. */
export interface Timeouts {
    create?: number | string;
    update?: number | string;
    delete?: number | string;
}

/** The inputs that every resource has. */
export const commonInputs = {
    sharingId: z.string().min(1).optional(),
    timeouts: z
        .strictObject({ create: duration.optional(), update: duration.optional(), delete: duration.optional() })
        .optional(),
};

/** How changes of the common inputs are taken: both steer us and change nothing at Gandi. */
export const commonFields = {
    sharingId: { consequence: "record" },
    timeouts: { consequence: "record" },
} as const;
