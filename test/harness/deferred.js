// @ts-check
"use strict";
/**
 * Loaded first in the processes that the tests start (see `jest.config.js`): hundreds of programs and providers, and half
 * of the time that each needs to start goes to two large modules of the SDK, which analyse closures. Ours have none to
 * analyse (`core/resource.ts`), so they are loaded when somebody first looks into them.
 */
const Module = require("node:module");

const DEFERRED = new Set(["typescript", "@npmcli/arborist"]);
const isOfPulumi = /@pulumi[\\/]pulumi[\\/]cmd[\\/]/.test(process.argv[1] ?? "");

if (isOfPulumi) {
    // Node's loader calls it for each `require`; its types don't list it.
    const loader = /** @type {{ _load: (request: string, ...rest: unknown[]) => any }} */ (
        /** @type {unknown} */ (Module)
    );
    const load = loader._load;
    loader._load = (request, ...rest) => {
        if (!DEFERRED.has(request)) {
            return load.call(Module, request, ...rest);
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
                    loaded ??= load.call(Module, request, ...rest);
                    return loaded[name];
                },
            },
        );
    };
}
