/** Queues of work, by key: what may not be done side by side. */
export class Turns {
    /** The end of each queue that is not empty. */
    readonly #queues = new Map<string, Promise<unknown>>();

    /**
     * Runs `work` when all the earlier work of this key has ended, however it ended, or has let others pass.
     * @throws the signal's reason when it is aborted before its turn has come
     */
    take<T>(key: string, signal: AbortSignal, work: (letOthersPass: () => void) => Promise<T>): Promise<T> {
        const earlier = this.#queues.get(key) ?? Promise.resolve();
        let letOthersPass = () => {};
        const passed = new Promise<void>((resolve) => {
            letOthersPass = resolve;
        });
        const own = unlessAborted(earlier, signal).then(() => work(letOthersPass));
        const queue = Promise.allSettled([earlier, Promise.race([own, passed])]).then(() => {
            if (this.#queues.get(key) === queue) {
                this.#queues.delete(key);
            }
        });
        this.#queues.set(key, queue);
        return own;
    }
}

async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    await Promise.race([work, aborted]);
}
