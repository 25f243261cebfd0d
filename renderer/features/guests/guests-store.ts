import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";
import type { GuestType } from "../../../shared/model/guest-profile";
import { problemOf, useClient, useConnection, type Problem } from "../../layout";
import { blockSize, ListWindow } from "./list-window";

/** How often at most the list is asked for again while events pour in, in milliseconds. */
const refreshPause = 200;

/** The list of the sandbox's guests: what is searched for, and the rows in view. */
export const useGuests = defineStore("guests", () => {
  const client = useClient();
  const text = ref("");
  const type = ref<GuestType | "all">("all");
  const rows = shallowRef(new ListWindow());
  const loaded = ref(false);
  const problem = ref<Problem | null>(null);
  const narrow = computed(() => text.value.trim() !== "" || type.value !== "all");

  /** Rises with each change of the search and each refresh: an answer to an older question is dropped. */
  let generation = 0;
  const asking = new Set<number>();
  /** The positions that the list shows. */
  let view: readonly [number, number] = [0, blockSize - 1];
  let begun = false;

  /** @param base the rows that the answer joins; a refresh begins anew, and shows the old until the new are here */
  const ask = async (block: number, base: () => ListWindow): Promise<void> => {
    const asked = generation;
    asking.add(block);
    try {
      const page = await client.call("guests.list", {
        ...(text.value.trim() !== "" && { text: text.value.trim() }),
        ...(type.value !== "all" && { type: type.value }),
        offset: block * blockSize,
        limit: blockSize,
      });
      if (asked !== generation) return;
      rows.value = base().with(block, page.rows, page.total);
      loaded.value = true;
      problem.value = null;
    } catch (error) {
      if (asked === generation) problem.value = problemOf(error);
    } finally {
      if (asked === generation) asking.delete(block);
    }
  };

  /** Fetches what is missing to show these positions. */
  const want = (from: number, to: number): void => {
    view = [from, to];
    for (const block of rows.value.blocksOf(from, to))
      if (!rows.value.has(block) && !asking.has(block)) void ask(block, () => rows.value);
  };

  const refresh = async (): Promise<void> => {
    begun = true;
    const asked = ++generation;
    asking.clear();
    let fresh = new ListWindow();
    for (const block of rows.value.blocksOf(...view)) {
      await ask(block, () => fresh);
      if (asked !== generation) return;
      fresh = rows.value;
    }
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = (): void => {
    if (!begun) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void refresh();
    }, refreshPause);
  };
  watch([text, type], () => {
    view = [0, blockSize - 1];
    refreshSoon();
  });
  client.on("sandbox.guestsChanged", refreshSoon);
  client.on("sandbox.changed", refreshSoon);
  useConnection().onAgain(refreshSoon);

  const clearSearch = (): void => {
    text.value = "";
    type.value = "all";
  };
  return { text, type, rows, loaded, problem, narrow, want, refresh, clearSearch };
});
