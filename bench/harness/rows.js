// @ts-check
"use strict";

/**
 * @typedef {object} Row one line of the table
 * @property {string} figure what was measured
 * @property {number | null} measured null where it could not be
 * @property {string} unit
 * @property {string | null} target such as `at most 5`; null for a figure that only explains another
 * @property {boolean | null} ok null without a target
 *
 * @typedef {object} Benchmark
 * @property {string} name
 * @property {(options: { embedded: boolean }) => Promise<Row[]>} run `embedded`: even where there is a Pulumi CLI
 */

/** Three digits say all that such a measurement knows; a count is shown, and compared, as it is. */
function rounded(value) {
    return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

/**
 * @param {string} figure
 * @param {number} value
 * @param {string} unit
 * @param {number} limit
 * @returns {Row}
 */
function atMost(figure, value, unit, limit) {
    return { figure, measured: rounded(value), unit, target: `at most ${limit}`, ok: value <= limit };
}

/**
 * @param {string} figure
 * @param {number} value
 * @param {string} unit
 * @param {number} limit
 * @returns {Row}
 */
function atLeast(figure, value, unit, limit) {
    return { figure, measured: rounded(value), unit, target: `at least ${limit}`, ok: value >= limit };
}

/**
 * A figure without a target.
 *
 * @param {string} figure
 * @param {number} value
 * @param {string} unit
 * @returns {Row}
 */
function shown(figure, value, unit) {
    return { figure, measured: rounded(value), unit, target: null, ok: null };
}

/** @param {number[]} values an odd number of them */
function median(values) {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

module.exports = { atMost, atLeast, shown, median };
