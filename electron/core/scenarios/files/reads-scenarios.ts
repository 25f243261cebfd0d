import type { ScenarioReading } from "../../../../shared/model/scenario";

/**
 * What a text says as a scenario, and what is wrong with it.
 *
 * @param path relative to the workspace, or absolute where it lies outside
 */
export type ReadsScenarios = (text: string, path: string) => Promise<ScenarioReading>;
