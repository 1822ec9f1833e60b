import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where answers would lead a client to: nobody may come, least of all with a token. */
export class Elsewhere {
    private readonly came: string[] = [];

    private constructor(
        private readonly server: Server,
        readonly url: string,
    ) {
        server.on("request", ({ method, url: path, headers }, answer) => {
            this.came.push(`${method} ${path}${headers.authorization === undefined ? "" : ", with the token"}`);
            answer.end("{}");
        });
    }

    static async open(): Promise<Elsewhere> {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return new Elsewhere(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }

    /** What came. */
    visits(): string[] {
        return this.came.map((what) => `an answer has led elsewhere: ${what}`);
    }

    close(): void {
        this.server.close();
        this.server.closeAllConnections();
    }
}
