import { defineStore } from "pinia";
import { computed, ref, shallowRef, triggerRef, watch } from "vue";
import { hasEnded, type RunSummary, type StepKey, type StepResult } from "../../../shared/model/run";
import type { ScenarioOutline, StepOutline } from "../../../shared/model/scenario";
import { toldSteps } from "../../../shared/scenario/told-steps";
import { problemOf, useClient, useConnection, type Problem } from "../../layout";
import { useGuestHistory } from "../guests";
import { useRuns } from "../scenarios";
import { enterFullScreen, leaveFullScreen } from "./full-screen";
import { momentsOf, type Moment, type Story } from "./played-moments";

/** Results read when a run that is already on is taken over. */
const pageSize = 1000;

const keyOf = ({ iteration, number, occurrence }: StepKey): string => `${iteration}/${number}/${occurrence}`;
const placeOf = (run: RunSummary | null): string => (run?.pausedAt ? keyOf(run.pausedAt) : "");
const flat = (steps: readonly StepOutline[]): StepOutline[] =>
  steps.flatMap((step) => [step, ...flat(step.children)]);

/** Whether a step is not among those that were read, or has ended since. */
const isLater = (step: StepResult, read: readonly StepResult[]): boolean => {
  const known = read.find((each) => keyOf(each) === keyOf(step));
  return known === undefined || isUnderWay(known);
};
const isUnderWay = ({ state }: StepResult): boolean => state === "running" || state === "waiting";

/** A scenario on the stage: the run that plays it step by step, and where in what was shown we are. */
export const useScenarioStage = defineStore("scenario-stage", () => {
  const client = useClient();
  const runs = useRuns();
  const history = useGuestHistory();

  const outline = shallowRef<ScenarioOutline | null>(null);
  const run = shallowRef<RunSummary | null>(null);
  const results = shallowRef(new Map<string, StepResult>());
  const position = ref(0);
  /** Whether a step is under way. */
  const busy = ref(false);
  /** The moment that was played just now, before everybody's eyes. */
  const fresh = ref<number | null>(null);
  const problem = ref<Problem | null>(null);
  /** Looks again whether the run waits or has ended. */
  let look = (): void => undefined;

  const on = computed(() => outline.value !== null);
  const story = computed<Story>(() => ({
    told: toldSteps(outline.value?.steps ?? []),
    outline: new Map(flat(outline.value?.steps ?? []).map((step) => [step.number, step])),
  }));
  const moments = computed(() => momentsOf([...results.value.values()], story.value));
  const moment = computed<Moment | undefined>(() => moments.value[position.value]);
  const atEnd = computed(
    () => position.value === moments.value.length - 1 && (run.value === null || hasEnded(run.value.state)),
  );

  const take = (now: RunSummary, steps: readonly StepResult[]): void => {
    for (const step of steps) results.value.set(keyOf(step), step);
    if (steps.length > 0) triggerRef(results);
    run.value = now;
    look();
  };
  client.on("runs.progressed", ({ run: now, steps }) => {
    if (now.id === run.value?.id) take(now, steps);
  });

  /** What the pushes may have left out. */
  const catchUp = async (id: string): Promise<void> => {
    const now = await client.call("runs.read", { id });
    const { steps } = await client.call("runs.steps", {
      ...{ id, offset: 0, limit: pageSize },
      ...(now.pausedAt && { iteration: now.pausedAt.iteration }),
    });
    if (run.value?.id !== id) return;
    // A push may have brought the last one first.
    const read = steps.map((step): [string, StepResult] => [keyOf(step), step]);
    results.value = new Map([...read, ...[...results.value].filter(([, step]) => isLater(step, steps))]);
    take(now, []);
  };
  useConnection().onAgain(() => {
    if (on.value && run.value) void catchUp(run.value.id).catch(() => undefined);
  });

  /** The word that the run waits again may come before the result of the step that it has played. */
  const isTold = ({ iteration, number, occurrence }: StepKey): boolean => {
    const kind = story.value.outline.get(number)?.kind;
    if (kind === "repeat" || kind === "use") return true;
    const result = results.value.get(keyOf({ iteration, number, occurrence }));
    return result !== undefined && !isUnderWay(result);
  };
  /** Until the run waits somewhere else than before, and what it did is known; or until it has ended. */
  const settled = (before: StepKey | null): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        const now = run.value;
        const waits = now?.state === "paused" && placeOf(now) !== (before ? keyOf(before) : "");
        const done = waits && (before === null || isTold(before));
        if (now && !done && !hasEnded(now.state)) return;
        look = () => undefined;
        resolve();
      };
      look();
    });

  /** Plays on until there is something to show. */
  const advance = async (): Promise<void> => {
    const shown = moments.value.length;
    while (run.value && !hasEnded(run.value.state) && moments.value.length === shown) {
      const { id, pausedAt: before } = run.value;
      await client.call("runs.resume", { id, to: { kind: "step" } });
      await settled(before);
      // The result of the last step may come after the word that the run has ended.
      if (run.value && hasEnded(run.value.state)) await catchUp(id);
    }
  };

  const next = async (): Promise<void> => {
    if (busy.value) return;
    fresh.value = null;
    if (position.value === moments.value.length - 1) {
      busy.value = true;
      problem.value = null;
      try {
        await advance();
      } catch (error) {
        problem.value = problemOf(error);
      } finally {
        busy.value = false;
      }
      if (position.value < moments.value.length - 1) fresh.value = position.value + 1;
    }
    position.value = Math.min(position.value + 1, moments.value.length - 1);
  };
  const goTo = (index: number): void => {
    fresh.value = null;
    position.value = Math.min(Math.max(index, 0), moments.value.length - 1);
  };
  /** Goes back to where a point of the story was shown last. */
  const goToPoint = (at: number): void => {
    const found = moments.value.findLastIndex((each) => each.at === at);
    if (found !== -1) goTo(found);
  };

  /** Starts it, or takes over the run of it that is on. @returns null where it did not start; the view says why */
  const begin = async (path: string): Promise<RunSummary | null> => {
    if (!runs.isOn(path)) {
      // On the stage a wait takes as long as the speaker wants.
      await runs.start(path, {
        paused: true,
        options: { ...runs.options(path), concurrency: 1, noWait: true },
      });
    }
    return runs.isOn(path) ? runs.runFor(path) : null;
  };

  const reset = (): void => {
    results.value = new Map();
    run.value = null;
    position.value = 0;
    fresh.value = null;
    problem.value = null;
  };

  /** Puts a scenario on the stage before its first step, or where its run waits. @throws AppError */
  const present = async (path: string): Promise<void> => {
    // At once: a browser allows it only in the moments after a click or key.
    const entering = enterFullScreen();
    try {
      reset();
      const begun = await begin(path);
      const read = begun && (await client.call("scenarios.read", { path })).outline;
      if (!begun || !read) {
        await entering;
        await leaveFullScreen();
        return;
      }
      run.value = begun;
      await catchUp(begun.id);
      if (run.value.state === "running") {
        await client.call("runs.pause", { id: begun.id });
        await settled(null);
      }
      outline.value = read;
      position.value = moments.value.length - 1;
    } catch (error) {
      await entering;
      await leaveFullScreen();
      throw error;
    }
  };
  /** Leaves the stage. The run waits where it is: the Scenarios view goes on from there. */
  const leave = (): void => {
    if (!on.value) return;
    outline.value = null;
    void leaveFullScreen();
  };

  /** Brings the guest's card to the moment that is shown. */
  const showGuest = async (): Promise<void> => {
    const now = moment.value;
    if (!now?.guest) return;
    const { ref: guest, place } = now.guest;
    const isNewest = position.value === moments.value.length - 1;
    // Time that has passed is the newest step of the history, whichever it is.
    const wanted = now.what.kind === "time" && isNewest ? undefined : place;
    await history.open(guest, wanted);
  };
  watch([on, moment], () => {
    if (on.value) void showGuest();
  });

  return {
    ...{ on, outline, run, story, moments, moment, position, busy, fresh, problem, atEnd },
    ...{ present, leave, next, goTo, goToPoint },
  };
});
