// @ts-check
"use strict";
const { isDeepStrictEqual } = require("node:util");

/**
 * @typedef {import("@pulumi/pulumi/automation").EngineEvent} EngineEvent
 * @typedef {object} Change what an operation does, or would do, to a resource
 * @property {string} op
 * @property {string} kind such as LiveDnsRecord
 * @property {string} name such as `www A`
 * @property {Record<string, any>} inputs
 * @property {boolean} isRetained the engine forgets the resource, and deletes nothing
 * @property {{ field: string, from: unknown, to: unknown }[]} fields what an update changes
 */

const OURS = /^pulumi-nodejs:dynamic\/gandi:(\w+)$/;

/** What one operation of an engine did, gathered from its events: the same on the Pulumi CLI and on the embedded engine. */
class OperationLog {
    /** @param {(line: string) => void} onProgress gets the provider's lines as they come */
    constructor(onProgress) {
        /** @type {Change[]} */
        this.changes = [];
        /** @type {string[]} */
        this.errors = [];
        this.output = "";
        this.onProgress = onProgress;
    }

    /** @param {EngineEvent} event */
    add({ resourcePreEvent, diagnosticEvent }) {
        if (resourcePreEvent !== undefined) {
            const [, kind] = OURS.exec(resourcePreEvent.metadata.type) ?? [];
            if (kind !== undefined && !["same", "refresh"].includes(resourcePreEvent.metadata.op)) {
                this.changes.push(changeOf(kind, resourcePreEvent.metadata));
            }
        }
        if (diagnosticEvent?.severity === "info") {
            this.onProgress(diagnosticEvent.message.trim());
        }
        if (diagnosticEvent?.severity === "error" && diagnosticEvent.urn) {
            this.errors.push(diagnosticEvent.message.trim());
        }
    }
}

/**
 * @param {string} kind
 * @param {import("@pulumi/pulumi/automation/events").StepEventMetadata} step
 * @returns {Change}
 */
function changeOf(kind, { op, old, new: fresh }) {
    const state = fresh ?? old;
    const inputs = state?.inputs ?? {};
    const name = kind === "LiveDnsRecord" ? `${inputs.name} ${inputs.type}` : (inputs.fqdn ?? inputs.domain);
    const [before, after] = op === "update" ? [old?.inputs ?? {}, fresh?.inputs ?? {}] : [{}, {}];
    return {
        op,
        kind,
        name,
        inputs,
        isRetained: op === "delete" && state?.retainOnDelete === true,
        fields: Object.keys({ ...before, ...after })
            .filter((key) => !isDeepStrictEqual(before[key], after[key]))
            .map((field) => ({ field, from: before[field], to: after[field] })),
    };
}

module.exports = { OperationLog };
