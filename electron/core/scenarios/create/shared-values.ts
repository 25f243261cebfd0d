import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** Fields that say who or what is meant: where several events have the same, they mean the same. */
const idFields = ["id", "sku", "item_id", "productId", "reference_id", "referenceId", "search_term", "phone"];

const emailAddress = /^[^\s@{}]+@[^\s@{}]+\.[^\s@{}]+$/;

/** Every text below a field, with the field's name. */
const textsIn = (value: JsonValue, field: string): { field: string; text: string }[] => {
  if (typeof value === "string") return [{ field, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, field));
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name));
};

const nameFor = (field: string, text: string): string | null => {
  if (text === "" || text.length > 500) return null;
  if (emailAddress.test(text)) return "email";
  return idFields.includes(field) ? field : null;
};

/**
 * E-mail addresses and ids that occur in several events, each under a name of its own.
 *
 * @returns text -> name, in the order in which they first occur
 */
export const sharedValues = (events: readonly JsonObject[]): ReadonlyMap<string, string> => {
  const found = new Map<string, { name: string; events: Set<number> }>();
  for (const [index, event] of events.entries())
    for (const { field, text } of textsIn(event, "")) {
      const name = nameFor(field, text);
      if (name === null) continue;
      const known = found.get(text) ?? { name, events: new Set() };
      known.events.add(index);
      found.set(text, known);
    }
  const taken = new Map<string, number>();
  const names = new Map<string, string>();
  for (const [text, { name, events: those }] of found) {
    if (those.size < 2) continue;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    names.set(text, count === 1 ? name : `${name}${count}`);
  }
  return names;
};

/** The value with names in place of what they stand for. What only looks like a template says so no more. */
export const withNames = (value: JsonValue, names: ReadonlyMap<string, string>): JsonValue => {
  if (typeof value === "string") {
    const name = names.get(value);
    return name === undefined ? value.replaceAll("{{", "{ {") : `{{ ${name} }}`;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withNames(item, names));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNames(inner, names)]));
};
