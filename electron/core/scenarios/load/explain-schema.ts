import type { JsonValue } from "../../../../shared/model/json";
import type { SchemaError } from "../../../../shared/scenario/scenario-schema";
import { showValue } from "../../../../shared/scenario/show-value";
import type { IssueWords } from "./scenario-source";

/** What a field takes, where its schema's keywords alone would not tell a person. */
const wanted: Readonly<Record<string, string>> = {
  bellhop: "1, the version of this format",
  seed: "a whole number or a text",
  when: 'a template in quotes, such as "{{ row.vip }}", or true or false',
  "retry.times": "a whole number from 1 to 1000, or a template",
  repeat: "a whole number from 0 to 1000000, or a template",
  session: "new",
  browser: "new, a name, or a map with a name, such as { name: kiosk, channel: KIOSK }",
  "guest.by":
    "browser, or a map with one of email, identifier and ref, such as { email: ada@example.com } or { identifier: { provider: CRM, id: C-1 } }",
  environments: "a list of names, such as [sandbox]",
  vars: "a map of names to values",
  params: "a list of names, such as [total]",
  returns: "a list of names, such as [orderRef]",
  steps: "a list of steps",
};

/** Keywords whose own words say more than what a field takes. */
const aboutSize: ReadonlySet<string> = new Set([
  ...["minLength", "maxLength", "minItems", "maxItems", "uniqueItems"],
]);

/** Words for the values of a map whose names are a person's own. */
const wantedInside: Readonly<Record<string, string>> = {
  capture: "a JSON Pointer in quotes, such as /ref or /items/0/id",
};

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
};

const given = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : showValue(value);
};

const duration = "a duration: a number with ms, s, m, h or d, such as 500ms or 2s, or a template";

const quotesHint = (types: unknown, value: JsonValue | undefined): string | undefined =>
  types === "string" && (typeof value === "number" || typeof value === "boolean")
    ? `Put it in quotes: "${String(value)}".`
    : undefined;

const notAName = (name: string): IssueWords => ({
  code: "not-a-name",
  message: `${JSON.stringify(name)} is not a name.`,
  hint: "Names have letters, digits and _, do not begin with a digit, and have at most 100 characters.",
});

const byPattern = (field: string, { schemaPath }: SchemaError, value: JsonValue | undefined): IssueWords => {
  if (schemaPath.includes("/duration/")) {
    return { code: "not-a-duration", message: `${field} must be ${duration}, not ${given(value)}.` };
  }
  if (field === "id") {
    const hint = "An id has letters, digits, _ and -, and begins with a letter or _.";
    return { code: "not-an-id", message: `${given(value)} is not an id.`, hint };
  }
  return notAName(String(value));
};

const missing = (field: string, name: string): IssueWords => {
  const whole = field === "" ? name : `${field}.${name}`;
  const hints: Record<string, string> = {
    bellhop: "A scenario file begins with the line bellhop: 1.",
    steps: "What happens stands in a list under steps, each beginning with a dash: - send: VIEW.",
  };
  const hint = field === "" && Object.hasOwn(hints, name) ? hints[name] : undefined;
  return { code: "missing-key", message: `${whole} is missing.`, hint };
};

/**
 * Words for what a schema says.
 *
 * @param field keys from the file's or the step's top, with dots between them
 * @param value what stands there
 * @returns null for an error that another one explains better
 */
export const explainSchema = (
  field: string,
  error: SchemaError,
  value: JsonValue | undefined,
): IssueWords | null => {
  const { keyword, params, propertyName } = error;
  if (keyword === "propertyNames") return null;
  if (propertyName !== undefined) return notAName(propertyName);
  if (keyword === "required") return missing(field, String(params["missingProperty"]));
  const [around = ""] = field.split(".", 1);
  const takes =
    (Object.hasOwn(wanted, field) ? wanted[field] : undefined) ??
    (around !== field && Object.hasOwn(wantedInside, around) ? wantedInside[around] : undefined);
  if (takes !== undefined && !aboutSize.has(keyword)) {
    return {
      code: keyword === "type" ? "wrong-type" : "wrong-value",
      message: `${field} must be ${takes}, not ${given(value)}.`,
    };
  }
  switch (keyword) {
    case "type": {
      const types = params["type"];
      const words = error.schemaPath.includes("/duration/")
        ? duration
        : [types]
            .flat()
            .map((type) => typeWords[String(type)] ?? String(type))
            .join(" or ");
      return {
        code: "wrong-type",
        message: `${field === "" ? "The file" : field} must be ${words}, not ${given(value)}.`,
        hint: words === duration ? undefined : quotesHint(types, value),
      };
    }
    case "pattern":
      return byPattern(field, error, value);
    case "enum": {
      const values = Array.isArray(params["allowedValues"]) ? params["allowedValues"].map(String) : [];
      return {
        code: "wrong-value",
        message: `${field} must be ${values.join(" or ")}, not ${given(value)}.`,
      };
    }
    case "minLength":
      return { code: "too-short", message: `${field} must not be empty.` };
    case "maxLength":
      return {
        code: "too-long",
        message: `${field} must have at most ${String(params["limit"])} characters.`,
      };
    case "minItems":
      return { code: "too-short", message: `${field} must name at least one.` };
    case "maxItems":
      return { code: "too-long", message: `${field} must have at most ${String(params["limit"])} items.` };
    case "uniqueItems":
      return { code: "repeated-name", message: `${field} has a name twice.` };
    default:
      return { code: "against-schema", message: `${field} does not fit the schema (${keyword}).` };
  }
};
