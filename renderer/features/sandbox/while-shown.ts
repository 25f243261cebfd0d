import { onActivated, onDeactivated, onMounted, onUnmounted } from "vue";

/**
 * Does something as long as a component is in view. A view that is kept comes into view again without being mounted,
 * and what is mounted inside it later is not told that the view was there already: so both count, once.
 *
 * @param begin may return what ends it
 */
export const whileShown = (begin: () => (() => void) | void): void => {
  let shown = false;
  let end: (() => void) | void;
  const show = (): void => {
    if (shown) return;
    shown = true;
    end = begin();
  };
  const hide = (): void => {
    shown = false;
    end?.();
    end = undefined;
  };
  onMounted(show);
  onActivated(show);
  onDeactivated(hide);
  onUnmounted(hide);
};
