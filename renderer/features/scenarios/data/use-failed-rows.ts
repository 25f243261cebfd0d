import { computed, onScopeDispose, shallowRef, watch } from "vue";
import type { StepResult } from "../../../../shared/model/run";
import { useClient } from "../../../layout";
import { useRuns } from "../run";

/** Failures that are looked through; a run where more failed has another problem than its rows. */
const most = 1000;

export interface FailedRow {
  iteration: number;
  /** "Step 9: /status is 400, and should be 201." */
  words: string;
}

const failureOf = ({ iteration, number, failures, notes }: StepResult): FailedRow => ({
  iteration,
  words: `Step ${number}: ${failures[0]?.message ?? notes[0] ?? "failed"}`,
});

/**
 * Which rows failed in the run that is shown: the first failure of each.
 *
 * @param total rows of the file; with several passes over them, each row has several iterations
 */
export const useFailedRows = (path: () => string, total: () => number) => {
  const client = useClient();
  const runs = useRuns();
  const failures = shallowRef<readonly StepResult[]>([]);
  const run = computed(() => runs.runFor(path()));

  const read = async (): Promise<void> => {
    const id = run.value?.id;
    if (id === undefined || run.value?.iterations.failed === 0) return void (failures.value = []);
    const { steps } = await client.call("runs.steps", { id, failedOnly: true, offset: 0, limit: most });
    if (run.value?.id === id) failures.value = steps;
  };
  // While a run is on, its count of failures rises; it is looked at again at most twice a second.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void read().catch(() => undefined);
    }, 500);
  };
  watch(
    () => [run.value?.id, run.value?.iterations.failed] as const,
    ([id], before) => {
      if (before && before[0] === id) return readSoon();
      failures.value = [];
      void read().catch(() => undefined);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  /** Position of the row, from 0 -> what failed. */
  const byRow = computed(() => {
    const rows = new Map<number, FailedRow>();
    const count = total();
    if (count === 0) return rows;
    for (const result of failures.value) {
      const row = (result.iteration - 1) % count;
      if (!rows.has(row)) rows.set(row, failureOf(result));
    }
    return rows;
  });
  return { byRow, run };
};
