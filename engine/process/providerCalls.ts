import { describeExit, type ExitStatus } from "./childProcess";

/**
 * A plain JSON object, as the dynamic provider sees it: secrets in clear, unknowns as `UNKNOWN`.
 *
 * @experimental
 */
// biome-ignore lint/suspicious/noExplicitAny: properties are whatever a program and its provider agree on
export type PlainObject = Record<string, any>;

/**
 * What a provider's check answers.
 *
 * @experimental
 */
export interface CheckResult {
    /** The inputs as the engine keeps them. */
    inputs: PlainObject;
    /** What is wrong with them; empty for good ones. */
    failures: { property: string; reason: string }[];
}

/**
 * What a provider's diff answers.
 *
 * @experimental
 */
export interface DiffResult {
    /** undefined: the provider does not know, the engine compares the inputs. */
    changes: boolean | undefined;
    /** The properties whose change asks for a replacement; empty for an update. */
    replaces: string[];
    /** Whether the old resource is deleted before the new one is created. */
    deleteBeforeReplace: boolean;
}

/**
 * What a provider's read answers.
 *
 * @experimental
 */
export interface ReadResult {
    /** Empty when the resource is gone. */
    id: string;
    /** The properties as they are now. */
    outputs: PlainObject;
    /** undefined when the provider returned no inputs. */
    inputs: PlainObject | undefined;
}

/** What the engine asks of a running dynamic provider, in plain JavaScript values: see {@link ProviderProcess}. */
export interface ProviderCalls {
    check(urn: string, olds: PlainObject, news: PlainObject): Promise<CheckResult>;
    diff(
        urn: string,
        id: string,
        oldOutputs: PlainObject,
        oldInputs: PlainObject,
        news: PlainObject,
        options?: { ignoreChanges?: string[] },
    ): Promise<DiffResult>;
    create(urn: string, props: PlainObject): Promise<{ id: string; outputs: PlainObject }>;
    read(urn: string, id: string, outputs: PlainObject, inputs?: PlainObject): Promise<ReadResult>;
    update(
        urn: string,
        id: string,
        oldOutputs: PlainObject,
        oldInputs: PlainObject,
        news: PlainObject,
        options?: { ignoreChanges?: string[] },
    ): Promise<PlainObject>;
    delete(urn: string, id: string, outputs: PlainObject, inputs?: PlainObject): Promise<void>;
    /** Ends it. Calls in flight fail. */
    close(): Promise<void>;
}

/**
 * The resource exists, but is not as it should be: it is saved, and the run fails.
 *
 * @experimental
 */
export class PartialFailure extends Error {
    /** Made from a provider's answer; its reasons are what the engine shows. */
    constructor(
        message: string,
        /** The resource's id. */
        readonly id: string,
        /** Its properties as far as they are known. */
        readonly properties: PlainObject,
        /** Why it is not as it should be. */
        readonly reasons: string[],
    ) {
        super(message);
        this.name = "PartialFailure";
    }
}

/**
 * The provider process ended while it was needed.
 *
 * @experimental
 */
export class ProviderProcessEnded extends Error {
    /** @internal */
    constructor(status: ExitStatus, method: string) {
        super(`the provider process ended (${describeExit(status)}) during ${method}`);
        this.name = "ProviderProcessEnded";
    }
}
