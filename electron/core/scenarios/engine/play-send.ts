import { buildEvent } from "../../../../shared/build-event";
import { judge } from "../../../../shared/catalog/catalog";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { StreamEvent } from "../../../../shared/model/event";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { NextEvent, StepFailure } from "../../../../shared/model/run";
import type { Verdict } from "../../../../shared/model/verdict";
import { filledOnTheWay } from "../../../../shared/transports";
import type { RunAnswer, RunOutcome } from "../../sender/run-sends";
import type { Browser } from "./browsers";
import { answerFailures, compare, verdictFailures } from "./check-answer";
import { holdsPlaceholder, placeholder } from "./dry-run";
import type { NextSend } from "./gate";
import { RunEnd } from "./run-context";
import { notObservable } from "./step-result";
import { capture, fillDuration, sourceOf, type Iteration, type StepPlay } from "./step-play";

type Play = StepPlay<"send">;

/** An event that is built once, however often it is tried, and that a person may change before it goes. */
export interface PreparedSend extends NextSend {
  event(): Promise<StreamEvent>;
}

const marked = (event: StreamEvent, runId: string): StreamEvent => {
  const { ext } = event;
  if (ext !== undefined && !isJsonObject(ext)) return event;
  return { ...event, ext: { ...ext, bellhopRun: runId } };
};

/** Fills and builds the event from what is known now. @throws TemplateError, and what a new browser costs */
const buildFor = async (play: Play): Promise<StreamEvent> => {
  const { run, iteration, step, context, defaults } = play;
  const { environment } = run.target;
  const browser = await iteration.browsers.ready(sourceOf(play));
  const { event } = buildEvent({
    environment,
    catalog: environment.catalog,
    messageType: String(step.type.fill(context)),
    defaults: defaults.fill(context),
    browserFields: browser.fields,
    event: step.event.fill(context),
    guest: { browserId: browser.made.browserId, sessionId: browser.sessionId },
  });
  return run.settings.mark ? marked(event, run.id) : event;
};

export const prepareSend = (play: Play): PreparedSend => {
  const { iteration, number, occurrence } = play.result;
  let building: Promise<StreamEvent> | null = null;
  let edited: JsonObject | null = null;
  const build = (): Promise<StreamEvent> => {
    building ??= buildFor(play).catch((error: unknown) => {
      // The target may be there at the next attempt.
      building = null;
      throw error;
    });
    return building;
  };
  const read = async (): Promise<NextEvent> => ({
    step: { iteration, number, occurrence },
    event: await build(),
    edited,
  });
  return {
    read,
    edit(event) {
      edited = event;
      return read();
    },
    event: () => (edited === null ? build() : Promise.resolve(edited)),
  };
};

/** Remembers whom a tenant can be asked for later, and what is to be cleaned up. */
const noteIdentity = (event: StreamEvent, iteration: Iteration, made: (email: string) => void): void => {
  const { email, identifiers } = event;
  const [first] = Array.isArray(identifiers) ? identifiers : [];
  if (isJsonObject(first) && typeof first["provider"] === "string" && typeof first["id"] === "string") {
    iteration.known = { identifier: { provider: first["provider"], id: first["id"] } };
  }
  if (typeof email === "string" && email !== "") {
    iteration.known = { email };
    made(email);
  }
};

const isInvalidAndUnexpected = ({ step, context, run }: Play, verdict: Verdict): boolean => {
  if (verdict.schema !== "invalid" || run.settings.noValidate) return false;
  return step.expect.verdict === null || verdictFailures(step.expect.verdict, verdict, context).length > 0;
};

const invalid = (verdict: Verdict): StepFailure[] =>
  verdict.issues
    .filter(({ severity }) => severity === "error")
    .map(({ path, message, hint }) => ({
      of: "verdict",
      path,
      expected: "valid",
      actual: "invalid",
      message: `${message} The event was not sent.`,
      ...(hint !== undefined && { hint }),
    }));

/** Usual time for the outcome of an event that a step expects one of (interface "Scenario files", `within`). */
const usualWithin = 10_000;
/** How long a window waits to show what an event changed, where the step does not say. */
const watchWithin = 2_000;

const checkOutcome = (play: Play, outcome: RunOutcome | null, within: number): void => {
  const { step, context, result } = play;
  const failures = compare("ingestion", step.expect.ingestion, result.ingestion, context, {
    name: outcome === null ? `After ${within} ms the ingestion` : "The ingestion",
  });
  const reasons = outcome?.reasons.join(" ") ?? "";
  for (const failure of failures)
    result.failures.push(reasons === "" ? failure : { ...failure, hint: reasons });
};

/** What became of the event, where the step or the window wants to know. */
const follow = async (
  play: Play,
  browser: Browser,
  answer: RunAnswer,
  within: number | null,
): Promise<void> => {
  const { run, step, result } = play;
  const { target, signal, watch } = run;
  const isExpected = step.expect.ingestion !== null;
  if (!target.isSandbox) {
    if (!isExpected) return;
    const message = `What becomes of an event cannot be seen at ${target.environment.name}; only a sandbox shows it.`;
    const expected = step.expect.ingestion?.fill(play.context) ?? null;
    notObservable(result, step.required, { of: "ingestion", path: "", expected, message });
    return;
  }
  if (answer.eventRef === null || !(isExpected || watch)) {
    browser.last = answer.eventRef === null ? browser.last : answer;
    if (isExpected) checkOutcome(play, null, 0);
    return;
  }
  const most = within ?? (isExpected ? usualWithin : watchWithin);
  const wait = Math.max(0, Math.round(most - (answer.time ?? 0)));
  const outcome = await target.outcomeOf(answer, wait, signal);
  if (outcome !== null) {
    result.ingestion = outcome.ingestion;
    browser.guestRef = outcome.guestRef ?? browser.guestRef;
    browser.last = null;
    if (outcome.guestRef !== null) result.guest = { ref: outcome.guestRef, seq: null };
  }
  if (isExpected) checkOutcome(play, outcome, wait);
  if (!watch || outcome === null || outcome.guestRef === null) return;
  // Only to be shown: a sandbox that cannot tell makes no step fail.
  const change = await run.guests.changeBy(outcome.guestRef, answer.eventRef).catch(() => null);
  if (change === null) return;
  result.guest = { ref: change.ref, seq: change.seq };
  result.changes = change.changes;
};

const dryRun = (play: Play, event: StreamEvent, verdict: Verdict): void => {
  const { step, scope, result } = play;
  result.notes.push("Built and checked; nothing was sent.");
  if (isInvalidAndUnexpected(play, verdict) && !holdsPlaceholder(event))
    result.failures.push(...invalid(verdict));
  for (const [name] of step.capture) scope.captures[name] = placeholder(name);
};

const take = (play: Play, answer: RunAnswer): void => {
  const { step, scope, result } = play;
  result.entryIds.push(answer.entryId);
  result.status = answer.status;
  result.error = answer.error?.code ?? null;
  result.response = answer.body ?? null;
  result.ingestion = answer.verdict.ingestion;
  const response: JsonObject = {
    status: answer.status,
    headers: answer.headers,
    ...(answer.body !== undefined && { body: answer.body }),
  };
  scope.steps[step.id] = { response } satisfies JsonObject as JsonValue;
};

/** One attempt. What the target does is in the result. @throws RunEnd, TemplateError */
export const playSend = async (play: Play, prepared: PreparedSend): Promise<void> => {
  const { run, iteration, step, context, result } = play;
  // First the event: at a breakpoint it is drawn before the step begins, and must be the same without one.
  const event = await prepared.event();
  const within = step.within === null ? null : fillDuration(step.within, context, "within");
  const browser = await iteration.browsers.ready(sourceOf(play));
  const verdict = judge(event, run.target.environment.catalog, filledOnTheWay(run.target.environment));
  result.event = event;
  if (run.settings.dryRun) return dryRun(play, event, verdict);
  if (isInvalidAndUnexpected(play, verdict)) {
    result.failures.push(...invalid(verdict));
    return;
  }
  const turn = run.pace.turn(run.ending);
  if (turn !== undefined) await turn;
  run.countEvent();
  noteIdentity(event, iteration, (email) => run.made("email", email));
  const answer = await run.target.send(event, verdict, {
    source: sourceOf(play),
    guestRef: browser.guestRef,
    signal: run.signal,
    ...(within !== null && { timeout: within }),
  });
  answer.logged.catch(run.failed);
  take(play, answer);
  if (answer.error?.code === "ABORTED" && run.signal.aborted) throw new RunEnd();
  result.failures.push(...answerFailures(step.expect, answer, context));
  if (answer.error === null) await follow(play, browser, answer, within);
  capture(play, answer.body, "The body");
};
