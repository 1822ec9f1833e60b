import type { Definition } from "../define";
import type { Problem, Props } from "../property";
import { SECRET_INPUTS } from "./secrets";

export interface Expanded {
    /** With the inputs that the engine keeps in place of those that a program gave. */
    readonly given: Props;
    readonly problems: readonly Problem[];
    readonly warnings: readonly Problem[];
}

/** What check is given, with what the kind expands expanded: see `Kind.expand`. */
export function expanded({ expand }: Definition, news: Props): Expanded {
    const isGiven = (name: string) => news[name] !== undefined && news[name] !== null;
    if (expand === undefined || !expand.from.some(isGiven)) {
        return { given: news, problems: [], warnings: [] };
    }
    const { inputs, problems, warnings } = expand.expand(news);
    const rest = Object.entries(news).filter(([name]) => !expand.from.includes(name));
    const given = { ...Object.fromEntries(rest), ...inputs };
    const secrets = news[SECRET_INPUTS];
    if (!Array.isArray(secrets)) {
        return { given, problems, warnings };
    }
    // Whichever of its parts is a secret: all that it becomes is one.
    const paths = secrets.flatMap((path: string[]) =>
        expand.from.includes(path[0]!) ? Object.keys(inputs).map((name) => [name]) : [path],
    );
    return { given: { ...given, [SECRET_INPUTS]: paths }, problems, warnings };
}
