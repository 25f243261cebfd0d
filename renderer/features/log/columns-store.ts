import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import type { JsonValue } from "../../../shared/model/json";
import { useClient } from "../../layout";
import {
  defaultColumns,
  moved,
  readColumns,
  sized,
  tracksOf,
  withShown,
  type Column,
  type ColumnId,
} from "./columns";

const storageKey = "log-columns";
/** Milliseconds: a drag is one change. */
const saveAfter = 300;

/** Which columns the log shows, in which order and how wide; remembered in the profile's layout. */
export const useLogColumns = defineStore("log-columns", () => {
  const client = useClient();
  const all = shallowRef<readonly Column[]>(defaultColumns);
  const shown = computed(() => all.value.filter((column) => column.shown));
  const tracks = computed(() => tracksOf(all.value));
  let timer: ReturnType<typeof setTimeout> | undefined;

  const save = (): void => {
    timer = undefined;
    const value = all.value.map((column) => ({ ...column })) satisfies JsonValue;
    // A failure here costs only the memory of it; the connection bar tells why.
    client.call("layout.set", { key: storageKey, value }).catch(() => undefined);
  };
  const change = (next: readonly Column[]): void => {
    all.value = next;
    clearTimeout(timer);
    timer = setTimeout(save, saveAfter);
  };
  addEventListener("pagehide", () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  });

  return {
    ...{ all, shown, tracks },
    async load(): Promise<void> {
      all.value = readColumns(await client.call("layout.get", { key: storageKey }));
    },
    show: (id: ColumnId, on: boolean) => change(withShown(all.value, id, on)),
    move: (id: ColumnId, by: number) => change(moved(all.value, id, by)),
    resize: (id: ColumnId, width: number) => change(sized(all.value, id, width)),
    reset: () => change(defaultColumns),
  };
});
