import { setTimeout as pass } from "node:timers/promises";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { mismatches } from "../../../../shared/scenario/mismatches";
import { TemplateError } from "../../../../shared/scenario/template-error";
import type { GuestQuestion, SeenGuest } from "./guest-look";
import { notObservable } from "./step-result";
import { capture, fillDuration, sourceOf, type StepPlay } from "./step-play";

type Play = StepPlay<"guest">;

/** Interface "Scenario files", `guest`. */
const usualWithin = 10_000;
const usualEvery = 1_000;
/** The first pause before a sandbox is asked again: it deals with most events in no time. */
const firstPause = 15;

const text = (value: JsonValue | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const unusable = (by: JsonValue): TemplateError =>
  new TemplateError({
    expression: "by",
    pointer: "/guest/by",
    message: `by is ${JSON.stringify(by)}, which names no guest.`,
    hint: "Write browser, { email: … }, { identifier: { provider: …, id: … } } or { ref: … }.",
  });

const readBy = (by: JsonValue): Exclude<GuestQuestion, { browser: unknown }> | "browser" => {
  if (by === "browser") return by;
  if (!isJsonObject(by)) throw unusable(by);
  const email = text(by["email"]);
  const ref = text(by["ref"]);
  const { identifier } = by;
  if (email !== null) return { email };
  if (ref !== null) return { ref };
  const provider = isJsonObject(identifier) ? text(identifier["provider"]) : null;
  const id = isJsonObject(identifier) ? text(identifier["id"]) : null;
  if (provider === null || id === null) throw unusable(by);
  return { identifier: { provider, id } };
};

/** Whom the step means; null where nobody is known yet. */
const questionOf = async (play: Play): Promise<GuestQuestion | null> => {
  const { run, iteration, step, context } = play;
  const usual = run.target.isSandbox ? "browser" : (iteration.known ?? "browser");
  const by = step.by === null ? usual : readBy(step.by.fill(context));
  if (by !== "browser") return by;
  const { browsers } = iteration;
  // A tenant is asked nothing for a browser that sent nothing.
  if (!run.target.isSandbox && browsers.current().made === null) return null;
  return { browser: await browsers.ready(sourceOf(play)) };
};

/** What the sandbox was sent before has to be dealt with, or an expectation could hold too early. */
const settleBefore = async ({ run, iteration }: Play, within: number): Promise<void> => {
  const browser = iteration.browsers.current();
  const { last } = browser;
  if (!run.target.isSandbox || last === null) return;
  const outcome = await run.target.outcomeOf(last, within, run.signal);
  browser.last = null;
  browser.guestRef = outcome?.guestRef ?? browser.guestRef;
};

const nobody = "There is no such guest.";

const asked = (question: GuestQuestion): JsonObject | string =>
  "browser" in question ? "the guest of this browser" : question;

const check = (
  { result }: Play,
  question: GuestQuestion,
  expected: JsonObject,
  { guest }: SeenGuest,
): void => {
  const found = mismatches(expected, guest ?? undefined, { name: "The guest" });
  if (guest === null && found.length > 0) {
    result.failures.push({ of: "guest", path: "", expected: asked(question), message: nobody });
  } else result.failures.push(...found.map((one) => ({ of: "guest" as const, ...one })));
};

/** What this target's guests do not show is taken out of what is expected, and said. */
const observable = (play: Play, expected: JsonObject): JsonObject => {
  const { run, step, result } = play;
  const shown: [string, JsonValue][] = [];
  for (const [name, matcher] of Object.entries(expected)) {
    if (run.guests.shows(name)) shown.push([name, matcher]);
    else {
      const message = `${name} cannot be seen at ${run.target.environment.name}: its Guest REST API does not show it.`;
      notObservable(result, step.required, { of: "guest", path: `/${name}`, expected: matcher, message });
    }
  }
  return Object.fromEntries(shown);
};

/** Asks for the guest until it is as expected, or the time is over. @throws TemplateError, AppError of the target */
export const playGuest = async (play: Play): Promise<void> => {
  const { run, step, context, result } = play;
  const { isSandbox } = run.target;
  const within = step.within === null ? usualWithin : fillDuration(step.within, context, "within");
  const every = step.every === null ? usualEvery : Math.max(1, fillDuration(step.every, context, "every"));
  const question = await questionOf(play);
  if (question === null) {
    const message = `Nobody is known to ask ${run.target.environment.name} for: this journey has sent no e-mail or identifier yet.`;
    notObservable(result, step.required, { of: "guest", path: "", expected: null, message });
    return;
  }
  const expected = observable(
    play,
    Object.fromEntries(step.expect.map(([name, one]) => [name, one.fill(context)])),
  );
  const hidden = [...result.failures];
  const end = performance.now() + within;
  await settleBefore(play, within);
  let pause = isSandbox && step.every === null ? firstPause : every;
  for (;;) {
    const seen = await run.guests.find(
      question,
      sourceOf(play),
      run.signal,
      (id) => void result.entryIds.push(id),
    );
    result.response = seen.guest;
    result.guest = seen.ref === null ? null : { ref: seen.ref, seq: null };
    result.failures = [...hidden];
    // Nobody is as wrong as somebody else, unless just that is expected.
    if (seen.guest === null && step.expect.length === 0) {
      result.failures.push({ of: "guest", path: "", expected: asked(question), message: nobody });
    } else check(play, question, expected, seen);
    if (result.failures.length === hidden.length || performance.now() + pause > end) break;
    if (result.state === "running") {
      result.state = "waiting";
      run.began(result);
    }
    await pass(pause, undefined, { signal: run.ending });
    pause = Math.min(every, pause * 2);
  }
  if (result.state === "waiting") result.state = "running";
  capture(play, result.response ?? undefined, "The guest");
};
