/** What one check has found. */
export interface CheckResult {
    /** What was looked at: `Node`, `token`, a domain. */
    readonly about: string;
    /** `untold`: it could not be told, which is no fault. */
    readonly level: "ok" | "warning" | "problem" | "untold";
    /** What is so and, where it should not be, what to do. */
    readonly says: string;
}

type Says = (about: string, says: string) => CheckResult;

export const ok: Says = (about, says) => ({ about, level: "ok", says });
export const warning: Says = (about, says) => ({ about, level: "warning", says });
export const problem: Says = (about, says) => ({ about, level: "problem", says });
export const untold: Says = (about, says) => ({ about, level: "untold", says });
