/** LOC (RFC 1876). The value is what its 16 octets on the wire say: sizes there have one digit and a power of ten. */
import { Invalid, shown } from "../dnsErrors";
import type { Fields, RecordType } from "../fields";

/** What the 16 octets say. */
interface Location {
    /** Thousandths of a second of arc; south and west are negative. */
    readonly latitude: number;
    readonly longitude: number;
    /** Centimetres over the WGS 84 reference, from -10000000. */
    readonly altitude: number;
    /** Diameter of a sphere around the place, and the two precisions: centimetres. */
    readonly size: number;
    readonly horizontal: number;
    readonly vertical: number;
}

const DEFAULT_SIZE = 100;
const DEFAULT_HORIZONTAL = 1_000_000;
const DEFAULT_VERTICAL = 1_000;

const LOWEST = -10_000_000;
const HIGHEST = 2 ** 32 - 1 + LOWEST;
/** As BIND takes them; what is stored is 9e9, as of any size that starts with a 9. */
const LARGEST_SIZE = 9_999_999_999;

/** A decimal number as a whole number of its smallest part: `1.5` with 2 places is 150. */
function scaled(what: string, text: string, places: number, offset: number): number {
    const match = new RegExp(`^([+-]?)(?=\\.?\\d)(\\d*)(?:\\.(\\d{0,${places}}))?$`).exec(text);
    if (!match) throw new Invalid(`${what} is ${shown(text)}: it is a number with ${places} decimals at most`, offset);
    const value = Number(match[2]) * 10 ** places + Number((match[3] ?? "").padEnd(places, "0"));
    return match[1] === "-" && value !== 0 ? -value : value;
}

function angle(fields: Fields, what: string, degreesMax: number, positive: string, negative: string): number {
    const offset = fields.offset;
    let value = fields.integer(`the degrees of ${what}`, degreesMax) * 3_600_000;
    const isSign = () => /^[A-Z]$/.test(fields.peek()?.text ?? "");
    if (!isSign()) value += fields.integer(`the minutes of ${what}`, 59) * 60_000;
    if (!isSign()) {
        const seconds = scaled(`the seconds of ${what}`, fields.word(`the seconds of ${what}`), 3, fields.offset);
        if (seconds < 0 || seconds >= 60_000) throw new Invalid(`the seconds of ${what} are 60 or more`, offset);
        value += seconds;
    }
    if (value > degreesMax * 3_600_000) throw new Invalid(`${what} is more than ${degreesMax} degrees`, offset);
    const sign = fields.word(`${positive} or ${negative}`);
    if (sign !== positive && sign !== negative) {
        throw new Invalid(`${what} ends with ${positive} or ${negative}, not ${shown(sign)}`, offset);
    }
    return sign === positive || value === 0 ? value : -value;
}

function metres(fields: Fields, what: string, min: number, max: number): number {
    const offset = fields.offset;
    const text = fields.word(what);
    const centimetres = scaled(what, text.replace(/m$/i, ""), 2, offset);
    if (centimetres < min || centimetres > max) {
        throw new Invalid(`${what} is ${shown(text)}: it is from ${min / 100}m to ${max / 100}m`, offset);
    }
    return centimetres;
}

/** Keeps the first digit, as the wire does (RFC 1876, section 2). */
function size(fields: Fields, what: string, absent: number): number {
    if (fields.left === 0) return absent;
    const value = metres(fields, what, 0, LARGEST_SIZE);
    const unit = 10 ** Math.max(0, String(value).length - 1);
    return Math.floor(value / unit) * unit;
}

function printAngle(value: number, positive: string, negative: string): string {
    const rest = Math.abs(value);
    const seconds = `${Math.floor((rest / 1000) % 60)}.${String(rest % 1000).padStart(3, "0")}`;
    return `${Math.floor(rest / 3_600_000)} ${Math.floor(rest / 60_000) % 60} ${seconds} ${value < 0 ? negative : positive}`;
}

function printMetres(value: number): string {
    const rest = Math.abs(value);
    const part = rest % 100 === 0 ? "" : `.${String(rest % 100).padStart(2, "0")}`;
    return `${value < 0 ? "-" : ""}${Math.floor(rest / 100)}${part}m`;
}

/** Its normal text. */
export function locationText({ latitude, longitude, altitude, size, horizontal, vertical }: Location): string {
    const lengths = [altitude, size, horizontal, vertical].map(printMetres);
    return [printAngle(latitude, "N", "S"), printAngle(longitude, "E", "W"), ...lengths].join(" ");
}

export const LOC: RecordType = {
    example: '"48 51 30.120 N 2 17 40.200 E 35m 1m 10000m 10m"',
    normal: (fields) =>
        locationText({
            latitude: angle(fields, "the latitude", 90, "N", "S"),
            longitude: angle(fields, "the longitude", 180, "E", "W"),
            altitude: metres(fields, "the altitude", LOWEST, HIGHEST),
            size: size(fields, "the size", DEFAULT_SIZE),
            horizontal: size(fields, "the horizontal precision", DEFAULT_HORIZONTAL),
            vertical: size(fields, "the vertical precision", DEFAULT_VERTICAL),
        }),
};
