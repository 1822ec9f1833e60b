import { guess, type Untried } from "../fact";

/** What is taken for granted of the Mailbox API (BETA), as facts and in the words of the sandbox's comments. */
const MAILBOX_API: readonly (readonly [fact: string, words: string])[] = [
    [
        "a mailbox of the Mailbox API shows later, and is changed and removed at once",
        "that a mailbox which is made or renewed shows as late",
    ],
    ["a mailbox without a free slot is a 400 there", "the words, and the status, of a mailbox of the Mailbox API"],
    ["the Mailbox API refuses a domain whose mail is the Email API's with a 400", "how it refuses one"],
    ["of several slots the one that ends first is taken", "of several that are free, the one that ends first"],
    ["another config takes a slot of it that is free", "that another config takes a slot of it that is free"],
    [
        "an address that something has is a 409 there",
        "with what an address is refused that is taken at the Mailbox API",
    ],
    ["slots of the Mailbox API are paid back for 14 days", "for how long after an order money is paid back"],
    ["a slot that a mailbox is in is not paid back", "that a slot which a mailbox is in is not paid back"],
    ["slots are counted whatever the filter", "that the total of slots is of all, whatever the filter"],
    ["at most 100 slots are sold at once", "the most that are sold at once"],
    ["slots are there as soon as they are paid", "that slots are there as soon as they are paid"],
    [
        "a forward of the Mailbox API shows later, and goes at once",
        "that a forward which is made or changed shows as late",
    ],
    [
        "a forward of an address that a mailbox has is a 409 there",
        "that a forward of an address that a mailbox or an alias has is refused",
    ],
    ["a forward is found in another case there, too", "its case does not count here either"],
    ["lists of mailboxes and forwards have no Link there", "that there is no `Link`, as its reference"],
    [
        "changes of forwards count alike, of an organisation, in any seven days",
        "that what is made, changed and removed counts alike",
    ],
    ["the weekly limit of forwards comes without Retry-After", "all but the status, a 429 (changelog of 2025)"],
    ["a forward of a domain without a mailbox is a 400 there", "with which status and words it is refused"],
    ["the 1001st forward of a domain is a 400 there", "with which status and words the 1001st is refused"],
    ["a mailbox of the Mailbox API that is not there is a 404", "how the Mailbox API says that it has no such mailbox"],
    [
        "what the reference has lost of a mailbox is as in what is written",
        "aliases, responder and autorenew of a mailbox",
    ],
    [
        "a validation of a domain's mail is a 202",
        "that a validation takes as long as any other that is answered with 202",
    ],
    ["an API key is refused by the Mailbox API with a 403", "with what an API key is refused here"],
    ["the Mailbox API lists what the token reaches", "that a list shows what the token reaches"],
    ["a domain whose mail is elsewhere is a 404 there", "that another one is told as any that is not there"],
    ["all the records that mail needs are shown, found or not", "that all four sorts of records are shown"],
    ["an SPF record counts which includes Gandi's among others", "that other records beside them do no harm"],
    [
        "Gandi leaves records alone that stand where mail needs others",
        "what has records of this name and type already keeps them",
    ],
];

/** Guesses that no request settles; who knows better by other ways is asked to say so. */
export const UNTRIED: Untried[] = [
    {
        fact: "refused requests do not count for the rate limit",
        source: guess("refused requests do not count"),
        needs: "limit",
        untried: "it shows only after thousands of refused requests, which no API should be sent",
    },
    {
        fact: "the registry takes the next operation before a change of nameservers shows",
        source: guess("that the registry is free by then"),
        needs: "money",
        untried: "it takes 12 to 24 hours to show",
    },
    {
        fact: "each year of an order costs the unit whose range it lies in, in whole cents",
        source: guess("each year costs the unit whose range it lies in"),
        needs: "money",
        untried: "only an invoice tells, and there is none where orders cost nothing",
    },
    {
        fact: "an order that fails has an error type, and is paid back",
        source: guess("the error types are made up"),
        needs: "money",
        untried: "no order is known that fails at will",
    },
    {
        fact: "the price of a premium name is accepted with and without taxes",
        source: guess("the price of a premium name is accepted with and without taxes"),
        needs: "money",
        untried: "no premium name is known that can be ordered where orders cost nothing",
    },
    {
        fact: "a change of owner leaves the e-mail address, too, unless it is unlocked",
        source: guess("the lock of the e-mail address holds here, too"),
        needs: "money",
        untried: "both owners would have to agree by e-mail",
    },
    {
        fact: "an operation that is under way may be told by a 409 in yet other words",
        source: guess("a 409 in yet other words"),
        needs: "money",
        untried: "it is the sandbox's to offer; how the registry answers is a fact of its own",
    },
    {
        fact: "a domain whose mail is no matter of the Email API is a 404 on its offer",
        source: guess("a domain whose mail is another product's, or nobody's, is told as one that is not there"),
        needs: "read",
        untried: "nothing but the answer itself tells which domains those are",
    },
    ...MAILBOX_API.map(([fact, words]) => ({
        fact,
        source: guess(words),
        needs: "write" as const,
        untried: "it takes a domain whose mail is at the Mailbox API, which no run makes",
    })),
    {
        fact: "a slot is paid when it is accepted, and refused with a 400 where the money is not there",
        source: guess("that a slot is paid when it is accepted, and how it is refused where the money is not there"),
        needs: "money",
        untried: "only an account without money tells",
    },
    {
        fact: "an account without money is told so in these words",
        source: guess("the words, and the status of the refusal"),
        needs: "money",
        untried: "only an account without money tells",
    },
    {
        fact: "a certificate of a web redirection is there a minute after it was ordered",
        source: guess("how long a certificate is on its way"),
        needs: "money",
        untried: "the test environment orders none",
    },
    {
        fact: "keys that were made by hand, or are another nameserver's, say nothing of LiveDNS's own signing",
        source: guess("that keys which somebody has made by hand do not count, nor keys of other nameservers"),
        needs: "money",
        untried: "the domains of a run have LiveDNS's nameservers, and the keys of its other facts",
    },
    {
        fact: "a renewal that is accepted is billed then, and adds years to the day of the end",
        source: guess(
            "that a renewal which was accepted is billed then, and that years are added to the day of the end",
        ),
        needs: "money",
        untried: "only an invoice tells, and there is none where orders cost nothing",
    },
    {
        fact: "a renewal that would be too long names its duration",
        source: guess("how a renewal is refused that would be too long, or is prohibited"),
        needs: "money",
        untried: "a domain of the run would have to be renewed for nine years before",
    },
    {
        fact: "a domain can be renewed for 30 days after its end",
        source: guess("for how many days after its end a domain can still be renewed"),
        needs: "money",
        untried: "no domain is known that has ended",
    },
];
