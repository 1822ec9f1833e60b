// @ts-check
"use strict";
const dns = require("../../dist/provider/dns");

const ZONE = "example.com";

const DKIM = `v=DKIM1; k=rsa; p=${"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC".repeat(8)}`;
const SHAPES = [
    (i) => ({ type: "A", values: [`192.0.2.${i % 256}`, `198.51.100.${i % 256}`] }),
    (i) => ({ type: "AAAA", values: [`2001:DB8::${(i % 65_536).toString(16)}`] }),
    (i) => ({ type: "MX", values: [`10 mail-${i}.example.net.`, "20 mail"] }),
    (i) => ({ type: "CNAME", values: [`host-${i}.example.net.`] }),
    (i) => ({ type: "TXT", values: [`v=spf1 ip4:192.0.2.${i % 256} -all`] }),
    () => ({ type: "TXT", values: [DKIM] }),
    (i) => ({ type: "SRV", values: [`0 5 ${1024 + (i % 60_000)} sip.example.net.`] }),
    (i) => ({ type: "CAA", values: [`0 issue "ca-${i}.example.net"`] }),
];

/**
 * RRsets of a zone as users write them, an eighth of each shape: short and long, of one value and of two, spelled as the
 * API does and otherwise.
 *
 * @param {number} count
 * @returns {{ name: string, type: string, ttl: number, values: string[] }[]}
 */
function rrsets(count) {
    return Array.from({ length: count }, (_, i) => ({
        name: `host-${i}`,
        ttl: 300,
        ...SHAPES[i % SHAPES.length](i),
    }));
}

/** A zone file of one record a line. */
function zoneFile(lines) {
    const records = rrsets(lines).map(({ name, type, ttl, values }) => {
        return `${name} ${ttl} IN ${type} ${dns.apiValue(type, values[0], ZONE)}`;
    });
    return [`$ORIGIN ${ZONE}.`, ...records, ""].join("\n");
}

module.exports = { ZONE, rrsets, zoneFile };
