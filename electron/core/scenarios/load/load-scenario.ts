import { dirname, resolve } from "node:path";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioIssue, ScenarioReading } from "../../../../shared/model/scenario";
import { prepareTemplates } from "../../../../shared/scenario/templates-in";
import type { Plan } from "../plan";
import { createReport, type CheckContext } from "./check-context";
import { checkLoaded } from "./check-scenario";
import type { DataFile } from "./data-file";
import { loadData } from "./load-data";
import { createStepsLoader } from "./load-steps";
import type { LoadedFile, LoadedStep } from "./loaded";
import { outlineOf } from "./outline";
import { outlineWithFragments } from "./outline-fragments";
import { largestFile } from "./read-source";
import { FileProblem, openScenarioFiles, type ScenarioFiles } from "./scenario-files";
import { inOrder } from "./scenario-source";
import { withGivenVars } from "./vars-of-options";

export interface LoadInput {
  /** The workspace's folder. */
  workspace: string;
  /** The scenario's file, absolute or relative to the workspace. */
  file: string;
  /** Its text where that is not saved yet; else the file is read. */
  text?: string;
  /** Folders outside the workspace that files may lie in, beside those of the options. */
  allowPaths?: readonly string[];
  /** Those of the run: allowPaths, data, delimiter, iterations, concurrency, maxEvents, seed, now, noValidate, vars count here. */
  options?: RunOptions;
  /** The seed of the run where neither its options nor the file say one; a check that is for no run needs none. */
  drawnSeed?: string;
  /** Where it is to run, with the catalog that judges; null checks what needs none. */
  environment: Environment | null;
}

/** A scenario that is looked at: where it is judged may depend on the environments that it names. */
export interface CheckInput extends Omit<LoadInput, "environment"> {
  environment: Environment | null | ((names: readonly string[] | null) => Promise<Environment | null>);
}

/** `warnings` are what a person should know of a scenario that can be played. */
export type LoadedScenario = { plan: Plan; warnings: ScenarioIssue[] } | { issues: ScenarioIssue[] };

interface Loaded {
  root: LoadedFile | null;
  file: string;
  data: DataFile | null;
  issues: ScenarioIssue[];
}

const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");
const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const isError = ({ severity }: ScenarioIssue): boolean => severity === "error";

const unreadable = (file: string, message: string): ScenarioIssue => ({
  severity: "error",
  code: "no-file",
  file,
  line: 1,
  column: 1,
  path: "",
  message,
});

/** The scenario's own file: its text, where it really lies, and what its issues call it. */
const openRoot = async (files: ScenarioFiles, { workspace, file, text }: CheckInput) => {
  try {
    const found = await files.find(file, workspace);
    return { ...found, text: text ?? (await files.read(found, largestFile)) };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const path = resolve(workspace, file);
    // A new file that is only a text so far.
    if (text !== undefined) return { real: path, name: files.nameOf(path), folder: dirname(path), text };
    return unreadable(files.nameOf(path), `The file ${error.message}.`);
  }
};

/** What the files of a scenario say, each once, however often it is used. */
const contentsOf = (root: LoadedFile): JsonObject[] => {
  const contents = new Set<JsonObject>();
  const addSteps = (steps: readonly LoadedStep[]): void => {
    for (const { used, children } of steps) {
      addSteps(children);
      if (used !== null && !contents.has(used.content)) addFile(used);
    }
  };
  const addFile = ({ content, steps }: LoadedFile): void => {
    contents.add(content);
    addSteps(steps);
  };
  addFile(root);
  return [...contents];
};

const namesOf = (value: JsonValue | undefined): string[] | null =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : null;

/** That the data cannot be read is told where it is named: in the file, or on the command line. */
const reportNoData = (
  { source }: LoadedFile,
  isOption: boolean,
  { message, isMissing }: { message: string; isMissing: boolean },
  report: CheckContext["report"],
): void => {
  const hint = isOption
    ? "--data is relative to the folder that the command is given in."
    : "A data file is named relative to the scenario.";
  report.add(source, isOption ? [] : ["data"], {
    code: "no-file",
    message: isOption ? `The data cannot be read: ${message}` : message,
    ...(isMissing && { hint }),
  });
};

/** @param purpose `mostRows`: of the data that events are judged for */
const loadAndCheck = async (
  input: CheckInput,
  purpose: { play: boolean; mostRows: number },
): Promise<Loaded> => {
  const { workspace, options = {} } = input;
  const allowed = [...(input.allowPaths ?? []), ...(options.allowPaths ?? [])];
  const files = await openScenarioFiles(workspace, allowed);
  const opened = await openRoot(files, input);
  if ("severity" in opened) return { root: null, file: opened.file, data: null, issues: [opened] };
  const loader = createStepsLoader(files);
  const read = loader.read(opened.text, opened.name, opened.folder);
  if (read === null) return { root: null, file: opened.real, data: null, issues: loader.issues };
  const written = await loader.load(read, [opened.real], "");
  const vars = withGivenVars(mapOf(written.content["vars"]), options.vars);
  const root: LoadedFile = { ...written, content: { ...written.content, vars } };
  const report = createReport();

  let data: CheckContext["data"] = null;
  const own = textOf(root.content["data"]);
  if (options.data !== undefined || own !== "") {
    const [name, folder] = options.data === undefined ? [own, opened.folder] : [options.data, workspace];
    const loaded = await loadData(files, name, folder, options.delimiter);
    data = "rows" in loaded ? loaded : "unreadable";
    if (!("rows" in loaded) && loaded.issue !== null) report.issues.push(loaded.issue);
    else if (!("rows" in loaded)) reportNoData(root, options.data !== undefined, loaded, report);
  }
  if (purpose.play && root.content["fragment"] === true) {
    const message = "This file is a fragment: only a use step of another scenario plays it.";
    report.add(
      root.source,
      ["fragment"],
      { code: "fragment-alone", message, hint: "Play the scenario that uses it." },
      "key",
    );
  }
  const isSound = !loader.issues.some(isError);
  if (isSound) {
    await prepareTemplates(contentsOf(root));
    const environment =
      typeof input.environment === "function"
        ? await input.environment(namesOf(root.content["environments"]))
        : input.environment;
    const { drawnSeed = "check" } = input;
    await checkLoaded(root, { environment, options, drawnSeed, data, report }, purpose.mostRows);
  }
  const issues = [...loader.issues, ...report.issues];
  return { root, file: opened.real, data: data === "unreadable" ? null : data, issues: inOrder(issues) };
};

const planOf = (
  { source, content, steps }: LoadedFile,
  file: string,
  data: DataFile | null,
  options: RunOptions,
): Plan => {
  const seed = options.seed ?? content["seed"];
  return {
    file,
    path: source.path,
    name: textOf(content["name"]) || source.path,
    description: textOf(content["description"]),
    environments: namesOf(content["environments"]),
    seed: seed === undefined || seed === null ? null : String(seed),
    vars: mapOf(content["vars"]),
    defaults: mapOf(content["defaults"]),
    data,
    steps: steps.map(({ planned }) => planned),
  };
};

/**
 * Loads a scenario with its fragments and data, and checks all that can be checked before the first send (interface
 * "Scenario files", checked first).
 *
 * @returns the plan, or what is wrong
 */
export const loadScenario = async (input: LoadInput): Promise<LoadedScenario> => {
  const { root, file, data, issues } = await loadAndCheck(input, { play: true, mostRows: Infinity });
  if (root === null || issues.some(isError)) return { issues };
  return { plan: planOf(root, file, data, input.options ?? {}), warnings: issues };
};

/** Rows whose events an editor is told of; a run looks at all. */
const rowsForEditor = 1000;

/**
 * As `readScenario`, with its fragments' steps, its data and every check of `loadScenario`. Never throws for what a
 * file says.
 */
export const checkScenario = async (input: CheckInput): Promise<ScenarioReading> => {
  const { root, data, issues } = await loadAndCheck(input, { play: false, mostRows: rowsForEditor });
  if (root === null) return { outline: null, issues };
  const outline = outlineOf(root.source);
  return { outline: outline === null ? null : outlineWithFragments(outline, root, data), issues };
};
