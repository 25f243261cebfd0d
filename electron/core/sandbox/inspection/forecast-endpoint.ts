import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import { transport } from "../../../../shared/contract/inputs";
import type { JsonObject } from "../../../../shared/model/json";
import { Refusal } from "../http/answer";
import type { Route } from "../http/router";
import type { EventForecast } from "../processing/forecast-event";
import { checkEvent } from "../stream/accept-event";
import type { StreamContext } from "../stream/stream-context";
import type { AcceptedEvent } from "../store/stored-event";

const shape = v.strictObject({
  event: v.custom<JsonObject>((value) => isJsonObject(value as JsonObject), "event is not an object."),
  transport: v.optional(transport, "spec"),
});

const read = (text: string): v.InferOutput<typeof shape> => {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  if (result.success) return result.output;
  throw new Refusal(400, "bad-body", `The body is not what this takes: ${result.issues[0].message}`, {
    developerMessage: 'Send JSON such as {"event":{"type":"VIEW",…},"transport":"spec"}.',
  });
};

/** What would become of an event if it were sent now. Refused is what sending it would refuse; nothing is written. */
export const createForecastEndpoint = (
  context: StreamContext,
  forecast: (event: AcceptedEvent) => Promise<EventForecast>,
): Route => ({
  method: "POST",
  path: "/_sandbox/forecast",
  async answer(request) {
    const { event, transport: way } = read(await request.text());
    const { payload, type, browserRef } = await checkEvent(event, way, context);
    const body = await forecast({ ref: randomUUID(), transport: way, type, browserRef, payload });
    return { status: 200, body };
  },
});
