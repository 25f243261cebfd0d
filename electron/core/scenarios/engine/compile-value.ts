import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import { fillTemplates } from "../../../../shared/scenario/fill-template";

/** A value of a file, ready to be filled again and again. What has no template in it is given as it is, not copied. */
export interface Filler<T extends JsonValue = JsonValue> {
  /** The value itself where it has no template; undefined where it has to be filled. */
  readonly constant: T | undefined;
  /** @throws TemplateError */
  fill(context: TemplateContext): T;
}

const fixed = <T extends JsonValue>(value: T): Filler<T> => ({ constant: value, fill: () => value });

/** Looks for templates once, so that an event of fifty fields with one template costs one template each time. */
export const compileValue = (value: JsonValue): Filler => {
  if (typeof value === "string") {
    return value.includes("{{")
      ? { constant: undefined, fill: (context) => fillTemplates(value, context) }
      : fixed(value);
  }
  if (typeof value !== "object" || value === null) return fixed(value);
  if (Array.isArray(value)) {
    const items = value.map(compileValue);
    if (items.every(({ constant }) => constant !== undefined)) return fixed(value);
    return { constant: undefined, fill: (context) => items.map((item) => item.fill(context)) };
  }
  return compileObject(value);
};

export const compileObject = (value: JsonObject): Filler<JsonObject> => {
  const fields = Object.entries(value).map(([name, field]) => [name, compileValue(field)] as const);
  if (fields.every(([, { constant }]) => constant !== undefined)) return fixed(value);
  // `fromEntries` defines properties, so that a field named __proto__ is a field and nothing more.
  const fill = (context: TemplateContext): JsonObject =>
    Object.fromEntries(fields.map(([name, field]) => [name, field.fill(context)]));
  return { constant: undefined, fill };
};
