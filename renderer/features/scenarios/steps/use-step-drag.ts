import { ref, shallowRef, type Ref } from "vue";
import { dropPlace, type DropPlace } from "./drop-place";
import { ownOf } from "./step-moves";
import { useStepActions } from "./step-actions";
import type { StepRow } from "./step-rows";
import { useStepSelection } from "./step-selection";

interface StepDrag {
  /** Numbers of the steps that are on their way. */
  dragged: Readonly<Ref<readonly string[]>>;
  place: Readonly<Ref<DropPlace | null>>;
  start(event: DragEvent, row: StepRow): void;
  over(event: DragEvent): void;
  leave(event: DragEvent): void;
  drop(event: DragEvent): void;
  end(): void;
}

/** A kind of data of our own, so that a text dragged in from elsewhere is not taken for a step. */
const dataType = "application/x-bellhop-steps";
/** Where the titles of the first depth begin, and how far each depth is indented, in pixels. */
const titlesAt = 98;
const indent = 12;
/** Pixels from the edge of the list in which it scrolls by itself. */
const edge = 24;

/** Reorders steps by the browser's own drag and drop. */
export const useStepDrag = (parts: {
  rowHeight: number;
  headHeight: number;
  scroller: () => HTMLElement | null;
  perform: (run: () => Promise<void>) => void;
}): StepDrag => {
  const actions = useStepActions();
  const selection = useStepSelection();
  const dragged = ref<readonly string[]>([]);
  const place = shallowRef<DropPlace | null>(null);

  const placeOf = (event: DragEvent): DropPlace | null => {
    const scroller = parts.scroller();
    if (!scroller) return null;
    const box = scroller.getBoundingClientRect();
    const y = event.clientY - box.top + scroller.scrollTop - parts.headHeight;
    const index = Math.min(Math.max(Math.round(y / parts.rowHeight), 0), selection.rows.length);
    const depth = Math.max(0, Math.floor((event.clientX - box.left - titlesAt) / indent));
    return dropPlace(selection.rows, index, depth);
  };
  const scrollAtEdge = (event: DragEvent): void => {
    const scroller = parts.scroller();
    if (!scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    if (event.clientY < top + parts.headHeight + edge) scroller.scrollTop -= 8;
    else if (event.clientY > bottom - edge) scroller.scrollTop += 8;
  };
  const end = (): void => {
    dragged.value = [];
    place.value = null;
  };

  return {
    dragged,
    place,
    start(event, row) {
      if (!selection.selected.has(row.number)) selection.select(row.number);
      dragged.value = ownOf(selection.steps, selection.selected);
      event.dataTransfer?.setData(dataType, dragged.value.join(" "));
      event.dataTransfer?.setData("text/plain", actions.copied() ?? "");
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    },
    over(event) {
      if (dragged.value.length === 0 || !event.dataTransfer?.types.includes(dataType)) return;
      scrollAtEdge(event);
      place.value = placeOf(event);
      if (!place.value) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    },
    leave(event) {
      const to = event.relatedTarget;
      if (!(to instanceof Node) || !parts.scroller()?.contains(to)) place.value = null;
    },
    drop(event) {
      event.preventDefault();
      const to = place.value;
      const numbers = dragged.value;
      end();
      if (to && numbers.length > 0) parts.perform(() => actions.moveToPlace(numbers, to));
    },
    end,
  };
};
