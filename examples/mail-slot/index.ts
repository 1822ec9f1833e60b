import * as gandi from "pulumi-gandi";

// Bought once, within its own limit, and kept when it is destroyed. Preview shows what it costs.
const slot = new gandi.MailSlot("slot", {
    domain: "example.com",
    type: "standard_2023",
    duration: 12,
    maxPrice: 12,
});

export const slotId = slot.id;
export const expires = slot.expiresAt;
