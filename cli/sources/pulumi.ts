import { z } from "zod";
import { nameOf } from "../../engine/state/urn";
import { shellWord } from "../shell";
import type { Speech } from "../speech";
import { readDocument } from "./formats";
import { type Translated, translated } from "./gandiTypes";
import { flag, list, object, text } from "./lenient";
import type { Entry, Source, Untranslated } from "./source";

const resourceSchema = z.looseObject({
    urn: z.string().regex(/^urn:pulumi:/),
    type: z.string(),
    id: text,
    outputs: object,
    delete: flag,
    external: flag,
    protect: flag,
    parent: text,
    deletedWith: text,
    dependencies: list(z.string()),
});
type Resource = z.infer<typeof resourceSchema>;

/** What `pulumi stack export` prints, as far as it is read here (Pulumi's `apitype.UntypedDeployment`). */
const stackSchema = z.looseObject({
    deployment: z
        .looseObject({
            resources: list(resourceSchema),
            pending_operations: list(z.looseObject({ resource: resourceSchema })),
        })
        .nullish(),
});

/** The types of `@pulumiverse/gandi`, each with the one of Terraform that it stands for. */
const TYPES: Readonly<Record<string, string>> = {
    "gandi:domains/domain:Domain": "gandi_domain",
    "gandi:domains/nameservers:Nameservers": "gandi_nameservers",
    "gandi:domains/dNSSecKey:DNSSecKey": "gandi_dnssec_key",
    "gandi:domains/glueRecord:GlueRecord": "gandi_glue_record",
    "gandi:email/forwarding:Forwarding": "gandi_email_forwarding",
    "gandi:email/mailbox:Mailbox": "gandi_mailbox",
    "gandi:livedns/domain:Domain": "gandi_livedns_domain",
    "gandi:livedns/record:Record": "gandi_livedns_record",
    "gandi:simplehosting/instance:Instance": "gandi_simplehosting_instance",
    "gandi:simplehosting/vHost:VHost": "gandi_simplehosting_vhost",
};

/** 3 is the plain one, 4 one that names the features that it uses. */
const VERSIONS: readonly unknown[] = [3, 4];

/** An exported stack of a program with `@pulumiverse/gandi`, in whatever language. */
export async function readPulumi(file: string, speech: Speech): Promise<Source> {
    const made = "`pulumi stack export`";
    const { data, name } = await readDocument(file, speech, {
        format: "pulumi",
        made,
        schema: stackSchema,
        unreadable(version) {
            const given = typeof version === "number" ? `version ${version}` : "no version";
            return VERSIONS.includes(version)
                ? undefined
                : `a stack of ${given}, and this is written for ${VERSIONS.join(" and ")}: ${made} of a present CLI prints that`;
        },
    });
    const { resources = [], pending_operations: pending = [] } = data.deployment ?? {};
    return sourceOf(
        resources,
        pending.map(({ resource }) => resource),
        name,
    );
}

function sourceOf(resources: readonly Resource[], pending: readonly Resource[], file: string): Source {
    const own = resources.filter(isGandis);
    const entries: Entry[] = [];
    const untranslated: Untranslated[] = pending.filter(isGandis).map(({ urn }) => ({
        name: urn,
        why: "a run was interrupted while it worked on it: `pulumi refresh` there finds out what has become of it",
    }));
    for (const resource of own.filter(({ external }) => !external)) {
        const things = thingsOf(resource);
        const { urn } = resource;
        if (typeof things === "string") untranslated.push({ name: urn, why: things });
        else entries.push(...things.map((thing) => ({ ...thing, title: urn, name: nameOf(urn) })));
    }
    const others = resources.filter(({ type }) => !isGandis({ type }) && !type.startsWith("pulumi:")).length;
    const read = own.filter(({ external }) => external).length;
    return {
        tool: "Pulumi with @pulumiverse/gandi",
        file,
        entries,
        untranslated,
        domains: new Map(entries.map(({ domain }) => [domain, true])),
        remarks: [
            ...(read > 0 ? [`resources of Gandi that are got, and only read: ${read}`] : []),
            ...(others > 0 ? [`resources of other packages, which stay in the old stack: ${others}`] : []),
        ],
        stop: "no up and no destroy of the old stack, neither by people nor by jobs, before the next step is done",
        handsOff: (taken) => handsOff(resources, new Set(taken.map(({ title }) => title))),
        afterwards:
            "Then take what it has forgotten out of the old program, and see that its preview has nothing to do",
    };
}

function isGandis({ type }: Pick<Resource, "type">): boolean {
    return type.startsWith("gandi:");
}

function thingsOf({ type, id, outputs, delete: isOld }: Resource): Translated {
    if (isOld) {
        return "it is an old one that was replaced and not yet deleted: finish that with an up there first";
    }
    return translated({ type: Object.hasOwn(TYPES, type) ? TYPES[type]! : type, id, attributes: outputs ?? {} });
}

/** The CLI refuses what others depend on, so those that came last go first; what stays and depends on one is said. */
function handsOff(resources: readonly Resource[], taken: ReadonlySet<string>): string[] {
    const dependents = new Map<string, string[]>();
    for (const { urn, parent, deletedWith, dependencies } of resources.filter((one) => !taken.has(one.urn))) {
        for (const needed of new Set([parent, deletedWith, ...dependencies])) {
            dependents.set(needed, [...(dependents.get(needed) ?? []), urn]);
        }
    }
    return resources
        .filter(({ urn, delete: isOld }) => taken.has(urn) && !isOld)
        .reverse()
        .flatMap(({ urn, protect }) => [
            ...(dependents.get(urn) ?? []).map(
                (other) => `# the next one is refused while this depends on it: ${shellWord(other)}`,
            ),
            `pulumi state delete ${shellWord(urn)}${protect ? " --force" : ""} --yes`,
        ]);
}
