/** The end of each queue that is not empty. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when all the earlier work of this key in this process has ended, however it ended, or has let others pass.
 *
 * @throws the signal's reason when it is aborted before its turn has come
 */
export function inTurn<T>(
    key: string,
    signal: AbortSignal,
    work: (letOthersPass: () => void) => Promise<T>,
): Promise<T> {
    const earlier = queues.get(key) ?? Promise.resolve();
    let letOthersPass = () => {};
    const passed = new Promise<void>((resolve) => {
        letOthersPass = resolve;
    });
    const own = unlessAborted(earlier, signal).then(() => work(letOthersPass));
    const queue = Promise.allSettled([earlier, Promise.race([own, passed])]).then(() => {
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
