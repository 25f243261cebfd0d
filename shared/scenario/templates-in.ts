import { escapeSegment } from "../catalog/json-values";
import type { JsonValue } from "../model/json";
import { loadFaker } from "./faker";
import type { Expression } from "./expression";
import { parseTemplates } from "./parse-template";

/** A template where it stands in a value. */
export interface TemplateUse {
  /** JSON Pointer to its text. */
  pointer: string;
  /** What stands between the braces: `email`, `$int(1,6)`. */
  text: string;
  expression: Expression;
  /** Nothing else stands in its text, so that what fills it keeps its type. */
  alone: boolean;
}

const collect = (value: JsonValue, pointer: string, uses: TemplateUse[]): void => {
  if (typeof value === "string") {
    const parsed = parseTemplates(value);
    for (const { text, expression } of parsed?.parts ?? []) {
      uses.push({ pointer, text, expression, alone: parsed?.alone ?? false });
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => collect(item, `${pointer}/${index}`, uses));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value))
      collect(item, `${pointer}/${escapeSegment(name)}`, uses);
  }
};

/** Every template of a value, in the order in which they are filled; those that are none are `broken`. */
export const templatesIn = (value: JsonValue): TemplateUse[] => {
  const uses: TemplateUse[] = [];
  collect(value, "", uses);
  return uses;
};

/** Loads what the templates of a value need, so that they can be filled without waiting. */
export const prepareTemplates = async (value: JsonValue): Promise<void> => {
  const usesFaker = templatesIn(value).some(
    ({ expression }) => expression.kind === "generator" && expression.generator.name === "faker",
  );
  if (usesFaker) await loadFaker();
};
