import type { JsonObject, JsonValue } from "../../../shared/model/json";
import type { ScenarioStep, StepKind } from "../../../shared/model/scenario";

/** A place in a file of the workspace. Lines and columns count from 1. */
export interface FilePlace {
  /** Relative to the workspace where it lies inside, else absolute. */
  file: string;
  line: number;
  column: number;
}

/** A step ready to be played: what it refers to is loaded, its templates are still unfilled. */
export interface PlannedStep {
  /** As in the outline: `5.1`. */
  number: string;
  kind: StepKind;
  /** Its id, else its number. */
  id: string;
  title: string;
  /** As its schema has checked it. */
  step: ScenarioStep;
  place: FilePlace;
  /** The steps of a `repeat`, or of the fragment that a `use` names. */
  children: PlannedStep[];
  /** What a `use` brings with it; null for other kinds. */
  fragment: PlannedFragment | null;
}

/** A fragment's own names: its vars are private, and `returns` alone leave it. */
export interface PlannedFragment {
  path: string;
  params: string[];
  returns: string[];
  vars: Record<string, JsonValue>;
  defaults: JsonObject;
}

/** The rows of a data file: values typed as its header says. */
export interface DataRows {
  file: string;
  columns: string[];
  rows: readonly JsonObject[];
}

/** A scenario that has passed every check that needs no sending. */
export interface Plan {
  /** The real path of its file. */
  file: string;
  /** Relative to the workspace. */
  path: string;
  name: string;
  description: string;
  environments: string[] | null;
  seed: string | null;
  vars: Record<string, JsonValue>;
  defaults: JsonObject;
  data: DataRows | null;
  steps: PlannedStep[];
}
