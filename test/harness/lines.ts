/** The lines that processes print, and a way to wait for one: it may arrive after the call that it belongs to. */
export class Lines {
    readonly all: string[] = [];
    private waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];

    readonly add = (line: string): void => {
        this.all.push(line);
        const due = this.waiting.filter(({ pattern }) => pattern.test(line));
        this.waiting = this.waiting.filter((waiter) => !due.includes(waiter));
        for (const { resolve } of due) {
            resolve(line);
        }
    };

    /** The first line, past or to come, that matches. */
    matching(pattern: RegExp): Promise<string> {
        const past = this.all.find((line) => pattern.test(line));
        return past === undefined
            ? new Promise((resolve) => this.waiting.push({ pattern, resolve }))
            : Promise.resolve(past);
    }

    clear(): void {
        this.all.length = 0;
    }
}
