import { request } from "undici";
import { z } from "zod";
import { DEFAULT_URL, isLoopback } from "../../provider/api/baseUrl";
import type { Client } from "../../provider/api/client";
import type { Credential } from "../../provider/api/explain";
import { ownOrigins } from "../../provider/api/origin";
import { integerSchema } from "../../provider/api/wire";

/** What Gandi tells of a personal access token itself. Seen in public clients (2024 to 2026), in no document: all optional. */
const tokenInfoSchema = z.looseObject({
    pat_name: z.string().optional(),
    /** Seconds. */
    expires_in: integerSchema.optional(),
    /** `domain:view`, `domain:tech`, `payment:prepaid`, … */
    scope: z.array(z.string()).optional(),
});
export type TokenInfo = z.infer<typeof tokenInfoSchema>;

/** Where the token of an API is described: on another host of Gandi's, and on this machine at the API's own address. */
function addressFor(origin: string): string | undefined {
    if (origin === DEFAULT_URL) return "https://id.gandi.net/tokeninfo";
    return isLoopback(new URL(origin).hostname) ? `${origin}/tokeninfo` : undefined;
}

/** Until when a token lives and what it may; undefined where nobody tells. It needs no permission. */
export async function tokenInfo(
    { origin, clock }: Client,
    { scheme, token }: Credential,
): Promise<TokenInfo | undefined> {
    const address = addressFor(origin);
    if (address === undefined || scheme !== "Bearer") return undefined;
    const limits = { requestsPerMinute: 1000, concurrency: 16, clock };
    try {
        const { statusCode, body } = await request(address, {
            dispatcher: ownOrigins.of(new URL(address).origin, limits).dispatcher,
            headers: { authorization: `Bearer ${token}`, accept: "application/json" },
            signal: AbortSignal.timeout(10_000),
        });
        const answer = tokenInfoSchema.safeParse(await body.json());
        return statusCode === 200 && answer.success ? answer.data : undefined;
    } catch {
        return undefined;
    }
}
