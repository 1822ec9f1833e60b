import type { OwnerName } from "../../provider/dns";
import { placeOf, RRset } from "../../provider/dns/rrset";

const ZONE = "example.com";
const mx = (...values: string[]) => RRset.ofKey(ZONE, "@ MX", { ttl: 300, values });

describe("an RRset", () => {
    it("has one key in its zone and one among all, whatever an answer spells", () => {
        const there = RRset.there(ZONE, "WWW", "A", { ttl: 300, values: ["192.0.2.1"] });
        expect(there).toMatchObject({ key: "www A", id: "example.com/www/A", storedName: "WWW" });
        expect(RRset.there(ZONE, "", "mx").key).toBe("@ MX");
        expect(placeOf(there.key)).toEqual({ name: "www", type: "A" });
    });

    it("takes the zone's own name of an answer or a key for what stands below the apex", () => {
        expect(RRset.there(ZONE, ZONE, "A").id).toBe("example.com/example.com/A");
        expect(RRset.ofKey(ZONE, "example.com A").name).toBe("example.com");
    });

    it("keeps a name that is none: a strange answer stops nothing", () => {
        expect(RRset.there(ZONE, "a.*.b", "A").key).toBe("a.*.b A");
    });

    it("is another one where its TTL or its values differ, in whatever order and spelling", () => {
        const one = mx("10 mx1", "020 MX2.example.net.");
        expect(one.equals(mx("20 mx2.example.net.", "10 MX1.example.com."))).toBe(true);
        expect(one.equals(mx("10 mx1"))).toBe(false);
        expect(one.hasValuesOf(one.withTtl(600))).toBe(true);
        expect(one.equals(one.withTtl(600))).toBe(false);
    });

    it("has values that nobody understands as they are", () => {
        expect([...mx("no preference").normalValues]).toEqual(["no preference"]);
        const place = { name: "@" as OwnerName, type: "a" };
        expect([...new RRset(ZONE, place, { values: ["192.0.2.1"] }).normalValues]).toEqual(["192.0.2.1"]);
    });
});
