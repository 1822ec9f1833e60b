import type { Api } from "../access";
import { availabilityRoutes } from "./availability";
import { axfrRoutes } from "./axfr";
import { changeOwnerRoutes } from "./changeOwner";
import { contactRoutes } from "./contacts";
import { delegationRoutes } from "./delegation";
import { dnskeyRoutes } from "./dnskeys";
import { domainRoutes } from "./domains";
import { emailOfferRoutes } from "./emailOffers";
import { forwardRoutes } from "./forwards";
import { hostRoutes } from "./hosts";
import { keyRoutes } from "./keys";
import { mailboxRoutes } from "./mailboxes";
import { mailboxSlotRoutes } from "./mailboxSlots";
import { mailDomainRoutes } from "./mailDomains";
import { mailForwardRoutes } from "./mailForwards";
import { mailProductRoutes } from "./mailProducts";
import { mailSlotRoutes } from "./mailSlots";
import { orderRoutes } from "./orders";
import { organizationRoutes } from "./organizations";
import { recordRoutes } from "./records";
import { renewalRoutes } from "./renewals";
import { snapshotRoutes } from "./snapshots";
import { standaloneMailboxRoutes } from "./standaloneMailboxes";
import { webRedirectionRoutes } from "./webRedirections";
import { genericNameserverRoute, zoneRoutes } from "./zones";

/** The routes that need no authentication. */
export function openRoutes(api: Api): void {
    genericNameserverRoute(api);
}

/** The routes that do. */
export function apiRoutes(api: Api): void {
    const areas = [
        recordRoutes,
        zoneRoutes,
        keyRoutes,
        snapshotRoutes,
        axfrRoutes,
        availabilityRoutes,
        orderRoutes,
        domainRoutes,
        contactRoutes,
        changeOwnerRoutes,
        delegationRoutes,
        hostRoutes,
        renewalRoutes,
        dnskeyRoutes,
        forwardRoutes,
        emailOfferRoutes,
        mailboxRoutes,
        mailSlotRoutes,
        // It refuses API keys on behalf of the rest of its API.
        mailDomainRoutes,
        mailProductRoutes,
        mailboxSlotRoutes,
        mailForwardRoutes,
        standaloneMailboxRoutes,
        webRedirectionRoutes,
        organizationRoutes,
    ];
    for (const add of areas) {
        add(api);
    }
}
