// @ts-check
"use strict";
/**
 * What the provider process of a large stack needs at most. A run has a process of its own, so what creates and what
 * refreshes are measured one by one; beside them the same with a provider that does nothing, which the SDK's process
 * needs in any case.
 */
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { ProviderProcess } = require("../dist/engine");
const { pointer, resourceType } = require("../dist/provider/core/program/pointer");
const { startSandbox } = require("../dist/sandbox");
const { root } = require("../scripts/step");
const { nothingPointer } = require("./harness/programs");
const { atMost, shown } = require("./harness/rows");
const { rrsets, ZONE } = require("./harness/rrsets");

const COUNT = 10_000;
/** Calls at a time, about as many as an engine makes. */
const PARALLEL = 32;
const MEGABYTE = 1_000_000;
const LIMIT = 200;

/** The most megabytes that a process has had in memory; where the system does not keep that, what it has now. */
function residentMegabytes(pid) {
    if (process.platform === "linux") {
        const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
        return (Number(kibibytes) * 1024) / MEGABYTE;
    }
    return (Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024) / MEGABYTE;
}

/** Calls `work` for each item, so many at a time. */
async function forEach(items, work) {
    const left = [...items];
    const worker = async () => {
        for (let item = left.pop(); item !== undefined; item = left.pop()) {
            await work(item);
        }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** The most megabytes that a fresh provider process of a sandbox has needed for a run. */
async function memoryOf(sandbox, run) {
    const provider = await ProviderProcess.start({
        programDir: join(root, "examples", "quickstart"),
        config: {
            "gandi:url": sandbox.url,
            "gandi:personalAccessToken": sandbox.token,
            "gandi:requestsPerMinute": "1000000",
        },
    });
    try {
        await run(provider);
        return residentMegabytes(provider.pid);
    } finally {
        await provider.close();
    }
}

/** Creates all the resources in one process, and reads them in another, as an `up` and a refresh do. */
async function lives(kind, __provider, resources) {
    const sandbox = await startSandbox({ zones: { [ZONE]: "" } });
    const urn = (name) => `urn:pulumi:stack::project::${resourceType(kind)}::${name}`;
    const made = [];
    try {
        const creating = await memoryOf(sandbox, (provider) =>
            forEach(resources, async ({ name, args }) => {
                const { inputs, failures } = await provider.check(urn(name), {}, { ...args, __provider });
                if (failures.length > 0) {
                    throw new Error(`${name}: ${failures.map(({ reason }) => reason).join("; ")}`);
                }
                made.push({ name, inputs, ...(await provider.create(urn(name), inputs)) });
            }),
        );
        const reading = await memoryOf(sandbox, (provider) =>
            forEach(made, ({ name, id, inputs, outputs }) => provider.read(urn(name), id, outputs, inputs)),
        );
        return { creating, reading };
    } finally {
        await sandbox.close();
    }
}

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "memory",
    async run() {
        const all = rrsets(COUNT);
        const records = all.map((rrset) => ({ name: rrset.name, args: { domain: ZONE, ...rrset } }));
        const entries = all.map(({ name, type, ttl, values }) => [`${name} ${type}`, { ttl, values }]);
        const zone = [{ name: "zone", args: { domain: ZONE, rrsets: Object.fromEntries(entries), exclusive: true } }];

        const ofRecords = await lives("LiveDnsRecord", pointer("LiveDnsRecord"), records);
        const ofZone = await lives("LiveDnsZone", pointer("LiveDnsZone"), zone);
        const nothings = await lives("LiveDnsRecord", nothingPointer, records);
        const bigNothing = await lives("LiveDnsZone", nothingPointer, zone);
        return [
            atMost("memory of the provider that creates 10,000 LiveDnsRecords", ofRecords.creating, "MB", LIMIT),
            atMost("memory of the provider that refreshes them", ofRecords.reading, "MB", LIMIT),
            shown("the same of one that does nothing: creates", nothings.creating, "MB"),
            shown("the same of one that does nothing: refreshes", nothings.reading, "MB"),
            atMost("memory of the provider that creates a LiveDnsZone of 10,000 RRsets", ofZone.creating, "MB", LIMIT),
            atMost("memory of the provider that refreshes it", ofZone.reading, "MB", LIMIT),
            shown("the same of one that does nothing: creates", bigNothing.creating, "MB"),
            shown("the same of one that does nothing: refreshes", bigNothing.reading, "MB"),
        ];
    },
};
