import { join, resolve } from "node:path";
import { codeOf, withCode } from "../../provider/core/codes";
import { messageOf } from "../../provider/core/failures";
import { fromApi } from "../../provider/resources/zone/rrsets";
import { CommandFailure, command, EXIT, readDomain, UsageError } from "../command";
import { clientOfEnvironment } from "../session";
import type { Speech } from "../speech";
import { writeWhole } from "../writeFile";
import { type AccountZone, zonesOfAccount } from "./accountZones";
import { countOf, zoneOf } from "./zoneOf";
import { type ZoneText, zoneText } from "./zoneText";

type Zone = Pick<AccountZone, "fqdn" | "client">;

/** `GET /v5/livedns/domains`, `GET /v5/livedns/domains/{fqdn}/records` */
export const exportZones = command({
    options: {
        all: { type: "boolean", help: "every zone that the token sees, of all its organisations" },
        out: {
            type: "string",
            short: "o",
            value: "DIR",
            help: "write DIR/DOMAIN.zone, instead of the zone on standard output",
        },
        force: { type: "boolean", help: "replace files in DIR that hold something else" },
    },
    help: `Prints a LiveDNS zone as a zone file, or writes a folder of them. It only reads. A zone that nobody
has changed makes the same file again, so a folder under version control shows what was changed.`,
    exits: { [EXIT.incomplete]: "some zones or RRsets could not be written; each is named" },
    async run({ words, options: { all, out, force } }, speech) {
        const domains = [...new Set(words.map(readDomain))];
        if (domains.length === 0 && !all) throw new UsageError("DOMAIN is missing, or --all");
        if (domains.length > 0 && all) throw new UsageError("DOMAIN and --all are one too many");
        if (domains.length !== 1 && out === undefined)
            throw new UsageError("--out DIR is missing, for more than one zone");
        const client = clientOfEnvironment(speech, "pulumi-gandi export");
        if (out === undefined) {
            return printZone({ fqdn: domains[0]!, client }, speech);
        }
        const zones = all ? await zonesOfAccount(client, speech.note) : domains.map((fqdn) => ({ fqdn, client }));
        return writeZones(zones, { directory: out, force }, speech);
    },
});

async function read({ fqdn, client }: Zone, speech: Speech): Promise<ZoneText> {
    const rrsets = (await zoneOf(client, fqdn)).map((rrset) => fromApi(rrset, fqdn));
    const { text, count, leftOut } = zoneText(fqdn, rrsets);
    for (const { storedName, type } of leftOut) {
        speech.note(`${fqdn}: ${storedName} ${type} is left out, as no zone file can hold it`);
    }
    return { text: `; ${fqdn} as it was at Gandi: ${countOf(count)}, without the SOA\n${text}`, count, leftOut };
}

async function printZone(zone: Zone, speech: Speech): Promise<number> {
    const { text, count, leftOut } = await read(zone, speech);
    speech.answer({ domain: zone.fqdn, rrsets: count, leftOut: named(leftOut), zone: text });
    if (!speech.json) speech.write(text);
    return leftOut.length > 0 ? EXIT.incomplete : EXIT.done;
}

async function writeZones(
    zones: readonly Zone[],
    { directory, force }: { directory: string; force: boolean | undefined },
    speech: Speech,
): Promise<number> {
    const files = await Promise.all(zones.map((zone) => writeZone(zone, { directory, force }, speech)));
    const done = files.flatMap((file) => ("error" in file ? [] : [file]));
    speech.answer(files);
    const rrsets = done.reduce((sum, file) => sum + file.rrsets, 0);
    speech.print(`${done.length} of ${zones.length === 1 ? "1 zone" : `${zones.length} zones`}, ${countOf(rrsets)}`);
    if (done.length === 0 && zones.length > 0) return EXIT.failed;
    return files.every((file) => !("error" in file) && file.leftOut.length === 0) ? EXIT.done : EXIT.incomplete;
}

/** One zone of many: its failure is said, and stops no other. */
async function writeZone(zone: Zone, how: { directory: string; force: boolean | undefined }, speech: Speech) {
    const domain = zone.fqdn;
    const file = join(how.directory, `${domain}.zone`);
    try {
        const { text, count: rrsets, leftOut } = await read(zone, speech);
        const changed = writeWhole(resolve(speech.directory, file), text, how);
        speech.print(`${file}: ${countOf(rrsets)}${changed ? "" : ", as it was"}`);
        return { domain, file, rrsets, leftOut: named(leftOut), changed };
    } catch (error) {
        const reason = error instanceof CommandFailure ? error.message : withCode(messageOf(error), codeOf(error));
        speech.note(`pulumi-gandi: ${reason}`);
        return { domain, error: reason };
    }
}

function named(rrsets: ZoneText["leftOut"]) {
    return rrsets.map(({ storedName, type }) => ({ name: storedName, type }));
}
