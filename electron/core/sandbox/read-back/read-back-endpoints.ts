import type { Route } from "../http/router";
import { hrefOf } from "./collection";
import { createGuestContextEndpoints } from "./guest-context-endpoints";
import { createGuestApiEndpoints } from "./guest-api-endpoints";
import { orderResource } from "./order-resource";
import { guarded, type ReadBackContext } from "./read-back-context";
import { notFound } from "./rest-refusals";

/** What a tenant's REST APIs show of guests: the documented ones, and the guest contexts that Sitecore itself uses. */
export const createReadBackEndpoints = (context: ReadBackContext): Route[] => [
  ...createGuestApiEndpoints(context),
  guarded(context, "/v2.1/orders/{ref}", async (request, ref) => {
    const found = await context.guests.order(ref);
    if (!found) throw notFound("order", ref);
    const href = hrefOf(request, `/v2.1/orders/${encodeURIComponent(ref)}`);
    return { status: 200, body: orderResource(found.order, found.guestRef, href) };
  }),
  ...createGuestContextEndpoints(context),
];
