// How fast record values and zone files are read and compared: `npm run build`, then `node bench/dns.js`.
// Prints a table, and the same as one line of JSON. Each figure is the best of five runs, in milliseconds.
const dns = require("../dist/provider/dns");

const ZONE = "example.com";
const COUNT = 10_000;

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

function rrset(i) {
    return { name: `host-${i}`, ttl: 300, ...SHAPES[i % SHAPES.length](i) };
}

const rrsets = (count) => Array.from({ length: count }, (_, i) => rrset(i));
/** One record a line. */
function zoneFile(lines) {
    const records = Array.from({ length: lines }, (_, i) => rrset(i)).map(({ name, type, ttl, values }) => {
        return `${name} ${ttl} IN ${type} ${dns.apiValue(type, values[0], ZONE)}`;
    });
    return [`$ORIGIN ${ZONE}.`, ...records, ""].join("\n");
}

function best(work) {
    const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
    });
    return Math.round(Math.min(...times) * 10) / 10;
}

function normalizeAll(zone) {
    return zone.map(({ type, values }) => values.map((value) => dns.apiValue(type, value, ZONE)));
}

const zone = rrsets(COUNT);
const answered = zone.map(({ type, values }) => values.map((value) => dns.apiValue(type, value, ZONE)).reverse());
const text = zoneFile(COUNT);
const twice = zoneFile(2 * COUNT);

const figures = [
    { figure: `${COUNT} RRsets to normal form`, ms: best(() => normalizeAll(zone)), target: undefined },
    {
        figure: `${COUNT} RRsets parsed and compared with what the API answers`,
        ms: best(() => zone.every(({ type, values }, i) => dns.sameRRset(type, values, answered[i], ZONE))),
        target: 200,
    },
    { figure: `${COUNT} RRsets checked as one zone`, ms: best(() => dns.checkZone(zone, ZONE)), target: undefined },
    { figure: `zone file of ${COUNT} lines`, ms: best(() => dns.parseZoneFile(text, { zone: ZONE })), target: 500 },
    {
        figure: `zone file of ${2 * COUNT} lines`,
        ms: best(() => dns.parseZoneFile(twice, { zone: ZONE })),
        target: undefined,
    },
];

console.table(figures.map(({ figure, ms, target }) => ({ figure, ms, "target, ms": target ?? "" })));
console.log(JSON.stringify({ benchmark: "dns", node: process.version, figures }));
