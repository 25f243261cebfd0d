import { escapeSegment } from "../../../../shared/catalog/json-values";
import type { JsonValue } from "../../../../shared/model/json";
import { fillTemplates, TemplateError } from "../../../../shared/scenario/fill-template";
import type { TemplateContext } from "../../../../shared/scenario/template-context";

/** What only a run can tell: an answer, or what was captured from one. */
export const unknown = Symbol("known only in a run");
export type Known = JsonValue | typeof unknown;

/** Thrown through a template whose value is not known before a run. */
export class NotKnown extends Error {}

/** A value with its templates filled as far as they are known. */
export interface Filled<T extends JsonValue = JsonValue> {
  value: T;
  /** JSON Pointers of what is not known; a placeholder stands there. */
  unknown: ReadonlySet<string>;
}

const placeholder = "known only in a run";

const fill = (
  value: JsonValue,
  pointer: string,
  context: TemplateContext,
  missing: Set<string>,
): JsonValue => {
  if (typeof value === "string") {
    try {
      return fillTemplates(value, context);
    } catch (error) {
      // A name that is nobody's, or no template at all, has a mark of its own already.
      if (!(error instanceof NotKnown || error instanceof TemplateError)) throw error;
      missing.add(pointer);
      return placeholder;
    }
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((item, index) => fill(item, `${pointer}/${index}`, context, missing));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      fill(item, `${pointer}/${escapeSegment(name)}`, context, missing),
    ]),
  );
};

/** Fills what can be known before a run. The context's `look` throws `NotKnown` for what cannot. */
export const fillKnown = <T extends JsonValue>(value: T, context: TemplateContext): Filled<T> => {
  const missing = new Set<string>();
  // Filling keeps the kind of a list or a map, and a caller with a text asks for any value.
  return { value: fill(value, "", context, missing) as T, unknown: missing };
};

/** The same, of one value: unknown where any part of it is. */
export const fillWhole = (value: JsonValue, context: TemplateContext): Known => {
  const filled = fillKnown(value, context);
  return filled.unknown.size > 0 ? unknown : filled.value;
};

/** Whether something at a pointer, or around it, is not known. */
export const isUnknownAt = (pointer: string, missing: ReadonlySet<string>): boolean => {
  if (missing.size === 0) return false;
  for (const one of missing) if (pointer === one || pointer.startsWith(`${one}/`)) return true;
  return false;
};
