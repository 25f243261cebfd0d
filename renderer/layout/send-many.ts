import type { InjectionKey } from "vue";

/** Under this key `App.vue` provides what takes a text of several events, to check them and send them together. */
export const sendManyKey: InjectionKey<(text: string) => void> = Symbol("send-many");
