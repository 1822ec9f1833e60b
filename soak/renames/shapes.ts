import { differs, type Findings } from "../laws";

/** A world's shape, as far as it says what is there now, and what was ordered. */
interface Shape {
    readonly zones: Readonly<Record<string, { readonly keys: readonly string[] }>>;
    readonly tsigKeys: number;
    readonly orders: readonly string[];
    readonly balances: readonly string[];
}

/**
 * What differs between two worlds now. What the one has made and removed on its way, the other may not have come to:
 * less was ordered, and fewer keys are left, never more.
 */
export function differsNow(what: string, expected: object, found: object): Findings {
    const [wanted, there] = [expected, found] as [Shape, Shape];
    const orders = [...wanted.orders];
    const more = there.orders.filter((order) => {
        const at = orders.indexOf(order);
        if (at >= 0) orders.splice(at, 1);
        return at < 0;
    });
    return [
        ...more.map((order) => `${what} has one order more: ${order}`),
        ...differs(what, present(wanted, wanted.tsigKeys), present(there, Math.max(there.tsigKeys, wanted.tsigKeys))),
    ];
}

function present({ zones, orders: _, balances: __, ...rest }: Shape, tsigKeys: number): object {
    const withoutRemovedKeys = Object.entries(zones).map(([fqdn, zone]) => [
        fqdn,
        { ...zone, keys: zone.keys.filter((key) => !key.endsWith(" deleted")) },
    ]);
    return { ...rest, tsigKeys, zones: Object.fromEntries(withoutRemovedKeys) };
}
