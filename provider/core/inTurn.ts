/** The end of each queue that is not empty. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when all the earlier work of this key in this process has ended, however it ended.
 *
 * @throws the signal's reason when it is aborted before its turn has come
 */
export function inTurn<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const earlier = queues.get(key) ?? Promise.resolve();
    const own = unlessAborted(earlier, signal).then(work);
    const queue = Promise.allSettled([earlier, own]).then(() => {
        if (queues.get(key) === queue) {
            queues.delete(key);
        }
    });
    queues.set(key, queue);
    return own;
}

async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    await Promise.race([work, aborted]);
}
