import { valueAt } from "../../../../shared/catalog/json-values";
import { parseDuration } from "../../../../shared/duration";
import type { EntrySource } from "../../../../shared/model/entry";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import { TemplateError } from "../../../../shared/scenario/template-error";
import { tooLong } from "../load/durations";
import type { Browsers } from "./browsers";
import type { Filler } from "./compile-value";
import type { Compiled, CompiledStep } from "./compile-step";
import type { KeptState } from "./kept-state";
import type { RunContext } from "./run-context";
import type { Scope } from "./scope";
import type { OpenResult } from "./step-result";

/** One virtual guest's way through the scenario. */
export interface Iteration {
  number: number;
  browsers: Browsers;
  /** The last identifier or e-mail that it sent: whom a tenant is asked for. */
  known: KeptState["known"];
}

/** One execution of a step, with all that it needs. */
export interface StepPlay<K extends CompiledStep["kind"] = CompiledStep["kind"]> {
  run: RunContext;
  iteration: Iteration;
  step: Compiled<K>;
  scope: Scope;
  /** Those of the scenario, and of the fragment over them. */
  defaults: Filler<JsonObject>;
  context: TemplateContext;
  result: OpenResult;
}

/** What the log says of who sent something. */
export const sourceOf = ({
  run,
  iteration,
  step,
}: Pick<StepPlay, "run" | "iteration" | "step">): EntrySource => ({
  kind: "scenario",
  scenario: run.plan.path,
  runId: run.id,
  iteration: iteration.number,
  stepId: step.id,
});

/** @returns milliseconds @throws TemplateError where what was filled in is no duration, or nobody can wait so long */
export const fillDuration = (filler: Filler, context: TemplateContext, name: string): number => {
  const text = filler.fill(context);
  const duration = typeof text === "string" ? parseDuration(text) : null;
  const words = duration === null ? null : tooLong(name.split("."), String(text));
  if (words !== null) throw new TemplateError({ ...words, expression: name, pointer: `/${name}` });
  if (duration !== null) return duration;
  throw new TemplateError({
    expression: name,
    pointer: `/${name}`,
    message: `${name} is ${JSON.stringify(text)}, which is no duration.`,
    hint: "Write it as 500ms, 2s, 30m, 1h or 21d.",
  });
};

/** @throws TemplateError where what was filled in is no whole number of at least 0 */
export const fillCount = (filler: Filler, context: TemplateContext, name: string): number => {
  const value = filler.fill(context);
  const count = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  throw new TemplateError({
    expression: name,
    pointer: `/${name}`,
    message: `${name} is ${JSON.stringify(value)}, which is no whole number of at least 0.`,
  });
};

/**
 * Keeps what a step wants captured. Only what is missing after everything else went well is a failure of its own.
 *
 * @param what the sentence's subject, such as "The body"
 */
export const capture = (
  { step, scope, result }: { step: Pick<CompiledStep, "capture">; scope: Scope; result: OpenResult },
  from: JsonValue | undefined,
  what: string,
): void => {
  const isClean = result.failures.length === 0;
  for (const [name, pointer] of step.capture) {
    const value = from === undefined ? undefined : valueAt(from, pointer);
    if (value !== undefined) {
      scope.captures[name] = value;
      result.captured[name] = value;
    } else if (isClean) {
      const message = `${what} has nothing at ${pointer === "" ? "its root" : pointer}, so ${name} could not be captured.`;
      result.failures.push({ of: "capture", path: pointer, expected: name, message });
    }
  }
};
