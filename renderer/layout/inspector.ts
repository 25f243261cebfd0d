import { computed, nextTick, ref, watch, type Ref, type WritableComputedRef } from "vue";
import { useMediaQuery } from "../ui/media-query";
import { useArrangement } from "./arrangement";
import { focusPaneNamed } from "./panes";

interface Inspector {
  shown: WritableComputedRef<boolean>;
  /** Whether it lies over the view, because there is no room beside it. */
  over: Readonly<Ref<boolean>>;
}

/**
 * The inspector at the right of a view: beside it where there is room, and remembered so; else over it, and closed
 * until it is wanted. The button that shows or hides it is gone by then, so the focus goes on where a person looks.
 *
 * @param name what its being shown is remembered by
 * @param pane the inspector's own pane, which gets the focus when it is shown
 * @param leave gives the focus to the view when it is hidden
 */
export const useInspector = (name: string, pane: string, leave: () => void): Inspector => {
  const over = useMediaQuery("(max-width: 1199px)");
  const beside = useArrangement().shown(name);
  const wanted = ref(false);
  const shown = computed({
    get: () => (over.value ? wanted.value : beside.value),
    set: (value) => {
      if (over.value) wanted.value = value;
      else beside.value = value;
    },
  });
  watch(shown, async (isShown) => {
    await nextTick();
    const lost = document.activeElement === document.body;
    if (isShown && (lost || over.value)) focusPaneNamed(pane);
    else if (lost) leave();
  });
  return { shown, over };
};
