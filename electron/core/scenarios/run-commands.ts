import { isAbsolute, relative, sep } from "node:path";
import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { StreamEvent } from "../../../shared/model/event";
import { hasEnded, type Forecast, type RunSummary } from "../../../shared/model/run";
import type { HandlersOf } from "../dispatcher";
import type { RunTarget } from "../sender/run-sends";
import type { PlayedRun } from "./engine/play-run";
import type { StepStates } from "./engine/step-states";
import { compareRuns } from "./runs/compare-runs";
import { unknownRun, type RunReads } from "./runs/run-reads";
import type { RunWrites } from "./runs/run-writes";

/** A run of this process, and where it plays. */
export interface Playing {
  run: PlayedRun;
  target: RunTarget;
}

interface CommandParts {
  workspace: string;
  reads: RunReads;
  writes: Pick<RunWrites, "remove">;
  states: Pick<StepStates, "forget">;
  start(input: CheckedInputOf<"runs.start">): Promise<OutputOf<"runs.start">>;
  playing(id: string): PlayedRun | undefined;
  /** @throws AppError CONFLICT where it has ended, or another process plays it; NOT_FOUND */
  played(id: string): Promise<Playing>;
  /** A run of the history, as it stands where this process plays it. */
  live(run: RunSummary): RunSummary;
  forecast(event: StreamEvent, target: RunTarget): Promise<Forecast | null>;
  /** Says that the list of runs is another. */
  changed(): void;
}

/** Results that are compared at most. */
const mostCompared = 10_000;

const notPaused = (): AppError =>
  new AppError({
    code: "CONFLICT",
    message: "The run is not paused before a step that sends an event.",
    hint: "Pause it, or set a breakpoint, and try again.",
  });

const underWay = (): AppError =>
  new AppError({ code: "CONFLICT", message: "The run is still under way.", hint: "Stop it first." });

/** What a person does to runs. */
export const createRunCommands = (parts: CommandParts): HandlersOf<"runs"> => {
  const { workspace, reads, writes, states, start, playing, played, live, forecast, changed } = parts;

  /** As the history has it: relative to the workspace, with slashes; of files elsewhere absolute. */
  const pathOf = (path: string): string => {
    const inside = isAbsolute(path) ? relative(workspace, path) : path;
    return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
  };

  const sideOf = async (id: string, iteration: number) => ({
    run: live(await reads.read(id)),
    steps: (await reads.steps({ id, iteration, offset: 0, limit: mostCompared })).steps,
  });

  return {
    "runs.start": start,
    async "runs.pause"({ id }) {
      (await played(id)).run.pause();
      return null;
    },
    async "runs.resume"({ id, to }) {
      (await played(id)).run.resume(to);
      return null;
    },
    async "runs.stop"({ id }) {
      const ended = playing(id) === undefined ? await reads.read(id) : null;
      if (ended !== null && hasEnded(ended.state)) return ended;
      const { run } = await played(id);
      run.stop();
      return run.done;
    },
    async "runs.setBreakpoint"({ id, number, on }) {
      (await played(id)).run.setBreakpoint(number, on);
      return null;
    },
    "runs.next": async ({ id }) => (await played(id)).run.next(),
    async "runs.editNext"({ id, event }) {
      const next = await (await played(id)).run.editNext(event);
      if (next === null) throw notPaused();
      return next;
    },
    async "runs.forecast"({ id }) {
      const { run, target } = await played(id);
      return target.isSandbox ? run.forecast((event) => forecast(event, target)) : null;
    },
    async "runs.list"({ path, ...page }) {
      const { runs, total } = await reads.list(workspace, { ...page, path: path && pathOf(path) });
      return { runs: runs.map(live), total };
    },
    "runs.read": async ({ id }) => playing(id)?.summary() ?? reads.read(id),
    "runs.steps": (wanted) => reads.steps(wanted),
    "runs.made": ({ id, ...page }) => reads.made(id, page),
    "runs.compare": async ({ a, b, iteration = 1 }) =>
      compareRuns(await sideOf(a, iteration), await sideOf(b, iteration), iteration),
    async "runs.remove"({ id }) {
      if (playing(id) !== undefined || !hasEnded((await reads.read(id)).state)) throw underWay();
      await states.forget(id);
      if (!(await writes.remove(id))) throw unknownRun(id);
      changed();
      return null;
    },
  };
};
