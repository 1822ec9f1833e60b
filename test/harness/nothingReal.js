"use strict";
/** Before all tests: no credential or setting of whoever runs them reaches one, nor a process that one starts. */
module.exports = () => {
    for (const name of Object.keys(process.env)) {
        if (/^(GANDI_|PULUMI_(ACCESS_TOKEN|BACKEND_URL|CONFIG|CONFIG_PASSPHRASE|STACK)$)/.test(name)) {
            delete process.env[name];
        }
    }
};
