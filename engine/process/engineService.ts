import type * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export type LogSeverity = "info" | "warning" | "error";

export type Log = (severity: LogSeverity, message: string, urn: string) => void;

const SEVERITIES: Record<number, LogSeverity> = {
    [proto.LogSeverity.INFO]: "info",
    [proto.LogSeverity.WARNING]: "warning",
    [proto.LogSeverity.ERROR]: "error",
};

/** The service that a program and its providers log to, and in which the SDK keeps the stack's URN. */
export function addEngineService(server: grpc.Server, log: Log): void {
    let rootResource = "";
    server.addService(EngineService, {
        log: (call: grpc.ServerUnaryCall<proto.LogRequest, Empty>, callback: grpc.sendUnaryData<Empty>) => {
            const severity = SEVERITIES[call.request.getSeverity()];
            if (severity !== undefined) {
                log(severity, call.request.getMessage(), call.request.getUrn());
            }
            callback(null, new Empty());
        },
        getRootResource: (_call: unknown, callback: grpc.sendUnaryData<proto.GetRootResourceResponse>) => {
            const response = new proto.GetRootResourceResponse();
            response.setUrn(rootResource);
            callback(null, response);
        },
        setRootResource: (
            call: grpc.ServerUnaryCall<proto.SetRootResourceRequest, proto.SetRootResourceResponse>,
            callback: grpc.sendUnaryData<proto.SetRootResourceResponse>,
        ) => {
            rootResource = call.request.getUrn();
            callback(null, new proto.SetRootResourceResponse());
        },
        requirePulumiVersion: (_call: unknown, callback: grpc.sendUnaryData<proto.RequirePulumiVersionResponse>) =>
            callback(null, new proto.RequirePulumiVersionResponse()),
    });
}
