import * as grpc from "@grpc/grpc-js";
import { addEngineService, type Log } from "./engineService";
import { GRPC_OPTIONS } from "./providerProcess";

/** The gRPC server of one operation, which the program and all of its providers are given the address of. */
export class EngineServer {
    private constructor(
        private readonly server: grpc.Server,
        /** `127.0.0.1:port`. */
        readonly address: string,
    ) {}

    static async start(log: Log): Promise<EngineServer> {
        const server = new grpc.Server(GRPC_OPTIONS);
        addEngineService(server, log);
        const port = await new Promise<number>((resolve, reject) => {
            server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
                error ? reject(error) : resolve(bound),
            );
        });
        return new EngineServer(server, `127.0.0.1:${port}`);
    }

    /** Serves what a program registers its resources with, too. */
    serve(monitor: { addTo(server: grpc.Server): void }): void {
        monitor.addTo(this.server);
    }

    close(): void {
        this.server.forceShutdown();
    }
}
