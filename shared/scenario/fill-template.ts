import { escapeSegment } from "../catalog/json-values";
import type { JsonValue } from "../model/json";
import { parseTemplates, type ParsedText, type TemplatePart } from "./parse-template";
import { runGenerator } from "./run-generator";
import type { TemplateContext } from "./template-context";
import { TemplateError } from "./template-error";

export { TemplateError } from "./template-error";
export { prepareTemplates, templatesIn, type TemplateUse } from "./templates-in";

/** What a template gives; undefined where its name is nobody's. @throws TemplateError where it is none */
const valueOf = (
  { text, expression }: TemplatePart,
  pointer: string,
  context: TemplateContext,
): JsonValue | undefined => {
  if (expression.kind === "path") return context.look(expression.path);
  if (expression.kind === "generator") return runGenerator(expression.generator, context);
  throw new TemplateError({ expression: text, pointer, message: expression.message, hint: expression.hint });
};

const found = (part: TemplatePart, pointer: string, context: TemplateContext): JsonValue => {
  const value = valueOf(part, pointer, context);
  if (value !== undefined) return value;
  throw new TemplateError({
    expression: part.text,
    pointer,
    message: `There is no ${part.text} here.`,
    hint: "A name is a capture of an earlier step, one of vars, browser_id or session_id; row., env. and steps. need their prefix.",
  });
};

/** A value as a part of a longer text: null is nothing, lists and maps are JSON. */
const asText = (value: JsonValue): string => {
  if (typeof value === "string") return value;
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const fillText = (
  { text, parts, alone }: ParsedText,
  pointer: string,
  context: TemplateContext,
): JsonValue => {
  const [first] = parts;
  if (alone && first !== undefined) return found(first, pointer, context);
  let filled = "";
  let from = 0;
  for (const part of parts) {
    filled += text.slice(from, part.start) + asText(found(part, pointer, context));
    from = part.end;
  }
  return filled + text.slice(from);
};

const fill = (value: JsonValue, pointer: string, context: TemplateContext): JsonValue => {
  if (typeof value === "string") {
    const parsed = parseTemplates(value);
    return parsed === null ? value : fillText(parsed, pointer, context);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => fill(item, `${pointer}/${index}`, context));
  // `fromEntries` defines properties, so that a field named __proto__ is a field and nothing more.
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      fill(item, `${pointer}/${escapeSegment(name)}`, context),
    ]),
  );
};

/**
 * Fills every template of a value (interface "Scenario files", templates). A text that is one template alone becomes
 * what the template gives, with its type; any other stays a text. Names of maps are left as they are. Where the value
 * uses `$faker`, await `prepareTemplates` first.
 *
 * @throws TemplateError where a name is nobody's, or what stands between the braces is no template
 */
export const fillTemplates = (value: JsonValue, context: TemplateContext): JsonValue =>
  fill(value, "", context);

/** Whether a value counts as false in `when`: false, 0, "", null, or nothing at all. */
export const isFalse = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === false || value === 0 || value === "";

/**
 * Whether a step is to be played. A name that is nobody's is false, not an error.
 *
 * @param when as it stands in the file; a step without it is always played
 * @throws TemplateError where it is no template
 */
export const fillWhen = (when: JsonValue | undefined, context: TemplateContext): boolean => {
  if (when === undefined) return true;
  const parsed = typeof when === "string" ? parseTemplates(when) : null;
  const [first] = parsed?.parts ?? [];
  if (parsed?.alone !== true || first === undefined) return !isFalse(fillTemplates(when, context));
  return !isFalse(valueOf(first, "", context));
};
