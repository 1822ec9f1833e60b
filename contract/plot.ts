import type { Answer, Ask, Wait } from "./client";
import { isBelowLabel, labelOf, type Place } from "./place";

/** Why writing was not begun. */
export class NoSnapshot extends Error {
    constructor(reason: string) {
        super(`nothing was written, as there is no snapshot: ${reason}`);
    }
}

class Unreadable extends Error {
    constructor(
        path: string,
        readonly status: number,
    ) {
        super(`GET ${path} was answered with ${status}`);
    }
}

const SHOWS_AGAIN_MS = 5000;
/** Looks for forwards until they are gone, or may have shown: a minute. */
const LOOKS = 12;
const TRIES = 3;

interface RRset {
    rrset_name: string;
    rrset_type: string;
    rrset_ttl: number;
    rrset_values: string[];
}

/** The ground below the label: a snapshot is made before anything is written there, and nothing stays. */
export class Plot {
    private snapshot = "";
    private before: string[] = [];

    /** @param snapshots is told the id of the one that is made. */
    constructor(
        private readonly place: Place,
        private readonly snapshots: Set<string>,
        private readonly wait: Wait,
    ) {}

    private get zone(): string {
        return `/v5/livedns/domains/${this.place.domain}`;
    }

    /** @throws NoSnapshot: then nothing may be written */
    async begin(ask: Ask): Promise<void> {
        const records = await this.records(ask).catch((error: Error) => {
            throw error instanceof Unreadable ? new NoSnapshot(error.message) : error;
        });
        this.before = records.map(spelled);
        const name = labelOf(this.place);
        const made = await ask({ line: `POST ${this.zone}/snapshots`, body: { name } }).catch((error: Error) => {
            throw "code" in error ? new NoSnapshot(`its POST had no answer; ${name} may have been made`) : error;
        });
        const { id } = (made.json ?? {}) as { id?: unknown };
        if (!succeeded(made) || typeof id !== "string") {
            throw new NoSnapshot(`POST ${this.zone}/snapshots was answered with ${made.status}`);
        }
        this.snapshot = id;
        this.snapshots.add(id);
        const { json } = await ask({ line: `GET ${this.zone}/snapshots/${id}` });
        const { zone_data } = (json ?? {}) as { zone_data?: RRset[] };
        if (!Array.isArray(zone_data)) {
            throw new NoSnapshot("it can't be read");
        }
        const kept = new Set(zone_data.map(keyOf));
        if (!records.every((rrset) => kept.has(keyOf(rrset)))) {
            throw new NoSnapshot("it does not hold the whole zone");
        }
    }

    /**
     * Removes what lies below the label, and the snapshot where the zone is what it was.
     *
     * @param mayHaveForwards whether any were made
     * @returns what is left, a sentence each
     */
    async cleanUp(ask: Ask, mayHaveForwards: boolean): Promise<string[]> {
        const left: string[] = [];
        if (this.snapshot === "") {
            return left;
        }
        const attempt = async (what: string, action: () => Promise<string[]>) => {
            for (let failures = 0; ; await this.wait(SHOWS_AGAIN_MS)) {
                try {
                    left.push(...(await action()));
                    return;
                } catch (error) {
                    failures += 1;
                    if (failures === TRIES) {
                        left.push(`${what} (${(error as Error).message})`);
                        return;
                    }
                }
            }
        };
        const below = `below ${labelOf(this.place)}.${this.place.domain}`;
        await attempt(`records ${below}`, () => this.removeRecords(ask));
        if (mayHaveForwards) {
            await attempt(`forwards ${below}`, () => this.removeForwards(ask));
        }
        await attempt(`the snapshot ${labelOf(this.place)}`, () => this.compare(ask));
        return left;
    }

    private async removeRecords(ask: Ask): Promise<string[]> {
        const names = (await this.records(ask)).map(({ rrset_name }) => rrset_name);
        const left: string[] = [];
        for (const name of new Set(names.filter((one) => isBelowLabel(one, this.place)))) {
            const answer = await ask({ line: `DELETE ${this.zone}/records/${encodeURIComponent(name)}` });
            if (!isGone(answer)) {
                left.push(`the records of ${name}.${this.place.domain} (DELETE was answered with ${answer.status})`);
            }
        }
        return left;
    }

    /** They come and go some time after they were answered. */
    private async removeForwards(ask: Ask): Promise<string[]> {
        const forwards = `/v5/email/forwards/${this.place.domain}`;
        const asked = new Set<string>();
        let present: string[] = [];
        for (let look = 1, empty = 0; look <= LOOKS && empty < 2; look += 1) {
            if (look > 1) {
                await this.wait(SHOWS_AGAIN_MS);
            }
            const all = await this.list<{ source: string }>(ask, forwards).catch((error: Error) => {
                // Who may not see them, or where there is no e-mail, none could be made.
                const isClosed = error instanceof Unreadable && (error.status === 403 || error.status === 404);
                return isClosed ? [] : Promise.reject(error);
            });
            present = all.map(({ source }) => source).filter((source) => isBelowLabel(source, this.place));
            empty = present.length === 0 ? empty + 1 : 0;
            for (const source of present.filter((one) => !asked.has(one))) {
                const { status } = await ask({ line: `DELETE ${forwards}/${encodeURIComponent(source)}` });
                if (status < 400) {
                    asked.add(source);
                }
            }
        }
        return present.map((source) => `the forward ${source}@${this.place.domain}`);
    }

    private async compare(ask: Ask): Promise<string[]> {
        const after = (await this.records(ask)).map(spelled);
        const changed = [
            ...this.before.filter((rrset) => !after.includes(rrset)),
            ...after.filter((rrset) => !this.before.includes(rrset)),
        ];
        if (changed.length > 0) {
            const names = changed.map((rrset) => rrset.split(" ", 2).join("/"));
            return [`the snapshot ${labelOf(this.place)}, as the zone is another than before in ${names.join(", ")}`];
        }
        const answer = await ask({ line: `DELETE ${this.zone}/snapshots/${this.snapshot}` });
        return isGone(answer) ? [] : [`the snapshot ${labelOf(this.place)} (DELETE: ${answer.status})`];
    }

    private records(ask: Ask): Promise<RRset[]> {
        return this.list(ask, `${this.zone}/records`);
    }

    private async list<Item>(ask: Ask, path: string): Promise<Item[]> {
        const items: Item[] = [];
        for (let page = 1; ; page += 1) {
            const { status, json, headers } = await ask({ line: `GET ${path}?page=${page}&per_page=100` });
            if (status !== 200 || !Array.isArray(json)) {
                throw new Unreadable(path, status);
            }
            items.push(...json);
            if (!String(headers.link).includes('rel="next"')) {
                return items;
            }
        }
    }
}

function succeeded({ status }: Answer): boolean {
    return Math.floor(status / 100) === 2;
}

/** That what was there is gone, now or before. */
function isGone(answer: Answer): boolean {
    return succeeded(answer) || answer.status === 404;
}

function keyOf({ rrset_name, rrset_type }: RRset): string {
    return `${rrset_name}/${rrset_type}`;
}

/** An RRset as one text, to be compared. */
function spelled({ rrset_name, rrset_type, rrset_ttl, rrset_values }: RRset): string {
    return `${rrset_name} ${rrset_type} ${rrset_ttl} ${JSON.stringify([...rrset_values].sort())}`;
}
