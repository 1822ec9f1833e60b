import type * as grpc from "@grpc/grpc-js";

type Handler = (call: { request: unknown }, callback: grpc.sendUnaryData<unknown>) => void;

/** A client of services in this process: each call goes straight to its handler. */
export type Client = Record<string, (request: unknown, ...rest: unknown[]) => void> & { close(): void };

/** What services are added to in place of a gRPC server, so that a program in this process can call them. */
export class Services {
    private readonly handlers = new Map<string, Handler>();
    private isCut = false;

    addService(_definition: unknown, implementation: Record<string, unknown>): void {
        for (const [name, handler] of Object.entries(implementation)) {
            this.handlers.set(name, handler as Handler);
        }
    }

    /** From here on nothing that is asked, or was, gets an answer: whoever asks is as good as dead. */
    cut(): void {
        this.isCut = true;
    }

    client(): Client {
        const call =
            (handler: Handler) =>
            (request: unknown, ...rest: unknown[]) => {
                const callback = rest.at(-1) as grpc.sendUnaryData<unknown>;
                if (!this.isCut) {
                    handler({ request }, (...answer) => {
                        if (!this.isCut) callback(...answer);
                    });
                }
            };
        const methods = [...this.handlers].map(([name, handler]) => [name, call(handler)]);
        return { ...Object.fromEntries(methods), close() {} };
    }
}
