import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { forewarn } from "../../provider/core/program/forewarn";
import { definitions } from "../../provider/resources/kinds";
import { everyKind } from "../harness/everyKind";

let warn: jest.SpyInstance;

/** A program of its own for each test: none declares what another one does. */
function newProgram(): Promise<void> {
    return pulumi.runtime.setMocks(
        { newResource: ({ inputs }) => ({ id: undefined, state: inputs }), call: () => ({}) },
        "project",
        "stack",
        true,
    );
}

beforeEach(async () => {
    await newProgram();
    warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
});
afterEach(() => warn.mockRestore());
afterAll(() => pulumi.runtime.disconnect());

type AnyClass = new (name: string, args: object | undefined, opts?: pulumi.CustomResourceOptions) => pulumi.Resource;

/** What a resource's constructor warns of. */
function warnings(kind: string, args: object | undefined, opts: pulumi.CustomResourceOptions = {}): string[] {
    warn.mockClear();
    const Class = (gandi as unknown as Record<string, AnyClass>)[kind]!;
    new Class(`it ${count++}`, args, opts);
    return warn.mock.calls.map(([text]) => text);
}
let count = 0;

/** As a program writes it: a zone's RRsets are a list there. */
function asWritten(kind: string, least: Record<string, unknown>): Record<string, unknown> {
    return kind === "LiveDnsZone"
        ? { domain: least.domain, records: [{ name: "zone", type: "A", values: ["192.0.2.1"] }] }
        : least;
}

const bad = { sharingId: "ACME", timeouts: { create: "soon" } };
const record = () => ({ domain: "example.com", name: `r${count}`, type: "A", values: ["not an address"] });

describe("a constructor", () => {
    it.each(everyKind)("of %s says nothing where nothing is wrong", (kind, { least }) => {
        expect(warnings(kind, asWritten(kind, least))).toEqual([]);
    });

    it.each(everyKind)("of %s warns of all that check will refuse, with the resource's name", (kind, { least }) => {
        const args = { ...asWritten(kind, least), ...bad, unheardOf: true };
        const [text, ...more] = warnings(kind, args);
        expect(more).toEqual([]);
        expect(text).toMatch(new RegExp(`^gandi\\.${kind} "it \\d+": `));
        for (const path of ["sharingId", "timeouts.create", "unheardOf"]) {
            expect(text).toContain(`${path}: `);
        }
    });

    it.each(everyKind)("of %s says nothing of what is only read", (kind) => {
        expect(warnings(kind, { ...bad }, { id: "whatever" })).toEqual([]);
    });

    it.each(everyKind.filter(([kind]) => definitions[kind]!.identity.length > 0 && kind !== "LiveDnsZone"))(
        "of %s says what is missing, but not where a transform may give it",
        (kind) => {
            const missing = () => warnings(kind, {}).join();
            expect(missing()).toContain("is required");
            const keep: pulumi.ResourceTransformation = () => undefined;
            const transformed = { transformations: [keep] };
            expect(warnings(kind, {}, transformed)).toEqual([]);
            // No engine is there that could carry it out.
            forewarn(definitions[kind]!, "it", {}, { transforms: [() => undefined] });
            expect(warn).not.toHaveBeenCalled();
            const parent = new pulumi.ComponentResource("test:Parent", `of ${kind}`, {}, transformed);
            expect(warnings(kind, {}, { parent })).toEqual([]);
            expect(warnings(kind, { ...bad }, { parent }).join()).toContain("sharingId: ");
        },
    );

    it.each(everyKind)("of %s passes over what is, or holds, an Output", (kind, { least }) => {
        const hidden = { sharingId: pulumi.secret("ACME"), timeouts: { update: 60, create: pulumi.output("soon") } };
        expect(warnings(kind, { ...asWritten(kind, least), ...hidden })).toEqual([]);
    });

    it.each(everyKind)("of %s passes over what is, or holds, a Promise", (kind, { least }) => {
        const later = { sharingId: Promise.resolve("ACME"), timeouts: { create: Promise.resolve("soon") } };
        expect(warnings(kind, { ...asWritten(kind, least), ...later })).toEqual([]);
    });

    it.each([[["values"]], [["values[0]"]], [['["values"][0]']], [["*"]]])(
        "says nothing of a property under ignoreChanges %j",
        (ignoreChanges) => {
            expect(warnings("LiveDnsRecord", record())).toHaveLength(1);
            expect(warnings("LiveDnsRecord", record(), { ignoreChanges })).toEqual([]);
            expect(
                warnings("LiveDnsRecord", { ...record(), vlues: [] }, { ignoreChanges: ["vlues", ...ignoreChanges] }),
            ).toEqual([]);
        },
    );

    it("passes over an input that the options make a secret", () => {
        expect(warnings("LiveDnsRecord", record(), { additionalSecretOutputs: ["values"] })).toEqual([]);
    });

    it("never shows a transfer code, which its class makes a secret", () => {
        const [, { least }] = everyKind.find(([kind]) => kind === "DomainTransfer")!;
        expect(warnings("DomainTransfer", { ...least, fqdn: "code.com", authinfo: "" })).toEqual([]);
    });

    it("judges nothing that only counts for a new resource: it may be there already", () => {
        expect(warnings("Domain", { fqdn: "there.com" })).toEqual([]);
    });

    it.each([
        ["a function", () => ({ ...record(), values: () => ["x"] })],
        ["a date", () => ({ ...record(), values: [new Date(0)] })],
        [
            "another resource",
            () => ({ ...record(), values: [new pulumi.ComponentResource("test:Value", `v${count}`)] }),
        ],
        ["a hole in a list", () => ({ ...record(), values: [undefined, "not an address"] })],
    ])("leaves %s to check", (_what, args) => {
        expect(warnings("LiveDnsRecord", args())).toEqual([]);
    });
});
