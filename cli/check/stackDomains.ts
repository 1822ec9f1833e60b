import { existsSync } from "node:fs";
import { join } from "node:path";
import { typeOf } from "../../engine/state/urn";
import { definitions } from "../../provider/resources/kinds";
import { runPulumi } from "../pulumi";
import type { Speech } from "../speech";

/**
 * The domains of the stack that is selected in a directory, by what `pulumi stack export` shows of its resources, which
 * decrypts nothing; none where there is no program.
 */
export async function domainsOfStack({
    directory,
    env,
}: Pick<Speech, "directory" | "env">): Promise<string[] | "unknown"> {
    if (!["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(directory, file)))) {
        return [];
    }
    const args = ["stack", "export", "--non-interactive"];
    const said = await runPulumi(args, { directory, env }).catch(() => undefined);
    return said?.code === 0 ? domainsIn(said.stdout) : "unknown";
}

function domainsIn(exported: string): string[] {
    const { deployment } = JSON.parse(exported) as {
        deployment?: { resources?: { urn: string; id?: string; inputs?: { domains?: string[] } }[] };
    };
    const names = (deployment?.resources ?? []).flatMap(({ urn, id, inputs }) => {
        const kind = typeOf(urn).replace(/^pulumi-nodejs:dynamic\/gandi:/, "");
        if (!Object.hasOwn(definitions, kind)) return [];
        return kind === "TsigKey" ? (inputs?.domains ?? []) : id === undefined ? [] : [id.split("/")[0]!];
    });
    return [...new Set(names)].sort();
}
