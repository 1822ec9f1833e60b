import { z } from "zod";
import { shellWord } from "../shell";
import type { Speech } from "../speech";
import { readDocument } from "./formats";
import { translated } from "./gandiTypes";
import { list, object, text } from "./lenient";
import { ownValue } from "./ownValue";
import type { Entry, Source, Untranslated } from "./source";

/** Version 4 of a state, as far as it is read here (Terraform's `internal/states/statefile/version4.go`). */
const stateSchema = z.looseObject({
    resources: list(
        z.looseObject({
            module: text,
            mode: z.string(),
            type: z.string(),
            name: z.string(),
            provider: text,
            instances: list(
                z.looseObject({
                    index_key: z.union([z.string(), z.number()]).nullish(),
                    deposed: text,
                    attributes: object,
                    attributes_flat: object,
                }),
            ),
        }),
    ),
});
type Resource = z.infer<typeof stateSchema>["resources"][number];
type Instance = Resource["instances"][number];

/** The state of a Terraform or OpenTofu configuration with the provider go-gandi/gandi. */
export async function readTerraform(file: string, speech: Speech): Promise<Source> {
    const made = "`terraform state pull`";
    const { data, name } = await readDocument(file, speech, {
        format: "terraform",
        made,
        schema: stateSchema,
        unreadable(version) {
            if (version === 4) return undefined;
            if (typeof version !== "number") return `a state that names no version of its format: ${made} makes one`;
            return version < 4
                ? `a state of version ${version}: ${made} of Terraform 0.12 or later prints it as version 4`
                : `a state of version ${version}, and this is only written for version 4: look for a newer pulumi-gandi`;
        },
    });
    return sourceOf(data.resources, name);
}

function sourceOf(resources: readonly Resource[], file: string): Source {
    const entries: Entry[] = [];
    const untranslated: Untranslated[] = [];
    const own = resources.filter(isGandis);
    for (const resource of own.filter(({ mode }) => mode === "managed")) {
        for (const instance of resource.instances) {
            const title = addressOf(resource, instance);
            const things = thingsOf(resource, instance);
            const old = instance.deposed === "" ? "" : ` (deposed object ${instance.deposed})`;
            if (typeof things === "string") untranslated.push({ name: title + old, why: things });
            else entries.push(...things.map((thing) => ({ ...thing, title, name: nameOf(title, resource) })));
        }
    }
    const isOpenTofu = own.some(({ provider }) => provider.includes("registry.opentofu.org/"));
    const [tool, command] = isOpenTofu ? (["OpenTofu", "tofu"] as const) : (["Terraform", "terraform"] as const);
    return {
        tool,
        file,
        entries,
        untranslated,
        domains: new Map(entries.map(({ domain }) => [domain, true])),
        remarks: remarksOn(resources, own, tool),
        stop: "no apply of this configuration, neither by people nor by jobs, before the next step is done",
        handsOff: (taken) =>
            [...new Set(taken.map(({ title }) => title))].map((title) => `${command} state rm ${shellWord(title)}`),
        afterwards: `Then take what it has forgotten out of its configuration, and see that ${command} plan has nothing to do`,
    };
}

/** `gandi_…` is what types of the provider begin with, whoever publishes it. */
function isGandis({ type, provider }: Resource): boolean {
    return type.startsWith("gandi_") || /[/.]gandi"?\]?(\.|$)/.test(provider);
}

function thingsOf({ type }: Resource, { deposed, attributes, attributes_flat }: Instance) {
    if (deposed !== "") {
        return "it is an old one that was replaced and not yet destroyed: finish that with an apply first";
    }
    const given = attributes ?? attributes_flat ?? {};
    return translated({ type, id: String(ownValue(given, "id") ?? ""), attributes: given });
}

/** As `terraform state list` prints it: `module.site["fr"].gandi_livedns_record.www[0]`. */
function addressOf({ module, type, name }: Resource, { index_key: key }: Instance): string {
    const index = key === undefined || key === null ? "" : `[${typeof key === "number" ? key : hclText(key)}]`;
    return `${module === "" ? "" : `${module}.`}${type}.${name}${index}`;
}

const ESCAPED: Readonly<Record<string, string>> = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    '"': '\\"',
    "\\": "\\\\",
};

/** A text of HCL in quotes, in which no template begins and every character can be printed. */
function hclText(text: string): string {
    const escaped = text
        .replace(/["\\\n\r\t]/g, (character) => ESCAPED[character]!)
        .replace(/[$%](?=\{)/g, (sign) => sign + sign)
        .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
            const code = character.codePointAt(0)!.toString(16);
            return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
        });
    return `"${escaped}"`;
}

/** The address without what every other has, too: `site-fr-www-0`. */
function nameOf(address: string, { module, type }: Resource): string {
    const prefix = module === "" ? 0 : module.length + 1;
    const own = address.slice(prefix + type.length + 1);
    return [module.replace(/(^|\.)module\./g, "$1"), own].filter((part) => part !== "").join("-");
}

function remarksOn(resources: readonly Resource[], own: readonly Resource[], tool: string): string[] {
    const read = own.filter(({ mode }) => mode !== "managed").length;
    const others = resources.length - own.length;
    const providers = new Set(own.map(({ provider }) => provider));
    return [
        ...(read > 0 ? [`data sources of Gandi, which are only read: ${read}`] : []),
        ...(others > 0 ? [`resources of other providers, which stay with ${tool}: ${others}`] : []),
        ...(providers.size > 1
            ? [`the provider has ${providers.size} configurations: --token-from reads the account of another token`]
            : []),
    ];
}
