import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb";
import type * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromWire, type PropertyMap } from "../state/values";
import type { Alias, Goal, ReadGoal } from "./goal";
import { parsePath } from "./propertyPath";
import { UnsupportedError } from "./unsupported";

/** What a registration says about itself; the provider is resolved by the monitor. */
export function goalOf(request: proto.RegisterResourceRequest, rootDir: string): Goal {
    const type = request.getType();
    const name = request.getName();
    refuse(request.getRemote(), `${type} ${name}: remote components`);
    refuse(request.getImportid() !== "", `${type} ${name}: import`);
    refuse(request.getTransformsList().length > 0, `${type} ${name}: transforms`);
    refuse(request.getReplaceWithList().length > 0, `${type} ${name}: replaceWith`);
    refuse(request.hasReplacementTrigger(), `${type} ${name}: replacementTrigger`);
    refuse(hasHooks(request), `${type} ${name}: resource hooks`);
    const properties = propertiesOf(request.getObject());
    const dependencies = request.getDependenciesList();
    return {
        type,
        name,
        custom: request.getCustom(),
        properties,
        parent: request.getParent() || undefined,
        dependencies,
        propertyDependencies: propertyDependencies(request, properties, dependencies),
        provider: request.getProvider() || undefined,
        protect: request.hasProtect() ? request.getProtect() : undefined,
        retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
        deletedWith: request.getDeletedwith() || undefined,
        deleteBeforeReplace:
            request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
                ? request.getDeletebeforereplace()
                : undefined,
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        hideDiff: request.getHidediffsList().map(parsePath),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(aliasOf)],
        customTimeouts: timeoutsOf(request.getCustomtimeouts()),
        ...positionOf(request, rootDir),
    };
}

export function readGoalOf(request: proto.ReadResourceRequest, rootDir: string): Omit<ReadGoal, "provider"> {
    return {
        id: request.getId(),
        type: request.getType(),
        name: request.getName(),
        properties: propertiesOf(request.getProperties()),
        parent: request.getParent() || undefined,
        dependencies: request.getDependenciesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        ...positionOf(request, rootDir),
    };
}

function refuse(isUsed: boolean, what: string): void {
    if (isUsed) {
        throw new UnsupportedError(what);
    }
}

function hasHooks(request: proto.RegisterResourceRequest): boolean {
    const hooks = request.getHooks()?.toObject() ?? {};
    return Object.values(hooks).some((names) => (names as string[]).length > 0);
}

export function propertiesOf(struct: Struct | undefined): PropertyMap {
    return fromWire((struct?.toJavaScript() as Record<string, unknown>) ?? {});
}

/** A registration that does not say what its properties depend on has each depend on all. */
function propertyDependencies(
    request: proto.RegisterResourceRequest,
    properties: PropertyMap,
    dependencies: string[],
): Record<string, string[]> {
    const given = request.getPropertydependenciesMap().toArray();
    if (given.length === 0) {
        return Object.fromEntries(Object.keys(properties).map((key) => [key, dependencies]));
    }
    const map = request.getPropertydependenciesMap();
    return Object.fromEntries(given.map(([key]) => [key, map.get(key)?.getUrnsList() ?? []]));
}

function aliasOf(message: AliasMessage): Alias {
    const spec = message.getSpec();
    if (spec === undefined) {
        return { urn: message.getUrn() };
    }
    return {
        name: spec.getName() || undefined,
        type: spec.getType() || undefined,
        stack: spec.getStack() || undefined,
        project: spec.getProject() || undefined,
        parent: spec.getParenturn() || undefined,
        noParent: spec.getNoparent(),
    };
}

const SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Go's notation of a duration: `1h30m`, `1.5s`. */
export function durationSeconds(text: string): number {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
    if (parts.map(([part]) => part).join("") !== text) {
        throw new Error(`not a duration: ${text} (write "5m" or "1h30m")`);
    }
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (SECONDS[unit ?? ""] ?? 0), 0);
}

function timeoutsOf(timeouts: proto.RegisterResourceRequest.CustomTimeouts | undefined): Record<string, number> {
    const given = {
        create: timeouts?.getCreate(),
        update: timeouts?.getUpdate(),
        delete: timeouts?.getDelete(),
        read: timeouts?.getRead(),
    };
    return Object.fromEntries(
        Object.entries(given).flatMap(([kind, text]) => (text ? [[kind, durationSeconds(text)]] : [])),
    );
}

interface Positioned {
    getSourceposition(): SourcePosition | undefined;
    getStacktrace(): StackTrace | undefined;
}

function positionOf(request: Positioned, rootDir: string) {
    const frames = request.getStacktrace()?.getFramesList() ?? [];
    return {
        sourcePosition: projectPosition(request.getSourceposition(), rootDir),
        stackTrace: frames.map((frame) => {
            const sourcePosition = projectPosition(frame.getPc(), rootDir);
            return sourcePosition === undefined ? {} : { sourcePosition };
        }),
    };
}

/** `project:///index.ts#4,7`, from the directory of Pulumi.yaml. */
function projectPosition(position: SourcePosition | undefined, rootDir: string): string | undefined {
    if (position === undefined || !position.getUri().startsWith("file:///")) {
        return undefined;
    }
    const path = relative(rootDir, fileURLToPath(position.getUri())).replaceAll("\\", "/");
    const column = position.getColumn() === 0 ? "" : `,${position.getColumn()}`;
    return `project:///${encodeURI(path)}#${position.getLine()}${column}`;
}
