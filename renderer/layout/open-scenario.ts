import type { InjectionKey } from "vue";

/**
 * Shows a scenario's file in the Scenarios view.
 *
 * @param path relative to the workspace, or absolute where it lies outside
 */
export type ScenarioOpener = (
  path: string,
  options?: { /** Begin to play it at once. */ play?: boolean },
) => void;

/** Under this key `App.vue` provides what opens a scenario, so that features need not import the scenarios. */
export const openScenarioKey: InjectionKey<ScenarioOpener> = Symbol("open-scenario");
