import { systemClock } from "../../provider/api/clock";

beforeEach(() => {
    jest.useFakeTimers();
});
afterEach(() => {
    jest.useRealTimers();
});

test("a sleep ends when its time is over", async () => {
    let awake = false;
    const sleep = systemClock.sleep(1_000).then(() => {
        awake = true;
    });
    await jest.advanceTimersByTimeAsync(999);
    expect(awake).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await sleep;
    expect(awake).toBe(true);
});

test("a sleep that is aborted rejects with the reason, and leaves no timer", async () => {
    const abort = new AbortController();
    const sleep = systemClock.sleep(1_000, abort.signal);
    abort.abort(new Error("stop"));
    await expect(sleep).rejects.toThrow("stop");
    await expect(systemClock.sleep(1_000, abort.signal)).rejects.toThrow("stop");
    expect(jest.getTimerCount()).toBe(0);
});

test("an alarm rings once, unless it is called off", () => {
    const rung: string[] = [];
    systemClock.alarm(1_000, () => rung.push("first"));
    const cancel = systemClock.alarm(1_000, () => rung.push("second"));
    cancel();
    jest.advanceTimersByTime(5_000);
    expect(rung).toEqual(["first"]);
});

test("time goes on", () => {
    const before = systemClock.now();
    jest.advanceTimersByTime(1_500);
    expect(systemClock.now() - before).toBe(1_500);
});
