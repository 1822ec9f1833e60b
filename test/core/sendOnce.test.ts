import { Client } from "../../provider/api/client";
import { GandiError, type GandiErrorDetails } from "../../provider/api/errors";
import { sendOnce } from "../../provider/core/doing/sendOnce";
import type { Context } from "../../provider/core/process/context";
import { VirtualClock } from "../api/virtualClock";

const failure = (kind: GandiErrorDetails["kind"], retryAfter?: number) =>
    new GandiError(kind, { kind, method: "POST", path: "/", retryAfter });

const POLL = 5;
/** What six looks take, with pauses that grow by half, in seconds. */
const PATIENCE = POLL * (1 + 1.5 + 1.5 ** 2 + 1.5 ** 3 + 1.5 ** 4);

let clock: VirtualClock;
let lines: string[];
let late: AbortController;
/** What happened, in order: `dry run`, `sent`; what it was `sent` at, in seconds. */
let steps: string[];
let sentAt: number[];
beforeEach(() => {
    clock = new VirtualClock();
    lines = [];
    late = new AbortController();
    steps = [];
    sentAt = [];
});

const seconds = () => clock.time / 1000;
const times = (step: string) => steps.filter((one) => one === step).length;

interface Gandi {
    /** What the attempts are answered with, dry runs too; well when there is no more. */
    answers: (Error | undefined)[];
    /** Which attempt takes effect, whatever it is answered: none if left out. */
    effective?: "dry run" | "sent";
    /** For how long after its effect the reads don't show it, in seconds. */
    lag?: number;
    /** What a look fails with at this time. */
    trouble?: () => Error | undefined;
    /** Seconds that the operation may take. */
    remaining?: number;
}

function send({ answers, effective, lag = 0, trouble, remaining = 3600 }: Gandi): Promise<string | undefined> {
    const client = new Client({
        url: "http://127.0.0.1:9",
        credential: { scheme: "Bearer", token: "t", source: "a test" },
        clock,
    });
    const context: Partial<Context> = {
        client,
        settings: { pollInterval: POLL } as Context["settings"],
        signal: late.signal,
        remaining: () => Math.max(0, remaining - seconds()),
        log: (line) => lines.push(line),
    };
    const left = [...answers];
    let effectAt = Number.POSITIVE_INFINITY;
    return sendOnce(context as Context, {
        domain: "example.com",
        what: "the order",
        sending: "ordering",
        send: async (dryRun) => {
            steps.push(dryRun ? "dry run" : "sent");
            if (!dryRun) {
                sentAt.push(seconds());
            }
            if (effective === steps.at(-1)) {
                effectAt = Math.min(effectAt, seconds());
            }
            const answer = left.shift();
            if (answer !== undefined) {
                throw answer;
            }
        },
        look: async () => {
            steps.push("looked");
            const failed = trouble?.();
            if (failed !== undefined) {
                throw failed;
            }
            return seconds() >= effectAt + lag ? "there" : undefined;
        },
    });
}

/** Answers after which nobody knows whether it took effect. */
const UNSURE = [
    "transport",
    "server",
    "unreadable",
    "schema",
    "conflict",
    "busy",
    "unexpected",
    "rateLimited",
] as const;

describe("what may take effect only once (promise 1)", () => {
    it("is sent after its dry run, and not looked for after a good answer", async () => {
        await expect(send({ answers: [] })).resolves.toBeUndefined();
        expect(steps).toEqual(["dry run", "sent"]);
        expect(lines).toEqual(["example.com: ordering"]);
    });

    it.each(["unauthorized", "forbidden", "rejected"] as const)("is over when it is refused: %s", async (kind) => {
        await expect(send({ answers: [undefined, failure(kind)], effective: "sent" })).rejects.toThrow(kind);
        expect(steps).toEqual(["dry run", "sent"]);
    });

    const lags = [0, 1, POLL, 17, PATIENCE - POLL];
    it.each(UNSURE.flatMap((kind) => lags.map((lag) => [kind, lag] as const)))(
        "is sent once where it took effect, and gone on with: %s, shown %i s later",
        async (kind, lag) => {
            await expect(send({ answers: [undefined, failure(kind)], effective: "sent", lag })).resolves.toBe("there");
            expect(times("sent")).toBe(1);
            expect(lines).toContain("example.com: the answer was lost, but Gandi has the order");
        },
    );

    it.each(UNSURE.filter((kind) => kind !== "rateLimited"))(
        "is sent once a run where it is not seen, after looks for a minute: %s",
        async (kind) => {
            await expect(send({ answers: [undefined, failure(kind)] })).rejects.toThrow(
                `${kind} Nothing shows of the order so far; the next run looks again`,
            );
            expect(times("sent")).toBe(1);
            expect(times("looked")).toBe(6);
            expect(seconds()).toBeCloseTo(PATIENCE);
        },
    );

    it("is not sent at all where the dry run was carried out", async () => {
        const ordered = send({ answers: [failure("unexpected")], effective: "dry run" });
        await expect(ordered).resolves.toBe("there");
        expect(steps).toEqual(["dry run", "looked"]);
    });

    it("is not sent again where what is read is older still, and the dry run knows better", async () => {
        const answers = [undefined, failure("rateLimited"), failure("rejected")];
        await expect(send({ answers, effective: "sent", lag: PATIENCE + 20 })).resolves.toBe("there");
        expect(times("sent")).toBe(1);
        await expect(send({ answers, effective: "sent", lag: 3600 })).rejects.toThrow(
            /^rejected Nothing shows of the order so far/,
        );
        expect(times("sent")).toBe(2);
    });

    it("is not sent again after a 429 where the last look failed", async () => {
        const trouble = () => (seconds() > PATIENCE / 2 ? failure("server") : undefined);
        await expect(send({ answers: [undefined, failure("rateLimited")], trouble })).rejects.toThrow("rateLimited");
        expect(times("sent")).toBe(1);
    });

    it("survives looks that fail", async () => {
        const trouble = () => (seconds() < PATIENCE / 2 ? failure("server") : undefined);
        const answers = [undefined, failure("transport")];
        await expect(send({ answers, effective: "sent", trouble })).resolves.toBe("there");
    });
});

describe("a rate limit (promise 9)", () => {
    it("is waited out with patience, as long as it asks, and then begins with a dry run", async () => {
        const patient = [undefined, failure("rateLimited", 90), undefined, failure("rateLimited")];
        await expect(send({ answers: patient })).resolves.toBeUndefined();
        expect(steps.filter((step) => step !== "looked")).toEqual(Array(3).fill(["dry run", "sent"]).flat());
        expect(sentAt[1]).toBeGreaterThanOrEqual(90);
        expect(sentAt[2]).toBeCloseTo(sentAt[1]! + PATIENCE);
        expect(lines.filter((line) => line === "example.com: Gandi's rate limit: trying again")).toHaveLength(2);
    });

    it("on the dry run is waited out, too", async () => {
        await expect(send({ answers: [failure("rateLimited")] })).resolves.toBeUndefined();
        expect(steps.filter((step) => step !== "looked")).toEqual(["dry run", "dry run", "sent"]);
    });

    it("is waited out until the time is up", async () => {
        clock.alarm(200_000, () => late.abort(new Error("not done within 200 s")));
        const answers = Array(40)
            .fill([undefined, failure("rateLimited")])
            .flat();
        await expect(send({ answers })).rejects.toThrow("not done within 200 s");
        expect(times("sent")).toBe(4);
    });

    it("is over, and nothing is sent again, where the operation's time ends before patience does", async () => {
        const hurried = send({ answers: [undefined, failure("rateLimited")], remaining: 12 });
        await expect(hurried).rejects.toThrow("rateLimited Nothing shows of the order so far");
        expect(times("sent")).toBe(1);
    });
});
