import type { JsonObject, JsonValue } from "../model/json";
import { isJsonObject } from "./json-values";

/**
 * Merges the `allOf` branches of a schema (references resolved) into one flat schema, at every level. What must hold
 * stays the same for what the catalogs use: `required` is the union, properties are joined by name, and of a keyword
 * that two branches have, the later one counts, because the later branch narrows the earlier.
 */
export const flattenSchema = (schema: JsonObject): JsonObject => {
  const { allOf, ...own } = schema;
  const branches = Array.isArray(allOf) ? allOf.filter(isJsonObject).map(flattenSchema) : [];
  const merged = [...branches, own].reduce(mergeTwo, {});
  if (isJsonObject(merged["properties"])) {
    merged["properties"] = Object.fromEntries(
      Object.entries(merged["properties"]).map(([name, value]) => [name, flattenValue(value)]),
    );
  }
  if (merged["items"] !== undefined) merged["items"] = flattenValue(merged["items"]);
  return merged;
};

const flattenValue = (value: JsonValue): JsonValue => (isJsonObject(value) ? flattenSchema(value) : value);

const mergeTwo = (first: JsonObject, second: JsonObject): JsonObject => {
  const merged: JsonObject = { ...first, ...second };
  const required = [...names(first["required"]), ...names(second["required"])];
  if (required.length > 0) merged["required"] = [...new Set(required)];
  const before = first["properties"];
  const after = second["properties"];
  if (isJsonObject(before) && isJsonObject(after)) {
    const properties: JsonObject = { ...before };
    for (const [name, value] of Object.entries(after)) {
      const earlier = before[name];
      properties[name] = isJsonObject(earlier) && isJsonObject(value) ? mergeTwo(earlier, value) : value;
    }
    merged["properties"] = properties;
  }
  return merged;
};

const names = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
