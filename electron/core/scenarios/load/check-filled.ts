import { isJsonObject } from "../../../../shared/catalog/json-values";
import { parseDuration } from "../../../../shared/duration";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { matcherProblems } from "../../../../shared/scenario/check-matcher";
import { showValue } from "../../../../shared/scenario/show-value";
import { templatesIn } from "../../../../shared/scenario/templates-in";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { Report } from "./check-context";
import { durationPaths, tooLong } from "./durations";
import { fillWhole, unknown } from "./fill-known";
import type { LoadedStep } from "./loaded";
import { pathOf } from "./scenario-source";

const matchers = [["expect"], ["guest", "expect"]];

const partAt = (step: LoadedStep, at: readonly string[]): JsonValue | undefined =>
  at.reduce<JsonValue | undefined>(
    (found, key) => (isJsonObject(found) ? found[key] : undefined),
    step.planned.step as unknown as JsonObject,
  );

const checkDuration = (
  step: LoadedStep,
  at: readonly string[],
  inner: TemplateContext,
  report: Report,
): void => {
  const value = partAt(step, at);
  if (typeof value !== "string" || !value.includes("{{")) return;
  const filled = fillWhole(value, inner);
  if (filled === unknown) return;
  if (typeof filled === "string" && parseDuration(filled) !== null) {
    const words = tooLong(at, filled);
    if (words !== null) report.add(step.source, [...step.path, ...at], words);
    return;
  }
  const message = `${at.join(".")} is ${showValue(filled)} once it is filled, and should be a duration such as 2s.`;
  report.add(step.source, [...step.path, ...at], { code: "not-a-duration", message });
};

const checkMatchers = (step: LoadedStep, at: string[], inner: TemplateContext, report: Report): void => {
  const map = partAt(step, at);
  for (const [name, matcher] of Object.entries(isJsonObject(map) ? map : {})) {
    if (templatesIn(matcher).length === 0) continue;
    const filled = fillWhole(matcher, inner);
    if (filled === unknown) continue;
    for (const { pointer, message, hint } of matcherProblems(filled, { status: name === "status" })) {
      report.add(step.source, [...step.path, ...at, name, ...pathOf(pointer)], {
        code: "wrong-matcher",
        message,
        hint,
      });
    }
  }
};

/** Looks at the values of a step once their templates are filled, as far as that can be done before a run. */
export const checkFilled = (step: LoadedStep, inner: TemplateContext, report: Report): void => {
  for (const at of durationPaths) checkDuration(step, at, inner, report);
  for (const at of matchers) checkMatchers(step, at, inner, report);
};

/** How often a `repeat` plays its steps; 1 where only a run can tell. */
export const countOf = (step: LoadedStep, inner: TemplateContext, report: Report): number => {
  const written = partAt(step, ["repeat"]);
  if (typeof written === "number") return written;
  const filled = fillWhole(written ?? 1, inner);
  if (filled === unknown) return 1;
  if (typeof filled === "number" && Number.isInteger(filled) && filled >= 0) return filled;
  const message = `repeat is ${showValue(filled)} once it is filled, and should be a whole number.`;
  const hint = "A value of a CSV is a text unless its column says :integer.";
  report.add(step.source, [...step.path, "repeat"], { code: "wrong-value", message, hint });
  return 1;
};
