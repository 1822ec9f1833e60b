/** What a secondary's configuration is made of. */
export interface SecondarySetup {
    /** In A-labels. */
    readonly domains: readonly string[];
    /** Where zone transfers are asked for. */
    readonly primaries: readonly string[];
    readonly keyName: string;
    readonly algorithm: string;
    /** Base64. */
    readonly secret: string;
}

/** The nameservers that there is a configuration for. */
export interface SecondaryConfigurations {
    /** For `named.conf` of BIND 9.16 and later. */
    bind: string;
    /** For `knot.conf` of Knot DNS 3. */
    knot: string;
    /** For `nsd.conf` of NSD 4. */
    nsd: string;
    /** Commands for PowerDNS 4.5 and later, whose secondaries stand in its backend; `pdns.conf` needs `secondary=yes`. */
    powerdns: string;
}

export function configurationsOf(setup: SecondarySetup): SecondaryConfigurations {
    return { bind: bind(setup), knot: knot(setup), nsd: nsd(setup), powerdns: powerdns(setup) };
}

/** BIND 9 Administrator Reference Manual, "key" and "zone" statements. */
function bind({ domains, primaries, keyName, algorithm, secret }: SecondarySetup): string {
    const from = primaries.map((address) => `${address} key "${keyName}";`).join(" ");
    const zones = domains.map((domain) =>
        block(`zone "${domain}"`, ["type secondary;", `file "${domain}.zone";`, `primaries { ${from} };`]),
    );
    return [block(`key "${keyName}"`, [`algorithm ${algorithm};`, `secret "${secret}";`]), ...zones].join("");
}

function block(head: string, lines: readonly string[]): string {
    return `${head} {\n${lines.map((line) => `    ${line}\n`).join("")}};\n`;
}

/** Knot DNS documentation, "Configuration reference": key, remote, acl, zone. */
function knot({ domains, primaries, keyName, algorithm, secret }: SecondarySetup): string {
    const addresses = `[${primaries.join(", ")}]`;
    return [
        `key:\n  - id: ${keyName}\n    algorithm: ${algorithm}\n    secret: ${secret}\n`,
        `remote:\n  - id: livedns\n    address: ${addresses}\n    key: ${keyName}\n`,
        `acl:\n  - id: notify-from-livedns\n    address: ${addresses}\n    action: notify\n`,
        `zone:\n${domains
            .map((domain) => `  - domain: ${domain}\n    master: livedns\n    acl: notify-from-livedns\n`)
            .join("")}`,
    ].join("\n");
}

/** nsd.conf(5): key and zone options. */
function nsd({ domains, primaries, keyName, algorithm, secret }: SecondarySetup): string {
    const zones = domains.map((domain) => {
        const from = primaries.flatMap((address) => [
            `    allow-notify: ${address} NOKEY\n`,
            `    request-xfr: ${address} ${keyName}\n`,
        ]);
        return `zone:\n    name: "${domain}"\n    zonefile: "${domain}.zone"\n${from.join("")}`;
    });
    return [`key:\n    name: "${keyName}"\n    algorithm: ${algorithm}\n    secret: "${secret}"\n`, ...zones].join(
        "\n",
    );
}

/** pdnsutil(1), and "TSIG" in the PowerDNS documentation. */
function powerdns({ domains, primaries, keyName, algorithm, secret }: SecondarySetup): string {
    const lines = domains.flatMap((domain) => [
        `pdnsutil create-secondary-zone ${domain} ${primaries.join(" ")}`,
        `pdnsutil activate-tsig-key ${domain} ${keyName} secondary`,
    ]);
    return [`pdnsutil import-tsig-key ${keyName} ${algorithm} ${secret}`, ...lines].map((line) => `${line}\n`).join("");
}
