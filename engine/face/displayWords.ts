import type { OpMap, OpType } from "@pulumi/pulumi/automation";

export const SYMBOLS: Partial<Record<OpType, string>> = {
    create: "+ ",
    update: "~ ",
    delete: "- ",
    replace: "+-",
    "create-replacement": "++",
    "delete-replaced": "--",
    read: "> ",
    "read-replacement": ">>",
    discard: "< ",
    "discard-replaced": "<<",
};

export const DOING: Partial<Record<OpType, string>> = {
    create: "creating",
    update: "updating",
    delete: "deleting",
    replace: "replacing",
    "create-replacement": "creating replacement",
    "delete-replaced": "deleting original",
    read: "reading",
    "read-replacement": "reading for replacement",
    discard: "discarding",
    "discard-replaced": "discarding original",
};

export const DONE: Partial<Record<OpType, string>> = {
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
    "create-replacement": "created replacement",
    "delete-replaced": "deleted original",
    read: "read",
    "read-replacement": "read for replacement",
    discard: "discarded",
    "discard-replaced": "discarded original",
};

export const INTENDED: Partial<Record<OpType, string>> = {
    ...Object.fromEntries(Object.keys(DONE).map((op) => [op, op])),
    "create-replacement": "create replacement",
    "delete-replaced": "delete original",
    "read-replacement": "read for replacement",
    "discard-replaced": "discard original",
};

const COUNTED: [op: OpType, symbol: string, preview: string, done: string][] = [
    ["create", "+ ", "to create", "created"],
    ["update", "~ ", "to update", "updated"],
    ["replace", "+-", "to replace", "replaced"],
    ["delete", "- ", "to delete", "deleted"],
    ["read", "> ", "to read", "read"],
    ["discard", "< ", "to discard", "discarded"],
];

/** `+ 2 created`, `3 unchanged`. */
export function countLines(changes: OpMap, preview: boolean): string[] {
    const lines = COUNTED.filter(([op]) => changes[op]).map(
        ([op, symbol, intended, done]) => `${symbol.trim()} ${changes[op]} ${preview ? intended : done}`,
    );
    return [...lines, ...(changes.same || lines.length === 0 ? [`${changes.same ?? 0} unchanged`] : [])];
}
