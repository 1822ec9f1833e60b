import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

export const organizationSchema = z.object({
    /** What `sharing_id` takes. */
    id: z.string(),
    name: z.string(),
    /** `individual`, `company`, … */
    type: z.string(),
    orgname: z.string().optional(),
    firstname: z.string().optional(),
    lastname: z.string().optional(),
    email: z.string().optional(),
    vat_number: z.string().optional(),
    reseller: z.boolean().optional(),
    corporate: z.boolean().optional(),
});
export type Organization = z.infer<typeof organizationSchema>;

/** The organisations that the token belongs to. `GET /v5/organization/organizations`, of the migration FAQ */
export function listOrganizations(client: Client, options: ListOptions = {}): Promise<Organization[]> {
    const route = "GET /v5/organization/organizations";
    return listAll(client.withSharingId(undefined), { route, params: {}, item: organizationSchema, ...options });
}
