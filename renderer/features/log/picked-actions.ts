import { computed, ref, type ComputedRef, type Ref } from "vue";
import type { Entry, ExportFormat, LogFilter } from "../../../shared/model/entry";
import { useClient, useProblems } from "../../layout";
import { copyText } from "../../ui/copy-text";
import { copyWords, textOf, type CopyForm } from "./entry-texts";
import { useLogStore } from "./log-store";
import { usePickedEntries } from "./picked-store";
import { useRemovedEntries } from "./removed-store";

/** Entries that a clipboard takes at most; more go into a file. */
export const mostCopied = 200;
/** Entries that are asked for at the same time. */
const askedAtOnce = 20;

export const exportWords: Record<ExportFormat, string> = {
  har: "HAR 1.2",
  ndjson: "NDJSON",
  csv: "CSV",
  curl: "curl commands",
};

export interface PickedActions {
  /** What the last action came to, for screen readers. */
  said: Ref<string>;
  /** The run that all selected entries belong to; null where they belong to none or to several. */
  run: ComputedRef<string | null>;
  copy(form: CopyForm): Promise<void>;
  /** Saves the selected entries, or those that a filter wants, as a file. */
  save(format: ExportFormat, filter?: LogFilter): Promise<void>;
  remove(filter?: LogFilter): Promise<void>;
}

/** What can be done with the selected entries, or with the chosen one: copy, save, delete. All of it redacted. */
export const usePickedActions = (): PickedActions => {
  const client = useClient();
  const problems = useProblems();
  const log = useLogStore();
  const picked = usePickedEntries();
  const removed = useRemovedEntries();
  const said = ref("");
  /** The chosen entry counts although its row may have been scrolled out of memory. */
  const ids = computed(() => {
    if (picked.several) return [...picked.picked.keys()];
    return log.selection.state === "none" ? [] : [log.selection.id];
  });
  const run = computed(() => {
    const [first, ...others] = new Set(picked.subjects.map(({ source }) => source.runId ?? null));
    return others.length === 0 ? (first ?? null) : null;
  });

  const read = async (): Promise<Entry[]> => {
    const entries: Entry[] = [];
    const inOrder = picked.subjects.toSorted((a, b) => a.seq - b.seq);
    for (let start = 0; start < inOrder.length; start += askedAtOnce) {
      const some = inOrder.slice(start, start + askedAtOnce);
      entries.push(...(await Promise.all(some.map(({ id }) => client.call("log.detail", { id })))));
    }
    return entries;
  };

  return {
    said,
    run,
    async copy(form) {
      try {
        const entries = await read();
        const done = await copyText(textOf(form, entries));
        const many = entries.length === 1 ? "" : `${entries.length} entries `;
        said.value = done ? `Copied ${many}as ${copyWords[form]}` : "Not copied";
      } catch (error) {
        problems.report(error);
      }
    },
    async save(format, wanted) {
      if (wanted === undefined && ids.value.length === 0) return;
      const filter = wanted ?? { ids: ids.value };
      try {
        const { ticket, name } = await client.call("log.export", { filter, format });
        client.download(ticket, name);
      } catch (error) {
        problems.report(error);
      }
    },
    async remove(wanted) {
      // An empty list of ids narrows nothing: it would mean every entry.
      if (wanted === undefined && ids.value.length === 0) return;
      const filter = wanted ?? { ids: ids.value };
      if (!(await removed.remove(filter))) return;
      picked.clear();
      // What is shown beside the list may be among them.
      if (log.selection.state === "missing") log.select(null);
    },
  };
};
