import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ChildProcess, describeExit, type ExitStatus, type OutputStream } from "./childProcess";
import { masker } from "./masking";
import {
    type CheckResult,
    type DiffResult,
    PartialFailure,
    type PlainObject,
    type ProviderCalls,
    ProviderProcessEnded,
    type ReadResult,
} from "./providerCalls";
import { fromStruct, toStruct } from "./struct";

export { UNKNOWN } from "../state/values";
export * from "./providerCalls";

/** 400 MB, the limit that the Pulumi SDK and CLI use. */
export const GRPC_OPTIONS = {
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** The connection breaks a moment before the process is seen to have ended. */
const EXIT_GRACE_MS = 2_000;

/**
 * How a provider process is started.
 *
 * @experimental
 */
export interface ProviderProcessOptions {
    /** Directory of the program: `require` in the provider's text resolves from here. */
    programDir: string;
    /** Address of the engine's gRPC server, `host:port`. Default: of none. */
    engine?: string;
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

type Callback<Res> = (error: grpc.ServiceError | null, response: Res) => void;

/**
 * The real `@pulumi/pulumi/cmd/dynamic-provider` process of a program directory, driven over gRPC as the Pulumi engine
 * drives it. Speaks plain JavaScript values.
 *
 * A throw of the provider is an `Error` with its message; one with an `id` is a {@link PartialFailure}; a process that
 * died is a {@link ProviderProcessEnded}.
 *
 * @experimental
 */
export class ProviderProcess implements ProviderCalls {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: ResourceProviderClient,
        private readonly options: ProviderProcessOptions,
        private readonly logs: { mask: (line: string) => string },
    ) {}

    /** Starts the process and configures it. Fails with the process's own output when it does not start. */
    static async start(options: ProviderProcessOptions): Promise<ProviderProcess> {
        const provider = await ProviderProcess.launch(options);
        await provider.configure(options.providerInputs ?? options.config ?? {}, options.secretKeys ?? []);
        return provider;
    }

    /** Starts the process without configuring it: `configure` must come before any other call. */
    static async launch(options: ProviderProcessOptions): Promise<ProviderProcess> {
        const project = options.project ?? "project";
        const early: string[] = [];
        const logs = { mask: (line: string) => line };
        let port: number | undefined;
        let announce: () => void = () => {};
        const announced = new Promise<void>((done) => {
            announce = done;
        });
        const engine = options.engine ?? "127.0.0.1:0";
        const child = ChildProcess.start([sdkModule(options.programDir, "cmd/dynamic-provider"), engine], {
            cwd: options.programDir,
            env: {
                ...options.env,
                PULUMI_NODEJS_PROJECT: project,
                PULUMI_PROJECT: project,
                PULUMI_CONFIG: JSON.stringify(options.config ?? {}),
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
                options.onLog?.(logs.mask(line), stream);
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
        return new ProviderProcess(child, client, options, logs);
    }

    /** The process's id, also of its group. */
    get pid(): number | undefined {
        return this.child.pid;
    }

    /** Settles when the process has ended. */
    get exited(): Promise<ExitStatus> {
        return this.child.exited;
    }

    /** Gives the provider its inputs, once; from here on the values of the secret keys are masked in its logs. */
    async configure(inputs: PlainObject, secretKeys: string[]): Promise<void> {
        this.logs.mask = masker(secretKeys.flatMap((key) => [this.options.config?.[key], inputs[key]]));
        const { stack = "stack", project = "project" } = this.options;
        const request = new proto.ConfigureRequest();
        request.setArgs(toStruct(inputs));
        request.setAcceptsecrets(true);
        request.setUrn(`urn:pulumi:${stack}::${project}::pulumi:providers:pulumi-nodejs::default`);
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

    /** Diff: what a change of the inputs asks for. */
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

    /** Read: the resource as it is now; with an empty id where it is gone. */
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

    /** Delete: done when the resource is gone. */
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
