/** What playing one case has shown. */
export interface Verdict {
    /** The case in words, by which it can be played again. */
    readonly title: string;
    /** What went wrong; empty where all held. */
    readonly findings: readonly string[];
    /** Why there is no such case, where there is none. */
    readonly notApplicable?: string;
    /** How many of what the part counts were in it. Default 1. */
    readonly count?: number;
}

/** One part of the machine: cases that can be told by a number. */
export interface Part {
    /** What it counts: cells, kills … */
    readonly name: string;
    /** What share of the time it is given: minutes of an hour. */
    readonly share: number;
    /** Whether its cases take seconds: none is in a sample. */
    readonly isSlow?: true;
    /** How many cases there are; Infinity where each number makes another. */
    size(): Promise<number>;
    /** Plays one of them, from 0. The seed only counts where chance does. */
    play(number: number, seed: number): Promise<Verdict>;
    /** Plays one that is cheap to find, for a sample. Default: the one of this number. */
    sample?(at: number): Promise<Verdict>;
}
