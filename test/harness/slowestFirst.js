"use strict";
const { default: Sequencer } = require("@jest/test-sequencer");

/** Tests that run whole engines, then those that start provider processes; the rest fills the gaps. */
const SLOWEST = [
    /test.scenarios./,
    /test.(engine|attack|examples|states)./,
    /test.(resources|functions|package|pages|keeping|cli)./,
];

/** Jest goes by a file's size until it knows how long each takes, and in a fresh clone it knows of none. */
module.exports = class SlowestFirst extends Sequencer {
    sort(tests) {
        const ranked = [...super.sort(tests)];
        const taken = SLOWEST.map((pattern) => ranked.filter(({ path }) => pattern.test(path)));
        return [...new Set([...taken.flat(), ...ranked])];
    }
};
