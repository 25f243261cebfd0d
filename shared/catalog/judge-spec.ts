import type { StreamEvent } from "../model/event";
import type { Issue } from "../model/verdict";
import { flattenSchema } from "./flatten-schema";
import { issueFromError } from "./issue-from-error";
import { escapeSegment, isJsonObject } from "./json-values";
import { nearestOf } from "./nearest-name";
import { messages, type Validate, type ValidationError } from "./spec.asyncapi.yaml";

/** More issues than anybody reads; a hostile event could have a million. */
const mostIssues = 100;
const mostUnknownFields = 200;

interface Judgement {
  name: string;
  validate: Validate;
  fields: ReadonlySet<string>;
  /** The known field that a name is probably a slip of. */
  nearest: (field: string) => string | undefined;
}

const judgements = new Map<string, Judgement>(
  messages.map(({ name, schema, validate }) => {
    const { properties } = flattenSchema(schema);
    const fields = new Set(isJsonObject(properties) ? Object.keys(properties) : []);
    return [name, { name, validate, fields, nearest: nearestOf(fields) }];
  }),
);

/** The issues of an event by the specification's schema. Every other type is held to what a custom event must have. */
export const judgeBySpecification = (event: StreamEvent): Issue[] => {
  const type = event["type"];
  const judgement = (typeof type === "string" ? judgements.get(type) : undefined) ?? judgements.get("CUSTOM");
  if (judgement === undefined) throw new Error("The specification has no CUSTOM message.");
  const valid = judgement.validate(event);
  const issues = valid ? [] : issuesFrom(judgement.validate.errors ?? [], event);
  addLikelySlips(issues, event, judgement);
  const note = notes[judgement.name];
  if (note !== undefined && !note.unless(event)) issues.push({ ...note.issue });
  return issues;
};

/** One issue for each code and path: branches of `allOf` repeat each other. A wrong type says all there is to say. */
const issuesFrom = (errors: readonly ValidationError[], event: StreamEvent): Issue[] => {
  const issues = new Map<string, Issue>();
  const wrongTypes = new Set<string>();
  for (const error of errors) if (error.keyword === "type") wrongTypes.add(error.instancePath);
  for (const error of errors) {
    if (wrongTypes.has(error.instancePath) && error.keyword !== "type") continue;
    const issue = issueFromError(error, event);
    const key = `${issue.code} ${issue.path}`;
    if (!issues.has(key)) issues.set(key, issue);
    if (issues.size === mostIssues) break;
  }
  return [...issues.values()];
};

/** Sitecore's own names for what the specification calls otherwise. */
const otherNames: Readonly<Record<string, string>> = { dob: "date_of_birth", mobile: "phone" };

/** Unknown fields are allowed; one whose name is a slip away from a known field is probably a mistake. */
const addLikelySlips = (issues: Issue[], event: StreamEvent, { name, fields, nearest }: Judgement): void => {
  let unknown = 0;
  for (const field in event) {
    if (fields.has(field) || !Object.hasOwn(event, field)) continue;
    if (++unknown > mostUnknownFields) return;
    const near = otherName(field, fields) ?? nearest(field);
    if (near === undefined || Object.hasOwn(event, near)) continue;
    const path = `/${escapeSegment(field)}`;
    const message = `${path} is not a field of ${name} in the specification. Did you mean ${near}?`;
    issues.push({ severity: "info", code: "unknown-field", path, message, catalog: "spec" });
  }
};

const otherName = (field: string, fields: ReadonlySet<string>): string | undefined => {
  const name = Object.hasOwn(otherNames, field) ? otherNames[field] : undefined;
  return name !== undefined && fields.has(name) ? name : undefined;
};

interface Note {
  issue: Issue;
  unless: (event: StreamEvent) => boolean;
}

const note = (code: string, path: string, message: string, unless: Note["unless"]): Note => ({
  issue: { severity: "info", code, path, message, catalog: "sitecore", certainty: "documented" },
  unless,
});

/** Where an event that fits the specification does not do what it says by Sitecore's documents, and money or a guest is lost. */
const notes: Readonly<Record<string, Note>> = {
  IDENTITY: note(
    "no-identifiers",
    "/identifiers",
    "/identifiers is what Sitecore's documents ask for: an e-mail alone does not identify a guest there.",
    (event) => Array.isArray(event["identifiers"]) && event["identifiers"].length > 0,
  ),
  ORDER_CHECKOUT: note(
    "no-order",
    "/order",
    "/order is where Sitecore's documents have the order's fields, with names such as referenceId and price.",
    (event) => isJsonObject(event["order"]),
  ),
};
