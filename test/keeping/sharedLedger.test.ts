import { spawnSync } from "node:child_process";
import {
    appendFileSync,
    chmodSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Keeping } from "../../provider/core/process/keeping/keeping";
import { SharedLedger } from "../../provider/core/process/keeping/sharedLedger";
import { nameOfThisProcess } from "../../provider/core/process/keeping/writers";
import { providerFor } from "../../provider/core/process/provider";
import { Run } from "../../provider/core/process/run";
import { snapshot } from "../../provider/resources/snapshot";

const ADDRESS = "127.0.0.1:4711";
const THING = "https://api.gandi.net LiveDnsRecord example.com/www/A";
/** A process that has been, and is no more. */
const DEAD = nameOfThisProcess().replace(/^\d+-\d+/, `${spawnSync(process.execPath, ["-e", ""]).pid}-1`);

let base: string;
let lines: string[];
let processes: number;

beforeEach(() => {
    base = join(mkdtempSync(join(tmpdir(), "pulumi-gandi-ledger-test-")), "base");
    lines = [];
    processes = 0;
});
afterEach(() => rmSync(join(base, ".."), { recursive: true, force: true }));

/** A process of the run, alive as long as the tests. */
function open(address = ADDRESS, writer = `${nameOfThisProcess()}-${++processes}`): SharedLedger {
    return SharedLedger.open(address, (line) => lines.push(line), { base, writer });
}

const declares = (ledger: SharedLedger, resource = THING) => new Keeping(ledger).reads("LiveDnsRecord", resource);
const keeps = (ledger: SharedLedger, resource = THING) => new Keeping(ledger).keeps(resource);
/** The folder of the one run there is. */
const folder = () => join(base, readdirSync(base)[0]!);

describe("the ledger of a run", () => {
    it("shows each process what the others declare, also what they declared before it was started", () => {
        const early = open();
        declares(early);
        const late = open();
        expect(keeps(late)).toBe(true);
        declares(late, `${THING}AAA`);
        expect(keeps(early, `${THING}AAA`)).toBe(true);
        expect(lines).toEqual([]);
    });

    it("is not that of another run at the same time", () => {
        declares(open());
        expect(keeps(open("127.0.0.1:4712"))).toBe(false);
    });

    it("keeps what a process declared that was killed, as long as another one of its run lives", () => {
        const early = open();
        declares(open(ADDRESS, DEAD));
        expect(keeps(early)).toBe(true);
        expect(keeps(open())).toBe(true);
    });

    it("clears away what is left of runs of which no process lives, also of one at its own address", () => {
        declares(open(ADDRESS, DEAD));
        declares(open("127.0.0.1:4712", DEAD));
        expect(keeps(open())).toBe(false);
        expect(readdirSync(base)).toHaveLength(1);
        expect(readdirSync(folder())).toEqual([`${nameOfThisProcess()}-1`]);
    });

    it("leaves what another version of the package writes, under names of its own", () => {
        const other = "v9:1:1";
        declares(open("127.0.0.1:4712", other));
        declares(open("127.0.0.1:4712"));
        open("127.0.0.1:4713");
        expect(readdirSync(base)).toHaveLength(2);
        expect(keeps(open("127.0.0.1:4712"))).toBe(true);
    });

    it("doubts what it reads when its own file was taken away", () => {
        const ledger = open();
        expect(ledger.doubt).toBeUndefined();
        rmSync(join(folder(), ledger.writer));
        expect(ledger.doubt).toContain("was removed from");
    });

    it("leaves what a process of another container writes, which can't be seen from here", () => {
        const elsewhere = `1-1-${"9".repeat(10)}`;
        declares(open(ADDRESS, elsewhere));
        expect(keeps(open())).toBe(true);
        expect(readdirSync(folder())).toContain(elsewhere);
    });

    it("voids what a process declared when that closes its own, and leaves nothing behind", () => {
        const [one, other] = [open(), open()];
        declares(one);
        one.close();
        expect(keeps(other)).toBe(false);
        other.close();
        expect(readdirSync(base)).toEqual([]);
    });

    it("takes a line that is not whole yet for one to come", () => {
        const [one, other] = [open(), open()];
        declares(one, "whole");
        const path = join(folder(), one.writer);
        appendFileSync(path, '{"act":"keep","by":"x","resources":["hal');
        expect(keeps(other, "whole")).toBe(true);
        expect(keeps(other, "halé")).toBe(false);
        appendFileSync(path, 'é"]}\n');
        expect(keeps(other, "halé")).toBe(true);
        expect(other.doubt).toBeUndefined();
    });

    it("is read by nobody else", () => {
        const ledger = open();
        expect(statSync(base).mode & 0o777).toBe(0o700);
        expect(statSync(folder()).mode & 0o777).toBe(0o700);
        expect(statSync(join(folder(), ledger.writer)).mode & 0o777).toBe(0o600);
    });

    it.each([
        ["a folder that is open to others", () => mkdirSync(base, { mode: 0o777 }), () => chmodSync(base, 0o777)],
        ["a link", () => symlinkSync(tmpdir(), base), () => {}],
        ["a file", () => writeFileSync(base, ""), () => {}],
    ])("is not kept in %s, and says that it is in doubt", (_what, make, then) => {
        make();
        then();
        const ledger = open();
        declares(ledger);
        expect(keeps(ledger)).toBe(true);
        expect(ledger.doubt).toContain("what the other providers of this run declare can't be trusted");
    });

    it("is not kept in a place of the run's that is no folder, and says that it is in doubt", () => {
        const earlier = open();
        const place = folder();
        earlier.close();
        writeFileSync(place, "");
        expect(open().doubt).toContain("can't be trusted");
    });

    it("names nothing in clear: ids and marks may hold what the program gave as a secret", async () => {
        const ledger = open();
        const provider = providerFor(snapshot, new Run({ ledger }));
        const settings = new Map([["gandi:personalAccessToken", "a-token"]]);
        await provider.configure!({ config: { get: (key: string) => settings.get(key) } } as never);
        await provider.check!({}, { domain: "hidden.example", name: "hidden name" });
        const written = readFileSync(join(folder(), ledger.writer), "utf8");
        expect(written).toContain("seek");
        expect(written).not.toContain("hidden");
    });

    it("doubts a file of a process that can't be read, or that others may write", () => {
        const ledger = open();
        writeFileSync(join(folder(), "1-1"), "no JSON\n", { mode: 0o600 });
        expect(ledger.doubt).toContain("can't be read");
        rmSync(join(folder(), "1-1"));
        const other = open();
        writeFileSync(join(folder(), "1-1"), "", { mode: 0o666 });
        chmodSync(join(folder(), "1-1"), 0o666);
        expect(other.doubt).toContain("open to other users");
    });

    it("goes on alone where nothing can be written, and says so once", () => {
        const missing = join(base, "nowhere", "deeper");
        const ledger = SharedLedger.open(ADDRESS, (line) => lines.push(line), { base: missing });
        declares(ledger);
        expect(keeps(ledger)).toBe(true);
        expect(ledger.doubt).toBeUndefined();
        expect(lines).toEqual([expect.stringContaining("is not shared between its providers")]);
    });
});
