// @ts-check
"use strict";
const { stripVTControlCharacters, styleText } = require("node:util");

const WIDTH = 92;
const INDENT = "     ";
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 120;

/** Whether to colour what goes to a stream: https://no-color.org, https://force-color.org. */
function wantsColour(stream) {
    const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
    if (NO_COLOR) {
        return false;
    }
    return FORCE_COLOR ? FORCE_COLOR !== "0" : Boolean(stream.isTTY) && TERM !== "dumb";
}

/** Writes the demo's page: headings, what happened, what was verified, and a spinner where somebody watches. */
class Terminal {
    /** @param {NodeJS.WriteStream} stream */
    constructor(stream) {
        this.stream = stream;
        this.isWatched = Boolean(stream.isTTY) && process.env.TERM !== "dumb";
        const colour = wantsColour(stream);
        /** @param {Parameters<typeof styleText>[0]} style */
        const paint = (style) => (text) => (colour ? styleText(style, text, { validateStream: false }) : text);
        this.bold = paint("bold");
        this.dim = paint("dim");
        this.red = paint("red");
        this.green = paint("green");
        this.yellow = paint("yellow");
        this.cyan = paint("cyan");
        /** @type {NodeJS.Timeout | undefined} */
        this.spinner = undefined;
    }

    print(text = "") {
        this.clearLine();
        this.stream.write(`${text}\n`);
    }

    /** A step's first line: its number, its title and the command that it stands for. */
    heading(number, title, command) {
        this.print();
        const gap = " ".repeat(Math.max(2, WIDTH - 3 - title.length - command.length - 2));
        this.print(`  ${this.bold(this.cyan(String(number)))}  ${this.bold(title)}${gap}${this.dim(`$ ${command}`)}`);
    }

    /** What happened, folded to the width of the page, beside its label. */
    line(text, { paint = (plain) => plain, label = "" } = {}) {
        const margin = " ".repeat(visibleLength(label));
        for (const [index, part] of fold(text, WIDTH - INDENT.length - margin.length).entries()) {
            this.print(`${INDENT}${index === 0 ? label : margin}${paint(part)}`);
        }
    }

    /** What was verified, and how long the step took. */
    verified(claim, milliseconds) {
        const [first = "", ...rest] = fold(claim, WIDTH - INDENT.length - 12);
        const time = `${(milliseconds / 1000).toFixed(1)} s`;
        const gap = " ".repeat(Math.max(2, WIDTH - INDENT.length - 2 - first.length - time.length));
        this.print(`${INDENT}${this.green("✓")} ${first}${gap}${this.dim(time)}`);
        for (const part of rest) {
            this.print(`${INDENT}  ${part}`);
        }
    }

    failure(error) {
        this.print();
        this.print(`${INDENT}${this.red("✗")} ${this.bold(error.message)}`);
        if (error.log) {
            this.print(error.log.trimEnd().replace(/^/gm, `${INDENT}${this.dim("│")} `));
        }
        this.print();
    }

    /** Shows that something is under way, until `settle`. */
    spin() {
        if (!this.isWatched) {
            return;
        }
        const since = Date.now();
        this.spinner = setInterval(() => {
            const passed = Date.now() - since;
            const frame = FRAMES[Math.floor(passed / FRAME_MS) % FRAMES.length];
            this.stream.write(`\r\x1b[2K${INDENT}${this.dim(`${frame} ${Math.floor(passed / 1000)} s`)}`);
        }, FRAME_MS);
    }

    settle() {
        clearInterval(this.spinner);
        this.clearLine();
        this.spinner = undefined;
    }

    clearLine() {
        if (this.spinner !== undefined) {
            this.stream.write("\r\x1b[2K");
        }
    }
}

/** The number of columns that a text takes, without its colours. */
function visibleLength(text) {
    return stripVTControlCharacters(text).length;
}

/** Breaks a text at its spaces, but not at those that bind (U+00A0). */
function fold(text, width) {
    const lines = [""];
    for (const word of text.split(" ")) {
        const last = lines[lines.length - 1] ?? "";
        if (last !== "" && visibleLength(last) + 1 + visibleLength(word) > width) {
            lines.push(word);
        } else {
            lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
        }
    }
    return lines.map((line) => line.replaceAll("\u00a0", " "));
}

module.exports = { Terminal };
