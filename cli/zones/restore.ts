import { printable } from "../../provider/api/printable";
import { putZone } from "../../provider/api/records";
import { createSnapshot } from "../../provider/api/snapshots";
import { codeOf, withCode } from "../../provider/core/codes";
import { messageOf } from "../../provider/core/failures";
import { CommandFailure, command, EXIT, readDomain, UsageError } from "../command";
import { clientOfEnvironment } from "../session";
import { changesBetween, dataOf, lineOf } from "./changes";
import { ofFile, ofSnapshot } from "./restoreSource";
import { countOf, zoneOf } from "./zoneOf";

/**
 * Makes a zone what it was. The API has no call for that: it is `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`, or a file,
 * then `PUT …/records` with what is in it.
 */
export const restore = command({
    options: {
        file: {
            type: "string",
            short: "f",
            value: "FILE",
            help: "a zone file instead of a snapshot; - reads standard input",
        },
        yes: { type: "boolean", short: "y", help: "do it, after a snapshot of the zone as it is" },
    },
    help: `Shows what a snapshot of a LiveDNS zone, given by its id or its name, or a zone file, as
"pulumi-gandi export" writes it, would bring back: + comes, - goes, ~ changes. Nothing is changed
without --yes. NS at the apex that it does not have stay, and the SOA is Gandi's.`,
    async run({ words, options: { file, yes } }, speech) {
        const domain = readDomain(words[0]!);
        const named = words[1];
        if ((named === undefined) === (file === undefined)) {
            throw new UsageError(
                named === undefined ? "SNAPSHOT is missing, or --file FILE" : "SNAPSHOT and --file are one too many",
            );
        }
        const client = clientOfEnvironment(speech);
        const source =
            named === undefined ? await ofFile(speech, domain, file!) : await ofSnapshot(client, domain, named);
        const changes = changesBetween(domain, await zoneOf(client, domain), source.rrsets);
        const answer = { domain, from: source.data, changes: changes.map(dataOf) };
        speech.print(`${domain}: ${source.title}`);
        for (const change of changes) {
            speech.print(lineOf(change));
        }
        if (changes.length === 0 || !yes) {
            speech.answer({ ...answer, restored: false });
            speech.print(
                changes.length === 0
                    ? "The zone is as it was then: nothing to restore"
                    : `${countOf(changes.length)} would change (+ comes, - goes, ~ changes). Nothing was changed: add --yes to do it`,
            );
            return EXIT.done;
        }
        const safety = await createSnapshot(client, domain, `before the restore of ${source.name}`);
        speech.print(`${domain}: the zone as it is now is kept as snapshot ${safety}`);
        try {
            await putZone(client, domain, source.rrsets);
        } catch (error) {
            throw new CommandFailure(
                withCode(`${messageOf(error)} The zone as it was before is in the snapshot ${safety}.`, codeOf(error)),
            );
        }
        const left = changesBetween(domain, await zoneOf(client, domain), source.rrsets);
        if (left.length > 0) {
            const lines = left.map((change) => printable(lineOf(change).text)).join("\n");
            throw new CommandFailure(`${domain}: restored, but the zone still differs:\n${lines}`);
        }
        speech.answer({ ...answer, restored: true, before: safety });
        speech.print(`${domain}: restored, ${countOf(changes.length)} changed`);
        return EXIT.done;
    },
});
