import type { InjectionKey } from "vue";

/** Under this key `App.vue` provides what puts the chosen guest on the stage, so that views need not import it. */
export const presentKey: InjectionKey<() => Promise<void>> = Symbol("present");
