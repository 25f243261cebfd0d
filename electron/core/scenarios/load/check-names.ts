import { nearestOf } from "../../../../shared/catalog/nearest-name";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { reservedTemplateNames } from "../../../../shared/scenario/look-up";
import { templatesIn } from "../../../../shared/scenario/templates-in";
import type { CheckContext } from "./check-context";
import type { LoadedFile, LoadedStep } from "./loaded";
import { checkPath, type NamesScope, type Surroundings } from "./names-scope";
import { pathOf, type IssueWords, type Path, type ScenarioSource } from "./scenario-source";

const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
const reserved: readonly string[] = reservedTemplateNames;

const partsOf = (step: LoadedStep): JsonObject => step.planned.step as unknown as JsonObject;
const captureOf = (step: LoadedStep): string[] => Object.keys(mapOf(partsOf(step)["capture"]));
const returnsOf = ({ used }: LoadedStep): string[] => listOf(used?.content["returns"]);

/** Walks a file's own steps, those of a `repeat` included and those of used files left out. */
const eachStep = (steps: readonly LoadedStep[], visit: (step: LoadedStep) => void): void => {
  for (const step of steps) {
    visit(step);
    eachStep(step.children, visit);
  }
};

const isDisabled = (step: LoadedStep): boolean => step.planned.step.disabled === true;

/** Why a name of the file may be unknown at a place: who brings it, and that it comes later or not at all. */
const bringersOf = (file: LoadedFile): Map<string, string> => {
  const bringers = new Map<string, string>();
  eachStep(file.steps, (step) => {
    const why = isDisabled(step)
      ? `step ${step.planned.number} brings it, and is disabled`
      : `step ${step.planned.number} brings it, which is played later`;
    for (const name of [...captureOf(step), ...returnsOf(step)])
      if (!bringers.has(name)) bringers.set(name, why);
  });
  for (const name of Object.keys(mapOf(file.content["vars"])))
    bringers.set(name, "it stands further down in vars");
  return bringers;
};

/**
 * Follows names through a scenario in the order in which it is played (interface "Scenario files", templates and
 * fragments): what each template uses is known at its place, ids are unique, and no capture takes a var's name.
 */
export const checkNames = (root: LoadedFile, context: CheckContext): void => {
  const { report, environment, data } = context;
  const surroundings: Surroundings = {
    columns: data === "unreadable" ? "unknown" : data === null ? null : new Set(data.columns),
    env:
      environment === null
        ? "unknown"
        : { name: environment.name, vars: new Set(Object.keys(environment.vars)) },
  };

  const checkTemplates = (
    value: JsonValue,
    source: ScenarioSource,
    path: Path,
    scope: NamesScope,
    lenient = false,
  ): void => {
    for (const { pointer, text, expression } of templatesIn(value)) {
      const words: IssueWords | null =
        expression.kind === "path"
          ? checkPath(expression.path, scope, surroundings)
          : expression.kind === "broken"
            ? { code: "no-template", message: expression.message, hint: expression.hint }
            : null;
      if (words === null) continue;
      const severity = lenient && expression.kind === "path" ? "warning" : "error";
      report.add(source, [...path, ...pathOf(pointer)], { ...words, severity }, { part: text });
    }
  };

  const checkVars = (vars: JsonObject, source: ScenarioSource, path: Path, scope: NamesScope): void => {
    for (const [name, value] of Object.entries(vars)) {
      if (reserved.includes(name)) {
        const message = `A var cannot be called ${name}: that name means something else in templates.`;
        report.add(source, [...path, name], { code: "reserved-name", message }, "key");
      }
      checkTemplates(value, source, [...path, name], scope);
      scope.vars.add(name);
    }
  };

  /** A name that a step brings must be nobody else's. */
  const bring = (name: string, source: ScenarioSource, path: Path, scope: NamesScope): void => {
    const isVar = scope.vars.has(name);
    if (isVar || reserved.includes(name)) {
      const message = isVar
        ? `${name} is a var, so no step can capture it.`
        : `A capture cannot be called ${name}: that name means something else in templates.`;
      const code = isVar ? "captures-var" : "reserved-name";
      report.add(source, path, { code, message, hint: "Give it another name." }, "key");
    }
    scope.captures.add(name);
  };

  const checkUse = (step: LoadedStep, scope: NamesScope): void => {
    const { source, path, used } = step;
    const given = mapOf(partsOf(step)["vars"]);
    checkTemplates(given, source, [...path, "vars"], scope);
    if (used === null) {
      scope.isOpen = true;
      return;
    }
    const params = listOf(used.content["params"]);
    const vars = Object.keys(mapOf(used.content["vars"]));
    const takes = [...params, ...vars];
    for (const name of params.filter((one) => !Object.hasOwn(given, one) && !vars.includes(one))) {
      const hint = `Give it under vars: vars: { ${name}: … }.`;
      report.add(source, [...path, "use"], {
        code: "missing-param",
        message: `${used.source.path} needs ${name}.`,
        hint,
      });
    }
    for (const name of Object.keys(given).filter((one) => !takes.includes(one))) {
      const near = nearestOf(takes)(name);
      const hint =
        near === undefined ? `It takes ${takes.join(", ") || "nothing"}.` : `Did you mean ${near}?`;
      const message = `${used.source.path} has no param and no var called ${name}.`;
      report.add(source, [...path, "vars", name], { code: "unknown-param", message, hint }, "key");
    }
    checkFile(used, Object.keys(given));
    for (const name of returnsOf(step)) bring(name, source, [...path, "use"], scope);
  };

  const checkStep = (step: LoadedStep, scope: NamesScope): void => {
    const { source, path, planned } = step;
    for (const [key, value] of Object.entries(partsOf(step))) {
      // Steps inside are looked at one by one; vars of a use come with it.
      const isOwn = key !== "steps" && key !== "vars";
      if (isOwn) checkTemplates(value, source, [...path, key], scope, key === "when");
    }
    for (const child of step.children) if (!isDisabled(child)) checkStep(child, scope);
    if (planned.kind === "use") checkUse(step, scope);
    for (const name of captureOf(step)) bring(name, source, [...path, "capture", name], scope);
    if (typeof partsOf(step)["id"] === "string") scope.ids.set(planned.id, planned.kind === "send");
  };

  const idsOf = (file: LoadedFile): Map<string, string> => {
    const ids = new Map<string, string>();
    eachStep(file.steps, (step) => {
      const { id } = partsOf(step);
      if (typeof id !== "string") return;
      const before = ids.get(id);
      if (before !== undefined) {
        const message = `Step ${before} has the id ${id} already.`;
        report.add(step.source, [...step.path, "id"], {
          code: "repeated-id",
          message,
          hint: "Give each step its own.",
        });
      } else ids.set(id, step.planned.number);
    });
    return ids;
  };

  const checkFile = (file: LoadedFile, given: readonly string[]): void => {
    const { source, content } = file;
    const isRoot = file === root;
    const scope: NamesScope = {
      vars: new Set(given),
      captures: new Set(),
      ids: new Map(),
      allIds: idsOf(file),
      elsewhere: bringersOf(file),
      isOpen: false,
      hasBrowser: !isRoot,
    };
    // Of a fragment that is looked at by itself, nobody gives the params.
    for (const name of listOf(content["params"])) scope.vars.add(name);
    checkVars(mapOf(content["vars"]), source, ["vars"], scope);
    scope.hasBrowser = true;
    checkTemplates(content["defaults"] ?? null, source, ["defaults"], scope, false);
    for (const step of file.steps) if (!isDisabled(step)) checkStep(step, scope);
    for (const [index, name] of listOf(content["returns"]).entries()) {
      if (scope.vars.has(name) || scope.captures.has(name) || scope.isOpen) continue;
      const near = nearestOf([...scope.captures, ...scope.vars])(name);
      const hint = near === undefined ? "Capture it in a step, or name it in vars." : `Did you mean ${near}?`;
      report.add(source, ["returns", index], {
        code: "unknown-name",
        message: `Unknown name ${name}.`,
        hint,
      });
    }
  };

  checkFile(root, []);
};
