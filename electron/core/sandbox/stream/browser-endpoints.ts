import { Refusal, type Answer } from "../http/answer";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import { ensureRoom } from "./accept-event";
import { checkContext } from "./event-endpoints";
import { unknownBrowser, wrongKey } from "./refusals";
import type { StreamContext } from "./stream-context";

/** A browser id and its guest (Personalize's documentation, bx-browsercreate). */
const createBrowser = async (context: StreamContext): Promise<Answer> => {
  ensureRoom(context);
  const { ref, guestRef } = await context.store.browsers.create();
  const client_key = context.config.current().clientKey;
  // 200 or 201 is not documented; the call reads as a GET.
  return { status: 200, body: { status: "OK", version: "1.2", client_key, ref, customer_ref: guestRef } };
};

/** The guest that a browser belongs to now; a failure carries `error_msg` and `moreInfo` as the Cloud SDK's types have it. */
const showBrowser = async (ref: string, { config, store }: StreamContext): Promise<Answer> => {
  const browser = await store.browsers.find(ref);
  if (browser) {
    const customer = { ref: browser.guestRef };
    return {
      status: 200,
      body: { status: "OK", version: "1.2", clientKey: config.current().clientKey, ref, customer },
    };
  }
  const { answer, message } = unknownBrowser(ref);
  return { ...answer, body: { ...answer.body, error_msg: message, moreInfo: "" } };
};

/** Engage sends the client key as `api_token` too (facts §1), so either is taken. @throws Refusal 401 */
const checkShow = ({ query }: SandboxRequest, { credentials }: StreamContext): void => {
  if (!credentials.isKey(query.get("client_key"))) throw wrongKey("the query");
  const token = query.get("api_token");
  if (token === null || credentials.isKey(token) || credentials.isToken(token)) return;
  throw new Refusal(401, "wrong-api-token", "The api_token in the query is not this sandbox's.", {
    developerMessage: "Give the API token, or the client key as Sitecore's own library does.",
  });
};

/** Browser ids, directly and by the edge paths, whose `client_key` and `api_token` are empty. */
export const createBrowserEndpoints = (context: StreamContext): Route[] => [
  {
    method: "GET",
    path: "/v1.2/browser/create.json",
    async answer({ query }) {
      if (!context.credentials.isKey(query.get("client_key"))) throw wrongKey("the query");
      return createBrowser(context);
    },
  },
  {
    method: "GET",
    path: "/v1.2/browser/{ref}/show.json",
    async answer(request, ref) {
      checkShow(request, context);
      return showBrowser(ref, context);
    },
  },
  {
    method: "GET",
    path: "/v1/events/v1.2/browser/create.json",
    async answer(request) {
      checkContext(request, context);
      return createBrowser(context);
    },
  },
  {
    method: "GET",
    path: "/v1/events/v1.2/browser/{ref}/show.json",
    async answer(request, ref) {
      checkContext(request, context);
      return showBrowser(ref, context);
    },
  },
];
