import type { JsonObject, JsonValue } from "../../../shared/model/json";

/** A place at which two events differ, as a JSON Pointer. */
export interface Difference {
  path: string;
  /** In which of both it stands; `changed` has two values. */
  kind: "changed" | "only in the entry" | "only in the draft";
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** Every place where two values differ, as deep as they go together. The order of fields does not count. */
export const differencesOf = (entry: JsonValue, draft: JsonValue, path = ""): Difference[] => {
  if (isObject(entry) && isObject(draft)) {
    const names = [...new Set([...Object.keys(draft), ...Object.keys(entry)])];
    return names.flatMap((name): Difference[] => {
      const at = `${path}/${escaped(name)}`;
      if (!Object.hasOwn(draft, name)) return [{ path: at, kind: "only in the entry" }];
      if (!Object.hasOwn(entry, name)) return [{ path: at, kind: "only in the draft" }];
      return differencesOf(entry[name] as JsonValue, draft[name] as JsonValue, at);
    });
  }
  if (Array.isArray(entry) && Array.isArray(draft)) {
    const longest = entry.length > draft.length ? entry : draft;
    return longest.flatMap((_item, index): Difference[] => {
      const at = `${path}/${index}`;
      if (index >= draft.length) return [{ path: at, kind: "only in the entry" }];
      if (index >= entry.length) return [{ path: at, kind: "only in the draft" }];
      return differencesOf(entry[index] as JsonValue, draft[index] as JsonValue, at);
    });
  }
  return entry === draft ? [] : [{ path, kind: "changed" }];
};

/** The same value with its fields in the order of another one, so that a comparison by lines shows no moves. */
export const inOrderOf = (value: JsonValue, model: JsonValue): JsonValue => {
  if (isObject(value) && isObject(model)) {
    const names = Object.keys(model).filter((name) => Object.hasOwn(value, name));
    const rest = Object.keys(value).filter((name) => !Object.hasOwn(model, name));
    // `fromEntries` defines properties, so that a field named __proto__ is a field and nothing more.
    return Object.fromEntries(
      [...names, ...rest].map((name) => [
        name,
        Object.hasOwn(model, name)
          ? inOrderOf(value[name] as JsonValue, model[name] as JsonValue)
          : (value[name] as JsonValue),
      ]),
    );
  }
  if (Array.isArray(value) && Array.isArray(model)) {
    return value.map((item, index) =>
      index < model.length ? inOrderOf(item, model[index] as JsonValue) : item,
    );
  }
  return value;
};

const listed = 4;

/** "3 differences: /page changed, /pos only in the draft": what a person looks for first. */
export const differenceWords = (differences: readonly Difference[]): string => {
  if (differences.length === 0) return "No difference.";
  const places = differences.slice(0, listed).map(({ path, kind }) => `${path || "/"} ${kind}`);
  const more = differences.length > listed ? ", and more" : "";
  const count = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
  return `${count}: ${places.join(", ")}${more}.`;
};
