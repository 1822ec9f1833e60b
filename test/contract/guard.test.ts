import type { Needs } from "../../contract/fact";
import { guard, Refused } from "../../contract/guard";

const PLACE = { domain: "example.com", run: "ab12" };
const ZONE = "/v5/livedns/domains/example.com";
const FORWARDS = "/v5/email/forwards/example.com";
const OWN = "/v5/domain/domains/contract-ab12.com";
const A = { rrset_values: ["192.0.2.1"] };
const BOUNDS = { place: PLACE, write: PLACE.domain, isPlayground: true, snapshots: new Set(["mine"]) };
type Request = [line: string, body?: unknown];

interface Allowed {
    isPlayground?: boolean;
    write?: string;
}

/** The error with which a request is refused, undefined for one that may be sent. */
function refusal(needs: Needs, [line, body]: Request, allowed: Allowed = {}): unknown {
    const [method = "", path = ""] = line.split(" ");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const url = new URL(path, "https://api.sandbox.gandi.net");
    try {
        guard({ method, url, body: text }, needs, { ...BOUNDS, ...allowed });
        return undefined;
    } catch (error) {
        return error;
    }
}

describe("what may be sent", () => {
    test.each(["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])("a fact that reads sends no %s", (method) => {
        const error = refusal("read", [`${method} ${ZONE}/records/x._contract-ab12/A`, A]);
        expect(error).toBeInstanceOf(Refused);
        expect((error as Error).message).toContain(`${method} ${ZONE}/records/x._contract-ab12/A was not sent`);
    });

    test("a fact that looks for a limit sends GET alone", () => {
        expect(refusal("limit", ["GET /v5/livedns/dns/rrtypes"])).toBeUndefined();
        expect(refusal("limit", [`POST ${ZONE}/records/x._contract-ab12/A`, A])).toBeInstanceOf(Refused);
    });

    test.each<Request>([
        [`POST ${ZONE}/records/_contract-ab12/A`, A],
        [`PUT ${ZONE}/records/0%2F25._Contract-AB12/A`, A],
        [`PUT ${ZONE}/records/x._contract-ab12`, { items: [{ rrset_type: "A", ...A }] }],
        [`DELETE ${ZONE}/records/%2A._contract-ab12`],
        [`POST ${ZONE}/records`, { rrset_name: "x._contract-ab12.example.com.", rrset_type: "A", ...A }],
        [`POST ${ZONE}/snapshots`, { name: "_contract-ab12" }],
        [`DELETE ${ZONE}/snapshots/mine`],
        [`POST ${FORWARDS}`, { source: "x._contract-ab12", destinations: ["a@example.org"] }],
        [`DELETE ${FORWARDS}/%2Ax._contract-ab12`],
    ])("a fact that writes may send %s", (...request) => {
        expect(refusal("write", request)).toBeUndefined();
    });

    test("no fact writes to a domain that --write does not name", () => {
        const request: Request = [`POST ${ZONE}/records/_contract-ab12/A`, A];
        expect(refusal("write", request, { write: undefined })).toBeInstanceOf(Refused);
        expect(refusal("money", request, { write: undefined })).toBeInstanceOf(Refused);
    });

    test.each<Request>([
        [`POST ${ZONE}/records/www/A`, A],
        [`POST ${ZONE}/records/_contract-other/A`, A],
        [`POST ${ZONE}/records/x_contract-ab12/A`, A],
        [`PUT ${ZONE}/records/_contract-ab12/../www/A`, A],
        [`PUT ${ZONE}/records/_contract-ab12/%2e%2e/www/A`, A],
        [`PUT ${ZONE}/records`, { items: [] }],
        [`PUT ${ZONE}/records`, "www 300 IN A 192.0.2.1"],
        [`DELETE ${ZONE}/records`],
        [`DELETE ${ZONE}/records/`],
        [`DELETE ${ZONE}/records/%40`],
        [`POST ${ZONE}/records`, { rrset_name: "www", rrset_type: "A", ...A }],
        [`POST ${ZONE}/records`, { rrset_type: "A", ...A }],
        [`POST ${ZONE}/records`, "{"],
        [`PUT ${ZONE}/records/x._contract-ab12/A`, { ...A, rrset_name: "www" }],
        [`PUT ${ZONE}/records/x._contract-ab12`, { items: [{ ...A, rrset_name: "@" }] }],
        [`POST ${ZONE}/records/_contract-ab12.example.org/A`, A],
        ["POST /v5/livedns/domains/example.org/records/x._contract-ab12/A", A],
        [`PATCH ${ZONE}`, { automatic_snapshots: false }],
        [`POST ${ZONE}/keys`, { flags: 257 }],
        [`DELETE ${ZONE}/snapshots/another`],
        [`POST ${ZONE}/snapshots`, { name: "another" }],
        [`POST ${FORWARDS}`, { source: "sales", destinations: ["a@example.org"] }],
        [`POST ${FORWARDS}`, { source: "x._contract-ab12@example.org", destinations: ["a@example.org"] }],
        [`DELETE ${FORWARDS}/sales`],
        ["POST /v5/email/forwards/example.org", { source: "x._contract-ab12" }],
        ["POST /v5/email/mailboxes/example.com", { source: "x._contract-ab12" }],
        ["PUT /v5/domain/domains/example.com/nameservers", { nameservers: [] }],
        ["POST /v5/domain/domains", { fqdn: "contract-ab12.com" }],
        ["DELETE /v5/domain/domains/contract-ab12.com"],
    ])("a fact that writes may not send %s", (...request) => {
        expect(refusal("write", request)).toBeInstanceOf(Refused);
    });

    test.each<Request>([
        ["POST /v5/domain/domains", { fqdn: "contract-ab12.com" }],
        ["POST /v5/domain/transferin", { fqdn: "f7-contract-ab12.com" }],
        [`PUT ${OWN}/nameservers`, { nameservers: [] }],
        ["PATCH /v5/email/offers/contract-ab12.com", { antispam: "active" }],
        ["POST /v5/email/slots/contract-ab12.com", {}],
        ["DELETE /v5/email/mailboxes/contract-ab12.com/00000000-0000-4000-8000-000000000000"],
        ["PUT /v5/livedns/domains/contract-ab12.com/records", "www 300 IN A 192.0.2.1"],
        ["POST /v5/domain/changeowner/contract-ab12.com", {}],
        ["POST /v5/livedns/axfr/tsig"],
    ])("a fact that costs money may send %s, in a test environment alone", (...request) => {
        expect(refusal("money", request)).toBeUndefined();
        expect(refusal("money", request, { isPlayground: false })).toBeInstanceOf(Refused);
    });

    test.each<Request>([
        ["POST /v5/domain/domains", { fqdn: "example.org" }],
        ["POST /v5/domain/domains", { fqdn: ["contract-ab12.com"] }],
        ["POST /v5/domain/domains", "fqdn=contract-ab12.com"],
        ["POST /v5/domain/transferin", { fqdn: "example.com" }],
        ["PUT /v5/domain/domains/example.com/nameservers", { nameservers: [] }],
        ["DELETE /v5/domain/domains/contract-other.com"],
        [`PUT ${OWN}/../example.com/nameservers`, { nameservers: [] }],
        ["PUT /v5/livedns/domains/example.com/records", { items: [] }],
        ["POST /v5/domain/changeowner/example.com", {}],
        ["POST /v5/email/slots/example.com", {}],
        ["DELETE /v5/email/mailboxes/example.com/00000000-0000-4000-8000-000000000000"],
    ])("not even a fact that costs money may send %s", (...request) => {
        expect(refusal("money", request)).toBeInstanceOf(Refused);
    });
});
