/** RRsets of strange names are listed as a program could declare them: check takes each as it is, and `X.get` reads the same. */
import { z } from "zod";
import { Secrets } from "../../provider/core/inputs/secrets";
import { withContext } from "../../provider/core/process/context";
import { Run } from "../../provider/core/process/run";
import { resolveSettings } from "../../provider/core/process/settings";
import { definitions } from "../../provider/resources/kinds";
import { a, domain, gandi, somebody, useOwnZone } from "./ownZone";

useOwnZone();

async function listed(kind: string, ...domains: string[]) {
    const { list } = definitions[kind]!;
    if (typeof list !== "function") {
        throw new Error(`${kind} is not listed`);
    }
    const { url, token } = gandi.sandbox;
    const settings = resolveSettings(() => undefined, { GANDI_PERSONAL_ACCESS_TOKEN: token, GANDI_URL: url });
    const action = {
        operation: "update" as const,
        inputs: {},
        secrets: new Secrets(z.object({}), {}),
        fallback: 60,
        run: new Run(),
        isDeclared: () => false,
    };
    return withContext(settings, action, (ctx) => list(ctx, domains));
}

it.each(["LiveDnsRecord", "LiveDnsZone"])("of the kind %s", async (kind) => {
    const other = `other-${domain}`;
    gandi.sandbox.addDomain({ fqdn: other, zone: "www 300 IN A 192.0.2.9" });
    somebody("@", "MX", "10 Mail.Example.NET.");
    somebody("WWW", "A", "192.0.2.1");
    somebody(domain, "A", "192.0.2.2");
    const all = await listed(kind, domain, other);
    const ids =
        kind === "LiveDnsZone"
            ? [domain, other]
            : [`${domain}/@/MX`, `${domain}/www/A`, `${domain}/${domain}/A`, `${other}/www/A`];
    expect(all.map(({ id }) => id).sort()).toEqual(ids.sort());
    for (const { id, inputs } of all) {
        const one = gandi.life(kind);
        await expect(one.reasons(inputs)).resolves.toEqual([]);
        await expect(one.get(id)).resolves.toMatchObject({ id, outputs: inputs });
    }
});

it("what is shown of a record are its own name and the API's values", async () => {
    somebody(domain, "A", "192.0.2.2");
    const [one] = await listed("LiveDnsRecord", domain);
    expect(one!.inputs).toEqual({ domain, name: `${domain}.${domain}.`, type: "A", ...a("192.0.2.2") });
});
