// A dynamic provider over a "cloud" of files: one JSON file for each thing under CLOUD, a line for each call in
// CLOUD/calls, and faults on demand in CLOUD/faults.json, by the key of a thing and the method.
const fs = require("node:fs");
const path = require("node:path");

const at = (name) => path.join(process.env.CLOUD, name);
const load = (name, otherwise) => (fs.existsSync(at(name)) ? JSON.parse(fs.readFileSync(at(name), "utf8")) : otherwise);
const store = (name, value) => fs.writeFileSync(at(name), JSON.stringify(value));
const stored = ({ value, list, map, secret, kind }) => JSON.parse(JSON.stringify({ value, list, map, secret, kind }));

async function call(method, key, id) {
    fs.appendFileSync(at("calls"), `${method} ${key} ${id}\n`);
    const fault = load("faults.json", {})[`${method} ${key}`];
    if (fault === "throw") {
        throw new Error(`${key}: ${method} went wrong`);
    }
    if (fault === "exit") {
        process.exit(7);
    }
    if (fault === "wait") {
        fs.writeFileSync(at(`waiting-${key}`), "");
        while (!fs.existsSync(at("go-on"))) {
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
    }
    return fault;
}

function partial(id, properties) {
    return Object.assign(new Error("partly done"), { id, properties, reasons: ["it is not ready", "it may never be"] });
}

module.exports = {
    configure(req) {
        this.config = req.config;
    },
    async check(olds, news) {
        const failures = news.value === "invalid" ? [{ property: "", reason: "value: must not be invalid" }] : [];
        return { inputs: { ...news, size: news.size ?? olds.size ?? 1 }, failures };
    },
    async diff(_id, olds, news) {
        if (news.diff === "unknown") {
            return {};
        }
        const changed = ["value", "list", "map", "secret"].filter(
            (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
        );
        const replaces = olds.kind !== news.kind ? ["kind"] : [];
        return {
            changes: changed.length + replaces.length > 0,
            replaces,
            deleteBeforeReplace: news.deleteFirst === true,
        };
    },
    async create(props) {
        const made = load("made.json", {});
        const id = `${props.key}-${(made[props.key] ?? 0) + 1}`;
        const fault = await call("create", props.key, id);
        store("made.json", { ...load("made.json", {}), [props.key]: (made[props.key] ?? 0) + 1 });
        store(`${id}.json`, stored(props));
        const outs = { ...props, marker: 1, region: this.config?.get("things:region") ?? "nowhere", token: "t0ken" };
        if (fault === "partial") {
            throw partial(id, outs);
        }
        return { id, outs };
    },
    async read(id, props) {
        await call("read", props.key, id);
        const thing = load(`${id}.json`, undefined);
        if (thing === undefined) {
            if (props.marker === undefined) {
                throw new Error(`there is no thing ${id}`);
            }
            return {};
        }
        const { marker, region, token, ...inputs } = { ...props, ...thing };
        return { id, props: { ...props, ...thing, marker: 1 }, inputs };
    },
    async update(id, olds, news) {
        const fault = await call("update", news.key, id);
        store(`${id}.json`, stored(news));
        const outs = { ...olds, ...news };
        if (fault === "partial") {
            throw partial(id, outs);
        }
        return { outs };
    },
    async delete(id, props) {
        await call("delete", props.key, id);
        fs.rmSync(at(`${id}.json`), { force: true });
    },
};
