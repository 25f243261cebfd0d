import type { InjectionKey } from "vue";

/** Under this key `App.vue` provides what narrows the log to the entries of a run, or of many events sent together. */
export const showRunKey: InjectionKey<(runId: string) => void> = Symbol("show-run");
