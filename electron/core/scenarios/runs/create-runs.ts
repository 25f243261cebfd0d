import { isAbsolute, relative, sep } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import { sandboxNames } from "../../../../shared/environment-names";
import { hasEnded, type RunSummary } from "../../../../shared/model/run";
import type { Database } from "../../database/database";
import type { HandlersOf } from "../../dispatcher";
import type { GuestsService } from "../../guests/guests";
import { dealWithSnapshot, saveSnapshot } from "../../sandbox/control-client";
import type { PlayedRun } from "../engine/play-run";
import { createRunStarter, type EngineParts } from "../engine/start-run";
import { createStepStates } from "../engine/step-states";
import type { RunListener, RunResults } from "../run-results";
import { compareRuns } from "./compare-runs";
import { interruptLeftBehind } from "./left-behind";
import { createRunReads, unknownRun } from "./run-reads";
import { createRunWrites } from "./run-writes";

interface RunsParts extends Omit<EngineParts, "writes" | "states" | "listeners"> {
  database: Database;
  guests: Pick<GuestsService, "forget">;
}

/** Milliseconds between two looks for what other processes do, and for those that are gone. */
const lookEvery = 2_000;
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

/**
 * Plays scenarios and keeps how they went: the commands `runs.*`, and the door of the command line's reporters.
 *
 * @throws AppError DATABASE_FAILED
 */
export const createRuns = async ({ database, guests, ...parts }: RunsParts) => {
  const { host, notifications, sandbox } = parts;
  const workspace = host.workspaceFolder;
  const listeners = new Set<RunListener>();
  const reads = createRunReads(database);
  const writes = createRunWrites(database);
  const address = (): Promise<string> => sandbox.runningAddress();
  const states = createStepStates({
    ...{ writes, reads, workspace },
    snapshots: {
      save: async (name) => void (await saveSnapshot(await address(), name)),
      async restore(name) {
        await dealWithSnapshot(await sandbox.ensureRunning(), "restore", name);
        // Another state knows none of the browsers of the one before.
        await guests.forget(sandboxNames);
      },
      remove: async (name) => dealWithSnapshot(await address(), "remove", name),
    },
  });
  const starter = createRunStarter({ ...parts, writes, states, listeners });
  const playing = new Map<string, PlayedRun>();

  const changed = (): void => notifications.say("runs.changed", {});
  await interruptLeftBehind(database);
  let mark = await reads.mark();
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    await interruptLeftBehind(database);
    const now = await reads.mark();
    if (now !== mark) changed();
    mark = now;
  };
  // What fails here is told to whoever asks next.
  const sweep = setInterval(() => (looking = looking.then(look).catch(() => undefined)), lookEvery).unref();

  const live = (run: RunSummary): RunSummary => playing.get(run.id)?.summary() ?? run;

  const played = async (id: string): Promise<PlayedRun> => {
    const run = playing.get(id);
    if (run) return run;
    const { state } = await reads.read(id);
    throw new AppError({
      code: "CONFLICT",
      message: hasEnded(state) ? "The run has ended." : "The run belongs to another process of Bellhop.",
      hint: hasEnded(state) ? "Play it again." : "Deal with it where it was started.",
    });
  };

  /** As history has it: relative to the workspace, with slashes. */
  const pathOf = (path: string): string => {
    const inside = isAbsolute(path) ? relative(workspace, path) : path;
    return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
  };

  const follow = async (id: string, run: PlayedRun): Promise<void> => {
    for (const listener of [...listeners]) listener.started?.(run.summary());
    playing.set(id, run);
    changed();
    await run.done.catch((error: unknown) => host.report(String(error)));
    playing.delete(id);
    states.ended(id);
    for (const listener of [...listeners]) listener.ended?.(run.summary());
    changed();
  };

  const ending = new Set<Promise<void>>();

  const handlers: HandlersOf<"runs"> = {
    async "runs.start"(input) {
      const started = await starter.start(input);
      if ("refused" in started) return started;
      const { run } = started;
      const summary = run.summary();
      const following = follow(summary.id, run).finally(() => ending.delete(following));
      ending.add(following);
      await run.begun;
      return { run: run.summary() };
    },
    async "runs.pause"({ id }) {
      (await played(id)).pause();
      return null;
    },
    async "runs.resume"({ id, to }) {
      (await played(id)).resume(to);
      return null;
    },
    async "runs.stop"({ id }) {
      const run = playing.get(id);
      if (run === undefined) return reads.read(id);
      run.stop();
      return run.done;
    },
    async "runs.setBreakpoint"({ id, number, on }) {
      (await played(id)).setBreakpoint(number, on);
      return null;
    },
    "runs.next": async ({ id }) => (await played(id)).next(),
    async "runs.editNext"({ id, event }) {
      const next = await (await played(id)).editNext(event);
      if (next === null) throw notPaused();
      return next;
    },
    async "runs.forecast"({ id }) {
      await played(id);
      return null;
    },
    async "runs.list"({ path, ...page }) {
      const { runs, total } = await reads.list(workspace, { ...page, path: path && pathOf(path) });
      return { runs: runs.map(live), total };
    },
    "runs.read": async ({ id }) => playing.get(id)?.summary() ?? reads.read(id),
    "runs.steps": (wanted) => reads.steps(wanted),
    "runs.made": ({ id, ...page }) => reads.made(id, page),
    async "runs.compare"({ a, b, iteration = 1 }) {
      const stepsOf = async (id: string) =>
        (await reads.steps({ id, iteration, offset: 0, limit: mostCompared })).steps;
      return compareRuns(
        { run: live(await reads.read(a)), steps: await stepsOf(a) },
        { run: live(await reads.read(b)), steps: await stepsOf(b) },
        iteration,
      );
    },
    async "runs.remove"({ id }) {
      if (playing.has(id)) throw underWay();
      const run = await reads.read(id);
      if (!hasEnded(run.state)) throw underWay();
      await states.forget(id);
      if (!(await writes.remove(id))) throw unknownRun(id);
      changed();
      return null;
    },
  };

  const results: RunResults = {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  return {
    handlers,
    results,
    /** How the last run of each of these files ended, or goes. */
    async lastOf(paths: readonly string[]) {
      const found = await reads.lastOf(workspace, paths);
      return new Map(
        found.map(live).map(({ id, path, state, startedAt: at }) => [path, { id, state, at }] as const),
      );
    },
    /** Ends what is being played; log and history are complete after it. */
    async close(): Promise<void> {
      clearInterval(sweep);
      for (const run of playing.values()) {
        run.stop({ code: "CLOSED", message: "Bellhop was closed while this run was under way." });
      }
      await Promise.all(ending);
      await looking;
    },
  };
};
