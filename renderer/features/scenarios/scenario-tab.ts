/** What the middle of the Scenarios view shows of a file. */
export type ScenarioTab = "steps" | "data" | "runs";
