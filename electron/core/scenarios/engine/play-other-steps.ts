import { setTimeout as pass } from "node:timers/promises";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import { TemplateError } from "../../../../shared/scenario/template-error";
import { notObservable, skip } from "./step-result";
import { fillDuration, sourceOf, type StepPlay } from "./step-play";

/** Think time. */
export const playWait = async ({ run, step, context, result }: StepPlay<"wait">): Promise<void> => {
  const wait = fillDuration(step.wait, context, "wait");
  if (run.settings.noWait || run.settings.dryRun) {
    skip(result, "Waiting was switched off for this run.");
    return;
  }
  result.state = "waiting";
  run.began(result);
  await pass(wait, undefined, { signal: run.ending });
  result.state = "running";
};

/** Goes to another browser, which the target makes where it is a new one. */
export const playBrowser = async (play: StepPlay<"browser">): Promise<void> => {
  const { iteration, step, context } = play;
  const name = step.name.fill(context);
  if (typeof name !== "string" || name === "") {
    const message = `The browser's name is ${JSON.stringify(name)}, and should be a text.`;
    throw new TemplateError({ expression: "browser", pointer: "/browser", message });
  }
  const fields = step.fields?.fill(context) ?? null;
  iteration.browsers.use(name, isJsonObject(fields ?? undefined) ? fields : null);
  await iteration.browsers.ready(sourceOf(play));
};

/** Begins another session on the current browser. */
export const playSession = async ({ run, iteration, step, result }: StepPlay<"session">): Promise<void> => {
  iteration.browsers.newSession();
  if (run.target.environment.catalog === "spec") return;
  const message =
    "With this environment's catalog the server alone makes sessions, so none can be begun from here.";
  const failure = { of: "request" as const, path: "", expected: "a new session", message };
  notObservable(result, step.required, failure);
};

/** Moves the sandbox's time on. */
export const playClock = async ({ run, step, context, result }: StepPlay<"clock">): Promise<void> => {
  const advance = step.advance.fill(context);
  if (run.settings.dryRun) {
    skip(result, "Nothing is moved in a dry run.");
  } else if (run.advanceClock === null) {
    skip(result, `Time cannot be moved at ${run.target.environment.name}; only a sandbox's can.`);
  } else {
    fillDuration(step.advance, context, "clock");
    const now = await run.advanceClock(String(advance));
    result.notes.push(`It is now ${now} in the sandbox.`);
  }
};

/** Says something to whoever watches. */
export const playNote = async ({ step, context, result }: StepPlay<"note">): Promise<void> => {
  result.notes.push(String(step.text.fill(context)));
};
