import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pointer } from "../../provider/core/program/pointer";
import { type Gandi, startGandi } from "../harness/gandi";

const ADOPTING = readFileSync(join(__dirname, "..", "..", "docs", "adopting.md"), "utf8");

/** The rows of the table of imports: a kind, an id, and what a program gives. */
const ROWS = [...ADOPTING.matchAll(/^\| `(\w+)` \| `([^`]+)` \| `(\{[^`]+\})`/gm)].map(
    ([, kind, id, inputs]) => [kind!, id!, JSON.parse(inputs!)] as const,
);

let gandi: Gandi;

beforeAll(async () => {
    gandi = await startGandi({
        seed: {
            domains: [
                {
                    fqdn: "example.com",
                    nameservers: ["ns1.example.net", "ns2.example.net"],
                    hosts: { ns1: ["192.0.2.1"] },
                    forwards: { sales: ["alice@example.org"] },
                    mailboxes: { alice: { aliases: ["info"] } },
                    webRedirections: { shop: { url: "https://shop.example.org/" } },
                    zone: "@ 10800 IN MX 10 mail\nwww 300 IN A 192.0.2.1\n",
                },
            ],
        },
    });
    await fetch(`${gandi.sandbox.url}/v5/livedns/domains/example.com/axfr/slaves/192.0.2.53`, {
        method: "PUT",
        headers: { authorization: `Bearer ${gandi.sandbox.token}` },
    });
    gandi.writes();
});
afterAll(() => gandi?.close());

test("the documents say what each kind that is found by its name is imported with", () => {
    expect(ROWS.map(([kind]) => kind).sort()).toEqual([
        "AxfrSlave",
        "Domain",
        "EmailForward",
        "EmailOffer",
        "GlueRecord",
        "LiveDnsDomain",
        "LiveDnsRecord",
        "LiveDnsZone",
        "Mailbox",
        "Nameservers",
        "WebRedirection",
    ]);
});

test.each(ROWS)("a %s that was imported as they say shows no change, before a refresh and after it", async (...row) => {
    const [kind, id, inputs] = row;
    const life = gandi.life(kind);
    const given = { ...inputs, __provider: pointer(kind) };
    life.state = { id, inputs: given, outputs: { ...given, _v: 1, _origin: gandi.sandbox.url } };
    expect(await life.preview(inputs)).toBe("same");
    expect(await life.refresh()).not.toBe("gone");
    expect(await life.preview(inputs)).toBe("same");
    expect(gandi.writes()).toEqual([]);
});
