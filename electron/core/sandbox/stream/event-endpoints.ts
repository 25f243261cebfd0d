import type { JsonObject } from "../../../../shared/model/json";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import { acceptEvent } from "./accept-event";
import { readEvent } from "./read-event";
import { missingField, wrongBasic, wrongContext, wrongKey } from "./refusals";
import type { StreamContext } from "./stream-context";

/** The context id of the edge paths, by query or by header (facts §1: Cloud SDK and Content SDK). @throws Refusal 401 */
export const checkContext = ({ query, headers }: SandboxRequest, { credentials }: StreamContext): void => {
  const context = query.get("sitecoreContextId") ?? headers["x-sitecore-contextid"];
  if (!credentials.isKey(context)) throw wrongContext(context !== undefined && context !== "");
};

/** On the edge paths clients send `pos` empty and the proxy fills it: here from the site (facts §1, "inference"). */
const fillPointOfSale = (event: JsonObject, siteId: string | null, context: StreamContext): JsonObject => {
  const isEmpty = event["pos"] === undefined || event["pos"] === null || event["pos"] === "";
  const pos = isEmpty && siteId !== null ? context.config.current().sites.get(siteId) : undefined;
  return pos === undefined ? event : { ...event, pos };
};

/** The four ways in which an event arrives. */
export const createEventEndpoints = (context: StreamContext): Route[] => {
  const { credentials } = context;
  return [
    {
      method: "GET",
      path: "/v1.2/event/create.json",
      async answer({ query }) {
        if (!credentials.isKey(query.get("client_key"))) throw wrongKey("the query");
        const message = query.get("message");
        if (message === null) throw missingField("message");
        return acceptEvent(readEvent(message), "http-get", context);
      },
    },
    {
      method: "POST",
      path: "/v1.2/event/create.json",
      async answer(request) {
        const { authorization } = request.headers;
        if (!credentials.isBasic(authorization)) throw wrongBasic(authorization !== undefined);
        return acceptEvent(readEvent(await request.text()), "spec", context);
      },
    },
    {
      method: "POST",
      path: "/v1.2/events",
      async answer(request) {
        const event = readEvent(await request.text());
        if (!credentials.isKey(event["client_key"])) throw wrongKey("the body");
        return acceptEvent(event, "engage", context);
      },
    },
    {
      method: "POST",
      path: "/v1/events/v1.2/events",
      async answer(request) {
        checkContext(request, context);
        const event = readEvent(await request.text());
        return acceptEvent(fillPointOfSale(event, request.query.get("siteId"), context), "edge", context);
      },
    },
  ];
};
