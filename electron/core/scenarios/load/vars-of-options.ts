import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** What a text means in place of a value: itself, or the JSON that it is where that value was no text. */
const inPlaceOf = (before: JsonValue, text: string): JsonValue => {
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
};

/**
 * A scenario's vars with what `--var name=text` gives: in place of the file's own, as JSON where the file's own is no
 * text; new names come before them, so that the file's own may use them.
 */
export const withGivenVars = (own: JsonObject, given: Readonly<Record<string, string>> = {}): JsonObject =>
  Object.fromEntries([
    ...Object.entries(given).filter(([name]) => !Object.hasOwn(own, name)),
    ...Object.entries(own).map(([name, value]): [string, JsonValue] => {
      const text = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, text === undefined ? value : inPlaceOf(value, text)];
    }),
  ]);
