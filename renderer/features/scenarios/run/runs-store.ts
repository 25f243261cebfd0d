import { defineStore } from "pinia";
import { computed, shallowReactive } from "vue";
import type { InputOf } from "../../../../shared/contract/commands";
import { AppError } from "../../../../shared/contract/errors";
import { hasEnded, type RunOptions, type RunSummary, type StepResult } from "../../../../shared/model/run";
import { problemOf, useClient, useConnection } from "../../../layout";
import { useEnvironments, useProductionConsent } from "../../environments";
import { useScenarioTexts } from "../text/scenario-texts-store";
import { stepsOfOutline, type PlayedStep } from "./played-steps";
import { besideFile, numberInRun as inRun, type RunBesideFile } from "./run-beside-file";
import { RunResults } from "./run-results";
import { noRun, progressed, runOf, shownOf, type FileRun, type ShownRun } from "./shown-run";
import { stepView, type StepView } from "./step-view";

type StartInput = InputOf<"runs.start">;

/** What a run begins with, beside the file and the environment. */
export type StartOptions = Pick<StartInput, "until" | "paused" | "from"> & {
  /** Instead of the options set for the file. */
  options?: RunOptions;
  /** Instead of the window's environment. */
  environment?: string;
};

/** Results read at once, when a run is opened. */
const pageSize = 1000;
/** Newest runs that are looked through for those that are on. */
const mostOn = 200;

const unknownToRun = (number: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `The run does not know step ${number}: the file has changed since it began.`,
    hint: "Stop it, and run the scenario again.",
  });

/**
 * The runs of the window's scenarios, by file: which run is shown, how its steps stand, and everything that can be done
 * to it. What a person does goes to the core; what comes of it comes back by notification.
 */
export const useRuns = defineStore("runs", () => {
  const client = useClient();
  const environments = useEnvironments();
  const consent = useProductionConsent();
  const texts = useScenarioTexts();
  const files = shallowReactive(new Map<string, FileRun>());
  const optionsOf = shallowReactive(new Map<string, RunOptions>());
  /** Runs that are on, whatever file is open. */
  const running = shallowReactive(new Map<string, RunSummary>());
  let saveFirst: (path: string) => Promise<boolean> = () => Promise.resolve(true);

  const asPlayed = (path: string): FileRun => files.get(path) ?? noRun;
  const placed = new WeakMap<FileRun, { steps: unknown; beside: RunBesideFile }>();
  /** The run with the numbers that its steps have in the file by now: what a person looks at. */
  const fileOf = (path: string): RunBesideFile => {
    const run = asPlayed(path);
    const steps = texts.of(path)?.reading.outline?.steps ?? null;
    const known = placed.get(run);
    if (known?.steps === steps) return known.beside;
    const beside = besideFile(run, steps);
    placed.set(run, { steps, beside });
    return beside;
  };
  const numberInRun = (path: string, number: string): string | null => inRun(fileOf(path), number);
  const of = (path: string): ShownRun => fileOf(path).shown;
  const runFor = (path: string): RunSummary | null => runOf(of(path));
  const step = (path: string, number: string): StepView => stepView(fileOf(path), number);
  /** The kept executions of a step in the iteration that is shown, in their order. */
  const executions = (path: string, number: string): StepResult[] => {
    const { results, iteration } = fileOf(path);
    return results.of(iteration, number);
  };
  const isOn = (path: string): boolean => of(path).state === "on";
  const options = (path: string): RunOptions => optionsOf.get(path) ?? {};
  const setOptions = (path: string, next: RunOptions): void => void optionsOf.set(path, next);

  /** The steps that a run plays that begins now, as far as what is known of the text is of the newest. */
  const playedNow = (path: string): PlayedStep[] | null => {
    const open = texts.of(path);
    const outline = open?.readOf === open?.text ? open?.reading.outline : null;
    return outline ? stepsOfOutline(outline.steps) : null;
  };
  const show = (path: string, shown: ShownRun): void => void files.set(path, { ...noRun, shown });

  /** Reads the results of the iteration that is shown; the notifications may have left some out. */
  const readIteration = async (path: string): Promise<void> => {
    const run = runFor(path);
    if (!run) return;
    const { iteration } = asPlayed(path);
    const { steps } = await client.call("runs.steps", {
      ...{ id: run.id, iteration },
      ...{ offset: 0, limit: pageSize },
    });
    const file = asPlayed(path);
    if (runOf(file.shown)?.id === run.id)
      files.set(path, { ...file, results: file.results.with(steps, iteration) });
  };
  const readQuietly = (path: string): void => void readIteration(path).catch(() => undefined);

  const take = (run: RunSummary, steps: readonly StepResult[], complete: boolean): void => {
    if (hasEnded(run.state)) running.delete(run.id);
    else running.set(run.id, run);
    const file = asPlayed(run.path);
    const known = runOf(file.shown);
    // Another run of the file that is on stays in view; one that was started elsewhere takes the place of an old one.
    if (known && known.id !== run.id && (file.shown.state === "on" || hasEnded(run.state))) return;
    const base = known?.id === run.id ? file : { ...noRun, played: known ? null : file.played };
    const next = progressed(base, run, base.results.with(steps, base.iteration));
    files.set(run.path, next);
    // The window hears of the last few iterations; what it turns to may be an earlier one, or lack what was left out.
    const turned = next.iteration !== base.iteration && next.iteration !== next.results.latest;
    if (turned || (!complete && run.state !== "running")) readQuietly(run.path);
  };

  /** Shows a run of the past, or one that is on, with its results. @throws AppError NOT_FOUND */
  const openRun = async (id: string): Promise<RunSummary> => {
    const run = await client.call("runs.read", { id });
    const { shown, played } = asPlayed(run.path);
    const its = { ...noRun, played: runOf(shown)?.id === run.id ? played : null };
    files.set(run.path, progressed(its, run, new RunResults()));
    await readIteration(run.path);
    return run;
  };
  /** Takes over a run of this file that is on; what was shown before stays otherwise. */
  const enter = async (path: string): Promise<void> => {
    if (of(path).state !== "none") return;
    const { runs } = await client.call("runs.list", { path, offset: 0, limit: 1 });
    const [newest] = runs;
    if (newest && !hasEnded(newest.state) && of(path).state === "none") await openRun(newest.id);
  };
  /** Takes the run out of view, so that the steps say nothing of it. */
  const leave = (path: string): void => void files.delete(path);
  /** What was shown before a start that came to nothing. */
  const replaced = new Map<string, FileRun>();
  /** Takes away why it did not start; the run before it is in view again. */
  const dismiss = (path: string): void => void files.set(path, replaced.get(path) ?? noRun);

  const showIteration = async (path: string, iteration: number | null): Promise<void> => {
    const file = asPlayed(path);
    const run = runOf(file.shown);
    if (!run) return;
    const chosen = iteration !== null;
    files.set(path, { ...progressed({ ...file, chosen, iteration: iteration ?? 1 }, run, file.results) });
    await readIteration(path);
  };

  /** Production asks once; the answer may be the sandbox. @returns null for "not at all" */
  const targetOf = async (name: string, path: string): Promise<string | null> => {
    const environment = environments.byName(name);
    if (!environment) return name;
    const given = await consent.ask({ environment, type: "run", summary: path, isRun: true });
    if (given === "send") return name;
    return given === "sandbox" ? "sandbox" : null;
  };

  const fail = (path: string, error: unknown, environment: string): void => {
    const code = error instanceof AppError ? error.code : "INTERNAL";
    show(path, { state: "failed", code, environment, ...problemOf(error) });
    if (code === "CONSENT_REQUIRED") void environments.load().catch(() => undefined);
  };

  /** Saves, checks and plays a file. Never rejects: what went wrong is in the state. */
  const start = async (path: string, given: StartOptions = {}): Promise<void> => {
    const wanted = given.environment ?? environments.current?.name ?? "sandbox";
    if (of(path).state === "on" || of(path).state === "starting") return;
    const before = asPlayed(path);
    if (runOf(before.shown)) replaced.set(path, before);
    show(path, { state: "starting" });
    try {
      const target = (await saveFirst(path)) ? await targetOf(wanted, path) : null;
      if (target === null) return void files.set(path, before);
      const played = playedNow(path);
      files.set(path, { ...noRun, shown: { state: "starting" }, played });
      const { options: instead, until, paused, from } = given;
      const answer = await client.call("runs.start", {
        ...{ path, environment: target, options: instead ?? options(path), breakpoints: true },
        ...(until !== undefined && { until }),
        ...(paused !== undefined && { paused }),
        ...(from !== undefined && { from }),
      });
      if ("refused" in answer) show(path, { state: "refused", issues: answer.refused });
      else if (runFor(path)?.id !== answer.run.id)
        files.set(path, { ...noRun, shown: shownOf(answer.run), played });
    } catch (error) {
      fail(path, error, wanted);
    }
  };

  const withRun = async (path: string, work: (id: string) => Promise<unknown>): Promise<void> => {
    const shown = of(path);
    if (shown.state === "on") await work(shown.run.id);
  };
  const pause = (path: string): Promise<void> => withRun(path, (id) => client.call("runs.pause", { id }));
  /** @throws AppError NOT_FOUND where it is to go to a step that the file got after it began */
  const resume = (path: string, to: InputOf<"runs.resume">["to"]): Promise<void> =>
    withRun(path, (id) => {
      if (to.kind !== "number") return client.call("runs.resume", { id, to });
      const number = numberInRun(path, to.number);
      if (number === null) throw unknownToRun(to.number);
      return client.call("runs.resume", { id, to: { kind: "number", number } });
    });
  const stop = (path: string): Promise<void> =>
    withRun(path, async (id) => take(await client.call("runs.stop", { id }), [], true));
  /** Tells a run that is on of a breakpoint that was set or taken away in its file. */
  const setBreakpoint = (path: string, number: string, on: boolean): Promise<void> =>
    withRun(path, async (id) => {
      const its = numberInRun(path, number);
      if (its !== null) await client.call("runs.setBreakpoint", { id, number: its, on });
    });

  /** Forgets a run and its results; its entries stay in the log. */
  const remove = async (path: string, id: string): Promise<void> => {
    await client.call("runs.remove", { id });
    if (runFor(path)?.id === id) leave(path);
  };

  /** Says what saves the unsaved text of a file before it is played; false keeps it from being played. */
  const beforeRun = (save: (path: string) => Promise<boolean>): void => void (saveFirst = save);

  /** A page that opens, or connects again, while a run of this window is on hears nothing of it until it goes on. */
  const findRunsOn = async (): Promise<void> => {
    const { runs } = await client.call("runs.list", { offset: 0, limit: mostOn });
    running.clear();
    for (const run of runs) if (run.origin === "window" && !hasEnded(run.state)) running.set(run.id, run);
  };

  client.on("runs.progressed", ({ run, steps, complete }) => take(run, steps, complete));
  // What is not known then is known with the next word of the run.
  void findRunsOn().catch(() => undefined);
  useConnection().onAgain(() => {
    void findRunsOn().catch(() => undefined);
    for (const [, { shown }] of files) {
      const run = runOf(shown);
      if (run) void openRun(run.id).catch(() => leave(run.path));
    }
  });

  /** Number of the step that a person wants to see, because a run waits there: changes with each pause. */
  const waitingAt = (path: string): string | null => {
    const shown = of(path);
    return shown.state === "on" ? (shown.run.pausedAt?.number ?? null) : null;
  };
  const allOn = computed(() => [...running.values()]);

  return {
    ...{ of, runFor, fileOf, asPlayed, numberInRun, step, executions, isOn, waitingAt, allOn },
    ...{ options, setOptions, start, pause, resume, stop, setBreakpoint, beforeRun },
    ...{ enter, leave, dismiss, remove, openRun, showIteration, readIteration },
  };
});
