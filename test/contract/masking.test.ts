import { Mask } from "../../contract/masking";

const PLACE = { domain: "mine.example", run: "ab12" };
const TOKEN = "pat_0123456789abcdefghijklmnopqrstuvwxyz";

function maskOf(...answers: unknown[]): Mask {
    const mask = new Mask(TOKEN, PLACE, "www.example.org 192.0.2.1 alice@example.org zone.items");
    for (const answer of answers) {
        mask.learn(answer);
    }
    return mask;
}

describe("a report shows nothing of the account", () => {
    test.each([
        ["the token", `Bearer ${TOKEN}`, "Bearer <token>"],
        [
            "the domain",
            "Absolute rrset_name must end with mine.example.",
            "Absolute rrset_name must end with example-1.tld.",
        ],
        ["the domain in another case", "MINE.Example", "example-1.tld"],
        ["names in the domain", "ns1.mine.example", "ns1.example-1.tld"],
        ["a domain that was never seen", "see shop.somebody.fr", "see example-2.tld"],
        ["e-mail", "sent to bob.roe+x@mail.somebody.fr", "sent to <e-mail>"],
        ["an id", "no 6ecf7f58-1111-4222-8333-acde48001122", "no <id>"],
        ["an IPv4 address", "from 203.0.113.7", "from <IP>"],
        ["an IPv6 address", "from 2001:db8:7::1, too", "from <IP>, too"],
        ["a telephone number", "+33.612345678", "<phone>"],
        ["key material", "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6ed==", "<secret>"],
    ])("not %s", (_what, text, masked) => {
        expect(maskOf().mask(text)).toBe(masked);
    });

    test("not what another answer called a name, an address or a secret", () => {
        const organization = [{ firstname: "Zoë", lastname: "Ülker", orgname: "Ülker & Cie (SARL)", id: "12345678" }];
        const domain = {
            fqdn: "other.example",
            contacts: { owner: { streetaddr: "7 rue X", zip: "69001" } },
            authinfo: "a.B+c",
        };
        const text = "Zoë Ülker, Ülker & Cie (SARL), 12345678: other.example, 7 RUE X, 69001, a.B+c";
        expect(maskOf(organization, domain).mask(text)).toBe(
            "<name> <name>, <name>, <id>: example-2.tld, <address>, <address>, <secret>",
        );
    });

    test("not in another spelling", () => {
        const text = 'Müller "& Söhne"';
        const spelled = [text, JSON.stringify(text), 'M\\u00fcller \\"& S\\u00f6hne\\"', encodeURIComponent(text)];
        expect(maskOf({ orgname: text }).mask(spelled.join(" | "))).toBe('<name> | "<name>" | <name> | <name>');
    });

    test("not a domain that is not in ASCII", () => {
        expect(maskOf().mask("see shop.müller.fr")).toBe("see example-2.tld");
    });

    test("not what is a part only of what the table says", () => {
        expect(maskOf().mask("92.0.2.1, ww.example-shop.org")).toBe("<IP>, example-2.tld");
    });

    test("not the local part of a domain's address", () => {
        expect(maskOf().mask("Forward 'zoe@mine.example' exists")).toBe("Forward '<e-mail>' exists");
    });
});

describe("a report still shows", () => {
    test.each([
        ["what the table says itself", "zone.items: 192.0.2.1, www.example.org, alice@example.org"],
        ["Gandi's own names", "ns-12-a.gandi.net"],
        ["what the run made up", "f7._contract-ab12 and f7-contract-ab12.com"],
        ["a route", "GET /v5/livedns/domains/contract-ab12.com/snapshots was answered with 404"],
        ["words of the API", '{"message": "This record already exists", "object": "dns-record", "cause": "Conflict"}'],
    ])("%s", (_what, text) => {
        expect(maskOf().mask(text)).toBe(text);
    });

    test("which of two domains is meant, and how much was masked", () => {
        const mask = maskOf({ fqdn: "other.example" });
        expect(mask.mask("mine.example, other.example, mine.example")).toBe(
            "example-1.tld, example-2.tld, example-1.tld",
        );
        expect(mask.said()).toBe("2 × example-1.tld, 1 × example-2.tld");
    });
});
