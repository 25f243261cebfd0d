import { defineStore } from "pinia";
import { computed, shallowRef, watch } from "vue";
import type { GuestEvent } from "../../../shared/model/guest-profile";
import { useClient } from "../../layout";
import { useGuestHistory } from "./guest-history-store";

const pageSize = 1000;

interface Page {
  after: number;
  items: readonly GuestEvent[];
}

/** The events of the chosen guest, whatever became of them. */
export const useGuestEvents = defineStore("guest-events", () => {
  const client = useClient();
  const history = useGuestHistory();
  const pages = shallowRef<readonly Page[]>([]);
  const bySession = computed(() => {
    const groups = new Map<string, GuestEvent[]>();
    for (const { items } of pages.value)
      for (const event of items) {
        const group = groups.get(event.sessionRef ?? "");
        if (group) group.push(event);
        else groups.set(event.sessionRef ?? "", [event]);
      }
    return groups;
  });
  let generation = 0;

  /** Reads from a page on: the last one is read again, because an event's state may have changed. */
  const read = async (ref: string, known: readonly Page[], from: number): Promise<void> => {
    const asked = ++generation;
    const fresh: Page[] = [];
    for (let after: number | null = from; after !== null;) {
      const page: { items: GuestEvent[]; next: number | null } = await client.call("guests.events", {
        ref,
        after,
        limit: pageSize,
      });
      if (asked !== generation) return;
      fresh.push({ after, items: page.items });
      after = page.next;
    }
    pages.value = [...known, ...fresh];
  };

  watch(
    () => [history.chosen, history.latest] as const,
    ([ref, latest], before) => {
      const merged = latest?.mergedFrom.length !== before?.[1]?.mergedFrom.length;
      const same = ref === before?.[0];
      if (!same) pages.value = [];
      if (ref === null || latest === null) return;
      const last = same && !merged ? pages.value.at(-1) : undefined;
      // The timeline does without them; what is wrong is said where the profile is.
      read(ref, last ? pages.value.slice(0, -1) : [], last?.after ?? 0).catch(() => undefined);
    },
    { immediate: true },
  );
  return { bySession };
});
