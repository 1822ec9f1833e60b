import * as pulumi from "@pulumi/pulumi";
import { type Code, withCode } from "../codes";

/**
 * An error for the people who run a program: Pulumi shows the message and nothing else.
 *
 * It has no stack, because the SDK inspects in colour whatever it reports, and Node 20's `util.inspect` never returns from
 * a frame such as `node_modules/@pulumi/output.ts`: every stack of an `apply` has it, and the run would hang.
 */
export class ProgramError extends pulumi.RunError {
    readonly trouble: Code;

    constructor(code: Code, message: string) {
        super(withCode(message, code));
        this.trouble = code;
        this.stack = this.message;
    }
}

/**
 * The property in which a resource's class names what it can't accept of plain arguments: check refuses it for that. A
 * constructor that threw would end the program, and nothing would be said of the resources after it; nor is anything to be
 * refused where nothing is checked (`destroy --run-program`).
 */
export const REFUSED_ARGS = "__refusedArgs";
