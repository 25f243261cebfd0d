import { defineStore } from "pinia";
import { ref } from "vue";
import type { LogFilter } from "../../../shared/model/entry";
import { useClient, useProblems } from "../../layout";
import { useLogStore } from "./log-store";

/** Entries that are being deleted, as long as they can be brought back. */
export const useRemovedEntries = defineStore("removed-entries", () => {
  const client = useClient();
  const problems = useProblems();
  const log = useLogStore();
  const last = ref<{ removal: string; entries: number } | null>(null);
  /** For screen readers: what the last undo came to. */
  const said = ref("");
  let timer: ReturnType<typeof setTimeout> | undefined;

  const dismiss = (): void => {
    clearTimeout(timer);
    last.value = null;
  };

  /** @returns whether anything was removed: what has no answer yet stays */
  const remove = async (filter: LogFilter): Promise<boolean> => {
    try {
      const { removal, entries, until } = await client.call("log.remove", { filter });
      if (entries === 0) return false;
      dismiss();
      said.value = "";
      last.value = { removal, entries };
      timer = setTimeout(dismiss, Math.max(0, Date.parse(until) - Date.now()));
      await log.lookAgain();
      return true;
    } catch (error) {
      problems.report(error);
      return false;
    }
  };

  const undo = async (): Promise<void> => {
    const removed = last.value;
    if (!removed) return;
    dismiss();
    try {
      const { entries } = await client.call("log.restore", { removal: removed.removal });
      said.value =
        entries === 1 ? "1 entry is back." : `${entries.toLocaleString("en-GB")} entries are back.`;
      await log.lookAgain();
    } catch (error) {
      problems.report(error);
    }
  };

  return { last, said, remove, undo, dismiss };
});
