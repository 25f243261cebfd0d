import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import type { EntryRow } from "../../../shared/model/entry";
import { useLogStore } from "./log-store";
import { eventsOf, mostPicked, nonePicked, pickedOf, rangeOf, toggled, type Picked } from "./picked";

/** Several entries of the log that are selected together, beside the chosen one, whose detail is shown. */
export const usePickedEntries = defineStore("picked-entries", () => {
  const log = useLogStore();
  const picked = shallowRef<Picked>(nonePicked);
  /** What is about to become a scenario; empty while nobody asks. */
  const saving = shallowRef<readonly EntryRow[]>([]);
  /** Where a range begins. */
  const anchor = ref<number | null>(null);
  /** The entry that the keyboard stands on without selecting it. */
  const visiting = ref<string | null>(null);
  /** Rises with each range: rows of an older one may come later. */
  let generation = 0;

  const chosenId = computed(() => (log.selection.state === "none" ? null : log.selection.id));
  const several = computed(() => picked.value.size > 1);
  const isPicked = (id: string): boolean => (several.value ? picked.value.has(id) : id === chosenId.value);
  const chosenRow = (): EntryRow | undefined => {
    const at = chosenId.value === null ? undefined : log.rows.positionOf(chosenId.value);
    return at === undefined ? undefined : log.rows.at(at);
  };
  /** What an action is for: the selected ones, or the chosen one alone. */
  const subjects = computed(() => {
    if (several.value) return [...picked.value.values()];
    // Positions come with the rows.
    const row = log.total > 0 ? chosenRow() : undefined;
    return row ? [row] : [];
  });
  const events = computed(() => eventsOf(subjects.value));

  const clear = (): void => {
    generation++;
    picked.value = nonePicked;
    visiting.value = null;
  };

  const pickOne = (row: EntryRow): void => {
    clear();
    anchor.value = log.rows.positionOf(row.id) ?? null;
    log.select(row.id);
  };

  /** Selects an entry beside the others, or takes it out. */
  const toggle = (row: EntryRow): void => {
    generation++;
    const next = toggled(picked.value, chosenRow(), row);
    picked.value = next.picked;
    visiting.value = null;
    anchor.value = log.rows.positionOf(row.id) ?? null;
    log.select(next.chosen?.id ?? null);
  };

  const pickRange = async (from: number, to: number): Promise<boolean> => {
    const asked = ++generation;
    await log.want(from, to);
    if (asked !== generation) return false;
    const rows = Array.from({ length: to - from + 1 }, (_, offset) => log.rows.at(from + offset));
    picked.value = pickedOf(rows.filter((row) => row !== undefined));
    visiting.value = null;
    return true;
  };

  /** Selects everything from where the last selection began to a position. */
  const extendTo = async (position: number): Promise<void> => {
    const chosenAt = chosenId.value === null ? undefined : log.rows.positionOf(chosenId.value);
    anchor.value ??= chosenAt ?? position;
    const { from, to } = rangeOf(anchor.value, position);
    const row = (await pickRange(from, to)) ? log.rows.at(position >= anchor.value ? to : from) : undefined;
    if (row) log.select(row.id);
  };

  /** Selects all that fit the filter: the newest, where there are more than can be taken. */
  const pickAll = async (): Promise<void> => {
    const last = log.total - 1;
    if (last < 0) return;
    anchor.value = Math.max(0, last - mostPicked + 1);
    if (last === 0) {
      const row = log.rows.at(0);
      if (row) pickOne(row);
    } else await pickRange(anchor.value, last);
  };

  /** Shows an entry and leaves the selection as it is; Space takes it in or out. */
  const visit = (row: EntryRow): void => {
    visiting.value = row.id;
    log.select(row.id);
  };

  /** Asks how the selected events are to be saved as a scenario. */
  const askToSave = (): void => {
    saving.value = subjects.value;
  };

  watch(
    () => log.rows,
    () => {
      clear();
      anchor.value = null;
    },
  );
  // Another entry was opened from elsewhere: the selection was about something else.
  watch(chosenId, (id) => {
    if (id !== null && several.value && !picked.value.has(id) && id !== visiting.value) clear();
  });

  return {
    ...{ picked, several, subjects, events, saving, isPicked },
    ...{ pickOne, toggle, extendTo, pickAll, visit, clear, askToSave },
  };
});
