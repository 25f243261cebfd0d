import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** Characters of a text that a profile keeps; the stored event has all of it. */
const longest = 2_000;

/** A member of an object, never one that all objects have. */
export const own = (object: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A text with something in it, cut to what a profile keeps, never between the halves of a surrogate pair. */
export const textOf = (value: JsonValue | undefined): string | undefined => {
  if (typeof value !== "string") return undefined;
  const text = value.length > longest ? value.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "") : value;
  return text.trim() === "" ? undefined : text;
};

/** A text or number that names something. Too long a one names nothing: cut, it would name something else. */
export const keyOf = (value: JsonValue | undefined): string | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === "string" && value.length <= longest && value.trim() !== "" ? value : undefined;
};

/** A number that JSON can carry: `1e999` is read as Infinity, and -0 would not survive being written. */
export const finite = (value: JsonValue | undefined): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value || 0 : undefined;

/** What a value is, in a word: "a text", "a list". */
export const kindOf = (value: JsonValue | undefined): string => {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : "too large a number";
  return (
    { string: "a text", boolean: "true or false", object: "an object" }[typeof value as "string"] ?? "odd"
  );
};
