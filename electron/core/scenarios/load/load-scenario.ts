import type { Environment } from "../../../../shared/model/environment";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioIssue, ScenarioReading } from "../../../../shared/model/scenario";
import type { Plan } from "../plan";

export interface LoadInput {
  /** The workspace's folder. */
  workspace: string;
  /** The scenario's file, absolute or relative to the workspace. */
  file: string;
  /** Its text where that is not saved yet; else the file is read. */
  text?: string;
  /** Folders outside the workspace that files may lie in. */
  allowPaths?: readonly string[];
  /** Those of the run: data, delimiter, iterations, concurrency, maxEvents, seed, now, noValidate, vars count here. */
  options?: RunOptions;
  /** Where it is to run, with the catalog that judges; null checks what needs none. */
  environment: Environment | null;
}

/** `warnings` are what a person should know of a scenario that can be played. */
export type LoadedScenario = { plan: Plan; warnings: ScenarioIssue[] } | { issues: ScenarioIssue[] };

/** Loads a scenario with its fragments and data, and checks all that can be checked before the first send. */
export const loadScenario = (input: LoadInput): Promise<LoadedScenario> => {
  void input;
  return Promise.resolve({ issues: [] });
};

/** As `readScenario`, with its fragments' steps, its data and every check of `loadScenario`. Never throws. */
export const checkScenario = (input: LoadInput): Promise<ScenarioReading> => {
  void input;
  return Promise.resolve({ outline: null, issues: [] });
};
