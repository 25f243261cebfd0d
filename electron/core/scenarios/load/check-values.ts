import { isJsonObject, valueAt } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { matcherProblems } from "../../../../shared/scenario/check-matcher";
import { parseTemplates } from "../../../../shared/scenario/parse-template";
import type { CheckContext } from "./check-context";
import type { LoadedStep } from "./loaded";
import { durationPaths, tooLong } from "./durations";
import { pathOf, pointerOf, type Path } from "./scenario-source";

const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** RFC 6901: empty, or segments that each begin with a slash, with ~0 and ~1 as the only escapes. */
const isPointer = (text: string): boolean => /^(\/([^~/]|~[01])*)*$/.test(text);

const verdicts = ["valid", "invalid", "unchecked"];
const ingestions = ["unknown", "accepted", "processed", "failed", "dropped", "visible"];

/** Looks at the values of one step that need no names: matchers, pointers, and what cannot be played at all. */
export const checkValues = (step: LoadedStep, { report, options }: CheckContext): void => {
  const { source, path, planned } = step;
  const parts = planned.step as unknown as JsonObject;

  const checkMatcher = (matcher: JsonValue | undefined, at: Path, status = false): void => {
    if (matcher === undefined) return;
    for (const { pointer, message, hint } of matcherProblems(matcher, { status })) {
      report.add(source, [...at, ...pathOf(pointer)], { code: "wrong-matcher", message, hint });
    }
  };

  const checkWord = (name: "verdict" | "ingestion", words: readonly string[], expect: JsonObject): void => {
    const value = expect[name];
    if (typeof value !== "string" || value.includes("{{") || words.includes(value)) return;
    const message = `${name} is never ${JSON.stringify(value)}.`;
    report.add(source, [...path, "expect", name], {
      code: "wrong-matcher",
      message,
      hint: `It is ${words.join(", ")}.`,
    });
  };

  const checkCapture = (): void => {
    for (const [name, pointer] of Object.entries(mapOf(parts["capture"]))) {
      if (typeof pointer !== "string" || pointer.includes("{{") || isPointer(pointer)) continue;
      const hint = "It begins with a slash: /ref, /items/0/id.";
      const message = `${JSON.stringify(pointer)} is no JSON Pointer.`;
      report.add(source, [...path, "capture", name], { code: "wrong-pointer", message, hint });
    }
  };

  const checkDurations = (): void => {
    for (const at of durationPaths) {
      const value = valueAt(parts, pointerOf(at));
      const words = typeof value === "string" ? tooLong(at, value) : null;
      if (words !== null) report.add(source, [...path, ...at], words);
    }
  };

  const checkWhen = (): void => {
    const { when } = parts;
    if (typeof when !== "string" || when === "" || parseTemplates(when) !== null) return;
    const message = `when is the text ${JSON.stringify(when)}, which is always true.`;
    const hint = 'Write a template, such as when: "{{ row.vip }}".';
    report.add(source, [...path, "when"], { code: "constant-when", severity: "warning", message, hint });
  };

  const checkSend = (): void => {
    const expect = mapOf(parts["expect"]);
    checkMatcher(expect["status"], [...path, "expect", "status"], true);
    for (const name of ["body", "verdict", "ingestion", "time"])
      checkMatcher(expect[name], [...path, "expect", name]);
    for (const [name, matcher] of Object.entries(mapOf(expect["headers"]))) {
      checkMatcher(matcher, [...path, "expect", "headers", name]);
    }
    checkWord("verdict", verdicts, expect);
    checkWord("ingestion", ingestions, expect);
  };

  checkWhen();
  checkDurations();
  checkCapture();
  if (planned.kind === "send") checkSend();
  if (planned.kind === "guest") {
    for (const [name, matcher] of Object.entries(mapOf(mapOf(parts["guest"])["expect"]))) {
      checkMatcher(matcher, [...path, "guest", "expect", name]);
    }
  }
  if (planned.kind === "clock" && (options.concurrency ?? 1) > 1) {
    const message = "The clock cannot be moved while several guests play at once.";
    const hint = "Take --concurrency away, or this step out.";
    report.add(source, [...path, "clock"], { code: "clock-with-concurrency", message, hint }, "key");
  }
};
