import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** A value where it is a map of keys and values; files hold anything. */
export const asMap = (value: JsonValue | undefined): JsonObject | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
