import { parseDocument, stringify } from "yaml";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** What a person typed as a value: the value (undefined for nothing), or why it is none. */
export type TypedValue = { ok: true; value: JsonValue | undefined } | { ok: false; why: string };

/** A value that is one template is text, although it begins like a map. */
const isTemplate = (text: string): boolean => /^\{\{.*\}\}$/s.test(text.trim());

/** Reads a value as the file would: `201`, `2xx`, `{ lt: 500 }`, `{{ total }}`; nothing where it is empty. */
export const typedValue = (text: string): TypedValue => {
  const trimmed = text.trim();
  if (trimmed === "") return { ok: true, value: undefined };
  if (isTemplate(trimmed)) return { ok: true, value: trimmed };
  const document = parseDocument(text, { prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error) return { ok: false, why: `This cannot be read: ${error.message}` };
  return { ok: true, value: document.toJS({ maxAliasCount: 100 }) as JsonValue };
};

/** As `typedValue`, for what has to be a map of keys and values. */
export const typedMap = (
  text: string,
): { ok: true; value: JsonObject | undefined } | { ok: false; why: string } => {
  const typed = typedValue(text);
  if (!typed.ok) return typed;
  const { value } = typed;
  if (value === undefined) return { ok: true, value };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ok: true, value };
  return { ok: false, why: "Write keys and values here, such as `name: value`." };
};

/** A value on one line, so that it reads back as the same. */
export const valueText = (value: JsonValue | undefined): string => {
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null)
    return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
  if (typeof value !== "string") return String(value);
  const read = typedValue(value);
  return read.ok && read.value === value ? value : JSON.stringify(value);
};

/** A value over several lines, as a file would have it. */
export const blockText = (value: JsonValue | undefined): string => {
  if (value === undefined) return "";
  if (typeof value !== "object" || value === null) return valueText(value);
  return stringify(value, { lineWidth: 0 }).trimEnd();
};

/** A map with a key set, or left out; undefined where nothing is left in it. */
export const withKey = (
  map: JsonObject | undefined,
  key: string,
  value: JsonValue | undefined,
): JsonObject | undefined => {
  const entries = Object.entries(map ?? {}).filter(([name]) => name !== key);
  const at = Object.keys(map ?? {}).indexOf(key);
  if (value !== undefined) entries.splice(at === -1 ? entries.length : at, 0, [key, value]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};
