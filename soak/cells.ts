import { declare, type Living, living, seed } from "./kinds";
import { destroys, type Findings, keepsSecrets, recovers } from "./laws";
import type { Part, Verdict } from "./part";
import { type Interference, World } from "./world";

/** What can go wrong with a request, by name. */
const FAULTS: Readonly<Record<string, Interference>> = {
    "dropped before": { kind: "drop-before" },
    "dropped after": { kind: "drop-after" },
    "timed out before": { kind: "hang" },
    "timed out after": { kind: "hang", effect: true },
};

/** What a run without faults asks for, and what it leaves. */
interface Twin {
    readonly calls: number;
    readonly made: object;
    readonly destroyed: object;
}

const twins = new Map<string, Promise<Twin>>();

function twinOf(kind: Living): Promise<Twin> {
    const twin = twins.get(kind.kind) ?? createTwin(kind);
    twins.set(kind.kind, twin);
    return twin;
}

async function createTwin({ kind, least, deleting }: Living): Promise<Twin> {
    const program = () => void declare(kind, "it", { ...least, ...deleting });
    return inWorld(async (world) => {
        const stack = await world.stack();
        await stack.up(program);
        const calls = world.requests.length;
        world.settle();
        const made = world.shape();
        await stack.destroy(program);
        world.settle();
        await stack.close();
        return { calls, made, destroyed: world.shape() };
    });
}

async function inWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
    const world = await World.open();
    seed(world);
    try {
        return await work(world);
    } finally {
        await world.close();
    }
}

interface Cell {
    readonly living: Living;
    readonly call: number;
    readonly fault: string;
}

let enumerated: Promise<Cell[]> | undefined;

async function allCells(): Promise<Cell[]> {
    const found: Cell[] = [];
    for (const each of living) {
        const { calls } = await twinOf(each);
        for (let call = 0; call < calls; call++) {
            found.push(...Object.keys(FAULTS).map((fault) => ({ living: each, call, fault })));
        }
    }
    return found;
}

/** Each kind, each operation, each of its calls, each fault. */
export const cells: Part = {
    name: "cells",
    share: 5,
    async size() {
        enumerated ??= allCells();
        return (await enumerated).length;
    },
    async play(number): Promise<Verdict> {
        enumerated ??= allCells();
        const { living: each, call, fault } = (await enumerated)[number]!;
        const { kind, least, deleting } = each;
        const twin = await twinOf(each);
        const program = () => void declare(kind, "it", { ...least, ...deleting });
        const findings = await inWorld(async (world): Promise<Findings> => {
            const stack = await world.stack();
            world.interfere = ({ index }) => (index === call ? FAULTS[fault] : undefined);
            await stack.up(program);
            const found = [
                ...(await recovers(world, stack, program, twin.made)),
                ...(await destroys(world, stack, program, twin.destroyed)),
                ...keepsSecrets(world),
            ];
            await stack.close();
            return found;
        });
        return { title: `${kind} create, call ${call}, ${fault}, once`, findings };
    },
};
