import * as grpc from "@grpc/grpc-js";
import type { Deployment } from "../deployment/deployment";
import type { ResourceMonitor } from "../deployment/monitor";
import { addEngineService } from "./engineService";
import { GRPC_OPTIONS } from "./providerProcess";

/** The gRPC server of one operation, which the program and all of its providers are given the address of. */
export class EngineServer {
    private constructor(
        private readonly server: grpc.Server,
        /** `127.0.0.1:port`. */
        readonly address: string,
    ) {}

    static async start(deployment: Deployment): Promise<EngineServer> {
        const server = new grpc.Server(GRPC_OPTIONS);
        addEngineService(server, deployment);
        const port = await new Promise<number>((resolve, reject) => {
            server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
                error ? reject(error) : resolve(bound),
            );
        });
        return new EngineServer(server, `127.0.0.1:${port}`);
    }

    /** Lets a program register its resources. */
    serve(monitor: ResourceMonitor): void {
        monitor.addTo(this.server);
    }

    close(): void {
        this.server.forceShutdown();
    }
}
