import { isJsonObject, valueAt } from "../../../../shared/catalog/json-values";
import { nearestOf } from "../../../../shared/catalog/nearest-name";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { stepKinds, type ScenarioIssue, type StepKind } from "../../../../shared/model/scenario";
import { schemaErrors } from "../../../../shared/scenario/scenario-schema";
import { explainSchema } from "./explain-schema";
import { unknownStepKeys, unknownTopKeys, type UnknownKey } from "./known-keys";
import { issueAt, pathOf, type IssueWords, type Path, type ScenarioSource } from "./scenario-source";

const nearestKind = nearestOf(stepKinds);

/** The kinds that a step names. */
export const kindsOf = (step: JsonObject): StepKind[] =>
  stepKinds.filter((kind) => Object.hasOwn(step, kind));

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;

const kindProblem = (step: JsonObject, kinds: readonly StepKind[]): IssueWords => {
  if (kinds.length > 1) {
    return {
      code: "several-kinds",
      message: `A step does one thing, and this one has ${listed(kinds)}.`,
      hint: "Make a step of each.",
    };
  }
  const near = Object.keys(step).flatMap((name) => {
    const kind = nearestKind(name);
    return kind === undefined ? [] : [`Did you mean ${kind} instead of ${name}?`];
  });
  return {
    code: "no-kind",
    message: `A step needs exactly one of ${stepKinds.slice(0, -1).join(", ")} or note, and this one has none.`,
    hint: near[0],
  };
};

/** Looks at a file's form by the published schema: its head, then each step by its own kind. */
export const checkShape = (source: ScenarioSource): ScenarioIssue[] => {
  const issues: ScenarioIssue[] = [];
  const add = (path: Path, of: "value" | "key", words: IssueWords): void => {
    issues.push(issueAt(source, path, source.placeOf(path, of), words));
  };
  const addUnknown = (base: Path, unknown: readonly UnknownKey[]): void => {
    for (const { path, words } of unknown) add([...base, ...path], "key", words);
  };
  const bySchema = (definition: string, value: JsonValue, base: Path): void => {
    for (const error of schemaErrors(definition, value)) {
      const path = pathOf(error.instancePath);
      const words = explainSchema(path.join("."), error, valueAt(value, error.instancePath));
      if (words === null) continue;
      const key = error.propertyName;
      if (key === undefined) add([...base, ...path], error.keyword === "required" ? "key" : "value", words);
      else add([...base, ...path, key], "key", words);
    }
  };

  const checkStep = (step: JsonValue, path: Path): void => {
    if (!isJsonObject(step)) {
      add(path, "value", {
        code: "wrong-type",
        message: "A step is a map with one of the step kinds.",
        hint: "Write it as - send: VIEW, or - wait: 2s.",
      });
      return;
    }
    const kinds = kindsOf(step);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      add(kinds[1] === undefined ? path : [...path, kinds[1]], "key", kindProblem(step, kinds));
      return;
    }
    bySchema(`${kind}Step`, step, path);
    addUnknown(path, unknownStepKeys(kind, step));
    if (kind === "repeat" && Array.isArray(step["steps"])) checkSteps(step["steps"], [...path, "steps"]);
  };
  const checkSteps = (steps: readonly JsonValue[], path: Path): void =>
    steps.forEach((step, index) => checkStep(step, [...path, index]));

  const { value } = source;
  if (value === undefined) return issues;
  if (!isJsonObject(value)) {
    add([], "value", {
      code: "wrong-type",
      message: "The file must be a map that begins with bellhop: 1.",
      hint: "A scenario has bellhop: 1, a name and a list of steps.",
    });
    return issues;
  }
  bySchema("", value, []);
  addUnknown([], unknownTopKeys(value));
  if (Array.isArray(value["steps"])) checkSteps(value["steps"], ["steps"]);
  return issues;
};
