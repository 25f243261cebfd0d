import type { Credentials } from "../http/credentials";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import type { EventStore } from "../store/event-store";
import type { GuestReader } from "../store/guest-reader";
import { wrongBasic } from "./rest-refusals";

/** What the read-back endpoints work with. */
export interface ReadBackContext {
  guests: GuestReader;
  /** For the payloads of a guest's events. */
  events: Pick<EventStore, "query">;
  credentials: Pick<Credentials, "isBasic">;
}

/** An endpoint that answers only to Basic (facts §6: user = client key, password = API token). */
export const guarded = ({ credentials }: ReadBackContext, path: string, answer: Route["answer"]): Route => ({
  method: "GET",
  path,
  async answer(request: SandboxRequest, ref: string) {
    const { authorization } = request.headers;
    if (!credentials.isBasic(authorization)) throw wrongBasic(authorization !== undefined);
    return answer(request, ref);
  },
});
