import { UsageError } from "../command";

const DAY = 86_400_000;

/** A day in UTC, as `YYYY-MM-DD`. */
export function dayOf(time: number | string): string {
    return new Date(time).toISOString().slice(0, 10);
}

/** Whole days from now until then, negative for what is past. */
export function daysUntil(time: string, now: number): number {
    return Math.floor((Date.parse(time) - now) / DAY);
}

/** `in 12 days`, `today`, `3 days ago`. */
export function distance(days: number): string {
    if (days === 0) return "today";
    const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`;
    return days > 0 ? `in ${count}` : `${count} ago`;
}

/** A day. @throws UsageError where it is none */
export function readDay(option: string, text: string): string {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time) || dayOf(time) !== text) {
        throw new UsageError(`${option} ${text}: is no date, such as 2027-01-31`);
    }
    return text;
}

/** The end of a time from now, such as `60d` or `8w`, or the begin of a day. @throws UsageError */
export function readBefore(option: string, text: string, now: number): number {
    const [, count, unit] = /^(\d{1,4})([dw])$/.exec(text) ?? [];
    return count === undefined ? Date.parse(readDay(option, text)) : now + Number(count) * (unit === "w" ? 7 : 1) * DAY;
}
