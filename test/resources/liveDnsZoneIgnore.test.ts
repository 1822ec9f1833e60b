import { ignoreProblem, ignores } from "../../provider/resources/zone/ignore";

describe("a pattern of ignore", () => {
    it.each([
        ["_acme-challenge.**", ["_acme-challenge TXT", "_acme-challenge.www TXT", "_acme-challenge.a.b CNAME"]],
        ["**._domainkey", ["_domainkey TXT", "k1._domainkey TXT", "a.b._domainkey TXT"]],
        ["*.dev", ["a.dev A", "*.dev A"]],
        ["host-*", ["host-1 A", "host- A"]],
        ["a*b*c", ["abc A", "axbxc A"]],
        ["a.**.z", ["a.z A", "a.b.c.z A"]],
        ["WWW", ["www A"]],
        ["@", ["@ A"]],
        ["**", ["@ A", "www A", "a.b TXT"]],
    ])("%s takes in what it should", (pattern, keys) => {
        expect(keys.filter(ignores([pattern]))).toEqual(keys);
    });

    it.each([
        ["_acme-challenge.**", ["x._acme-challenge TXT", "_acme-challengex TXT", "@ TXT"]],
        ["*.dev", ["dev A", "a.b.dev A"]],
        ["*", ["@ A", "a.b A"]],
        ["host-*", ["host A", "myhost-1 A", "host-1.dev A"]],
        ["a*b*c", ["acb A", "ab A"]],
        ["@", ["www A"]],
    ])("%s leaves out what it should", (pattern, keys) => {
        expect(keys.filter(ignores([pattern]))).toEqual([]);
    });

    it("can name a type, alone or with a name", () => {
        const keys = ["www A", "www TXT", "mail TXT"];
        expect(keys.filter(ignores([{ type: "txt" }]))).toEqual(["www TXT", "mail TXT"]);
        expect(keys.filter(ignores([{ name: "www", type: "TXT" }]))).toEqual(["www TXT"]);
        expect(keys.filter(ignores())).toEqual([]);
    });

    it.each([[""], ["www."], ["a..b"], ["bücher"], ["a b"]])("%j is refused with a reason", (pattern) => {
        expect(ignoreProblem(pattern, "example.com")).toMatch(/is no pattern of names inside the zone/);
    });

    it.each([
        ["_acme-challenge.example.com", '"_acme-challenge"'],
        ["*.Example.com", '"*"'],
        ["example.com", '"@"'],
    ])(
        "%s, which repeats the zone and would leave nothing alone, is refused with the right spelling",
        (name, right) => {
            expect(ignoreProblem(name, "example.com")).toContain(`counts from example.com: write ${right}`);
            expect(ignoreProblem(name, "example.org")).toBeUndefined();
            expect(ignoreProblem(name, undefined)).toBeUndefined();
        },
    );

    it("is absolute with a final dot", () => {
        const keys = ["@ A", "www A", "example.com A", "www.example.com A"];
        const left = (pattern: string) => keys.filter(ignores([pattern], "example.com"));
        expect(left("example.com.")).toEqual(["@ A"]);
        expect(left("Example.com.EXAMPLE.com.")).toEqual(["example.com A"]);
        expect(left("**.example.com.example.com.")).toEqual(["example.com A", "www.example.com A"]);
        expect(left("*.example.com.")).toEqual(["www A"]);
        for (const pattern of ["example.com.", "example.com.example.com.", "_acme-challenge.**.example.com."]) {
            expect(ignoreProblem(pattern, "example.com")).toBeUndefined();
            expect(ignoreProblem(pattern, undefined)).toBeUndefined();
        }
        expect(ignoreProblem("www.example.org.", "example.com")).toMatch(/no pattern of names inside the zone/);
        expect(ignoreProblem("example.com", "example.com")).toContain('or "example.com.example.com." if that is meant');
    });

    it("is refused with a type that there is not, and would leave nothing alone", () => {
        expect(ignoreProblem({ type: "TXTT" }, "example.com")).toMatch(/"TXTT" is none of A, .*TXT/);
        expect(ignoreProblem({ name: "www", type: "txt" }, "example.com")).toBeUndefined();
    });
});
