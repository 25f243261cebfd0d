import type { JsonObject } from "../../../../shared/model/json";
import type { PlannedStep } from "../plan";
import type { Path, ScenarioSource } from "./scenario-source";

/** A scenario or fragment, read, with the steps of what it uses. */
export interface LoadedFile {
  source: ScenarioSource;
  /** What it says, where it is a map. */
  content: JsonObject;
  steps: LoadedStep[];
}

/** A step with the way back to its place. */
export interface LoadedStep {
  planned: PlannedStep;
  source: ScenarioSource;
  path: Path;
  /** Of a `repeat`; those of a `use` are its file's. */
  children: LoadedStep[];
  /** What a `use` plays; null where that could not be loaded, and for other kinds. */
  used: LoadedFile | null;
}
