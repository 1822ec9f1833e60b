import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pointer, resourceType } from "../../provider/core/program/pointer";
import { definitions } from "../../provider/resources/kinds";
import { get } from "../../provider/runtime";

const packageJson = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));

/** These texts stand in every user's state: another byte is an update of every resource of every stack. */
describe("the pointer in the state", () => {
    it("is the same text for ever", () => {
        expect(pointer("LiveDnsRecord")).toBe(
            'exports.handler=()=>require("pulumi-gandi/runtime").get("LiveDnsRecord");',
        );
        expect(resourceType("LiveDnsRecord")).toBe("pulumi-nodejs:dynamic/gandi:LiveDnsRecord");
    });

    it("leads to the package's runtime", () => {
        expect(packageJson.name).toBe("pulumi-gandi");
        expect(packageJson.exports["./runtime"].default).toBe("./dist/provider/runtime.js");
    });

    it.each(Object.keys(definitions))("finds the provider of %s at once", (kind) => {
        expect(get(kind)).toMatchObject({ check: expect.any(Function), create: expect.any(Function) });
    });

    it("says what to do about a kind of a newer version", () => {
        expect(() => get("Teapot")).toThrow("knows no resource Teapot: update the package");
    });
});
