import type { ScenarioIssue, ScenarioReading } from "../../../../shared/model/scenario";
import { checkShape } from "./check-shape";
import { outlineOf } from "./outline";
import { readSource } from "./read-source";
import { inOrder, type ScenarioSource } from "./scenario-source";

/**
 * The marks of a file's form beside those of its YAML. A text that is broken is read only in part, and a template
 * without quotes is a map: what the schema says of either would only hide the reason.
 */
export const withShape = (source: ScenarioSource, issues: readonly ScenarioIssue[]): ScenarioIssue[] => {
  if (issues.some(({ code }) => code === "not-yaml")) return [...issues];
  const taken = new Set(issues.map(({ line, column }) => `${line}:${column}`));
  return [...issues, ...checkShape(source).filter(({ line, column }) => !taken.has(`${line}:${column}`))];
};

/**
 * What a text says as a scenario, and what is wrong with its form: other files are not looked at, and names are not
 * followed (`checkScenario` does). Never throws, whatever the text is.
 *
 * @param path how its issues name the file: relative to the workspace
 */
export const readScenario = (text: string, path: string): ScenarioReading => {
  const { source, issues } = readSource(text, path);
  if (source === null) return { outline: null, issues };
  return { outline: outlineOf(source), issues: inOrder(withShape(source, issues)) };
};
