import { onScopeDispose, ref, shallowRef, watch } from "vue";
import type { RunSummary } from "../../../../shared/model/run";
import { problemOf, useClient, useConnection, type Problem } from "../../../layout";

/** The runs of a file, newest first: so many as are wanted, and live while they are on. */
export const useRunList = (path: () => string, pageSize: number) => {
  const client = useClient();
  const runs = shallowRef<readonly RunSummary[]>([]);
  const total = ref(0);
  const loaded = ref(false);
  const problem = shallowRef<Problem | null>(null);
  const wanted = ref(pageSize);
  let generation = 0;

  const load = async (): Promise<void> => {
    const asked = ++generation;
    try {
      const answer = await client.call("runs.list", {
        path: path(),
        offset: 0,
        limit: Math.min(wanted.value, 200),
      });
      if (asked !== generation) return;
      runs.value = answer.runs;
      total.value = answer.total;
      problem.value = null;
    } catch (error) {
      if (asked === generation) problem.value = problemOf(error);
    } finally {
      if (asked === generation) loaded.value = true;
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const loadSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void load();
    }, 100);
  };
  const more = (): void => {
    wanted.value += pageSize;
    void load();
  };
  watch(
    path,
    () => {
      wanted.value = pageSize;
      runs.value = [];
      total.value = 0;
      loaded.value = false;
      void load();
    },
    { immediate: true },
  );
  const stops = [
    client.on("runs.changed", loadSoon),
    client.on("runs.progressed", ({ run }) => {
      if (run.path !== path()) return;
      if (!runs.value.some(({ id }) => id === run.id)) return loadSoon();
      runs.value = runs.value.map((each) => (each.id === run.id ? run : each));
    }),
    useConnection().onAgain(loadSoon),
  ];
  onScopeDispose(() => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  });
  return { runs, total, loaded, problem, load, more };
};
