import { AppError } from "../../../../shared/contract/errors";
import { sandboxNames } from "../../../../shared/environment-names";
import { hasEnded, type RunSummary } from "../../../../shared/model/run";
import type { Database } from "../../database/database";
import type { GuestsService } from "../../guests/guests";
import { dealWithSnapshot, saveSnapshot } from "../../sandbox/control-client";
import { askForecast } from "../../sandbox/forecast-client";
import { createRunStarter, type EngineParts } from "../engine/start-run";
import { createStepStates } from "../engine/step-states";
import { createRunCommands, type Playing } from "../run-commands";
import type { RunListener, RunResults } from "../run-results";
import { interruptLeftBehind } from "./left-behind";
import { createRunReads } from "./run-reads";
import { createRunWrites } from "./run-writes";

interface RunsParts extends Omit<EngineParts, "writes" | "states" | "listeners"> {
  database: Database;
  guests: Pick<GuestsService, "forget">;
}

/** Milliseconds between two looks for what other processes do, and for those that are gone. */
const lookEvery = 2_000;

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
  const playing = new Map<string, Playing>();

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

  const live = (run: RunSummary): RunSummary => playing.get(run.id)?.run.summary() ?? run;

  const played = async (id: string): Promise<Playing> => {
    const found = playing.get(id);
    if (found) return found;
    const { state } = await reads.read(id);
    throw new AppError({
      code: "CONFLICT",
      message: hasEnded(state) ? "The run has ended." : "The run belongs to another process of Bellhop.",
      hint: hasEnded(state) ? "Play it again." : "Deal with it where it was started.",
    });
  };

  const follow = async (id: string, { run, target }: Playing): Promise<void> => {
    for (const listener of [...listeners]) listener.started?.(run.summary());
    playing.set(id, { run, target });
    changed();
    await run.done.catch((error: unknown) => host.report(String(error)));
    playing.delete(id);
    states.ended(id);
    for (const listener of [...listeners]) listener.ended?.(run.summary());
    changed();
  };

  const ending = new Set<Promise<void>>();

  const handlers = createRunCommands({
    ...{ workspace, reads, writes, states, played, live, changed },
    playing: (id) => playing.get(id)?.run,
    async start(input) {
      const started = await starter.start(input);
      if ("refused" in started) return started;
      const { run } = started;
      const following = follow(run.summary().id, started).finally(() => ending.delete(following));
      ending.add(following);
      await run.begun;
      return { run: run.summary() };
    },
    forecast: async (event, { environment }) => askForecast(await address(), event, environment.transport),
  });

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
      for (const { run } of playing.values()) {
        run.stop({ code: "CLOSED", message: "Bellhop was closed while this run was under way." });
      }
      await Promise.all(ending);
      await looking;
    },
  };
};
