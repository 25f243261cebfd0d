import { defineStore } from "pinia";
import { computed, shallowRef, watch } from "vue";
import type { EntryRow } from "../../../shared/model/entry";
import { useClient, useConnection } from "../../layout";
import { useDrafts } from "./drafts-store";

/** Entries that are shown at first, and how many more each time. */
const pageSize = 20;
const mostShown = 1000;

interface Sent {
  draft: string;
  rows: readonly EntryRow[];
  total: number;
}

/** What was sent from the draft in front, newest first, kept up with the log. */
export const useSent = defineStore("composer-sent", () => {
  const client = useClient();
  const drafts = useDrafts();
  const sent = shallowRef<Sent | null>(null);
  let limit = pageSize;

  const load = async (): Promise<void> => {
    const draft = drafts.active?.id;
    if (draft === undefined) {
      sent.value = null;
      return;
    }
    const answer = await client.call("drafts.sent", { id: draft, limit });
    if (drafts.active?.id === draft) sent.value = { draft, ...answer };
  };
  // A failure costs only this list; the connection bar tells why.
  const loadQuietly = (): void => void load().catch(() => undefined);

  const take = (known: Sent, row: EntryRow): Sent => {
    const there = known.rows.some(({ id }) => id === row.id);
    const rows = there
      ? known.rows.map((each) => (each.id === row.id ? row : each))
      : [row, ...known.rows].slice(0, limit);
    return { ...known, rows, total: known.total + (there ? 0 : 1) };
  };
  client.on("log.appended", ({ rows }) => {
    for (const row of rows) {
      const known = sent.value;
      if (!known || row.source.draft !== known.draft || row.kind !== "event") continue;
      // What is older than what is shown changes nothing here; what is new is newer than all of it.
      const last = known.rows.at(-1);
      if (last && known.total > known.rows.length && row.seq < last.seq) continue;
      sent.value = take(known, row);
    }
  });
  useConnection().onAgain(loadQuietly);

  watch(
    () => drafts.active?.id,
    () => {
      limit = pageSize;
      sent.value = null;
      loadQuietly();
    },
    { immediate: true },
  );

  return {
    rows: computed(() => sent.value?.rows ?? []),
    total: computed(() => sent.value?.total ?? 0),
    loaded: computed(() => sent.value !== null),
    canShowMore: computed(
      () => (sent.value?.total ?? 0) > (sent.value?.rows.length ?? 0) && limit < mostShown,
    ),
    showMore(): Promise<void> {
      limit = Math.min(mostShown, limit * 3);
      return load();
    },
  };
});
