import { type Api, apiRoot, type Call, visibleZone, wantsText } from "../access";
import { empty, json, message, text } from "../answers";
import { caseCollision, type FieldError, invalidFields, missingRecord, recordExists } from "../errors";
import { paged } from "../paging";
import { type RRset, rrsetKey, type Zone } from "../state/model";
import { changeRecords, isApexNs, listedRRsets, masterFile, namesakes, sortedRRsets } from "../state/zone";
import { bodyFields, Fields } from "../validation/fields";
import { RECORD_TYPES, stored } from "../validation/rdata";
import { MAX_TTL, MIN_TTL, readRRset, rrsetProblems, zoneProblems } from "../validation/records";
import { readZoneFile, ZoneFileError } from "../zoneFile";

const ZONE = "/livedns/domains/:fqdn/records";
const NAME = `${ZONE}/:name` as const;
const RECORD = `${NAME}/:type` as const;
const CREATED = "DNS Record Created";

/** The routes `livedns/domains/{fqdn}/records…`. */
export function recordRoutes(api: Api): void {
    api.get(ZONE, (call) => listRecords(call, visibleZone(call, call.req.param("fqdn"))));
    api.post(ZONE, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return create(call, zone, readOne(await call.req.text(), zone));
    });
    api.put(ZONE, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const body = await call.req.text();
        const isText = call.req.header("content-type")?.startsWith("text/plain") ?? false;
        const { rrsets, removeApexNs } = isText ? readMasterFile(body, zone) : readItems(body, zone);
        replace(call, zone, () => true, rrsets, removeApexNs);
        return message("DNS Zone Record Created", 201, recordsUrl(call, zone));
    });
    api.delete(ZONE, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        changeRecords(zone, call.var.world.now(), (rrsets) => rrsets.clear());
        return empty(204);
    });

    api.get(NAME, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return json(named(zone, call.req.param("name")).map((rrset) => recordView(call, zone, rrset)));
    });
    api.post(NAME, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return create(call, zone, readOne(await call.req.text(), zone, { name: call.req.param("name") }));
    });
    api.put(NAME, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const name = call.req.param("name");
        const { rrsets } = readItems(await call.req.text(), zone, name);
        replace(call, zone, (rrset) => rrset.name === name, rrsets, false);
        return message(CREATED, 201, `${recordsUrl(call, zone)}/${encodeURIComponent(name)}`);
    });
    api.delete(NAME, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const rrsets = named(zone, call.req.param("name"));
        // Guess: deleting the records of a name that has none succeeds; only the route of one RRset has a 404 in the document.
        if (rrsets.length > 0) {
            changeRecords(zone, call.var.world.now(), (all) => {
                for (const { name, type } of rrsets) {
                    all.delete(rrsetKey(name, type));
                }
            });
        }
        return empty(204);
    });

    api.get(RECORD, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return json(recordView(call, zone, existing(call, zone)));
    });
    api.post(RECORD, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return create(call, zone, readOne(await call.req.text(), zone, pathOf(call)));
    });
    api.put(RECORD, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        // Two ACME clients end their runs with an empty list and need a 201. Guess: the RRset stands then, without values.
        const rrset = readOne(await call.req.text(), zone, pathOf(call), { mayBeEmpty: true });
        store(call, zone, rrset);
        return message(CREATED, 201, recordUrl(call, zone, rrset));
    });
    api.patch(RECORD, async (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        return patch(call, zone, bodyFields(await call.req.text(), "livedns"));
    });
    api.delete(RECORD, (call) => {
        const zone = visibleZone(call, call.req.param("fqdn"));
        const { name, type } = existing(call, zone);
        changeRecords(zone, call.var.world.now(), (rrsets) => rrsets.delete(rrsetKey(name, type)));
        return empty(204);
    });
}

function listRecords(call: Call, zone: Zone): Response {
    const url = new URL(call.req.url);
    const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
    const type = query.string("rrset_type", { oneOf: RECORD_TYPES });
    // Guess: the document names a default for `sort_by` and no other value; the list of snapshots has the minus sign.
    const order = query.string("sort_by", { oneOf: ["rrset_name", "-rrset_name"] });
    query.done("livedns");
    const fits = (rrset: RRset) => type === undefined || rrset.type === type;
    if (wantsText(call)) {
        // Guess: the SOA is no record of the type that is asked for.
        const soa = type === undefined ? { ttl: zone.soaTtl, serial: zone.serial } : undefined;
        return text(masterFile(sortedRRsets(zone.rrsets.values()).filter(fits), soa));
    }
    const shown = listedRRsets(zone).filter(fits);
    if (order === "-rrset_name") {
        shown.reverse();
    }
    return paged(
        url,
        shown.map((rrset) => recordView(call, zone, rrset)),
        "livedns",
    );
}

function recordsUrl(call: Call, zone: Zone): string {
    return `${apiRoot(call)}/livedns/domains/${zone.fqdn}/records`;
}

function recordUrl(call: Call, zone: Zone, { name, type }: RRset): string {
    return `${recordsUrl(call, zone)}/${encodeURIComponent(name)}/${type}`;
}

function recordView(call: Call, zone: Zone, rrset: RRset) {
    return {
        rrset_type: rrset.type,
        rrset_ttl: rrset.ttl,
        rrset_name: rrset.name,
        rrset_href: recordUrl(call, zone, rrset),
        rrset_values: rrset.values,
    };
}

function pathOf(call: Call): { name: string; type: string } {
    const path = { name: call.req.param("name") ?? "", type: call.req.param("type") ?? "" };
    if (!(RECORD_TYPES as readonly string[]).includes(path.type)) {
        const description = `"${path.type}" is not one of ${RECORD_TYPES.join(", ")}`;
        throw invalidFields("livedns", [{ location: "path", name: "rrset_type", description }]);
    }
    return path;
}

/** Guess: a name is looked up in the case it is stored with; a PUT in another case (a 500) points to that. */
function existing(call: Call, zone: Zone): RRset {
    const { name, type } = pathOf(call);
    const rrset = zone.rrsets.get(rrsetKey(name, type));
    if (!rrset) {
        throw missingRecord(name, type);
    }
    return rrset;
}

function named(zone: Zone, name: string): RRset[] {
    return listedRRsets(zone).filter((rrset) => rrset.name === name);
}

function readOne(
    body: string,
    zone: Zone,
    path: { name?: string; type?: string } = {},
    rules: { mayBeEmpty?: boolean } = {},
): RRset {
    const fields = bodyFields(body, "livedns");
    const rrset = readRRset(fields, zone.fqdn, path, rules);
    fields.done("livedns");
    return rrset!;
}

function readItems(body: string, zone: Zone, name?: string): { rrsets: RRset[]; removeApexNs: boolean } {
    const fields = bodyFields(body, "livedns");
    const removeApexNs = fields.boolean("remove_apex_ns") ?? false;
    const rrsets = (fields.items("items", { required: true }) ?? []).flatMap(
        (item) => readRRset(item, zone.fqdn, { name }) ?? [],
    );
    fields.done("livedns");
    refuse(zoneProblems(rrsets));
    return { rrsets, removeApexNs };
}

function readMasterFile(body: string, zone: Zone): { rrsets: RRset[]; removeApexNs: boolean } {
    try {
        const { rrsets } = readZoneFile(body, zone.fqdn);
        refuse(rrsets.flatMap((rrset) => [...ttlProblems(rrset), ...rrsetProblems(rrset, zone.fqdn)]));
        refuse(zoneProblems(rrsets));
        return { rrsets, removeApexNs: false };
    } catch (error) {
        if (error instanceof ZoneFileError) {
            // Guess: how an unreadable master file is refused.
            throw invalidFields("livedns", [itemProblem(error.message)]);
        }
        throw error;
    }
}

function ttlProblems({ ttl }: RRset): string[] {
    if (ttl < MIN_TTL) {
        return [`${ttl} is less than minimum value ${MIN_TTL}`];
    }
    return ttl > MAX_TTL ? [`${ttl} is greater than maximum value ${MAX_TTL}`] : [];
}

function itemProblem(description: string): FieldError {
    return { location: "body", name: "items", description };
}

function refuse(problems: string[]): void {
    if (problems.length > 0) {
        throw invalidFields("livedns", problems.map(itemProblem));
    }
}

/** POST: 201 for a new RRset, 200 for one that is there with the same values, 409 for one with others. */
function create(call: Call, zone: Zone, rrset: RRset): Response {
    const others = namesakes(zone, rrset.name);
    const known = others.find(({ type }) => type === rrset.type);
    if (known) {
        // Guess: the order of the values and the TTL do not matter here.
        if (
            known.values.length !== rrset.values.length ||
            !known.values.every((value) => rrset.values.includes(value))
        ) {
            throw recordExists();
        }
        return message("A DNS Record already exists with same value", 200, recordUrl(call, zone, known));
    }
    refuse(zoneProblems([...others, rrset]));
    changeRecords(zone, call.var.world.now(), (rrsets) => rrsets.set(rrsetKey(rrset.name, rrset.type), rrset));
    return message(CREATED, 201, recordUrl(call, zone, rrset));
}

/** PUT of one RRset. */
function store(call: Call, zone: Zone, rrset: RRset): void {
    const others = namesakes(zone, rrset.name);
    if (others.some(({ name, type }) => type === rrset.type && name !== rrset.name)) {
        throw caseCollision();
    }
    refuse(zoneProblems([...others.filter(({ type }) => type !== rrset.type), rrset]));
    changeRecords(zone, call.var.world.now(), (rrsets) => rrsets.set(rrsetKey(rrset.name, rrset.type), rrset));
}

/** PUT of a zone or of a name: what is there goes, but for the apex NS records where the body has none. */
function replace(
    call: Call,
    zone: Zone,
    inScope: (rrset: RRset) => boolean,
    rrsets: RRset[],
    removeApexNs: boolean,
): void {
    const keepApexNs = !removeApexNs && !rrsets.some(isApexNs);
    const kept = [...zone.rrsets.values()].filter((rrset) => !inScope(rrset) || (keepApexNs && isApexNs(rrset)));
    refuse(zoneProblems([...kept, ...rrsets]));
    changeRecords(zone, call.var.world.now(), (all) => {
        all.clear();
        for (const rrset of [...kept, ...rrsets]) {
            if (!(removeApexNs && isApexNs(rrset))) {
                all.set(rrsetKey(rrset.name, rrset.type), rrset);
            }
        }
    });
}

/** PATCH, reported in 2025 and not in the document. Guess: the answer, and that an RRset without values goes. */
function patch(call: Call, zone: Zone, fields: Fields): Response {
    const known = existing(call, zone);
    const removed = new Set(fields.strings("remove_rrset_values")?.map((value) => stored(known.type, value)));
    const added = fields.strings("add_rrset_values") ?? [];
    const ttl = fields.integer("rrset_ttl", { min: MIN_TTL, max: MAX_TTL }) ?? known.ttl;
    fields.done("livedns");
    const values = [...known.values.filter((value) => !removed.has(value)), ...added];
    if (values.length === 0) {
        changeRecords(zone, call.var.world.now(), (rrsets) => rrsets.delete(rrsetKey(known.name, known.type)));
    } else {
        store(call, zone, readOne(JSON.stringify({ rrset_values: values, rrset_ttl: ttl }), zone, known));
    }
    return message("DNS Record Updated", 200, recordUrl(call, zone, known));
}
