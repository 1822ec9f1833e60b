import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PlainObject } from "./providerCalls";

/** A plain object as protobuf's Struct. */
export function toStruct(value: PlainObject): Struct {
    return Struct.fromJavaScript(withoutUndefined(value) as PlainObject);
}

export function fromStruct(struct: Struct | undefined): PlainObject {
    return (struct?.toJavaScript() as PlainObject) ?? {};
}

/** A Struct has no undefined: it stands for an absent key, as in JSON. */
function withoutUndefined(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => withoutUndefined(item) ?? null);
    }
    if (value !== null && typeof value === "object") {
        return Object.fromEntries(
            Object.entries(value)
                .filter(([, item]) => item !== undefined)
                .map(([key, item]) => [key, withoutUndefined(item)]),
        );
    }
    return value;
}
