import { createHash } from "node:crypto";
import type { Api } from "../access";
import { json } from "../answers";
import { MAIL_PRODUCTS, type MailProduct, mailPrices } from "../state/mailPrices";

const LABELS: Record<MailProduct, string> = { standard: "Standard 10Gb", premium: "Premium 50Gb" };

/** What can be bought of mailboxes, with prices: `mailbox/products`. */
export function mailProductRoutes(api: Api): void {
    api.get("/mailbox/products", () => {
        const products = MAIL_PRODUCTS.map((name) => ({
            config: [configOf(name)],
            config_name: name,
            description: LABELS[name],
            label: LABELS[name],
            prices: mailPrices(name),
        }));
        return json(products, 200, { "total-count": String(products.length) });
    });
}

/** What a mailbox of a product is. */
export function configOf(name: MailProduct) {
    return { label: LABELS[name], name, uuid: idOf(name) };
}

/** The same at each start, as those of Gandi are. */
function idOf(name: string): string {
    const hex = createHash("sha256").update(name).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
