"use strict";
/**
 * Loaded first in the processes that the tests start (see `jest.config.js`): hundreds of programs and providers. More
 * than half of the time that each needs to start goes to modules of the SDK that analyse closures (ours have none:
 * `core/program/pointer.ts`) or start a CLI. They are loaded when somebody first looks into them.
 */
const Module = require("node:module");

const DEFERRED = new Set(["typescript", "@npmcli/arborist", "normalize-package-data", "execa"]);
const OWNER = /node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;
const load = Module._load;

Module._load = (request, parent, isMain) => {
    if (!DEFERRED.has(request) || !OWNER.test(parent?.filename ?? "")) {
        return load.call(Module, request, parent, isMain);
    }
    let loaded;
    return new Proxy(
        {},
        {
            get(_target, name) {
                // TypeScript's `import *` would copy every property of a module that does not say this.
                if (name === "__esModule") {
                    return true;
                }
                loaded ??= load.call(Module, request, parent, isMain);
                return loaded[name];
            },
        },
    );
};
