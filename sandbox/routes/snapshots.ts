import { type Api, apiRoot, type Call, visibleZone, wantsText } from "../access";
import { empty, json, message, text } from "../answers";
import { notFound } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import type { Snapshot, Zone } from "../state/model";
import { masterFile, sortedRRsets, takeSnapshot } from "../state/zone";
import { bodyFields, Fields } from "../validation/fields";

const SNAPSHOTS = "/livedns/domains/:fqdn/snapshots";
const SNAPSHOT = `${SNAPSHOTS}/:id` as const;

/** The routes `livedns/domains/{fqdn}/snapshots…`. There is none to restore one. */
export function snapshotRoutes(api: Api): void {
    api.get(SNAPSHOTS, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const automatic = query.boolean("automatic");
        const order = query.string("sort_by", { oneOf: ["date_created", "-date_created"] });
        query.done("livedns");
        const shown = zone.snapshots.filter((snapshot) => automatic === undefined || snapshot.automatic === automatic);
        if (order === "-date_created") {
            shown.reverse();
        }
        return paged(
            url,
            shown.map((snapshot) => snapshotView(call, zone, snapshot)),
            "livedns",
        );
    });
    api.post(SNAPSHOTS, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const fields = bodyFields(await call.req.text(), "livedns");
        const name = fields.string("name");
        fields.done("livedns");
        const id = takeSnapshot(zone, call.var.world.now(), { name, automatic: false });
        return json({ id, message: "Snapshot Created" }, 201, { location: snapshotUrl(call, zone, id) });
    });
    api.get(SNAPSHOT, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const snapshot = knownSnapshot(zone, call.req.param("id"));
        const rrsets = sortedRRsets(snapshot.rrsets);
        if (wantsText(call)) {
            return text(masterFile(rrsets));
        }
        const data = rrsets.map(({ name, type, ttl, values }) => ({
            rrset_name: name,
            rrset_type: type,
            rrset_ttl: ttl,
            rrset_values: values,
        }));
        return json({ ...snapshotView(call, zone, snapshot), zone_data: data });
    });
    api.patch(SNAPSHOT, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const { id } = knownSnapshot(zone, call.req.param("id"));
        const fields = bodyFields(await call.req.text(), "livedns");
        const name = fields.string("name", { required: true });
        fields.done("livedns");
        call.var.world.startInZone(zone.fqdn, "snapshotRename", { id, name });
        return message("Snapshot Updated", 202, snapshotUrl(call, zone, id));
    });
    api.delete(SNAPSHOT, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const gone = knownSnapshot(zone, call.req.param("id"));
        zone.snapshots = zone.snapshots.filter((snapshot) => snapshot !== gone);
        return empty(204);
    });
}

function knownSnapshot(zone: Zone, id: string): Snapshot {
    const snapshot = zone.snapshots.find((candidate) => candidate.id === id);
    if (!snapshot) {
        throw notFound("livedns");
    }
    return snapshot;
}

function snapshotUrl(call: Call, zone: Zone, id: string): string {
    return `${apiRoot(call)}/livedns/domains/${zone.fqdn}/snapshots/${id}`;
}

function snapshotView(call: Call, zone: Zone, { id, name, createdAt, automatic }: Snapshot) {
    return { id, name, created_at: isoDate(createdAt), automatic, href: snapshotUrl(call, zone, id) };
}
