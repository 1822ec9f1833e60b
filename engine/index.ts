/**
 * The embedded engine: runs an ordinary Pulumi program with dynamic resources, without the Pulumi CLI.
 *
 * It plays the part of the Pulumi engine for the real program and the real dynamic-provider process of
 * `@pulumi/pulumi`. State is Pulumi's own, in the layout of the CLI's file backend: the CLI can open it, and go on with
 * it. The face is the Automation API's (`@pulumi/pulumi/automation`), so that a test runs on both.
 *
 * Experimental: what it speaks with the SDK is Pulumi's contract with itself, and Pulumi's to change. A newer
 * `@pulumi/pulumi` may need a newer version of this package, and what is exported here may change in any version.
 *
 * It is meant for tests, demonstrations and small trials. For real work use the Pulumi CLI. What it does not support
 * (other packages than dynamic resources, stack references, import, targets, transforms, hooks, assets) it refuses by
 * name.
 *
 * @example A program under test, in Jest
 * ```ts
 * import { createOrSelectStack } from "pulumi-gandi/engine";
 *
 * test("the zone is made, and a second run does nothing", async () => {
 *     const stack = await createOrSelectStack(
 *         { stackName: "test", workDir: "infrastructure" },
 *         { stateDir: "infrastructure/.test-state", envVars: { PULUMI_CONFIG_PASSPHRASE: "test" } },
 *     );
 *     await stack.setConfig("gandi:url", { value: "http://127.0.0.1:8080" });
 *
 *     const { summary, outputs } = await stack.up({ onOutput: (text) => process.stdout.write(text) });
 *     expect(summary.resourceChanges).toEqual({ create: 4 });
 *     expect(outputs.zone?.value).toBe("example.com");
 *
 *     await stack.preview({ expectNoChanges: true });
 *     await stack.destroy();
 * });
 * ```
 *
 * @experimental
 * @packageDocumentation
 */
export { UnsupportedError } from "./deployment/unsupported";
export { CommandError, ConcurrentUpdateError } from "./face/commandError";
export { createOrSelectStack, type StackArgs, type StackOptions } from "./face/openStack";
export { type Deployment, Stack } from "./face/stack";
export {
    type CheckResult,
    type DiffResult,
    PartialFailure,
    type PlainObject,
    ProviderProcess,
    ProviderProcessEnded,
    type ProviderProcessOptions,
    type ReadResult,
} from "./process/providerProcess";
export type { ConfigMap, ConfigValue } from "./state/stackSettings";
