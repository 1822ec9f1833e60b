import { connect } from "node:http2";

/**
 * Tells when an engine ends: it holds one connection, never opened again, as another program may answer at the same
 * address later. HTTP/2, which gRPC speaks: a server gives up a connection that does not begin so.
 * @param address of the engine's gRPC server, `host:port`
 */
export function onEnd(address: string, ended: () => void): void {
    let isConnected = false;
    const session = connect(`http://${address}`);
    session.once("connect", () => {
        isConnected = true;
    });
    // Where it can't be reached there is nothing to wait for. The close that follows an error says the rest.
    session.on("error", () => {});
    session.once("close", () => {
        if (isConnected) {
            ended();
        }
    });
    session.unref();
}
