import { existsSync } from "node:fs";
import { join } from "node:path";
import { typeOf } from "../../engine/state/urn";
import { definitions } from "../../provider/resources/kinds";
import { embeddedDeployment } from "../drift/embedded";
import { runPulumi } from "../pulumi";
import type { Speech } from "../speech";

/**
 * The domains of the stack that is selected in a directory, by what `pulumi stack export` shows of its resources, which
 * decrypts nothing, or of the only one of the embedded engine; none where there is no program.
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
    const deployment =
        said?.code === 0
            ? (JSON.parse(said.stdout) as { deployment?: Exported }).deployment
            : await embeddedDeployment({ directory, env, stack: undefined });
    return deployment === undefined ? "unknown" : domainsIn(deployment);
}

/** A deployment, as far as it is read here. */
interface Exported {
    readonly resources?: readonly { urn: string; id?: string; inputs?: { domains?: string[] } }[];
}

function domainsIn({ resources = [] }: Exported): string[] {
    const names = resources.flatMap(({ urn, id, inputs }) => {
        const kind = typeOf(urn).replace(/^pulumi-nodejs:dynamic\/gandi:/, "");
        if (!Object.hasOwn(definitions, kind)) return [];
        return kind === "TsigKey" ? (inputs?.domains ?? []) : id === undefined ? [] : [id.split("/")[0]!];
    });
    return [...new Set(names)].sort();
}
