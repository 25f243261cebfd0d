import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { Entry } from "../../../shared/model/entry";
import { problemOf, useClient, type Problem } from "../../layout";
import { useDrafts } from "./drafts-store";

/** The entry that a draft is compared with; one state, so that a late answer cannot stand beside another's name. */
export type Compared =
  | { state: "none" }
  | { state: "loading"; id: string }
  | { state: "shown"; id: string; entry: Entry }
  | { state: "failed"; id: string; problem: Problem };

/** The comparison of a draft with an entry of the log, while its dialog is open. */
export const useComparison = defineStore("composer-comparison", () => {
  const client = useClient();
  const drafts = useDrafts();
  const draftId = ref<string | null>(null);
  const compared = shallowRef<Compared>({ state: "none" });
  const isOpen = ref(false);

  const choose = async (id: string): Promise<void> => {
    if (compared.value.state !== "none" && compared.value.id === id) return;
    compared.value = { state: "loading", id };
    let next: Compared;
    try {
      next = { state: "shown", id, entry: await client.call("log.detail", { id }) };
    } catch (error) {
      next = { state: "failed", id, problem: problemOf(error) };
    }
    if (compared.value.state === "loading" && compared.value.id === id) compared.value = next;
  };

  return {
    isOpen,
    draftId,
    compared,
    draft: computed(() => (draftId.value === null ? undefined : drafts.byId(draftId.value))),
    choose,
    /**
     * Opens the comparison.
     *
     * @param what the draft, where it is not the one in front, and the entry, where it is not to be chosen first
     */
    async open(what: { draft?: string | undefined; entry?: string }): Promise<void> {
      await drafts.load();
      const wanted = what.draft === undefined ? undefined : drafts.byId(what.draft);
      draftId.value = (wanted ?? drafts.active ?? drafts.list[0])?.id ?? null;
      compared.value = { state: "none" };
      isOpen.value = true;
      if (what.entry !== undefined) await choose(what.entry);
    },
  };
});
