// @ts-check
"use strict";
const { domainToASCII } = require("node:url");
const { OperationLog } = require("./operation");

const DOMAIN = "example.com";

/**
 * @typedef {object} Scene
 * @property {import("./terminal").Terminal} terminal
 * @property {import("./engine").DemoStack} stack
 * @property {import("../../dist/sandbox").Sandbox} sandbox
 */

/** A step that did not do what it claims. */
class BrokenClaim extends Error {
    constructor(message, log) {
        super(message);
        this.log = log;
    }
}

/** Tells the whole story. Throws BrokenClaim at the first claim that is not true. @param {Scene} scene */
async function tell(scene) {
    const { terminal, stack, sandbox } = scene;
    const started = Date.now();
    terminal.print();
    terminal.print(`  ${terminal.bold("pulumi-gandi")}: a domain and its DNS, from the first preview to destroy`);
    terminal.print();
    for (const [heading, text] of [
        ["engine   ", stack.engine],
        ["Gandi    ", `a sandbox on this machine, ${sandbox.url}: no account, no money`],
        ["program  ", "examples/quickstart/index.ts"],
    ]) {
        terminal.line(text, { label: terminal.dim(heading) });
    }

    await preview(scene);
    const declared = await up(scene);
    await secondPreview(scene);
    await drift(scene);
    await repair(scene, declared);
    await expiredToken(scene);
    await destroy(scene, declared);

    terminal.print();
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    terminal.print(`  ${terminal.green("All of it verified against the sandbox's own state.")} ${seconds} s in all.`);
    terminal.print(`  ${terminal.dim("Read examples/quickstart/index.ts next, then README.md for your own domain.")}`);
    terminal.print();
}

async function preview(scene) {
    const step = await perform(scene, "What would happen, and what does it cost?", "pulumi preview", (stack, options) =>
        stack.preview(options),
    );
    showCreated(scene.terminal, step.log.changes);
    step.claim(step.log.changes.length > 0, "the preview shows what would be created");
    step.claim(
        step.progress.some((line) => /\d+\.\d\d EUR/.test(line)),
        "the preview shows the price",
    );
    step.claim(step.writes().length === 0, "a preview writes nothing");
    step.verified(`Nothing was ordered or written: Gandi was asked ${step.reads().length} times, and told nothing`);
}

async function up(scene) {
    const { sandbox, terminal } = scene;
    const step = await perform(scene, "Order the domain, fill its zone", "pulumi up", (stack, options) =>
        stack.up(options),
    );
    showCreated(terminal, step.log.changes);
    const records = step.log.changes.filter(({ kind }) => kind === "LiveDnsRecord");
    step.claim(sandbox.state.domain(DOMAIN) !== undefined, `${DOMAIN} is registered`);
    step.claim(sandbox.state.orders(DOMAIN).length === 1, "there was exactly one order");
    step.claim(records.length >= 12, "a dozen records were created");
    for (const record of records) {
        step.claim(isInZone(sandbox, record), `${record.name} is in the zone as declared`);
    }
    step.verified(`One order, and ${records.length} RRsets in the zone, each as declared`);
    return records;
}

async function secondPreview(scene) {
    const command = "pulumi preview --expect-no-changes";
    const step = await perform(scene, "And again: nothing to do", command, (stack, options) =>
        stack.preview({ ...options, expectNoChanges: true }),
    );
    step.claim(step.log.changes.length === 0, "a second preview is empty");
    step.claim(step.requests().length === 0, "a preview of what exists asks Gandi nothing");
    step.verified("No change, and not one request");
}

async function drift(scene) {
    const { sandbox, terminal } = scene;
    const stranger = { name: "www", type: "A", ttl: 3600, values: ["203.0.113.66"] };
    const command = "pulumi preview --refresh --run-program";
    const before = scene.stack.state();
    const step = await perform(
        scene,
        "Somebody edits a record behind its back",
        command,
        (stack, options) => stack.preview({ ...options, refresh: true, runProgram: true }),
        () => {
            sandbox.setRRset(DOMAIN, stranger);
            terminal.line(`(in Gandi's web interface: www A is now ${stranger.values[0]})`, { paint: terminal.yellow });
        },
    );
    showUpdated(terminal, step.log.changes);
    step.claim(
        step.log.changes.map(({ op, name }) => `${op} ${name}`).join() === "update www A" &&
            step.log.changes[0]?.fields.map(({ field }) => field).join() === "values",
        "exactly that field of that record is shown as changed",
    );
    step.claim(step.writes().length === 0 && scene.stack.state() === before, "a preview changes nothing");
    step.verified("One field of one record, nothing else");
}

async function repair(scene, declared) {
    const { sandbox, terminal } = scene;
    const command = "pulumi up --refresh --run-program";
    const step = await perform(scene, "Repair it", command, (stack, options) =>
        stack.up({ ...options, refresh: true, runProgram: true }),
    );
    showUpdated(terminal, step.log.changes);
    step.claim(step.log.changes.length === 1, "one resource was updated");
    step.claim(step.writes().length === 1, "the repair is one request");
    for (const record of declared) {
        step.claim(isInZone(sandbox, record), `${record.name} is in the zone as declared`);
    }
    const [{ method, path } = { method: "", path: "" }] = step.writes();
    step.verified(`One request (${method} ${path}); the zone is as declared`);
}

async function expiredToken(scene) {
    const { sandbox, stack, terminal } = scene;
    const before = stack.state();
    const step = await perform(
        scene,
        "The token expires: nothing is taken for gone",
        "pulumi preview --refresh --run-program",
        (stack, options) => stack.preview({ ...options, refresh: true, runProgram: true }),
        () => sandbox.editToken("first", { status: "expired" }),
        "fails",
    );
    sandbox.editToken("first", { status: "valid" });
    const [message = ""] = step.log.errors;
    terminal.line(message.replace(/^Preview failed: /, ""), { label: terminal.red("error: ") });
    step.claim(
        /401/.test(message) && /personalAccessToken/.test(message),
        "the error says what to check, and where the token came from",
    );
    step.claim(step.log.changes.length === 0, "an expired token plans nothing");
    step.claim(stack.state() === before, "the state is what it was");
    step.verified("The run failed, planned nothing and left the state as it was");
}

async function destroy(scene, declared) {
    const { sandbox, terminal } = scene;
    const step = await perform(scene, "Take it down again", "pulumi destroy", (stack, options) =>
        stack.destroy(options),
    );
    const { changes } = step.log;
    const records = changes.filter(({ kind }) => kind === "LiveDnsRecord");
    showNames(terminal, terminal.red("-"), "LiveDnsRecord", records);
    for (const { kind, name } of changes.filter(({ kind }) => kind === "Domain")) {
        terminal.line(`${name} [retain]: it is paid for, and stays yours`, {
            label: label(terminal.yellow("="), kind),
        });
    }
    step.claim(
        changes.some(({ kind, isRetained }) => kind === "Domain" && isRetained),
        "the engine retains the domain",
    );
    step.claim(sandbox.state.domain(DOMAIN) !== undefined, `${DOMAIN} is still registered`);
    for (const record of declared) {
        step.claim(!isInZone(sandbox, record), `${record.name} is gone from the zone`);
    }
    step.claim(sandbox.state.orders(DOMAIN).length === 1, "there was one order in all");
    step.verified(`${records.length} RRsets are gone, the domain is there, one order in all`);
}

/**
 * Runs one operation as a step of the story.
 *
 * @param {Scene} scene
 * @param {string} title
 * @param {string} command what it would be on a command line
 * @param {(stack: any, options: object) => Promise<unknown>} operation
 * @param {() => void} [before] what happens first, outside of Pulumi
 * @param {"succeeds" | "fails"} [expected]
 */
async function perform({ terminal, stack, sandbox }, title, command, operation, before, expected = "succeeds") {
    stack.signal.throwIfAborted();
    steps += 1;
    terminal.heading(steps, title, command);
    before?.();
    sandbox.clearRequests();
    const progress = [];
    const log = new OperationLog((line) => {
        if (line.startsWith(`${DOMAIN}: `) && !progress.includes(line)) {
            progress.push(line);
            terminal.line(line, { paint: terminal.dim });
        }
    });
    const started = Date.now();
    terminal.spin();
    /** @type {Error | undefined} */
    let failure;
    try {
        await operation(stack.stack, {
            signal: stack.signal,
            onEvent: (event) => log.add(event),
            onOutput: (text) => {
                log.output += text;
            },
        });
    } catch (error) {
        failure = /** @type {Error} */ (error);
    }
    terminal.settle();
    const milliseconds = Date.now() - started;
    const claim = (holds, what) => {
        if (!holds) {
            throw new BrokenClaim(`This does not hold: ${what} (step ${steps}, ${command})`, log.output);
        }
    };
    stack.signal.throwIfAborted();
    if (failure !== undefined && expected === "succeeds") {
        throw new BrokenClaim(`${command} failed`, log.errors.join("\n") || log.output || failure.message);
    }
    claim(failure !== undefined || expected === "succeeds", "the command fails");
    const requests = () => sandbox.requests();
    return {
        log,
        progress,
        claim,
        requests,
        reads: () => requests().filter(({ method }) => method === "GET"),
        writes: () => requests().filter(({ method }) => method !== "GET"),
        verified: (text) => terminal.verified(text, milliseconds),
    };
}

let steps = 0;

/** Whether the zone holds a record just as it was declared. */
function isInZone(sandbox, { inputs }) {
    const { sameRRset } = require("../../dist/provider/dns");
    const there = sandbox.state
        .zone(DOMAIN)
        ?.rrsets.find(({ name, type }) => type === inputs.type && name === asciiName(inputs.name));
    return (
        there !== undefined && there.ttl === inputs.ttl && sameRRset(inputs.type, there.values, inputs.values, DOMAIN)
    );
}

/** Labels in the form of the DNS. `*` and `_` are no characters of a host name, and have no other form. */
function asciiName(name) {
    return name
        .split(".")
        .map((label) => (/^[\x21-\x7e]*$/.test(label) ? label : domainToASCII(label)))
        .join(".");
}

function showCreated(terminal, changes) {
    const created = changes.filter(({ op }) => op === "create");
    for (const kind of new Set(created.map(({ kind }) => kind))) {
        showNames(
            terminal,
            terminal.green("+"),
            kind,
            created.filter((change) => change.kind === kind),
        );
    }
}

function showNames(terminal, sign, kind, changes) {
    const names = changes.map(({ name }) => name.replaceAll(" ", "\u00a0")).sort();
    terminal.line(names.join(", "), { label: label(sign, kind) });
}

/** Kinds stand in one column. */
function label(sign, kind) {
    return `${sign} ${kind.padEnd("LiveDnsRecord".length)}  `;
}

function showUpdated(terminal, changes) {
    for (const { kind, name, fields } of changes) {
        for (const { field, from, to } of fields) {
            terminal.line(
                `${name}  ${field}: ${terminal.red(JSON.stringify(from))} → ${terminal.green(JSON.stringify(to))}`,
                { label: label(terminal.yellow("~"), kind) },
            );
        }
    }
}

module.exports = { tell };
