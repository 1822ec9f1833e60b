import { GandiError } from "../../provider/api/errors";
import { Budget } from "../../provider/core/process/budget";
import { Book, type Entry } from "../../provider/core/process/keeping/book";
import type { Ledger } from "../../provider/core/process/keeping/ledger";

/** Two processes of one run, each of which sees what the other has written. */
function processes(): [Budget, Budget] {
    const books = [new Book(), new Book()] as const;
    const ledger = (own: 0 | 1): Ledger => ({
        writer: String(own),
        write: (entry: Entry) => books[own].add(entry),
        books: () => [books[own], books[1 - own]!],
        living: () => [...books],
        doubt: undefined,
    });
    return [new Budget(ledger(0)), new Budget(ledger(1))];
}

const eur = (total: number, months?: number) => ({
    total,
    currency: "EUR",
    renewal: months === undefined ? undefined : { total, months },
});
const order = async () => "ordered";

describe("what the orders of a run cost together", () => {
    let lines: string[];
    const rules = (maxTotal?: number) => ({ maxTotal, log: (line: string) => lines.push(line) });
    beforeEach(() => {
        lines = [];
    });

    it("is told in preview as a sum, with what renews by itself, over all the processes", () => {
        const [one, other] = processes();
        expect(one.plan("a.com", eur(14.4), rules())).toBeUndefined();
        expect(lines).toEqual([]);
        other.plan("b.com", eur(14.4, 12), rules());
        one.plan("slot", eur(1.2, 1), rules());
        expect(lines).toEqual([
            "orders of this run so far: 2, for 28.80 EUR, taxes included; what renews by itself costs 14.40 EUR a year",
            "orders of this run so far: 3, for 30.00 EUR, taxes included; what renews by itself costs 1.20 EUR a month and 14.40 EUR a year",
        ]);
    });

    it("is refused in preview above maxTotal, to the cent, with the sum", () => {
        const [one, other] = processes();
        expect(one.plan("a.com", eur(0.1), rules(0.3))).toBeUndefined();
        expect(other.plan("b.com", eur(0.2), rules(0.3))).toBeUndefined();
        expect(other.plan("c.com", eur(0.01), rules(0.3))).toMatchObject({
            code: "total-above-limit",
            reason: "c.com: with it the orders of this run cost 0.31 EUR, taxes included, which is more than gandi:maxTotal 0.3: it is not ordered",
        });
    });

    it("has no sum in two currencies: nothing more is ordered under a limit", () => {
        const [one] = processes();
        one.plan("a.com", eur(1), rules(100));
        const problem = one.plan("b.com", { total: 1, currency: "USD" }, rules(100));
        expect(problem?.reason).toMatch(/in several currencies \(1\.00 EUR and 1\.00 USD\)/);
        expect(one.plan("c.com", eur(1), rules())).toBeUndefined();
    });

    it("counts what is ordered apart from what is planned", async () => {
        const [one, other] = processes();
        one.plan("a.com", eur(20), rules(20));
        await expect(one.spend("a.com", eur(20), rules(20), order)).resolves.toBe("ordered");
        const sent = jest.fn(order);
        await expect(other.spend("b.com", eur(0.01), rules(20), sent)).rejects.toThrow(
            /cost 20\.01 EUR.*gandi:maxTotal 20/,
        );
        expect(sent).not.toHaveBeenCalled();
        await expect(one.spend("c.com", eur(0), rules(20), order)).resolves.toBe("ordered");
    });

    it("is written down before the order goes out, so that two at once can't both be the last", async () => {
        const [one, other] = processes();
        let done = () => {};
        const first = one.spend("a.com", eur(15), rules(20), () => new Promise<void>((resolve) => (done = resolve)));
        await expect(other.spend("b.com", eur(15), rules(20), order)).rejects.toThrow(/30\.00 EUR/);
        done();
        await first;
    });

    it("does not count what was refused, and does count what may have been ordered", async () => {
        const [one] = processes();
        const failing = (kind: "rejected" | "server", status: number) => () =>
            Promise.reject(new GandiError("no", { kind, method: "POST", path: "/v5", status }));
        await expect(one.spend("a.com", eur(20), rules(20), failing("rejected", 400))).rejects.toThrow("no");
        await expect(one.spend("b.com", eur(20), rules(20), failing("server", 502))).rejects.toThrow("no");
        await expect(one.spend("c.com", eur(1), rules(20), order)).rejects.toThrow(/21\.00 EUR/);
    });
});
