import { escapeSegment } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const same = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const walk = (before: JsonObject, after: JsonObject, at: string): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    if (same(old, now)) return [];
    const path = `${at}/${escapeSegment(key)}`;
    return isObject(old) && isObject(now) ? walk(old, now, path) : [path];
  });

/** JSON Pointers of the fields that a person changed, added or took out; a list counts as one field. */
export const editedFields = (before: JsonObject, after: JsonObject): string[] => walk(before, after, "");
