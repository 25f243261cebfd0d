import { onScopeDispose, ref, shallowRef, watch } from "vue";
import { problemOf, useClient, type Problem } from "../../../layout";
import { blockSize, RowBlocks } from "./row-blocks";

/** The rows of a data file, fetched as they come into view and anew when the file changes. */
export const useDataRows = (path: () => string | null) => {
  const client = useClient();
  const rows = shallowRef(new RowBlocks());
  const loaded = ref(false);
  const problem = shallowRef<Problem | null>(null);
  let generation = 0;
  const asking = new Set<number>();

  const ask = async (file: string, block: number): Promise<void> => {
    const asked = generation;
    asking.add(block);
    try {
      const page = await client.call("scenarios.readData", {
        path: file,
        offset: block * blockSize,
        limit: blockSize,
      });
      if (asked !== generation) return;
      rows.value = rows.value.with(block, page);
      problem.value = null;
    } catch (error) {
      if (asked !== generation) return;
      rows.value = new RowBlocks();
      problem.value = problemOf(error);
    } finally {
      if (asked === generation) {
        asking.delete(block);
        loaded.value = true;
      }
    }
  };
  /** Fetches what is missing to show these positions. */
  const want = (from: number, to: number): void => {
    const file = path();
    if (file === null) return;
    for (const block of rows.value.missing(from, to)) if (!asking.has(block)) void ask(file, block);
  };
  const refresh = (): void => {
    generation += 1;
    asking.clear();
    rows.value = new RowBlocks();
    const file = path();
    if (file !== null) void ask(file, 0);
  };
  watch(
    path,
    () => {
      loaded.value = false;
      problem.value = null;
      refresh();
    },
    { immediate: true },
  );
  onScopeDispose(
    client.on("scenarios.changed", ({ paths }) => {
      const file = path();
      if (file !== null && paths.includes(file)) refresh();
    }),
  );
  return { rows, loaded, problem, want, refresh };
};
