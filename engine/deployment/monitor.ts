import * as grpc from "@grpc/grpc-js";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isProviderType, packageOf, parseProviderReference, typeOf } from "../state/urn";
import { containsUnknown, type PropertyMap, toWire } from "../state/values";
import type { Deployment } from "./deployment";
import type { Goal } from "./goal";
import { Reported } from "./outcome";
import { goalOf, propertiesOf, readGoalOf } from "./registrations";
import { UnsupportedError } from "./unsupported";

/** The only provider that this engine can start is the one of dynamic resources. */
const DYNAMIC_PACKAGE = "pulumi-nodejs";

/** Features of the monitor that the SDK asks for; without one it refuses the option that needs it, in its own words. */
const FEATURES = new Set([
    "secrets",
    "resourceReferences",
    "outputValues",
    "aliasSpecs",
    "deletedWith",
    "parameterization",
]);

/** The service that a program registers its resources with. */
export class ResourceMonitor {
    private readonly goals = new Map<string, Goal>();
    private defaultProvider: Promise<string> | undefined;
    /** The program has said that it has registered all that it has. */
    hasEnded = false;

    constructor(
        private readonly deployment: Deployment,
        private readonly rootDir: string,
        /** Inputs of the default provider: the whole configuration of the stack. */
        private readonly configuration: PropertyMap,
    ) {}

    addTo(server: grpc.Server): void {
        server.addService(ResourceMonitorService, {
            supportsFeature: this.answer((request: proto.SupportsFeatureRequest) => {
                const response = new proto.SupportsFeatureResponse();
                response.setHassupport(FEATURES.has(request.getId()));
                return response;
            }),
            registerResource: this.answer((request: proto.RegisterResourceRequest) => this.register(request)),
            registerResourceOutputs: this.answer((request: proto.RegisterResourceOutputsRequest) => {
                this.deployment.registerOutputs(request.getUrn(), propertiesOf(request.getOutputs()));
                return new Empty();
            }),
            readResource: this.answer((request: proto.ReadResourceRequest) => this.read(request)),
            invoke: this.answer((request: proto.ResourceInvokeRequest) => this.invoke(request)),
            registerPackage: this.answer((request: proto.RegisterPackageRequest) => {
                const response = new proto.RegisterPackageResponse();
                response.setRef(request.getName());
                return response;
            }),
            signalAndWaitForShutdown: this.answer(async () => {
                this.hasEnded = true;
                await this.deployment.programEnded();
                return new Empty();
            }),
        });
    }

    /** Once the run has failed every call is answered with UNAVAILABLE: the program then ends without a word. */
    private answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
        return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
            const stopped = this.deployment.outcome.stopped.then(() => {
                throw new Reported("stopped");
            });
            const handled = (async () => handle(call.request))();
            handled.catch((error) => this.deployment.outcome.fail(error));
            Promise.race([handled, stopped]).then(
                (response) => callback(null, response),
                () => callback({ code: grpc.status.UNAVAILABLE, details: "resource monitor shut down" }),
            );
        };
    }

    private async register(request: proto.RegisterResourceRequest): Promise<proto.RegisterResourceResponse> {
        const goal = this.inherit(goalOf(request, this.rootDir));
        if (goal.custom) {
            refuseForeignPackage(goal.type, goal.name);
            if (!isProviderType(goal.type)) {
                goal.provider ??= await this.defaultProviderReference();
            }
        }
        const { state, result } = await this.deployment.register(goal);
        this.goals.set(state.urn, goal);
        const response = new proto.RegisterResourceResponse();
        response.setUrn(state.urn);
        response.setId(state.id);
        response.setResult(RESULTS[result]);
        response.setObject(
            Struct.fromJavaScript(
                toWire(goal.custom ? partial(state.outputs, request.getSupportspartialvalues()) : {}),
            ),
        );
        return response;
    }

    /** A child is protected, retained and deleted as its parent is, and uses its provider, unless it says otherwise. */
    private inherit(goal: Goal): Goal {
        const parent = goal.parent === undefined ? undefined : this.goals.get(goal.parent);
        if (parent === undefined) {
            return goal;
        }
        const isOfPackage =
            parent.provider !== undefined &&
            packageOf(typeOf(parseProviderReference(parent.provider).urn)) === packageOf(goal.type);
        return {
            ...goal,
            deletedWith: goal.deletedWith ?? parent.deletedWith,
            protect: goal.protect ?? parent.protect,
            retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
            provider: goal.provider ?? (goal.custom && isOfPackage ? parent.provider : undefined),
        };
    }

    private defaultProviderReference(): Promise<string> {
        this.defaultProvider ??= this.deployment
            .register({
                type: `pulumi:providers:${DYNAMIC_PACKAGE}`,
                name: "default",
                custom: true,
                properties: this.configuration,
                parent: undefined,
                dependencies: [],
                propertyDependencies: {},
                provider: undefined,
                protect: undefined,
                retainOnDelete: undefined,
                deletedWith: undefined,
                deleteBeforeReplace: undefined,
                ignoreChanges: [],
                replaceOnChanges: [],
                hideDiff: [],
                additionalSecretOutputs: [],
                aliases: [],
                customTimeouts: {},
                sourcePosition: undefined,
                stackTrace: [],
            })
            .then(({ state: { urn, id } }) => `${urn}::${id}`);
        return this.defaultProvider;
    }

    private async read(request: proto.ReadResourceRequest): Promise<proto.ReadResourceResponse> {
        refuseForeignPackage(request.getType(), request.getName());
        const provider = request.getProvider() || (await this.defaultProviderReference());
        const state = await this.deployment.read({ ...readGoalOf(request, this.rootDir), provider });
        const response = new proto.ReadResourceResponse();
        response.setUrn(state.urn);
        response.setProperties(Struct.fromJavaScript(toWire(state.outputs)));
        return response;
    }

    /** Dynamic providers have no functions; the engine itself has one, which turns a resource reference into its outputs. */
    private invoke(request: proto.ResourceInvokeRequest): InvokeResponse {
        if (request.getTok() !== "pulumi:pulumi:getResource") {
            throw new UnsupportedError(`function ${request.getTok()}`);
        }
        const { urn } = propertiesOf(request.getArgs());
        const state = this.deployment.ledger.current.get(String(urn));
        if (state === undefined) {
            throw new Error(`unknown resource ${urn}`);
        }
        const response = new InvokeResponse();
        response.setReturn(
            Struct.fromJavaScript(
                toWire({ urn: state.urn, id: state.id, provider: state.provider ?? "", state: state.outputs }),
            ),
        );
        return response;
    }
}

const RESULTS = { success: proto.Result.SUCCESS, fail: proto.Result.FAIL, skip: proto.Result.SKIP } as const;

function refuseForeignPackage(type: string, name: string): void {
    const pkg = packageOf(type);
    if (pkg !== DYNAMIC_PACKAGE) {
        throw new UnsupportedError(`${type} ${name}: package ${pkg} (this engine runs dynamic resources only)`);
    }
}

/** For programs whose SDK can't take a partly known value. */
function partial(outputs: PropertyMap, supported: boolean): PropertyMap {
    return supported
        ? outputs
        : Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknown(value)));
}
