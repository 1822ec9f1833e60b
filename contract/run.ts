import { randomBytes } from "node:crypto";
import { firstDomain, ordered, orderOwnDomain, readPrivate } from "./account";
import { Client, Interrupted, type Wait } from "./client";
import { type Fact, NEEDS, type Needs } from "./fact";
import { FACTS } from "./facts";
import { Refused } from "./guard";
import { Mask } from "./masking";
import { namesOf, type Place } from "./place";
import { isLoopback } from "./playground";
import { NoSnapshot, Plot } from "./plot";
import { type Row, rowOf } from "./report";
import { type Outcome, tryFact } from "./trial";

export interface RunOptions {
    origin: string;
    token: string;
    /** The domain below a label of which may be written. */
    write: string | undefined;
    /** Whether `money` and `limit` are tried, too: `origin` is a playground. */
    money: boolean;
    wait: Wait;
    signal: AbortSignal;
    /** Is told what goes on, and what is left behind. */
    say: (line: string) => void;
}

export interface RunResult {
    rows: Row[];
    /** What was masked, in words. */
    masked: string;
    /** All that was tried holds, nothing of the account's is left changed, and the run came to its end. */
    isFine: boolean;
}

/** Milliseconds between requests to an address that is not this machine's. */
const PACE_MS = 500;
/** What the facts say, as a mask looks for it. */
const TABLE = JSON.stringify(FACTS, (_key, value) => (value instanceof RegExp ? value.source : value));

/** Tries the facts. @throws NoAccess where the token may not even read */
export async function run(options: RunOptions): Promise<RunResult> {
    const one = new Run(options);
    try {
        await one.tryFacts();
        return one.result();
    } finally {
        await one.close();
    }
}

class Run {
    private readonly place: Place;
    private readonly snapshots = new Set<string>();
    private readonly mask: Mask;
    private readonly client: Client;
    private readonly outcomes = new Map<Fact, Outcome>();
    private isWhole = true;

    constructor(private readonly options: RunOptions) {
        const { origin, token, write, money, wait, signal } = options;
        this.place = { domain: write, run: randomBytes(4).toString("hex") };
        this.mask = new Mask(token, this.place, TABLE);
        this.client = new Client({
            origin,
            token,
            bounds: { place: this.place, write, isPlayground: money, snapshots: this.snapshots },
            pace: isLoopback(new URL(origin)) ? 0 : PACE_MS,
            wait,
            signal,
            heard: ({ json }) => this.mask.learn(json),
        });
    }

    /** What needs most comes last. */
    async tryFacts(): Promise<void> {
        const { write, money, say } = this.options;
        try {
            const reading = this.client.asking("read");
            this.place.domain ??= await firstDomain(reading);
            await readPrivate(reading);
            await this.tryAll("read");
            if (write === undefined) {
                this.leaveOut(["write"], "it needs --write DOMAIN");
            } else {
                await this.writeBelowLabel();
            }
            if (money) {
                await this.order();
                await this.tryAll("limit");
            } else {
                this.leaveOut(["money", "limit"], "it needs --money");
            }
        } catch (error) {
            if (!(error instanceof Interrupted || error instanceof NoSnapshot || error instanceof Refused)) {
                throw error;
            }
            say(error.message);
            this.isWhole = false;
            this.leaveOut(NEEDS, error.message);
        }
    }

    result(): RunResult {
        const rows = FACTS.map((fact) => rowOf(fact, this.outcomes.get(fact)!, this.mask));
        const isFine = this.isWhole && rows.every(({ outcome }) => outcome !== "differs");
        return { rows, masked: this.mask.said(), isFine };
    }

    close(): Promise<void> {
        return this.client.close();
    }

    private async tryAll(needs: Needs): Promise<void> {
        const facts = FACTS.filter((fact) => fact.needs === needs && !this.outcomes.has(fact));
        this.options.say(`trying ${facts.length} facts that need ${needs}`);
        for (const fact of facts) {
            this.outcomes.set(fact, await this.outcomeOf(fact));
        }
    }

    private async outcomeOf(fact: Fact): Promise<Outcome> {
        if ("untried" in fact) {
            return { outcome: "not tried", why: fact.untried };
        }
        return tryFact(fact, namesOf(this.place, FACTS.indexOf(fact)), this.client.asking(fact.needs), this.patience);
    }

    private readonly patience: Wait = (ms) => this.options.wait(ms, this.options.signal);

    private leaveOut(needs: readonly Needs[], why: string): void {
        for (const fact of FACTS.filter((one) => needs.includes(one.needs) && !this.outcomes.has(one))) {
            this.outcomes.set(fact, { outcome: "not tried", why: "untried" in fact ? fact.untried : why });
        }
    }

    private async writeBelowLabel(): Promise<void> {
        const { wait, say } = this.options;
        const plot = new Plot(this.place, this.snapshots, wait);
        try {
            await plot.begin(this.client.asking("write"));
            await this.tryAll("write");
        } finally {
            const hasForwards = this.client.writes.some((line) => line.startsWith("POST /v5/email/"));
            for (const what of await plot.cleanUp(this.client.cleaning, hasForwards)) {
                this.isWhole = false;
                say(`left behind: ${what}`);
            }
        }
    }

    private async order(): Promise<void> {
        try {
            const problem = await orderOwnDomain(this.place, this.client.asking("money"), this.patience);
            if (problem !== undefined) {
                this.leaveOut(["money"], `no domain could be ordered: ${problem}`);
            }
            await this.tryAll("money");
        } finally {
            const keys = this.client.writes.filter((line) => line === "POST /v5/livedns/axfr/tsig").length;
            const made = [...(await ordered(this.place, this.client.cleaning)), `${keys} TSIG keys`];
            this.options.say(`left behind in the test environment: ${made.join(", ")}`);
        }
    }
}
