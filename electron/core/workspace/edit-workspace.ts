import { isMap, isScalar, parseDocument, type Document, type Scalar, type YAMLMap } from "yaml";
import type { Environment } from "../../../shared/model/environment";
import { fieldDefaults } from "../../../shared/workspace";
import { keepFormatting } from "../files/keep-formatting";

/** In the order in which a new environment's fields are written. */
const fields = [
  "baseUrl",
  "transport",
  "catalog",
  "production",
  "colour",
  "channel",
  "pos",
  "currency",
  "language",
  "siteId",
  "caFile",
  "proxy",
  "vars",
] as const satisfies (keyof Environment)[];

type Field = (typeof fields)[number];

/** A field that says what is so anyway is not added to a file, and is not taken away from one either. */
const isDefault = (environment: Environment, field: Field): boolean => {
  const value = environment[field];
  if (value === undefined) return true;
  if (field === "vars") return Object.keys(environment.vars).length === 0;
  const defaults: Partial<Record<Field, unknown>> = fieldDefaults(environment.transport);
  return defaults[field] === value;
};

const mapAt = (document: Document, path: string[]): YAMLMap | null => {
  const node = document.getIn(path, true);
  return isMap(node) ? node : null;
};

const setScalar = (map: YAMLMap, key: string, value: unknown): void => {
  const present = map.get(key, true);
  // Changed in place, so that the comment behind it and its quotes stay.
  if (isScalar(present)) {
    if (present.value !== value) (present as Scalar).value = value;
  } else map.set(key, value);
};

const setVars = (document: Document, map: YAMLMap, vars: Record<string, string>): void => {
  const present = map.get("vars", true);
  if (!isMap(present)) {
    map.set("vars", document.createNode(vars));
    return;
  }
  for (const { key } of [...present.items]) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (!Object.hasOwn(vars, name)) present.delete(name);
  }
  for (const [name, value] of Object.entries(vars)) setScalar(present, name, value);
};

const setFields = (document: Document, map: YAMLMap, environment: Environment): void => {
  for (const field of fields) {
    const value = environment[field];
    if (isDefault(environment, field) && (value === undefined || field === "vars" || !map.has(field)))
      map.delete(field);
    else if (field === "vars") setVars(document, map, environment.vars);
    else setScalar(map, field, value);
  }
};

const rename = (map: YAMLMap, from: string, to: string): void => {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === from);
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = to;
};

/**
 * Adds an environment to a document, or changes one in place: comments, order and unknown keys stay.
 *
 * @param replaces the name it has in the document so far; absent for a new one
 */
export const putEnvironment = (document: Document, environment: Environment, replaces?: string): void => {
  if (mapAt(document, ["environments"]) === null) document.set("environments", document.createNode({}));
  const all = mapAt(document, ["environments"]);
  if (all === null) return;
  // An empty `{}` would make what is put into it one long line.
  if (all.items.length === 0) all.flow = false;
  if (replaces !== undefined && replaces !== environment.name) rename(all, replaces, environment.name);
  if (mapAt(document, ["environments", environment.name]) === null)
    all.set(environment.name, document.createNode({}));
  const map = mapAt(document, ["environments", environment.name]);
  if (map === null) return;
  if (map.items.length === 0) map.flow = false;
  setFields(document, map, environment);
  if (replaces !== undefined && document.get("defaultEnvironment") === replaces)
    setScalar(document.contents as YAMLMap, "defaultEnvironment", environment.name);
};

/** Takes an environment out of a document, and its name as the default with it. */
export const dropEnvironment = (document: Document, name: string): void => {
  document.deleteIn(["environments", name]);
  if (document.get("defaultEnvironment") === name) document.delete("defaultEnvironment");
};

/** How deep the person who wrote a text indents: the first indented line decides. */
const indentOf = (text: string): number => {
  const [, spaces = "  "] = /^( {2,8})\S/m.exec(text) ?? [];
  return spaces.length;
};

const print = (document: Document, before: string): string =>
  document.toString({ lineWidth: 0, indent: indentOf(before), flowCollectionPadding: true });

/** The edited document as text: only the lines that the edit means differ from the text it was read from. */
export const printDocument = (document: Document, before: string): string =>
  keepFormatting(before, print(parseDocument(before), before), print(document, before));
