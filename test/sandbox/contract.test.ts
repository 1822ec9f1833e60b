import { startSandbox } from "../../sandbox";
import { type Answer, ask } from "./ask";
import { AUTHENTICATION } from "./facts/authentication";
import { DOMAIN_FACTS } from "./facts/domains";
import type { Fact } from "./facts/fact";
import { FORWARD_FACTS } from "./facts/forwards";
import { RECORD_FACTS } from "./facts/records";
import { REFUSED_RECORDS } from "./facts/refusedRecords";
import { ZONES } from "./facts/zones";

describe.each([
    ["authentication and routing", AUTHENTICATION],
    ["zones", ZONES],
    ["records", RECORD_FACTS],
    ["refused records", REFUSED_RECORDS],
    ["the Domain API", DOMAIN_FACTS],
    ["forwards of e-mail", FORWARD_FACTS],
])("the facts of %s", (_area, facts) => {
    test.each(facts)("$fact", async (row) => {
        const sandbox = await startSandbox({
            zones: { "example.com": "" },
            delays: { operation: 0 },
            seed: {
                domains: [
                    { fqdn: "elsewhere.com", livedns: false },
                    { fqdn: "second.org", organization: "second" },
                ],
            },
        });
        try {
            for (const [line, body] of row.given ?? []) {
                const { status } = await ask(sandbox, line, { body });
                expect([line, Math.floor(status / 100)]).toEqual([line, 2]);
            }
            expectAnswer(await ask(sandbox, row.request, row), row);
        } finally {
            await sandbox.close();
        }
    });
});

function expectAnswer(answer: Answer, { status, answer: body, text, answerHeaders = {} }: Fact): void {
    expect(answer.status).toBe(status);
    if (body !== undefined) {
        expect({ body: answer.json }).toMatchObject({ body });
    }
    if (text !== undefined) {
        expect(answer.text).toEqual(text);
    }
    for (const [name, value] of Object.entries(answerHeaders)) {
        expect(answer.headers[name]).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
    }
}
