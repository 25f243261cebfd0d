import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import { collection, hrefOf } from "./collection";
import { readExpansion } from "./expansion";
import { eventsOfGuest } from "./events-of-guest";
import { guestContextResource } from "./guest-context-resource";
import { livingGuest } from "./living-guest";
import { guarded, type ReadBackContext } from "./read-back-context";
import { badParameter } from "./rest-refusals";

/**
 * A guest with sessions, their events, and orders. **Not documented**: Sitecore's own tests and demos read it, and it
 * may change there without notice (facts §6). What they show is the path, the two parameters, and
 * `items[0].sessions[0].events[0]` as the event that was sent last; the rest of the shape is unverified.
 */
export const createGuestContextEndpoints = (context: ReadBackContext): Route[] => {
  const { guests, events } = context;

  const contextOf = async (request: SandboxRequest, profile: GuestProfile): Promise<object> => {
    const expansion = readExpansion(request.query);
    const href = hrefOf(request, `/v2/guestContexts/${encodeURIComponent(profile.ref)}`);
    return guestContextResource(profile, await eventsOfGuest(profile, events), expansion, href);
  };

  const byBrowser: Route["answer"] = async (request) => {
    const browserRef = request.query.get("browserRef") ?? "";
    if (browserRef === "") throw badParameter("browserRef", "a browser id");
    const { profiles } = await guests.find({ browserRef }, "oldest-first", 0, 1);
    const items = await Promise.all(profiles.map((profile) => contextOf(request, profile)));
    return collection(request, { offset: 0, limit: 10 }, [["browserRef", browserRef]], items);
  };

  return [
    // Sitecore's tests write the slash, others leave it out.
    guarded(context, "/v2/guestContexts/", byBrowser),
    guarded(context, "/v2/guestContexts", byBrowser),
    guarded(context, "/v2/guestContexts/{ref}", async (request, ref) => {
      const profile = await livingGuest(ref, guests);
      return { status: 200, body: await contextOf(request, profile) };
    }),
  ];
};
