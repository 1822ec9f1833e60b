// A program that registers what spec.json in its directory says: see ThingSpec in test/engine/things.ts.
const fs = require("node:fs");
const pulumi = require("@pulumi/pulumi");

const PROVIDER = `exports.handler=()=>require(${JSON.stringify(require.resolve("./cloud.js"))});`;

class Thing extends pulumi.CustomResource {
    constructor(name, args, opts) {
        const outputs = { marker: undefined, region: undefined, token: undefined };
        super("pulumi-nodejs:dynamic/test:Thing", name, { ...args, ...outputs, __provider: PROVIDER }, opts);
    }
}

class Group extends pulumi.ComponentResource {
    constructor(name, args, opts) {
        super("test:index:Group", name, {}, opts);
        this.registerOutputs({ label: args.label });
    }
}

class Provider extends pulumi.ProviderResource {
    constructor(name, args, opts) {
        super("pulumi-nodejs", name, args, opts);
    }
}

const made = {};
const config = new pulumi.Config("things");

/** { $secret }, { $config }, { $requireSecret }, { $output: "name.property" }, { $resource: "name" } become what they stand for. */
function resolve(value) {
    if (Array.isArray(value)) {
        return value.map(resolve);
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    if ("$secret" in value) {
        return pulumi.secret(resolve(value.$secret));
    }
    if ("$config" in value) {
        return config.get(value.$config);
    }
    if ("$requireSecret" in value) {
        return config.requireSecret(value.$requireSecret);
    }
    if ("$output" in value) {
        const [name, property] = value.$output.split(".");
        return made[name][property];
    }
    if ("$resource" in value) {
        return made[value.$resource];
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
}

function options(given = {}) {
    const opts = { ...given };
    for (const key of ["parent", "provider", "deletedWith"]) {
        if (opts[key] !== undefined) {
            opts[key] = made[opts[key]];
        }
    }
    if (opts.dependsOn !== undefined) {
        opts.dependsOn = opts.dependsOn.map((name) => made[name]);
    }
    return opts;
}

const spec = JSON.parse(fs.readFileSync("spec.json", "utf8"));
for (const each of spec.resources) {
    const opts = options(each.opts);
    if (each.group) {
        made[each.group] = new Group(each.group, resolve({ label: each.label }), opts);
    } else if (each.provider) {
        made[each.provider] = new Provider(each.provider, resolve(each.args ?? {}), opts);
    } else if (each.get) {
        made[each.name] = new Thing(each.name, { key: each.name }, { ...opts, id: resolve(each.get) });
    } else if (each.custom) {
        made[each.name] = new pulumi.CustomResource(each.custom, each.name, {}, opts);
    } else {
        made[each.name] = new Thing(each.name, { key: each.name, ...resolve(each.args ?? {}) }, opts);
    }
}
if (spec.log) {
    console.log(spec.log);
    pulumi.log.warn(`a warning about ${spec.log}`, made[spec.resources[0]?.name]);
}
if (spec.throws) {
    throw new Error(spec.throws);
}
if (spec.dies) {
    pulumi.output(made[spec.dies].marker).apply(() => process.kill(process.pid, "SIGKILL"));
}
module.exports = resolve(spec.outputs ?? {});
