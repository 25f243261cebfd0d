import type { JsonObject, JsonValue } from "../model/json";
import type { CatalogName } from "../model/verdict";
import { isJsonObject } from "./json-values";
import { findMessageType } from "./message-types";

export type FieldType = "string" | "number" | "integer" | "boolean" | "object" | "array";

const fieldTypes: ReadonlySet<string> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "object",
  "array",
]);

/**
 * The type that a catalog's schema gives a field, for a command line that reads `--set a.b[0]=v` as JSON unless the
 * schema says string.
 *
 * @param messageType a message type's name, or an event's own
 * @param path names and, in lists, indexes: `["items", "0", "price"]`
 * @returns undefined where the schema says nothing
 */
export const fieldType = (
  catalog: CatalogName,
  messageType: string,
  path: readonly string[],
): FieldType | undefined => {
  let schema: JsonValue | undefined = findMessageType(catalog, messageType)?.schema;
  for (const segment of path) schema = isJsonObject(schema) ? inside(schema, segment) : undefined;
  const type = isJsonObject(schema) ? schema["type"] : undefined;
  return typeof type === "string" && fieldTypes.has(type) ? (type as FieldType) : undefined;
};

const inside = (schema: JsonObject, segment: string): JsonValue | undefined => {
  if (schema["type"] === "array") return /^\d+$/.test(segment) ? schema["items"] : undefined;
  const properties = schema["properties"];
  return isJsonObject(properties) && Object.hasOwn(properties, segment) ? properties[segment] : undefined;
};
