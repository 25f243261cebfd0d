import * as v from "valibot";
import { parseDuration } from "../../../../shared/duration";
import type { SandboxClock } from "../../../../shared/model/sandbox";
import type { SandboxTime } from "../clock/sandbox-clock";
import { Refusal } from "../http/answer";
import type { Route } from "../http/router";
import { explainErrors } from "./explain-errors";
import { readJson } from "./read-body";

const change = v.union(
  [v.strictObject({ advance: v.string() }), v.strictObject({ real: v.literal(true) })],
  "it says neither how far time advances nor that it is real.",
);

const show = (time: SandboxTime): SandboxClock => ({
  now: new Date(time.now()).toISOString(),
  offset: time.offset(),
});

const durationOf = (text: string): number => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new Refusal(400, "bad-duration", `${JSON.stringify(text.slice(0, 40))} is not a duration.`, {
    developerMessage: "Give a whole number and ms, s, m, h or d, such as 31m or 21d.",
  });
};

/** What time it is in the sandbox, and letting time pass. */
export const createClockEndpoints = (time: SandboxTime): Route[] => [
  {
    method: "GET",
    path: "/_sandbox/clock",
    answer: async () => ({ status: 200, body: show(time) }),
  },
  explainErrors({
    method: "POST",
    path: "/_sandbox/clock",
    async answer(request) {
      const wanted = await readJson(request, change, '{"advance":"21d"} or {"real":true}');
      if ("real" in wanted) await time.setReal();
      else await time.advance(durationOf(wanted.advance));
      return { status: 200, body: show(time) };
    },
  }),
];
