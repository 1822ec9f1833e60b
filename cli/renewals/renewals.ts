import { endingBefore, type RenewalInfo } from "../../provider/functions/renewalLookups";
import { command, EXIT } from "../command";
import { clientOfEnvironment } from "../session";
import { type AccountPart, organizationsOf } from "../zones/accountZones";
import { dayOf, daysUntil, distance, readBefore } from "./dates";

/** Tells what ends soon, for people and for a cron job. `GET /v5/domain/domains`, `GET /v5/email/mailboxes/{domain}` */
export const renewals = command({
    options: {
        before: {
            type: "string",
            value: "WHEN",
            help: "what ends before then: 60d, 8w, or a date such as 2027-01-31 (60d)",
        },
        prices: { type: "boolean", help: "ask what each renewal would cost now" },
    },
    help: `Lists the domains, mailboxes and free slots of an account that end soon, the first to end first, and whether
they renew by themselves. Its exit code is a reminder for a cron job: 4 where something ends that
does not.`,
    exits: { [EXIT.ends]: "something ends before then, and does not renew by itself" },
    async run({ options: { before = "60d", prices } }, speech) {
        const now = Date.now();
        const until = readBefore("--before", before, now);
        const client = clientOfEnvironment(speech, "this command");
        const parts = await organizationsOf(client);
        const found = (await Promise.all(parts.map((part) => inOrganization(part, until, prices)))).flat();
        const ending = [...new Map(found.map((one) => [`${one.kind} ${one.name}`, one])).values()].sort(
            (one, other) => Date.parse(one.endsAt) - Date.parse(other.endsAt),
        );
        const ended = ending.filter(({ renews }) => renews === false);
        speech.answer({ before: new Date(until).toISOString(), ending });
        const widest = Math.max(0, ...ending.map(({ name }) => name.length));
        for (const one of ending) {
            speech.print(...lineOf(one, now, widest));
        }
        speech.print(
            ending.length === 0
                ? `nothing ends before ${dayOf(until)}`
                : `${ending.length} end before ${dayOf(until)}, ${ended.length} of them without renewing`,
        );
        return ended.length > 0 ? EXIT.ends : EXIT.done;
    },
});

async function inOrganization({ client }: AccountPart, before: number, prices: boolean | undefined) {
    return endingBefore(client, { before, prices });
}

function lineOf({ kind, name, endsAt, renews, price }: RenewalInfo, now: number, widest: number) {
    const when = `${dayOf(endsAt)}  ${distance(daysUntil(endsAt, now)).padEnd(13)}`;
    const cost = price === undefined ? "" : `, ${price.amount.toFixed(2)} ${price.currency} for a year`;
    const what = `${when}  ${kind.padEnd(7)}  ${name.padEnd(widest)}  `;
    if (renews === undefined) {
        return [`${what}Gandi does not tell whether it renews`];
    }
    return renews
        ? [`${what}renews by itself${cost}`]
        : [what, { colour: "yellow", text: `does not renew${cost}` } as const];
}
