import { randomUUID } from "node:crypto";
import type { Transport } from "../../../../shared/model/environment";
import type { JsonObject } from "../../../../shared/model/json";
import { Refusal, type Answer } from "../http/answer";
import { catalogFor, findErrors } from "../processing/refuse-event";
import { full, missingField, unknownBrowser } from "./refusals";
import type { StreamContext } from "./stream-context";

const textOf = (event: JsonObject, name: string): string => {
  const value = Object.hasOwn(event, name) ? event[name] : undefined;
  if (typeof value !== "string" || value.trim() === "") throw missingField(name);
  return value;
};

/** Says no where the quota is reached: an event that is answered with 201 is kept. @throws Refusal 507 */
export const ensureRoom = ({ store, config, onFull }: StreamContext): void => {
  const { quota } = config.current();
  if (store.size() < quota) return;
  const refusal = full(quota);
  onFull(refusal.message);
  throw refusal;
};

const refuseInvalid = (event: JsonObject, transport: Transport, context: StreamContext): void => {
  const catalog = catalogFor(transport, context.config.current());
  const issues = findErrors(event, catalog);
  const [first] = issues;
  if (!first) return;
  throw new Refusal(
    400,
    "invalid-event",
    `The ${catalog} catalog calls this event invalid: ${first.message}`,
    {
      developerMessage:
        "The sandbox runs with --strict; without it the event would be accepted and end FAILED.",
      issues,
    },
  );
};

/**
 * What is looked at before an event is accepted.
 *
 * @returns the event as it would be kept
 * @throws Refusal 400, 404
 */
export const checkEvent = async (
  event: JsonObject,
  transport: Transport,
  context: StreamContext,
): Promise<{ payload: JsonObject; type: string; browserRef: string }> => {
  const { store } = context;
  const browserRef = textOf(event, "browser_id");
  const type = textOf(event, "type");
  // The key says who sends and is no part of the event; so it is not kept.
  const payload = { ...event };
  delete payload["client_key"];
  if (!(await store.browsers.has(browserRef))) throw unknownBrowser(browserRef);
  if (context.config.current().strict) refuseInvalid(payload, transport, context);
  return { payload, type, browserRef };
};

/**
 * What every way of sending an event has in common. The answer is given after the event is committed and before
 * anything becomes of it.
 *
 * @param event as sent, with `pos` filled from the site where the way of sending does that
 * @throws Refusal 400, 404, 507
 */
export const acceptEvent = async (
  event: JsonObject,
  transport: Transport,
  context: StreamContext,
): Promise<Answer> => {
  const { store } = context;
  const { clientKey } = context.config.current();
  const { payload, type, browserRef } = await checkEvent(event, transport, context);
  ensureRoom(context);

  const ref = randomUUID();
  // A reset may have come in between.
  const isKept = await store.add({ ref, transport, type, browserRef, payload });
  if (!isKept) throw unknownBrowser(browserRef);
  context.onAccepted();
  return { status: 201, body: { ref, status: "OK", version: "1.2", client_key: clientKey } };
};
