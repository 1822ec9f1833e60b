const NO_RECORDS = { zone: "" };

/** What is at Gandi before the first run. */
exports.seed = {
    domains: [
        { fqdn: "example.com", zone: "by-hand 300 IN A 192.0.2.77\n@ 300 IN A 192.0.2.99\n" },
        { fqdn: "sold.com", ...NO_RECORDS },
        { fqdn: "glue.com", ...NO_RECORDS },
        { fqdn: "elsewhere.com", livedns: false, nameservers: ["ns8.example.net", "ns9.example.net"] },
        { fqdn: "whole.com", zone: "_acme-challenge 300 IN TXT others\nlab 300 IN TXT others\n" },
        { fqdn: "shared.com", zone: "others 300 IN A 192.0.2.66\n" },
        { fqdn: "half.com", ...NO_RECORDS },
        { fqdn: "late.com", ...NO_RECORDS },
        { fqdn: "late-host.com", ...NO_RECORDS },
        { fqdn: "late-servers.com", ...NO_RECORDS },
        { fqdn: "second.com", organization: "second", ...NO_RECORDS },
    ],
};

/** The stack's configuration, all of it secret. */
exports.secrets = ({ tokens }) => ({
    "gandi:personalAccessToken": tokens.first,
    secondToken: tokens.second,
    apiKey: tokens.apiKey,
});

/** A run that succeeds, then one that leaves behind what had not come to its end. */
exports.record = async ({ sandbox, stack }) => {
    sandbox.setDelays({ order: 0, operation: 0, changeOwner: null });
    await stack.setConfig("stage", { value: "begun" });
    await stack.up();

    sandbox.setDelays({ order: null, operation: null });
    sandbox.addFault({ kind: "stale", method: "GET", path: "*/late.com/*" });
    sandbox.addFault({ status: 400, method: "PUT", path: "*/half.com/axfr/tsig/*" });
    sandbox.addFault({ status: 400, method: "POST", path: "*/half.com/records*", skip: 1 });
    await stack.setConfig("stage", { value: "unfinished" });
    const failed = await stack.up({ continueOnError: true }).then(
        () => false,
        () => true,
    );
    if (!failed) {
        throw new Error("the second run should have failed");
    }
    sandbox.clearFaults();
};
