import { ref, type Ref } from "vue";

/** What a drag of a draft is known by, so that nothing else takes it and it takes nothing else. */
export const draftDragType = "application/x-bellhop-draft";

/** Before which draft one would be dropped; null for the end, undefined where it stays where it is. */
type Place = string | null | undefined;

/**
 * Moves rows by drag and drop.
 *
 * @param ids the rows that are shown, in their order
 * @param move puts one before another, null for the end
 */
export const useDraftDrag = (
  ids: () => readonly string[],
  move: (id: string, before: string | null) => void,
) => {
  const dragged = ref<string | null>(null);
  const place: Ref<Place> = ref(undefined);

  const placeAt = (event: DragEvent): Place => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-draft]") : null;
    const over = row?.dataset["draft"];
    if (row === null || over === undefined) return place.value;
    const { top, height } = row.getBoundingClientRect();
    const all = ids();
    const before = event.clientY < top + height / 2 ? over : (all[all.indexOf(over) + 1] ?? null);
    const own = dragged.value ?? "";
    return before === own || before === (all[all.indexOf(own) + 1] ?? null) ? undefined : before;
  };
  const end = (): void => {
    dragged.value = null;
    place.value = undefined;
  };

  return {
    dragged,
    place,
    start(event: DragEvent, id: string): void {
      if (!event.dataTransfer) return;
      event.dataTransfer.setData(draftDragType, id);
      event.dataTransfer.effectAllowed = "move";
      dragged.value = id;
    },
    over(event: DragEvent): void {
      if (dragged.value === null) return;
      event.preventDefault();
      event.stopPropagation();
      place.value = placeAt(event);
    },
    drop(event: DragEvent): void {
      if (dragged.value === null) return;
      event.preventDefault();
      event.stopPropagation();
      const [id, before] = [dragged.value, place.value];
      end();
      if (before !== undefined) move(id, before);
    },
    end,
  };
};
