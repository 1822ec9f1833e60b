export type Mode = "update" | "refresh" | "destroy";

/** Which run it is. */
export interface Run {
    readonly stack: string;
    readonly project: string;
    readonly mode: Mode;
    /** Nothing is called that changes anything, and nothing is saved. */
    readonly preview: boolean;
}
