import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { defaultsOf } from "../../provider/core/inputs/defaults";
import { definitions } from "../../provider/resources/kinds";
import { everyKind } from "../harness/everyKind";

/** What the engine is given, by resource. */
const registered = new Map<string, Record<string, unknown>>();

/** An engine in a preview: of a resource that is to be made or changed it knows the inputs only. */
beforeAll(() =>
    pulumi.runtime.setMocks(
        {
            newResource({ name, inputs }) {
                registered.set(name, inputs);
                return { id: undefined, state: inputs };
            },
            call: ({ inputs }) => inputs,
        },
        "project",
        "stack",
        true,
    ),
);
afterAll(() => pulumi.runtime.disconnect());

type AnyClass = new (
    name: string,
    args: object,
    opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource & Record<string, unknown>;

function make(kind: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    const Class = (gandi as unknown as Record<string, AnyClass>)[kind]!;
    return new Class(kind, args, opts);
}

/** As a program writes it: a zone's RRsets are a list there. */
function asWritten(kind: string, least: Record<string, unknown>): object {
    return kind === "LiveDnsZone"
        ? { domain: least.domain, records: [{ name: "zone", type: "A", values: ["192.0.2.1"] }] }
        : least;
}

async function known(value: unknown): Promise<unknown> {
    return (value as { promise(): Promise<unknown> }).promise();
}

describe("what a program leaves to its default", () => {
    it.each(everyKind)("of %s is known in a preview, and no input", async (kind, { least }) => {
        const args = asWritten(kind, least);
        const resource = make(kind, args);
        for (const [property, value] of Object.entries(defaultsOf(definitions[kind]!))) {
            await expect(known(resource[property])).resolves.toEqual(value);
        }
        await known(resource.urn);
        const inputs = Object.keys(registered.get(kind)!).filter((name) => !name.startsWith("__"));
        const expected = Object.keys(args).map((name) => (name === "records" ? "rrsets" : name));
        expect(inputs.sort()).toEqual(expected.sort());
    });

    it("is taken as given where it is an Output that is not known yet", async () => {
        const unknown = pulumi.output(Promise.resolve(pulumi.unknown)) as unknown as pulumi.Output<number>;
        const args = { domain: "example.com", name: "unknown", type: "A", values: ["192.0.2.1"] };
        const record = new gandi.LiveDnsRecord("unknown", { ...args, ttl: unknown });
        await expect((record.ttl as unknown as { isKnown: Promise<boolean> }).isKnown).resolves.toBe(false);
    });
});
