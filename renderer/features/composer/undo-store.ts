import { defineStore } from "pinia";
import { computed, ref } from "vue";

/** Something that was done and can be taken back. */
interface Undoable {
  /** What was done, as a sentence: `Deleted “Page view”.` */
  words: string;
  undo(): void | Promise<void>;
}

const mostKept = 50;

/** What can be taken back in the composer, the last one first. It lasts as long as the window. */
export const useUndo = defineStore("composer-undo", () => {
  const done = ref<Undoable[]>([]);
  const last = computed(() => done.value.at(-1) ?? null);

  return {
    last,
    note(undoable: Undoable): void {
      done.value = [...done.value, undoable].slice(-mostKept);
    },
    /** Takes the last one back; it can be tried again where that fails. */
    async undo(): Promise<void> {
      const undoable = done.value.at(-1);
      if (!undoable) return;
      await undoable.undo();
      done.value = done.value.filter((each) => each !== undoable);
    },
    dismiss(): void {
      done.value = [];
    },
  };
});
