import { isMap, isSeq, parseDocument, stringify } from "yaml";
import { AppError } from "../../../../shared/contract/errors";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepOutline } from "../../../../shared/model/scenario";

/** Characters of a text that can be pasted as steps. */
const longest = 1_000_000;
/** As many as one edit takes. */
const mostSteps = 1000;

const withoutIndent = (lines: readonly string[]): string => {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(least, line.length))).join("\n");
};

/** Steps as YAML, as they stand in the text, comments and all. @param steps in their order */
export const copySteps = (text: string, steps: readonly StepOutline[]): string => {
  const lines = text.split(/\r?\n/);
  const blocks = steps.map(({ lines: { first, last }, step }) => {
    const block = lines.slice(first - 1, last);
    // A step that stands in a list of one line is written anew.
    if (!/^\s*-(\s|$)/.test(block[0] ?? "")) return stringify([step], { lineWidth: 0 }).trimEnd();
    return withoutIndent(block).trimEnd();
  });
  return `${blocks.join("\n")}\n`;
};

const notSteps = (why: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `What was pasted are no steps: ${why}`,
    hint: "Paste a step or a list of steps as YAML, such as `- wait: 2s`.",
  });

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The steps of a pasted text: a list, one step, or a whole scenario. @throws AppError INVALID_INPUT with the reason */
export const pasteSteps = (text: string): JsonObject[] => {
  if (text.length > longest) throw notSteps("it is longer than a scenario may be.");
  const document = parseDocument(text, { prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw notSteps(error.message);
  const value = document.toJS({ maxAliasCount: 100 }) as JsonValue;
  const list = isMap(document.contents) && document.has("steps") && isObject(value) ? value["steps"] : value;
  const steps = isSeq(document.contents) || Array.isArray(list) ? list : [list];
  if (!Array.isArray(steps) || steps.length === 0) throw notSteps("there is nothing in it.");
  if (steps.length > mostSteps) throw notSteps(`they are more than ${mostSteps}.`);
  return steps.map((step) => {
    if (step === undefined || !isObject(step)) throw notSteps("one of them is not a map of keys and values.");
    return step;
  });
};
