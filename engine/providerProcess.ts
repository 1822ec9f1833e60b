import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ChildProcess, describeExit, type ExitStatus, type OutputStream } from "./childProcess";
import { masker } from "./masking";

export { UNKNOWN } from "./values";

/** A plain JSON object, as the dynamic provider sees it: secrets in clear, unknowns as `UNKNOWN`. */
// biome-ignore lint/suspicious/noExplicitAny: properties are whatever a program and its provider agree on
export type PlainObject = Record<string, any>;

/** 400 MB, the limit that the Pulumi SDK and CLI use. */
export const GRPC_OPTIONS = {
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** The connection breaks a moment before the process is seen to have ended. */
const EXIT_GRACE_MS = 2_000;

export interface ProviderProcessOptions {
    /** Directory of the program: `require` in the provider's text resolves from here. */
    programDir: string;
    /** Project name. Default: "project". */
    project?: string;
    /** Stack name. Default: "stack". */
    stack?: string;
    /** Stack configuration, by `namespace:key`. A default provider gets the whole of it. */
    config?: Record<string, string>;
    /** Keys of `config` (or of `providerInputs`) whose values are masked in the provider's logs. */
    secretKeys?: string[];
    /** Laid over the environment of this process; `undefined` removes a variable. */
    env?: Record<string, string | undefined>;
    /** Inputs of an explicit provider. Default: `config`, as a default provider gets. */
    providerInputs?: PlainObject;
    /** Called with each line that the process prints. */
    onLog?: (line: string, stream: OutputStream) => void;
}

export interface CheckResult {
    inputs: PlainObject;
    failures: { property: string; reason: string }[];
}

export interface DiffResult {
    /** undefined: the provider does not know, the engine compares the inputs. */
    changes: boolean | undefined;
    replaces: string[];
    deleteBeforeReplace: boolean;
}

export interface ReadResult {
    /** Empty when the resource is gone. */
    id: string;
    outputs: PlainObject;
    /** undefined when the provider returned no inputs. */
    inputs: PlainObject | undefined;
}

/** The resource exists, but is not as it should be: it is saved, and the run fails. */
export class PartialFailure extends Error {
    constructor(
        message: string,
        readonly id: string,
        readonly properties: PlainObject,
        readonly reasons: string[],
    ) {
        super(message);
        this.name = "PartialFailure";
    }
}

/** The provider process ended while it was needed. */
export class ProviderProcessEnded extends Error {
    constructor(status: ExitStatus, method: string) {
        super(`the provider process ended (${describeExit(status)}) during ${method}`);
        this.name = "ProviderProcessEnded";
    }
}

type Callback<Res> = (error: grpc.ServiceError | null, response: Res) => void;

/**
 * The real `@pulumi/pulumi/cmd/dynamic-provider` process of a program directory, driven over gRPC as the Pulumi engine
 * drives it. Speaks plain JavaScript values.
 *
 * A throw of the provider is an `Error` with its message; one with an `id` is a {@link PartialFailure}; a process that
 * died is a {@link ProviderProcessEnded}.
 */
export class ProviderProcess {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: ResourceProviderClient,
    ) {}

    /** Starts the process and configures it. Fails with the process's own output when it does not start. */
    static async start(options: ProviderProcessOptions): Promise<ProviderProcess> {
        const project = options.project ?? "project";
        const config = options.config ?? {};
        const mask = masker((options.secretKeys ?? []).flatMap((key) => [config[key], options.providerInputs?.[key]]));
        const early: string[] = [];
        let port: number | undefined;
        let announce: () => void = () => {};
        const announced = new Promise<void>((done) => {
            announce = done;
        });
        const child = ChildProcess.start([sdkModule(options.programDir, "cmd/dynamic-provider"), "127.0.0.1:0"], {
            cwd: options.programDir,
            env: {
                ...options.env,
                PULUMI_NODEJS_PROJECT: project,
                PULUMI_PROJECT: project,
                PULUMI_CONFIG: JSON.stringify(config),
            },
            onLine: (line, stream) => {
                if (port === undefined && stream === "stdout" && /^\d+$/.test(line)) {
                    port = Number(line);
                    announce();
                    return;
                }
                if (port === undefined) {
                    early.push(line);
                }
                options.onLog?.(mask(line), stream);
            },
        });
        await Promise.race([announced, child.exited]);
        if (port === undefined) {
            const status = await child.exited;
            throw new Error(`the provider process did not start (${describeExit(status)})\n${early.join("\n")}`);
        }
        const client = new ResourceProviderClient(
            `127.0.0.1:${port}`,
            grpc.credentials.createInsecure(),
            GRPC_OPTIONS as Partial<grpc.ClientOptions>,
        );
        const provider = new ProviderProcess(child, client);
        await provider.configure(
            `urn:pulumi:${options.stack ?? "stack"}::${project}::pulumi:providers:pulumi-nodejs::default`,
            options.providerInputs ?? config,
        );
        return provider;
    }

    get pid(): number | undefined {
        return this.child.pid;
    }

    private async configure(urn: string, inputs: PlainObject): Promise<void> {
        const request = new proto.ConfigureRequest();
        request.setArgs(toStruct(inputs));
        request.setAcceptsecrets(true);
        request.setUrn(urn);
        await this.call<proto.ConfigureResponse>("configure", (done) => this.client.configure(request, done));
    }

    /** Check: `olds` are the old inputs, `{}` for a new resource. */
    async check(urn: string, olds: PlainObject, news: PlainObject): Promise<CheckResult> {
        const request = new proto.CheckRequest();
        request.setUrn(urn);
        request.setOlds(toStruct(olds));
        request.setNews(toStruct(news));
        const response = await this.call<proto.CheckResponse>("check", (done) => this.client.check(request, done));
        return {
            inputs: fromStruct(response.getInputs()),
            failures: response.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() })),
        };
    }

    async diff(
        urn: string,
        id: string,
        oldOutputs: PlainObject,
        oldInputs: PlainObject,
        news: PlainObject,
        options: { ignoreChanges?: string[] } = {},
    ): Promise<DiffResult> {
        const request = new proto.DiffRequest();
        request.setUrn(urn);
        request.setId(id);
        request.setOlds(toStruct(oldOutputs));
        request.setOldInputs(toStruct(oldInputs));
        request.setNews(toStruct(news));
        request.setIgnorechangesList(options.ignoreChanges ?? []);
        const response = await this.call<proto.DiffResponse>("diff", (done) => this.client.diff(request, done));
        const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
        const changes = response.getChanges();
        return {
            changes: changes === DIFF_SOME ? true : changes === DIFF_NONE ? false : undefined,
            replaces: response.getReplacesList(),
            deleteBeforeReplace: response.getDeletebeforereplace(),
        };
    }

    /** Create. The dynamic provider knows no preview, so with `preview` no call is made and the inputs come back. */
    async create(urn: string, props: PlainObject, preview = false): Promise<{ id: string; outputs: PlainObject }> {
        if (preview) {
            return { id: "", outputs: props };
        }
        const request = new proto.CreateRequest();
        request.setUrn(urn);
        request.setProperties(toStruct(props));
        const response = await this.call<proto.CreateResponse>("create", (done) => this.client.create(request, done));
        return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
    }

    async read(urn: string, id: string, outputs: PlainObject, inputs?: PlainObject): Promise<ReadResult> {
        const request = new proto.ReadRequest();
        request.setUrn(urn);
        request.setId(id);
        request.setProperties(toStruct(outputs));
        if (inputs !== undefined) {
            request.setInputs(toStruct(inputs));
        }
        const response = await this.call<proto.ReadResponse>("read", (done) => this.client.read(request, done));
        return {
            id: response.getId(),
            outputs: fromStruct(response.getProperties()),
            inputs: response.hasInputs() ? fromStruct(response.getInputs()) : undefined,
        };
    }

    /** Update. Answers the new outputs. */
    async update(
        urn: string,
        id: string,
        oldOutputs: PlainObject,
        oldInputs: PlainObject,
        news: PlainObject,
        options: { ignoreChanges?: string[] } = {},
    ): Promise<PlainObject> {
        const request = new proto.UpdateRequest();
        request.setUrn(urn);
        request.setId(id);
        request.setOlds(toStruct(oldOutputs));
        request.setOldInputs(toStruct(oldInputs));
        request.setNews(toStruct(news));
        request.setIgnorechangesList(options.ignoreChanges ?? []);
        const response = await this.call<proto.UpdateResponse>("update", (done) => this.client.update(request, done));
        return fromStruct(response.getProperties());
    }

    async delete(urn: string, id: string, outputs: PlainObject, inputs: PlainObject = {}): Promise<void> {
        const request = new proto.DeleteRequest();
        request.setUrn(urn);
        request.setId(id);
        request.setProperties(toStruct(outputs));
        request.setOldInputs(toStruct(inputs));
        await this.call<Empty>("delete", (done) => this.client.delete(request, done));
    }

    /** Kills the process group. Calls in flight fail. */
    async close(): Promise<void> {
        await this.child.kill();
        this.client.close();
    }

    private async call<Res>(name: string, invoke: (done: Callback<Res>) => void): Promise<Res> {
        const outcome = await new Promise<{ error: grpc.ServiceError } | { response: Res }>((settle) => {
            invoke((error, response) => settle(error ? { error } : { response }));
        });
        if ("response" in outcome) {
            return outcome.response;
        }
        if (outcome.error.code === grpc.status.UNAVAILABLE || outcome.error.code === grpc.status.CANCELLED) {
            const status = await Promise.race([this.child.exited, delay(EXIT_GRACE_MS, undefined, { ref: false })]);
            if (status !== undefined) {
                throw new ProviderProcessEnded(status, name);
            }
        }
        throw partialFailure(outcome.error) ?? new Error(outcome.error.details);
    }
}

/** Path of a module of the `@pulumi/pulumi` that the program itself would load. */
export function sdkModule(programDir: string, path: string): string {
    const from = createRequire(join(resolve(programDir), "noop.js"));
    try {
        return from.resolve(`@pulumi/pulumi/${path}`);
    } catch {
        throw new Error(
            `@pulumi/pulumi was not found from ${programDir}: install it there (npm install @pulumi/pulumi)`,
        );
    }
}

function partialFailure(error: grpc.ServiceError): PartialFailure | undefined {
    const [packed] = error.metadata?.get("grpc-status-details-bin") ?? [];
    if (packed === undefined) {
        return undefined;
    }
    for (const detail of Status.deserializeBinary(packed as Buffer).getDetailsList()) {
        if (detail.getTypeName() === "pulumirpc.ErrorResourceInitFailed") {
            const init = proto.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
            return new PartialFailure(
                error.details,
                init.getId(),
                fromStruct(init.getProperties()),
                init.getReasonsList(),
            );
        }
    }
    return undefined;
}

function toStruct(value: PlainObject): Struct {
    return Struct.fromJavaScript(withoutUndefined(value) as PlainObject);
}

function fromStruct(struct: Struct | undefined): PlainObject {
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
