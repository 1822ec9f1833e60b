import type { Ask, Wait } from "./client";
import { CONTACT, OWN, type Step } from "./fact";
import { namesOf, ownDomain, type Place } from "./place";
import { type Outcome, tryFact } from "./trial";

/** The token may not even read. */
export class NoAccess extends Error {}

/** The first domain of the account that is on LiveDNS, if it has any. @throws NoAccess */
export async function firstDomain(ask: Ask): Promise<string | undefined> {
    const line = "GET /v5/livedns/domains?per_page=100";
    const { status, json } = await ask({ line });
    if (status !== 200 || !Array.isArray(json)) {
        throw new NoAccess(`${line} was answered with ${status}`);
    }
    return json[0]?.fqdn;
}

/** Asks for what a report must not show, so that it is known before it is met: see `Mask.learn`. */
export async function readPrivate(ask: Ask): Promise<void> {
    await ask({ line: "GET /v5/organization/organizations" });
    for (let page = 1; ; page += 1) {
        const { headers } = await ask({ line: `GET /v5/domain/domains?page=${page}&per_page=100` });
        if (!String(headers.link).includes('rel="next"')) {
            return;
        }
    }
}

/** Orders the domain on which every change is free, and waits until it is there. @returns why not, if so */
export async function orderOwnDomain(place: Place, ask: Ask, wait: Wait): Promise<string | undefined> {
    const given: Step[] = [
        ["POST /v5/domain/domains", { fqdn: "{own}", owner: CONTACT }],
        { until: `GET ${OWN}/createstatus`, status: 303 },
    ];
    const isThere = { fact: `${ownDomain(place)} is there`, given, request: `GET ${OWN}`, status: 200 };
    return reason(await tryFact(isThere, namesOf(place, 0), ask, wait));
}

/** What has become of the orders. No token may be sure to delete a domain: there they stay. */
export async function ordered(place: Place, ask: Ask): Promise<string[]> {
    const line = `GET /v5/domain/domains?fqdn=*${ownDomain(place)}&per_page=100`;
    const json = await ask({ line }).then(
        (answer) => answer.json,
        () => undefined,
    );
    return Array.isArray(json) ? json.map(({ fqdn }) => fqdn) : [`domains whose name ends in ${ownDomain(place)}`];
}

function reason(outcome: Outcome): string | undefined {
    switch (outcome.outcome) {
        case "holds":
            return undefined;
        case "differs":
            return outcome.what.join("; ");
        case "not tried":
            return outcome.why;
    }
}
