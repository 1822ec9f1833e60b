import { Failure } from "./failures";
import type { Props } from "./property";
import type { PropertySet } from "./propertySet";

/** How the id of a kind is written: its parts, with `/` between them. One in the middle may hold slashes itself. */
export class IdText {
    private readonly parts: readonly string[];

    /**
     * @param named the properties that make it
     * @param given what its last part is called, where that is no property but the API's
     * @param like how people write it: `domain/name, e.g. example.com/ns1`
     */
    constructor(
        private readonly kind: string,
        private readonly properties: PropertySet,
        private readonly named: readonly string[],
        private readonly given: string | undefined,
        private readonly like: string,
    ) {
        this.parts = given === undefined ? named : [...named, given];
    }

    /** Undefined where a part is missing. Throws where a property has no normal form. */
    of(inputs: Props, given: string | undefined): string | undefined {
        const named = this.properties.strictly(this.named, inputs);
        const isWhole = named !== undefined && (this.given === undefined || given !== undefined);
        return isWhole ? [...Object.values(named), ...(this.given === undefined ? [] : [given])].join("/") : undefined;
    }

    /** What an id says, as a program may write it. @throws Error where it is none */
    read(id: string): Props {
        const values = this.split(id);
        const isStrange = this.given !== undefined && /[\s/]/.test(values.at(-1) ?? "");
        if (values.length !== this.parts.length || values.includes("") || isStrange) {
            const article = /^[AEIOU]/.test(this.kind) ? "an" : "a";
            throw new Failure("invalid-id", `"${id}" is no id of ${article} ${this.kind}: write ${this.like}`);
        }
        return this.properties.written(Object.fromEntries(this.parts.map((name, at) => [name, values[at]])));
    }

    private split(id: string): readonly string[] {
        const parts = this.parts.length;
        if (parts === 1) {
            return [id];
        }
        const segments = id.split("/");
        const behind = segments.length - (parts - 2);
        return parts === 2 ? segments : [segments[0]!, segments.slice(1, behind).join("/"), ...segments.slice(behind)];
    }
}
