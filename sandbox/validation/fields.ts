import { type ErrorSource, type FieldError, invalidFields, unreadableBody } from "../errors";

interface StringRules {
    required?: boolean;
    oneOf?: readonly string[];
    pattern?: RegExp;
    /** What the value must be, when `pattern` does not match. */
    expected?: string;
}

interface IntegerRules {
    required?: boolean;
    min?: number;
    max?: number;
    oneOf?: readonly number[];
}

/**
 * Reads the fields of a body or of a query and collects what is wrong with each, so that one answer names them all.
 * Guess: the wording beyond the quoted "Required" and "60 is less than minimum value 300"; that numbers and booleans are
 * taken from strings too; and that null counts as absent.
 */
export class Fields {
    readonly errors: FieldError[];

    constructor(
        private readonly source: Record<string, unknown>,
        private readonly location: FieldError["location"] = "body",
        private readonly prefix = "",
        errors: FieldError[] = [],
    ) {
        this.errors = errors;
    }

    /** Throws the 400 that lists the errors, if there are any. */
    done(source: ErrorSource): void {
        if (this.errors.length > 0) {
            throw invalidFields(source, this.errors);
        }
    }

    fail(name: string, description: string): undefined {
        this.errors.push({ location: this.location, name: this.prefix + name, description });
        return undefined;
    }

    string(name: string, rules: StringRules = {}): string | undefined {
        const value = this.value(name, rules.required);
        if (value === undefined) {
            return undefined;
        }
        if (typeof value !== "string" && typeof value !== "number") {
            return this.fail(name, `${JSON.stringify(value)} is not a string`);
        }
        const text = String(value);
        if (text === "" && rules.required) {
            return this.fail(name, "Required");
        }
        if (rules.oneOf && !rules.oneOf.includes(text)) {
            return this.fail(name, `"${text}" is not one of ${rules.oneOf.join(", ")}`);
        }
        if (rules.pattern && text !== "" && !rules.pattern.test(text)) {
            return this.fail(name, `"${text}" is not ${rules.expected ?? "valid"}`);
        }
        return text;
    }

    integer(name: string, rules: IntegerRules = {}): number | undefined {
        const value = this.value(name, rules.required);
        if (value === undefined) {
            return undefined;
        }
        const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
        if (typeof number !== "number" || !Number.isInteger(number)) {
            return this.fail(name, `${JSON.stringify(value)} is not a number`);
        }
        if (rules.min !== undefined && number < rules.min) {
            return this.fail(name, `${number} is less than minimum value ${rules.min}`);
        }
        if (rules.max !== undefined && number > rules.max) {
            return this.fail(name, `${number} is greater than maximum value ${rules.max}`);
        }
        if (rules.oneOf && !rules.oneOf.includes(number)) {
            return this.fail(name, `"${number}" is not one of ${rules.oneOf.join(", ")}`);
        }
        return number;
    }

    number(name: string): number | undefined {
        const value = this.value(name);
        const number = typeof value === "string" && value !== "" ? Number(value) : value;
        if (value !== undefined && (typeof number !== "number" || !Number.isFinite(number))) {
            return this.fail(name, `${JSON.stringify(value)} is not a number`);
        }
        return number as number | undefined;
    }

    boolean(name: string, rules: { required?: boolean } = {}): boolean | undefined {
        const value = this.value(name, rules.required);
        if (value === true || value === "true" || value === 1 || value === "1") {
            return true;
        }
        if (value === false || value === "false" || value === 0 || value === "0") {
            return false;
        }
        return value === undefined ? undefined : this.fail(name, `${JSON.stringify(value)} is not a boolean`);
    }

    /** A list of strings; `empty` is the error of an empty list, on its first item. */
    strings(name: string, rules: { required?: boolean; empty?: string } = {}): string[] | undefined {
        const values = this.list(name, rules);
        if (values?.some((value) => typeof value !== "string")) {
            values.forEach((value, index) => {
                if (typeof value !== "string") {
                    this.fail(`${name}.${index}`, `${JSON.stringify(value)} is not a string`);
                }
            });
            return undefined;
        }
        if (values?.length === 0 && rules.empty !== undefined) {
            return this.fail(`${name}.0`, rules.empty);
        }
        return values as string[] | undefined;
    }

    list(name: string, rules: { required?: boolean } = {}): unknown[] | undefined {
        const value = this.value(name, rules.required);
        if (value !== undefined && !Array.isArray(value)) {
            return this.fail(name, `${JSON.stringify(value)} is not iterable`);
        }
        return value;
    }

    /** The fields of an object inside this one; its errors are named `name.field`. */
    nested(name: string, rules: { required?: boolean } = {}): Fields | undefined {
        const value = this.value(name, rules.required);
        if (value === undefined) {
            return undefined;
        }
        if (!isObject(value)) {
            return this.fail(name, `${JSON.stringify(value)} is not a mapping type`);
        }
        return new Fields(value, this.location, `${this.prefix}${name}.`, this.errors);
    }

    /** The fields of each object of a list. */
    items(name: string, rules: { required?: boolean } = {}): Fields[] | undefined {
        return this.list(name, rules)?.flatMap((item, index) => {
            if (isObject(item)) {
                return [new Fields(item, this.location, `${this.prefix}${name}.${index}.`, this.errors)];
            }
            this.fail(`${name}.${index}`, `${JSON.stringify(item)} is not a mapping type`);
            return [];
        });
    }

    /** The object itself, unchecked. */
    raw(): Record<string, unknown> {
        return this.source;
    }

    private value(name: string, required = false): unknown {
        const value = Object.hasOwn(this.source, name) ? this.source[name] : undefined;
        if (value === undefined || value === null) {
            return required ? this.fail(name, "Required") : undefined;
        }
        return value;
    }
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of a JSON body. An absent body counts as `{}`: then each required field is missing. */
export function bodyFields(text: string, source: ErrorSource): Fields {
    let body: unknown;
    try {
        body = text.trim() === "" ? {} : JSON.parse(text);
    } catch {
        throw unreadableBody(source);
    }
    if (!isObject(body)) {
        throw unreadableBody(source);
    }
    return new Fields(body);
}
