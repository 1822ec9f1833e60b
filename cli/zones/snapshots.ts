import { listSnapshots } from "../../provider/api/snapshots";
import { command, EXIT, readDomain } from "../command";
import { clientOfEnvironment } from "../session";

/** `GET /v5/livedns/domains/{fqdn}/snapshots` */
export const snapshots = command({
    options: {},
    help: `Lists the snapshots of a LiveDNS zone, oldest first: id, time, who made it, name. "pulumi-gandi restore"
takes the id or the name.`,
    async run({ words }, speech) {
        const domain = readDomain(words[0]!);
        const found = await listSnapshots(clientOfEnvironment(speech), domain);
        speech.answer(
            found.map(({ id, name, created_at: createdAt, automatic }) => ({ id, name, createdAt, automatic })),
        );
        for (const { id, name, created_at, automatic } of found) {
            speech.print(`${id}  ${created_at}  ${automatic ? "automatic" : "by hand  "}  ${name}`);
        }
        if (found.length === 0) {
            speech.print(`${domain} has no snapshots`);
        }
        return EXIT.done;
    },
});
