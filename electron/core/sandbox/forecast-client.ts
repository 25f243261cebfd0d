import { request } from "../undici";
import * as v from "valibot";
import { AppError } from "../../../shared/contract/errors";
import type { Transport } from "../../../shared/model/environment";
import type { StreamEvent } from "../../../shared/model/event";
import type { PatchOperation } from "../../../shared/model/guest-profile";
import type { JsonObject } from "../../../shared/model/json";
import type { Forecast } from "../../../shared/model/run";

/** The sandbox is this program's own; that it answers with a forecast is checked, each profile is not. */
const shape = v.object({
  status: v.picklist(["PROCESSED", "FAILED", "DROPPED"]),
  guestRef: v.nullable(v.string()),
  changes: v.array(v.custom<PatchOperation>((value) => typeof value === "object" && value !== null)),
  before: v.nullable(v.custom<JsonObject>((value) => typeof value === "object")),
  after: v.nullable(v.custom<JsonObject>((value) => typeof value === "object")),
  why: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, Forecast>;

const refusal = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ code: v.string(), message: v.string(), developerMessage: v.optional(v.string(), "") }),
);

/** What sending the event would be refused with, too. */
const refusals = ["missing-field", "unknown-browser", "invalid-event"];

/** Milliseconds. A person waits for it. */
const patience = 10_000;

const unreachable = (url: string): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `The sandbox at ${url} gives no forecast.`,
    hint: "It may have ended meanwhile, or be of another version: start it again.",
  });

/**
 * Asks a sandbox what would become of an event if it were sent now.
 *
 * @param url the sandbox's address
 * @param event as it would be built
 * @throws AppError INVALID_INPUT with the sandbox's words where it would refuse the event (no `browser_id`, an unknown
 * browser, `--strict`); UNREACHABLE
 */
export const askForecast = async (
  url: string,
  event: StreamEvent,
  transport: Transport,
  signal?: AbortSignal,
): Promise<Forecast> => {
  const stop = AbortSignal.timeout(patience);
  try {
    const answer = await request(`${url}/_sandbox/forecast`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ event, transport }),
      signal: signal === undefined ? stop : AbortSignal.any([signal, stop]),
    });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return v.parse(shape, JSON.parse(text));
    const said = v.safeParse(refusal, text);
    // A sandbox of another version does not know the path: that is no word on the event.
    if (!said.success || !refusals.includes(said.output.code)) throw unreachable(url);
    const { message, developerMessage } = said.output;
    throw new AppError({ code: "INVALID_INPUT", message, hint: developerMessage });
  } catch (error) {
    throw error instanceof AppError ? error : unreachable(url);
  }
};
