import { nameOf, typeOf } from "../../engine/state/urn";
import { messageOf } from "../../provider/core/failures";
import { CommandFailure, command, EXIT, UsageError } from "../command";
import type { Speech } from "../speech";
import { findingsIn } from "./findings";
import { masked, type PreviewError } from "./preview";
import { previewOf } from "./previewOf";
import { failureMarkdown, headline, markdown, NOT_COMPARED, sectionsOf } from "./report";
import { unmanagedBeside } from "./unmanaged";

/** One reason, such as an expired token, is that of every resource. */
const MOST_ERRORS = 10;

export const drift = command({
    options: {
        stack: { type: "string", short: "s", value: "NAME", help: "which stack; default: the selected one" },
        directory: { type: "string", short: "C", value: "DIR", help: "where its Pulumi.yaml is; default: here" },
        from: {
            type: "string",
            value: "FILE",
            help: "read what `pulumi preview --refresh --run-program --json` has printed,\ninstead of running it; - reads standard input",
        },
        embedded: { type: "boolean", help: "run the embedded engine instead of the Pulumi CLI" },
        markdown: { type: "boolean", help: "print Markdown, for the summary of a job" },
        unmanaged: { type: "boolean", help: "list, too, what Gandi has and no resource declares" },
    },
    help: `Tells what was changed outside of a Pulumi program since its last up, and what the program declares that
was not carried out. It runs \`pulumi preview --refresh --run-program\`: no state is written, no lock is
taken, and Gandi is only read. --unmanaged asks with the token of the environment, the preview with the
stack's.`,
    exits: { [EXIT.differs]: "something is not as declared" },
    async run({ words: _, options }, speech) {
        if (options.markdown && speech.json) throw new UsageError("--markdown and --json are one too many");
        const preview = masked(await previewOf(options, speech), speech.env);
        if (preview.errors.length > 0) {
            const lines = preview.errors.flatMap(errorLine);
            const shown = [
                ...lines.slice(0, MOST_ERRORS),
                ...(lines.length > MOST_ERRORS ? [`… ${lines.length - MOST_ERRORS} more`] : []),
            ];
            if (options.markdown) speech.write(failureMarkdown(shown));
            throw new CommandFailure([`${NOT_COMPARED}:`, ...shown].join("\n"));
        }
        const findings = findingsIn(preview);
        const unmanaged = options.unmanaged ? await unmanagedBeside(preview, speech) : undefined;
        speech.answer({ ...findings, ...(unmanaged && { unmanaged: unmanaged.found }) });
        if (options.markdown) {
            speech.write(markdown(findings, unmanaged));
        } else {
            print(findings, unmanaged, speech);
        }
        return findings.drift.length + findings.pending.length > 0 ? EXIT.differs : EXIT.done;
    },
});

function print(findings: Parameters<typeof headline>[0], unmanaged: Parameters<typeof sectionsOf>[1], speech: Speech) {
    speech.print({ colour: "bold", text: headline(findings) });
    for (const { heading, lines } of sectionsOf(findings, unmanaged)) {
        speech.print();
        speech.print({ colour: "bold", text: `${heading}:` });
        for (const line of lines) speech.print(line);
    }
    if (findings.drift.length > 0) {
        speech.print();
        speech.print("`pulumi up --refresh --run-program` makes it as declared");
    }
}

/** The resource, and why; what only says that there was an error is left out. */
function errorLine({ urn, message }: PreviewError): string[] {
    const reason = messageOf(message.trim().replace(/^error: (Preview failed: )?/, ""));
    if (urn === undefined || urn === "") {
        return /^preview failed$/.test(reason) ? [] : [reason];
    }
    return [`${typeOf(urn).replace(/^pulumi-nodejs:dynamic\/gandi:/, "")} ${nameOf(urn)}: ${reason}`];
}
