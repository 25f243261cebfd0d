import { onBeforeUnmount, reactive, watch, type ShallowRef } from "vue";

export interface Room {
  /** Pixels. */
  width: number;
  height: number;
  /** Of the element's letters, in pixels. */
  font: number;
}

/** The room that an element has, kept up to date. */
export const useRoom = (element: Readonly<ShallowRef<HTMLElement | null>>): Room => {
  const room = reactive<Room>({ width: 0, height: 0, font: 18 });
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    Object.assign(room, { width, height, font: parseFloat(getComputedStyle(entry.target).fontSize) });
  });
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before);
      if (now) observer.observe(now);
    },
    { flush: "post", immediate: true },
  );
  onBeforeUnmount(() => observer.disconnect());
  return room;
};
