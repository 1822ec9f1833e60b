import { forPeople } from "../../api/printable";
import type { Definition } from "../define";
import type { Secrets } from "../inputs/secrets";
import type { Operation } from "../inputs/timeouts";
import type { Props } from "../property";
import { type Context, type UnderWay, withContext } from "./context";
import type { Digest } from "./keeping/book";
import { declaredBy, digestOf, markText } from "./keeping/declared";
import type { Declared, Registration } from "./keeping/keeping";
import type { Run } from "./run";
import type { Settings } from "./settings";

/** Seconds that an operation may take when neither the resource nor its kind says otherwise. */
export const DEFAULT_TIMEOUT = 300;

/** What an operation of a resource goes by. */
interface Given {
    readonly inputs: Props;
    readonly registration?: Registration;
    /** A change of it that an earlier run saw accepted. */
    readonly underWay?: UnderWay | undefined;
    /** Seconds that it may take where `timeouts` does not say. Default: the kind's. */
    readonly limit?: number;
}

/** One call of the engine about a resource. */
export class Call {
    constructor(
        readonly definition: Definition,
        readonly run: Run,
        readonly settings: Settings,
        /** What no text about it may show. */
        readonly secrets: Secrets,
    ) {}

    /** What these inputs declare. */
    declared(inputs: Props): Declared {
        return declaredBy(this.definition, this.settings.url, inputs);
    }

    digest(id: string): Digest {
        return digestOf(this.settings.url, this.definition.kind, id);
    }

    readonly log = (line: string): void => this.run.log(forPeople(this.secrets.mask(line)));

    /** An id can't be a secret: the engine has no mark for one. */
    warnOfId(id: string | undefined): void {
        const { definition, run, secrets } = this;
        const names = definition.identity.filter((property) => secrets.has(property)).join(" and ");
        if (id !== undefined && names !== "" && secrets.holds(id)) {
            run.log(
                `warning: ${definition.kind}: ${names} is given as a secret, but is part of the resource's id, which ` +
                    "Pulumi keeps in the state and shows in clear",
            );
        }
    }

    /** Does what the call asks for, within its time. */
    within<T>(operation: Operation, given: Given, work: (context: Context) => Promise<T>): Promise<T> {
        const { definition, run, settings, secrets } = this;
        const { inputs, registration, underWay, limit: fallback = definition.timeouts?.[operation] } = given;
        const action = {
            operation,
            inputs,
            secrets,
            underWay,
            run,
            fallback: fallback ?? DEFAULT_TIMEOUT,
            isDeclared: (kind: string, id: string) => run.keeping.keeps(digestOf(settings.url, kind, id), registration),
            isSought: (kind: string, marks: string) => run.keeping.seeks(digestOf(settings.url, kind, markText(marks))),
        };
        return withContext(settings, action, work);
    }
}
