import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import { load } from "js-yaml";
import type { Exchange } from "../../sandbox/app";

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
type Json = any;

const FILE = join(__dirname, "..", "..", "docs", "gandi-openapi.yaml");

/** What docs/gandi-openapi.yaml says of an exchange: written from Gandi's documents, and not from the sandbox. */
export class ApiDocument {
    readonly content: Json = load(readFileSync(FILE, "utf8"));
    private readonly ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    private readonly compiled = new Map<string, ValidateFunction>();
    private readonly routes: readonly { readonly template: string; readonly pattern: RegExp }[];

    constructor() {
        this.ajv.addSchema({ $id: "api", ...this.content });
        const templates = Object.keys(this.content.paths);
        // What is written out counts before what stands for anything.
        this.routes = templates
            .sort((one, other) => one.split("{").length - other.split("{").length)
            .map((template) => ({
                template,
                pattern: new RegExp(`^${template.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}/?$`),
            }));
    }

    /** In what an exchange differs from the document, one sentence each. What the document does not have it says nothing of. */
    disagreements({ method, path, query, headers, body, contentType, status, answer }: Exchange): string[] {
        const template = this.routes.find(({ pattern }) => pattern.test(path))?.template;
        const operation = template === undefined ? undefined : this.content.paths[template][method.toLowerCase()];
        if (operation === undefined || template === undefined || status === null) {
            return [];
        }
        const at = ["paths", template, method.toLowerCase()];
        const found: string[] = [];
        const isJson = answer.headers.get("content-type")?.startsWith("application/json");
        const isGood = status < 400;
        const response = operation.responses[status] === undefined ? "default" : String(status);
        if (isGood && response === "default") {
            found.push(`answers ${status}, of which the document has nothing`);
        } else {
            found.push(
                ...this.held(
                    [...at, "responses", response],
                    answer.headers.get("content-type"),
                    answer.body,
                    "answers",
                ),
            );
            for (const [name, { required }] of Object.entries<Json>(operation.responses[response].headers ?? {})) {
                if (required && isJson && answer.headers.get(name) === null) found.push(`answers without ${name}`);
            }
        }
        // Tests ask for more than the document allows, to see what a server makes of it; our client does not.
        const isOurs = headers["user-agent"]?.startsWith("pulumi-gandi") === true;
        if (isGood && isOurs && body !== "") {
            found.push(...this.held([...at, "requestBody"], contentType, body, "takes"));
        }
        const known = (operation.parameters ?? [])
            .filter((each: Json) => each.in === "query")
            .map((each: Json) => each.name);
        const strange = Object.keys(query).filter(
            (name) => ![...known, "sharing_id", "page", "per_page"].includes(name),
        );
        if (isGood && isOurs && strange.length > 0) {
            found.push(`takes ?${strange.join("&")}`);
        }
        return found.map((text) => `${method} ${template} ${text} (source ${operation["x-source"]})`);
    }

    private held(at: readonly string[], type: string | null, body: string, verb: string): string[] {
        const [media = ""] = (type ?? "").split(";");
        const place = at.reduce((inner: Json, key) => inner?.[key], this.content);
        if (media !== "application/json" || place?.content?.[media] === undefined) {
            return place?.content === undefined && body !== "" && media === "application/json"
                ? [`${verb} a body, of which the document has nothing: ${body.slice(0, 200)}`]
                : [];
        }
        const pointer = [...at, "content", media, "schema"].map((key) =>
            encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1")),
        );
        const reference = `api#/${pointer.join("/")}`;
        const validate = this.compiled.get(reference) ?? this.ajv.compile({ $ref: reference });
        this.compiled.set(reference, validate);
        return validate(JSON.parse(body))
            ? []
            : [`${verb} ${this.ajv.errorsText(validate.errors?.slice(0, 3), { dataVar: "" })}: ${body.slice(0, 300)}`];
    }
}
