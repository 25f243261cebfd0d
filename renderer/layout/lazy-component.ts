import { defineComponent, h, shallowRef, type Component } from "vue";
import PartMissing from "./PartMissing.vue";

/** A component whose code is fetched when it is first shown, or before, by `load`. */
export type LazyComponent = Component & {
  /** Fetches the code, once. @throws where that fails; the next call tries again */
  load(): Promise<void>;
};

/**
 * Makes a component lazy. Once its code is there it is rendered like any other, without a tick in between. Where its
 * code cannot be fetched, a few words and a way out stand in its place.
 */
export const lazyComponent = (fetchCode: () => Promise<{ default: Component }>): LazyComponent => {
  const shown = shallowRef<Component | null>(null);
  let fetching: Promise<void> | undefined;
  const load = (): Promise<void> => {
    fetching ??= fetchCode().then((code) => {
      shown.value = code.default;
    });
    fetching.catch(() => (fetching = undefined));
    return fetching;
  };
  const component = defineComponent({
    setup() {
      load().catch(() => (shown.value ??= PartMissing));
      return () => (shown.value ? h(shown.value) : null);
    },
  });
  return Object.assign(component, { load });
};

/**
 * Fetches components one after the other, each when the window has nothing better to do, so that showing one waits for
 * nothing. What cannot be fetched now is fetched when it is shown, and says so there.
 */
export const fetchWhenIdle = (components: readonly LazyComponent[]): void => {
  const [next, ...others] = components;
  if (!next) return;
  requestIdleCallback(() => {
    void next
      .load()
      .catch(() => undefined)
      .then(() => fetchWhenIdle(others));
  });
};
