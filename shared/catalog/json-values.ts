import type { JsonObject, JsonValue } from "../model/json";

/** Whether a value is a JSON object, not a list and not null. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A name as a segment of a JSON Pointer (RFC 6901). */
export const escapeSegment = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** The value at a JSON Pointer, own properties only; undefined where there is none. */
export const valueAt = (root: JsonValue, pointer: string): JsonValue | undefined => {
  let value: JsonValue | undefined = root;
  for (const escaped of pointer.split("/").slice(1)) {
    const segment = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as JsonObject)[segment];
  }
  return value;
};
