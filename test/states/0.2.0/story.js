/** What is at Gandi before the first run. */
exports.seed = {
    domains: [
        { fqdn: "example.com", zone: "" },
        { fqdn: "unshown.com", livedns: false, nameservers: ["ns8.example.net", "ns9.example.net"] },
        { fqdn: "signed.com", livedns: false, nameservers: ["ns8.example.net", "ns9.example.net"] },
        { fqdn: "late.com", zone: "" },
    ],
};

/** The stack's configuration, all of it secret. */
exports.secrets = ({ tokens }) => ({ "gandi:personalAccessToken": tokens.first });

/** A run that succeeds, then one that leaves behind what does not show yet, and what could not be seen to its end. */
exports.record = async ({ sandbox, stack }) => {
    sandbox.setDelays({ order: 0, operation: 0 });
    const made = await fetch(`${sandbox.url}/v5/livedns/axfr/tsig`, {
        method: "POST",
        headers: { authorization: `Bearer ${sandbox.tokens.first}` },
    });
    await stack.setConfig("keyId", { value: (await made.json()).id });
    await stack.setConfig("stage", { value: "begun" });
    await stack.up();

    sandbox.setDelays({ showing: null });
    sandbox.addFault({ status: 403, method: "GET", path: "*/late.com/hosts*", skip: 1 });
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
