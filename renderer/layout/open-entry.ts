import type { InjectionKey } from "vue";

/** Under this key `App.vue` provides what shows an entry in the log, so that features need not import the log. */
export const openEntryKey: InjectionKey<(id: string) => void> = Symbol("open-entry");
