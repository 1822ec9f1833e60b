import { type Api, authenticate } from "../access";
import { json } from "../answers";
import { forbidden } from "../errors";
import type { World } from "../state/world";

const SECONDS_OF_LIFE = 180 * 86_400;

/**
 * What Gandi tells a personal access token about itself: `GET https://id.gandi.net/tokeninfo`, on a host of its own there.
 * Keys and scopes as public clients of 2024 to 2026 read them; no document has it.
 */
export function tokenInfoRoute(api: Api, world: () => World): void {
    api.get("/tokeninfo", (call) => {
        const { token } = authenticate(call, world().state);
        if (token.scheme !== "Bearer") {
            throw forbidden();
        }
        const writing = token.readOnly ? [] : ["domain:tech", "domain:contactadmin", "payment:prepaid"];
        return json({
            pat_name: token.name,
            expires_in: SECONDS_OF_LIFE,
            scope: ["organization:view", "domain:view", ...writing],
        });
    });
}
