import * as state from "@pulumi/pulumi/runtime/state";

/** What belongs to one program in the SDK, as far as we set it. */
interface Store {
    readonly settings: { monitor?: unknown; engine?: unknown };
}

/** Runs `work` as a program of its own beside others: the SDK has this, and its types hide it. */
export function asOneProgram<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const getStore: () => Store = Reflect.get(state, "getStore");
    return Reflect.get(state, "withLocalStorage")(() => work(getStore()));
}
