import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Installed, install } from "./installed";

let app: Installed;

beforeAll(() => {
    app = install();
});
afterAll(() => app?.remove());

test("every link of the tarball's documents leads to a file and a heading that are in it", () => {
    const documents = app.files.filter((file) => file.endsWith(".md"));
    const broken = documents.flatMap((file) => linksIn(file).filter((link) => !leadsSomewhere(file, link)));
    expect(documents).toContain("README.md");
    expect(broken).toEqual([]);
});

function read(file: string): string {
    return readFileSync(join(app.directory, "node_modules/pulumi-gandi", file), "utf8");
}

/** Without those to the web. */
function linksIn(file: string): string[] {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    return links.filter((link) => !/^(https?|mailto):/.test(link));
}

function leadsSomewhere(file: string, link: string): boolean {
    const [path = "", heading] = link.split("#");
    const target = path === "" ? file : posix.join(posix.dirname(file), path);
    if (!app.files.includes(target)) {
        return heading === undefined && app.files.some((other) => other.startsWith(`${target}/`));
    }
    return heading === undefined || headingsOf(target).includes(heading);
}

/** As GitHub makes anchors of them. */
function headingsOf(file: string): string[] {
    return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
        text!
            .toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-"),
    );
}
