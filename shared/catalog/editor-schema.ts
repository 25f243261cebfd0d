import type { JsonObject, JsonValue } from "../model/json";
import type { CatalogName } from "../model/verdict";
import { isJsonObject } from "./json-values";
import { findMessageType } from "./message-types";

/**
 * The schema that an editor's JSON service takes for completion and hover (draft-07, flat, no references), with the
 * service's own additions: `markdownDescription`, `enumDescriptions`, `defaultSnippets`, `doNotSuggest`.
 *
 * @param messageType a message type's name, or an event's own; an unknown one gives a schema that takes any object
 * @param inherited the top-level fields that need not be written, because something supplies them;
 *   their names are not offered, but where one is written, its values are and its meaning is told
 */
export const editorSchema = (
  catalog: CatalogName,
  messageType: string,
  inherited: readonly string[],
): JsonObject => {
  const $schema = "http://json-schema.org/draft-07/schema#";
  const type = findMessageType(catalog, messageType);
  if (type === undefined) return { $schema, type: "object" };
  const schema = forEditor(type.schema, type.example);
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return {
    ...schema,
    $schema,
    title: type.title,
    description: plain(type.description),
    markdownDescription: type.description,
    required: required.filter((name) => typeof name !== "string" || !inherited.includes(name)),
    properties: ordered(isJsonObject(schema["properties"]) ? schema["properties"] : {}, inherited),
  };
};

/** `type` first, then the type's own fields, then what is inherited, which says so. */
const ordered = (properties: JsonObject, inherited: readonly string[]): JsonObject => {
  const rank = (name: string): number => (name === "type" ? 0 : inherited.includes(name) ? 2 : 1);
  const entries = Object.entries(properties).map(([name, schema]): [string, JsonValue] => [
    name,
    inherited.includes(name) && isJsonObject(schema) ? markInherited(schema) : schema,
  ]);
  return Object.fromEntries(entries.sort(([first], [second]) => rank(first) - rank(second)));
};

const markInherited = (schema: JsonObject): JsonObject => {
  const markdown = schema["markdownDescription"];
  const note = "_Inherited: write it only to override it._";
  return {
    ...schema,
    markdownDescription: typeof markdown === "string" ? `${markdown}\n\n${note}` : note,
    doNotSuggest: true,
  };
};

const forEditor = (schema: JsonObject, example: JsonValue | undefined): JsonObject => {
  const { description, properties, items, "x-enum-descriptions": enumDescriptions, ...rest } = schema;
  const result: JsonObject = { ...rest };
  if (typeof description === "string") {
    result["description"] = plain(description);
    result["markdownDescription"] = description;
  }
  if (enumDescriptions !== undefined) result["enumDescriptions"] = enumDescriptions;
  if (isJsonObject(properties)) result["properties"] = eachForEditor(properties, example);
  if (isJsonObject(items))
    result["items"] = forEditor(items, Array.isArray(example) ? example[0] : undefined);
  return result;
};

const eachForEditor = (properties: JsonObject, example: JsonValue | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]): [string, JsonValue] => {
      if (!isJsonObject(schema)) return [name, schema];
      const value = isJsonObject(example) && Object.hasOwn(example, name) ? example[name] : undefined;
      return [name, { ...forEditor(schema, value), ...snippetOf(value) }];
    }),
  );

/** A whole object or list is offered as in the example, so that nobody types it key by key. */
export const snippetOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === "object" && value !== null
    ? { defaultSnippets: [{ label: "As in the example", body: escaped(value) }] }
    : {};

/**
 * A text is to stand as it is, though `$`, `}` and `\` mean something in a snippet. The editor's service puts a text
 * that starts with `^` into the snippet without it and untouched, so such texts are written out here.
 */
const escaped = (value: JsonValue): JsonValue => {
  if (typeof value === "string") {
    const literal = JSON.stringify(value).replaceAll(/[\\$}]/g, "\\$&");
    return literal === `"${value}"` && !value.startsWith("^") ? value : `^${literal}`;
  }
  if (Array.isArray(value)) return value.map(escaped);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, escaped(inner)]));
};

const plain = (markdown: string): string => markdown.replaceAll("`", "");
