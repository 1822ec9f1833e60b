import { request } from "undici";

/** Where orders cost nothing. */
const TEST_ENVIRONMENT = "https://api.sandbox.gandi.net";

export function isLoopback({ hostname }: URL): boolean {
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether orders cost nothing there: at Gandi's own test environment, and at a sandbox of ours on this machine. */
export async function isPlayground(origin: string): Promise<boolean> {
    if (origin === TEST_ENVIRONMENT) {
        return true;
    }
    if (!isLoopback(new URL(origin))) {
        return false;
    }
    // Something else on loopback may well pass on to Gandi what it is sent. Only a sandbox has this route.
    const { statusCode, body } = await request(`${origin}/_sandbox/domains`);
    return (await body.text()).includes("X-Sandbox-Token") && statusCode === 401;
}
