import type { JsonObject, JsonValue } from "../model/json";
import type { Issue } from "../model/verdict";
import { documentedChannels } from "./channels";
import { explainFormat } from "./explain-format";
import { escapeSegment, valueAt } from "./json-values";
import { nearestOf } from "./nearest-name";
import type { ValidationError } from "./spec.asyncapi.yaml";

type Words = Pick<Issue, "code" | "message" | "hint" | "certainty">;

/**
 * An error of the specification's validator in words a person understands, starting with the field.
 *
 * @param error as the stand-alone validator made it
 * @param event the event that it judged
 */
export const issueFromError = (error: ValidationError, event: JsonObject): Issue => {
  const missing =
    error.keyword === "required" ? `/${escapeSegment(String(error.params["missingProperty"]))}` : "";
  const path = `${error.instancePath}${missing}`;
  const words = missing === "" ? explain(error, path, valueAt(event, path)) : explainMissing(path);
  const { message, ...rest } = words;
  return {
    severity: "error",
    path,
    message: `${path === "" ? "The event" : path} ${message}`,
    ...rest,
    catalog: "spec",
  };
};

const supplied = new Map<string, Words["hint"]>([
  ["/channel", "Write it, or set it in the environment."],
  ["/pos", "Write it, or set it in the environment."],
  ["/currency", "Write it, or set it in the environment."],
  ["/session_id", "The guest context supplies it, unless the event says null."],
]);

const explainMissing = (path: string): Words => {
  const words: Words = { code: "missing-field", message: "is missing." };
  if (path === "/type") {
    const hint =
      "Write VIEW, IDENTITY, ORDER_CHECKOUT, ADD, SEARCH or a name of your own. The API answers 400 without it.";
    return { ...words, hint, certainty: "documented" };
  }
  if (path === "/browser_id") {
    const hint = "The guest context supplies it, unless the event says null. The API answers 400 without it.";
    return { ...words, hint, certainty: "documented" };
  }
  const hint = supplied.get(path);
  return hint === undefined ? words : { ...words, hint };
};

const explain = (error: ValidationError, path: string, value: JsonValue | undefined): Words => {
  const { keyword, params } = error;
  switch (keyword) {
    case "type":
      return explainType(String(params["type"]), value);
    case "enum":
      return explainEnum(params["allowedValues"], path, value);
    case "const":
      return { code: "not-in-list", message: `must be ${String(params["allowedValue"])}.` };
    case "format":
      return withPageHint(
        explainFormat(String(params["format"]), typeof value === "string" ? value : ""),
        path,
      );
    case "minimum":
      return { code: "too-small", message: `must be ${String(params["limit"])} or more.` };
    case "minLength":
      return params["limit"] === 1
        ? { code: "too-short", message: "must not be empty." }
        : { code: "too-short", message: `must have at least ${String(params["limit"])} characters.` };
    case "maxLength": {
      const length = typeof value === "string" ? `; it has ${charactersOf(value)}` : "";
      return {
        code: "too-long",
        message: `must have ${String(params["limit"])} characters or fewer${length}.`,
      };
    }
    default:
      return { code: "against-schema", message: `does not fit the specification (${keyword}).` };
  }
};

/** Code points, as the schema counts; a text of megabytes is not taken apart for it. */
const charactersOf = (text: string): number => (text.length > 10_000 ? text.length : [...text].length);

const typeWords: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

const typeOf = (value: JsonValue | undefined): string => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
};

const explainType = (wanted: string, value: JsonValue | undefined): Words => {
  const given = typeOf(value);
  const number = wanted === "number" || wanted === "integer";
  const actual = number && typeof value === "number" ? String(value) : (typeWords[given] ?? given);
  const message = `must be ${typeWords[wanted] ?? wanted}, not ${actual}.`;
  const hint = number && typeof value === "string" ? numberHint(value) : undefined;
  if (hint !== undefined) return { code: "wrong-type", message, hint };
  if (wanted === "string" && (given === "number" || given === "boolean")) {
    return { code: "wrong-type", message, hint: `Put it in quotes: "${String(value)}".` };
  }
  return { code: "wrong-type", message };
};

const numberHint = (text: string): string | undefined => {
  if (/^\s*-?\d+(\.\d+)?\s*$/.test(text) && text.length < 30) return `Leave out the quotes: ${text.trim()}.`;
  if (/^\s*-?\d+,\d+\s*$/.test(text) && text.length < 30) {
    return `Leave out the quotes and write a decimal point: ${text.trim().replace(",", ".")}.`;
  }
  return undefined;
};

const explainEnum = (allowed: unknown, path: string, value: JsonValue | undefined): Words => {
  const values = Array.isArray(allowed) ? allowed.map(String) : [];
  const words: Words = { code: "not-in-list", message: `must be ${listed(values)}.` };
  if (typeof value !== "string") return words;
  const near = nearestOf(values)(value) ?? onlyStart(value, values);
  if (near !== undefined) return { ...words, hint: `Did you mean ${near}?` };
  if (path === "/channel" && documentedChannels.has(value)) {
    const hint = `Sitecore's documents know ${value}, the specification does not.`;
    return { ...words, hint, certainty: "documented" };
  }
  return words;
};

/** The one value that starts like what was typed: `F` for `Female`. */
const onlyStart = (text: string, values: readonly string[]): string | undefined => {
  const start = text.toLowerCase();
  const fitting = start === "" ? [] : values.filter((value) => value.toLowerCase().startsWith(start));
  return fitting.length === 1 ? fitting[0] : undefined;
};

const listed = (values: readonly string[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;

const withPageHint = (words: Words, path: string): Words =>
  path === "/page"
    ? {
        ...words,
        hint: "Sitecore's documents want the page's name here; the specification wants its address.",
        certainty: "documented",
      }
    : words;
