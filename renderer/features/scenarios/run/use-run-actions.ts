import { computed, type ComputedRef } from "vue";
import { hasEnded } from "../../../../shared/model/run";
import { useEnvironments } from "../../environments";
import { mayRun } from "./may-run";
import { useNextEvents } from "./next-event-store";
import { runOf } from "./shown-run";
import { useRuns } from "./runs-store";

export interface RunSubject {
  path: string;
  /** Number of the step that is selected. */
  selected: string | null;
  /** Where the file says it may run. */
  environments: readonly string[] | null;
  /** A fragment cannot be played by itself. */
  fragment: boolean;
}

/** What can be done to the run of a file now, and doing it. */
export const useRunActions = (subject: () => RunSubject) => {
  const runs = useRuns();
  const environments = useEnvironments();
  const events = useNextEvents();
  const shown = computed(() => runs.of(subject().path));
  const run = computed(() => runOf(shown.value));
  const phase: ComputedRef<"idle" | "starting" | "running" | "paused"> = computed(() => {
    if (shown.value.state === "starting") return "starting";
    if (shown.value.state !== "on") return "idle";
    return shown.value.run.state === "paused" ? "paused" : "running";
  });
  const allowedHere = computed(() => {
    const current = environments.current;
    return current === undefined || mayRun(subject().environments, current);
  });
  const canStart = computed(() => phase.value === "idle" && allowedHere.value && !subject().fragment);
  const canGo = computed(() => canStart.value || phase.value === "paused");
  /** The last run of the file, where it has something to go back to: it came to this step on a sandbox. */
  const snapshotOf = computed(() => {
    const number = subject().selected;
    if (number === null || !run.value || !environments.byName(run.value.environment)?.sandbox) return null;
    const { path } = subject();
    // What was kept before a step is kept by its number in that run.
    if (runs.numberInRun(path, number) !== number) return null;
    return runs.step(path, number).state === "none" ? null : run.value;
  });

  /** Goes on with a paused run, which first learns what was typed of its next event. */
  const resume = async (to: Parameters<typeof runs.resume>[1]): Promise<void> => {
    await events.flush(subject().path);
    await runs.resume(subject().path, to);
  };
  const runOrContinue = (): Promise<void> =>
    phase.value === "paused" ? resume({ kind: "end" }) : runs.start(subject().path);
  const step = (): Promise<void> =>
    phase.value === "paused" ? resume({ kind: "step" }) : runs.start(subject().path, { paused: true });
  const runToHere = async (): Promise<void> => {
    const { path, selected } = subject();
    if (selected === null) return;
    if (phase.value === "paused") await resume({ kind: "number", number: selected });
    else await runs.start(path, { until: selected });
  };
  /** Plays from the selected step on; a run that is on ends first. */
  const runFrom = async (guest: "fresh" | "snapshot"): Promise<void> => {
    const { path, selected } = subject();
    if (selected === null) return;
    const id = runs.numberInRun(path, selected) === selected ? run.value?.id : undefined;
    if (run.value && !hasEnded(run.value.state)) await runs.stop(path);
    await runs.start(path, { from: { step: selected, guest, ...(id !== undefined && { runId: id }) } });
  };
  const pause = (): Promise<void> => runs.pause(subject().path);
  const stop = (): Promise<void> => runs.stop(subject().path);
  return {
    ...{ shown, run, phase, allowedHere, canStart, canGo, snapshotOf },
    ...{ runOrContinue, step, runToHere, runFrom, pause, stop },
  };
};
