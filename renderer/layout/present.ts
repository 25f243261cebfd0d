import type { InjectionKey } from "vue";

/** Under this key `App.vue` provides what puts the chosen guest on the stage, so that views need not import it. */
export const presentKey: InjectionKey<() => Promise<void>> = Symbol("present");

/** Under this key `App.vue` provides what plays a scenario's file on the stage, step by step. */
export const presentScenarioKey: InjectionKey<(path: string) => Promise<void>> = Symbol("present-scenario");
